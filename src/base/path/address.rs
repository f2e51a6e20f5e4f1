//! Addresses: of a source in the book, of a page in the site, of a file in the output.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::name::nfc;
use super::percent::{decode, push_encoded};

/// A file that authors wrote, relative to the book's folder, with `/` between its parts: `content/policies/tax-relief.md`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourcePath(Arc<str>);

/// A page's address in the site, which names its file: `policies/tax-relief.html`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UrlPath(Arc<str>);

/// A file of the output, relative to the output folder: `policies/tax-relief.html`, `css/site.css`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FilePath(Arc<str>);

impl SourcePath {
    pub fn new(path: &str) -> SourcePath {
        SourcePath(path.trim_start_matches("./").replace('\\', "/").into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same text, shared.
    pub fn shared(&self) -> &Arc<str> {
        &self.0
    }

    /// The last part: `tax-relief.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// The last part without its extension: `tax-relief`.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
    }

    /// What stands after the last dot, in lower case: `md`.
    pub fn extension(&self) -> String {
        self.file_name().rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase())
    }

    /// The folder that holds it, without a slash at its end; empty for the book's own folder.
    pub fn parent(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(parent, _)| parent)
    }

    /// The path relative to the folder `base`, if it lies in it.
    pub fn within(&self, base: &str) -> Option<&str> {
        match base {
            "" | "." => Some(&self.0),
            _ => self.0.strip_prefix(base)?.strip_prefix('/'),
        }
    }
}

