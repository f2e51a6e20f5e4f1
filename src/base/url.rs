//! Addresses elsewhere, and which of them must not become links.

/// Whether following an address could run a script: `javascript:`, `vbscript:`, and `data:` of
/// anything but a picture. Browsers skip control characters and spaces in a scheme, and so does this.
pub fn is_unsafe(url: &str) -> bool {
    if url.starts_with("https:") || url.starts_with("http:") || !url.contains(':') {
        return false;
    }
    let bare: String = url.chars().filter(|c| !c.is_control() && !c.is_whitespace()).take(40).collect();
    let bare = bare.to_ascii_lowercase();
    let picture = ["data:image/png", "data:image/gif", "data:image/jpeg", "data:image/webp", "data:image/avif"];
    ["javascript:", "vbscript:", "livescript:"].iter().any(|scheme| bare.starts_with(scheme))
        || (bare.starts_with("data:") && !picture.iter().any(|picture| bare.starts_with(picture)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_that_run_scripts_are_unsafe_in_any_disguise() {
        for url in [
            "javascript:alert(1)",
            " JaVa\tScript:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            "vbscript:x",
            "data:text/html,x",
            "data:image/svg+xml,x",
        ] {
            assert!(is_unsafe(url), "{url:?}");
        }
        for url in ["https://a.b/javascript:x", "mailto:a@b.c", "data:image/png;base64,x", "#javascript:x"] {
            assert!(!is_unsafe(url), "{url:?}");
        }
    }
}
