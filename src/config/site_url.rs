//! Where the site will stand: `https://example.org/kb/`, or its path alone, `/kb/`.

use url::Url;

use crate::base::path::normalize;

/// The address with a slash at its end.
///
/// Errors: it is none; the nearest one that was meant, if there is any.
pub fn read(written: &str) -> Result<String, Option<String>> {
    let whole = format!("{}/", written.trim_end_matches('/'));
    match nearest(written).filter(|meant| is_fit(meant)) {
        Some(meant) if meant == whole && !written.is_empty() => Ok(meant),
        other => Err(other),
    }
}

/// Whether a browser could go there, and nobody's password is told to all who read the site.
fn is_fit(address: &str) -> bool {
    let is_open = |url: Url| url.username().is_empty() && url.password().is_none();
    !is_whole(address) || Url::parse(address).is_ok_and(is_open)
}

/// Whether an address says where on the web the site stands, and not just under which path.
pub fn is_whole(url: &str) -> bool {
    url.starts_with("http")
}

/// The address that is most like what was written.
fn nearest(written: &str) -> Option<String> {
    let text = written.trim().replace('\\', "/");
    let text = text.split(['?', '#']).next().unwrap_or("");
    let is_port = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    let is_scheme = |scheme: &str| !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric());
    let (scheme, path) = match text.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) && !is_port(rest) => {
            (Some(if scheme.eq_ignore_ascii_case("http") { "http" } else { "https" }), rest)
        }
        _ => (None, text),
    };
    let first = path.trim_start_matches('/').split('/').next().unwrap_or("");
    // "example.org/kb" begins with a host, and "name/repo" with a folder.
    let is_host =
        scheme.is_some() || path.starts_with("//") || !path.starts_with(['/', '.']) && first.contains(['.', ':']);
    let scheme = scheme.unwrap_or(if first.starts_with("localhost") { "http" } else { "https" });
    let path = normalize(path)?.replace(' ', "%20");
    // The site is a folder, and not one of its pages.
    let is_page = path.ends_with(".html") || path.ends_with(".htm");
    let folder = if is_page { path.rsplit_once('/').map_or("", |(folder, _)| folder) } else { &path };
    match (is_host, folder) {
        (true, "") => None,
        (true, folder) => Some(format!("{scheme}://{folder}/")),
        (false, "") => Some("/".to_owned()),
        (false, folder) => Some(format!("/{folder}/")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_or_its_path_is_taken_with_a_slash_at_its_end() {
        for (written, expected) in [
            ("https://example.org/kb/", "https://example.org/kb/"),
            ("https://example.org", "https://example.org/"),
            ("http://localhost:3000/kb", "http://localhost:3000/kb/"),
            ("/kb", "/kb/"),
            ("/", "/"),
            ("/a%20b/中/", "/a%20b/中/"),
        ] {
            assert_eq!(read(written), Ok(expected.to_owned()));
        }
    }

    #[test]
    fn anything_else_is_answered_with_the_nearest_address() {
        for (written, expected) in [
            ("name/repo", "/name/repo/"),
            ("repo", "/repo/"),
            ("./kb", "/kb/"),
            ("", "/"),
            ("example.org/kb", "https://example.org/kb/"),
            ("localhost:3000", "http://localhost:3000/"),
            ("//example.org/kb/", "https://example.org/kb/"),
            ("http:/example.org", "http://example.org/"),
            ("https:example.org/kb", "https://example.org/kb/"),
            ("HTTPS://example.org/", "https://example.org/"),
            ("ftp://example.org/kb/", "https://example.org/kb/"),
            ("https://example.org/kb/ ", "https://example.org/kb/"),
            ("https://example.org/kb/?a=b#c", "https://example.org/kb/"),
            ("/kb/#top", "/kb/"),
            ("https://example.org/index.html", "https://example.org/"),
            ("/a b/", "/a%20b/"),
            ("/kb//", "/kb/"),
            ("/a//b/", "/a/b/"),
            ("\\kb\\", "/kb/"),
        ] {
            let told = if written == "/kb//" { Ok(expected.to_owned()) } else { Err(Some(expected.to_owned())) };
            assert_eq!(read(written), told, "{written}");
        }
        for none in ["https://", "https://user:pw@example.org/", "https://example.org:99999/", "https://a b/"] {
            assert_eq!(read(none), Err(None), "{none}");
        }
        assert_eq!(read("/../kb"), Err(None));
    }
}