impl UrlPath {
    pub fn new(path: impl AsRef<str>) -> UrlPath {
        UrlPath(path.as_ref().into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// It as it stands in an absolute address: what may not stand there is escaped.
    pub fn encoded(&self) -> String {
        let mut encoded = String::new();
        push_encoded(&mut encoded, self.as_str());
        encoded
    }

    /// The file that a browser asks for at this address.
    pub fn file(&self) -> FilePath {
        FilePath(self.0.clone())
    }

    /// The link from the page at `self` to the page or file at `to`, naming the file, ready for an `href`:
    /// from `policies/a.html` to `index.html` it is `../index.html`.
    pub fn link_to(&self, to: &UrlPath) -> String {
        let (from, to) = (self.as_str(), to.as_str());
        // The folders that both lie in, with the slash behind them.
        let same = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b);
        let shared = same.enumerate().filter(|(_, (byte, _))| *byte == b'/').last().map_or(0, |(at, _)| at + 1);
        let up = memchr::memchr_iter(b'/', &from.as_bytes()[shared..]).count();
        let mut link = String::with_capacity("../".len() * up + to.len() - shared);
        (0..up).for_each(|_| link.push_str("../"));
        push_encoded(&mut link, &to[shared..]);
        link
    }
}

impl FilePath {
    pub fn new(path: impl AsRef<str>) -> FilePath {
        FilePath(path.as_ref().into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path in lower case, under which it stands on a disk that ignores case.
    pub fn lower(&self) -> Arc<str> {
        match self.0.contains(|c: char| c.is_uppercase() || !c.is_ascii()) {
            true => self.0.to_lowercase().into(),
            false => self.0.clone(),
        }
    }

    /// The address at which a browser finds it.
    pub fn url(&self) -> UrlPath {
        UrlPath(self.0.clone())
    }
}

/// It is looked for by its text.
impl Borrow<str> for FilePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The way from one file to another, as people write it: `../policies/税.md`.
pub fn way(from: &SourcePath, to: &str) -> String {
    let from: Vec<&str> = from.as_str().split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to).take(from.len().min(to.len()) - 1).take_while(|(a, b)| a == b).count();
    "../".repeat(from.len() - 1 - shared) + &to[shared..].join("/")
}

/// A path with `.` and `..` worked out, or none if it climbs out of its root.
pub fn normalize(path: &str) -> Option<String> {
    let mut normal = String::with_capacity(path.len());
    let mut rest = path;
    while !rest.is_empty() {
        let end = rest.bytes().position(|byte| byte == b'/').unwrap_or(rest.len());
        let part = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or("");
        match part {
            "" | "." => {}
            ".." if normal.is_empty() => return None,
            ".." => normal.truncate(normal.rfind('/').unwrap_or(0)),
            part => {
                if !normal.is_empty() {
                    normal.push('/');
                }
                normal.push_str(part);
            }
        }
    }
    Some(normal)
}

/// The file that stood at an address a site once had: `/old/`, `old/index.html`, `old/page`. None if the address
/// leads elsewhere or could not be a file.
pub fn old_address(written: &str) -> Option<UrlPath> {
    // A sign that ends a path is one of its letters if it is escaped: `C%23.html`.
    if written.contains(['#', '?']) {
        return None;
    }
    let path = nfc(&decode(written.trim())).into_owned();
    let path = path.trim_start_matches('/');
    let troubles = |c: char| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let mut file = normalize(path).filter(|file| !file.contains(troubles))?;
    if path.is_empty() || path.ends_with('/') {
        file.push_str(if file.is_empty() { "index.html" } else { "/index.html" });
    } else if !file.ends_with(".html") && !file.ends_with(".htm") {
        file.push_str(".html");
    }
    Some(UrlPath::new(file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::tests::cases;
    use proptest::prelude::*;

    #[test]
    fn links_name_files_at_any_depth() {
        let link = |from: &str, to: &str| UrlPath::new(from).link_to(&UrlPath::new(to));
        assert_eq!(link("index.html", "policies/a.html"), "policies/a.html");
        assert_eq!(link("policies/a.html", "policies/b.html"), "b.html");
        assert_eq!(link("policies/a.html", "index.html"), "../index.html");
        assert_eq!(link("a/b/c.html", "a/d/e.html"), "../d/e.html");
        assert_eq!(link("a/b.html", "a/b.html"), "b.html");
        assert_eq!(link("x.html", "中/a b#1.png"), "%E4%B8%AD/a%20b%231.png");
    }

    #[test]
    fn a_way_climbs_no_higher_than_it_must() {
        let way = |from: &str, to: &str| way(&SourcePath::new(from), to);
        assert_eq!(way("content/a/b.md", "content/c/d.md"), "../c/d.md");
        assert_eq!(way("a.md", "b/c.md"), "b/c.md");
        assert_eq!(way("a/b.md", "c.md"), "../c.md");
    }

    #[test]
    fn a_path_never_climbs_out() {
        assert_eq!(normalize("a/./b/../c").as_deref(), Some("a/c"));
        assert_eq!(normalize("a/../../c"), None);
    }

    #[test]
    fn an_old_address_is_the_file_that_a_server_showed_there() {
        let file = |written: &str| old_address(written).map(|url| url.to_string());
        for (written, expected) in [
            ("/old/page", "old/page.html"),
            ("old/page.html", "old/page.html"),
            ("/old/", "old/index.html"),
            ("/", "index.html"),
            ("v1.2/notes", "v1.2/notes.html"),
            ("/old%20page.html", "old page.html"),
        ] {
            assert_eq!(file(written).as_deref(), Some(expected), "{written}");
        }
        for written in ["../x", "https://a.b/c", "a?b", "a#b"] {
            assert_eq!(file(written), None, "{written}");
        }
    }

    /// Follows a relative link as a browser does.
    fn follow(from: &str, link: &str) -> String {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        normalize(&format!("{folder}/{}", decode(link))).unwrap()
    }

    proptest! {
        #![proptest_config(cases(256))]

        #[test]
        fn a_relative_link_arrives(from in "[a-c]{1,2}(/[a-c #?%:é中]{1,2}){0,3}x", to in "[a-c]{1,2}(/[a-c#?%:é中]{1,2}){0,3}x") {
            let link = UrlPath::new(&from).link_to(&UrlPath::new(&to));
            prop_assert_eq!(normalize(&to).unwrap(), follow(&from, &link));
        }
    }
}
