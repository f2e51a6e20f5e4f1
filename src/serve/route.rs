//! Which file of the site an address asks for: by its path alone, never by a look at the disk.

use percent_encoding::percent_decode_str;

use crate::base::path::nfc;

/// What stands at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// A file of the site.
    File(String),
    /// A folder that was asked for without the slash at its end.
    Folder(String),
    Nothing,
}

/// The path in the site that a request asks for: decoded, without the slash before it. None if it could be no file: it
/// climbs out, or holds what no path does.
pub fn path_of(request: &str) -> Option<String> {
    let path = percent_decode_str(request.strip_prefix('/')?).decode_utf8().ok()?;
    let is_strange = |c: char| c.is_control() || c == '\\';
    let is_step = |part: &str| matches!(part, "." | "..");
    // The last part is empty where a folder is meant, and no other may be.
    let parts: Vec<&str> = path.split('/').collect();
    let is_empty = parts[..parts.len() - 1].iter().any(|part| part.is_empty());
    let is_path = !is_empty && !path.contains(is_strange) && !parts.iter().any(|part| is_step(part));
    is_path.then(|| path.into_owned())
}

/// What a path of the site asks for, as GitHub Pages understands it: `policies/` is `policies/index.html`,
/// `policies/x` is `policies/x.html`. `base` is the path below which the site stands elsewhere, as `kb/`.
pub fn find(path: &str, base: &str, has: impl Fn(&str) -> bool) -> Route {
    let here = at(path, &has);
    if here != Route::Nothing || base.is_empty() {
        return here;
    }
    // The page for what is not found is written for the place where the site will stand.
    match path.strip_prefix(base) {
        Some(inside) => at(inside, &has),
        None => Route::Nothing,
    }
}

fn at(path: &str, has: &impl Fn(&str) -> bool) -> Route {
    let path = &*nfc_if_missing(path, has);
    if path.is_empty() || path.ends_with('/') {
        let index = format!("{path}index.html");
        return if has(&index) { Route::File(index) } else { Route::Nothing };
    }
    if has(path) {
        return Route::File(path.to_owned());
    }
    let page = format!("{path}.html");
    match has(&page) {
        true => Route::File(page),
        false if has(&format!("{path}/index.html")) => Route::Folder(format!("{path}/")),
        false => Route::Nothing,
    }
}

/// Pages have their letters composed; a file may keep another spelling.
fn nfc_if_missing<'a>(path: &'a str, has: &impl Fn(&str) -> bool) -> std::borrow::Cow<'a, str> {
    if has(path) { path.into() } else { nfc(path) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: [&str; 6] =
        ["index.html", "404.html", "policies/index.html", "policies/x.html", "a b.png", "café.html"];

    fn asked(request: &str) -> Route {
        match path_of(request) {
            Some(path) => find(&path, "kb/", |path| SITE.contains(&path)),
            None => Route::Nothing,
        }
    }

    fn file(path: &str) -> Route {
        Route::File(path.to_owned())
    }

    #[test]
    fn pages_and_files_are_found_as_on_a_plain_host() {
        assert_eq!(asked("/"), file("index.html"));
        assert_eq!(asked("/index.html"), file("index.html"));
        assert_eq!(asked("/policies/"), file("policies/index.html"));
        assert_eq!(asked("/policies"), Route::Folder("policies/".to_owned()));
        assert_eq!(asked("/policies/x"), file("policies/x.html"));
        assert_eq!(asked("/policies/x.html"), file("policies/x.html"));
        assert_eq!(asked("/a%20b.png"), file("a b.png"));
        assert_eq!(asked("/cafe%CC%81.html"), file("café.html"));
        assert_eq!(asked("/policies/x/"), Route::Nothing);
        assert_eq!(asked("/nowhere"), Route::Nothing);
    }

    #[test]
    fn a_site_that_will_stand_in_a_folder_is_found_there_as_well() {
        assert_eq!(asked("/kb/"), file("index.html"));
        assert_eq!(asked("/kb/policies/x"), file("policies/x.html"));
    }

    #[test]
    fn what_climbs_out_or_is_no_path_is_nothing() {
        for request in [
            "/../etc/passwd",
            "/policies/../index.html",
            "/policies/%2e%2e/index.html",
            "/%2e%2e%2findex.html",
            "/./index.html",
            "//index.html",
            "/policies//x.html",
            "/index.html%00",
            "/policies%5Cx.html",
            "/policies\\x.html",
            "/%ff",
            "index.html",
            "",
        ] {
            assert_eq!(asked(request), Route::Nothing, "{request}");
        }
    }
}
