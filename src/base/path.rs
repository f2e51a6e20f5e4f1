//! Addresses: of a source in the book, of a page in the site, of a file in the output; and slugs.

use std::borrow::Borrow;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};
use xxhash_rust::xxh3::xxh3_64;

/// A file that authors wrote, relative to the book's folder, with `/` between its parts: `content/policies/tax-relief.md`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourcePath(Arc<str>);

/// A page's address in the site, which names its file: `policies/tax-relief.html`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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
        link.extend(utf8_percent_encode(&to[shared..], HREF));
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

/// What must be escaped in a relative link, besides letters beyond ASCII; a colon would make its first part look like
/// a scheme.
const HREF: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A fragment or path part ready for an `href`.
pub fn encode(part: &str) -> String {
    utf8_percent_encode(part, HREF).to_string()
}

/// The way from one file to another, as people write it: `../policies/税.md`.
pub fn way(from: &SourcePath, to: &str) -> String {
    let from: Vec<&str> = from.as_str().split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to).take(from.len().min(to.len()) - 1).take_while(|(a, b)| a == b).count();
    "../".repeat(from.len() - 1 - shared) + &to[shared..].join("/")
}

/// What ends a destination in Markdown, or means something else in a path.
const DESTINATION: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'\'')
    .add(b'#')
    .add(b'%')
    .add(b'(')
    .add(b')')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\');

/// A path or a fragment as it can stand in a destination in Markdown; letters of every script stay as they are.
pub fn destination(path: &str) -> String {
    path.split_inclusive(|c: char| c.is_ascii())
        .flat_map(|part| {
            let (other, ascii) = part.split_at(part.trim_end_matches(|c: char| c.is_ascii()).len());
            [other.to_owned(), utf8_percent_encode(ascii, DESTINATION).to_string()]
        })
        .collect()
}

/// A part of a link as its author meant it: `%20` is a space. What is no UTF-8 stays as written.
pub fn decode(part: &str) -> String {
    percent_decode_str(part).decode_utf8().map_or_else(|_| part.to_owned(), |text| text.into_owned())
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

/// Whether a file of this name holds Markdown.
pub fn is_markdown(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["md", "markdown"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// A folder of this name never belongs to a book: what stands in it was fetched.
pub const SKIPPED: &str = "node_modules";

/// Names that Windows keeps for devices, with any extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The part of an address that a file's stem or an item's id gives: letters of every script stay, in NFC;
/// spaces and what troubles URLs or Windows become `-`.
///
/// `keep_name` is for books that come with a `SUMMARY.md`, whose addresses people know already: a name stays as it is
/// but for what no file can be called on Windows.
pub fn slug(name: &str, keep_name: bool) -> String {
    match keep_name {
        true => {
            let is_no_name =
                |c: char| c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
            proper(fold(name, true).replace(is_no_name, "-").trim_matches([' ', '.']).to_owned())
        }
        false => slug_in_words(name, false),
    }
}

/// A slug made of a title, with `-` between its words in any book.
pub fn slug_in_words(title: &str, keep_case: bool) -> String {
    let mut slug = String::with_capacity(title.len());
    for c in fold(title, keep_case).chars() {
        if c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '-' | '_' | '.' | '~') {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    proper(slug.trim_matches(['-', '.']).to_owned())
}

/// A slug that every system takes as the name of a file.
fn proper(mut slug: String) -> String {
    let stem = slug.split('.').next().unwrap_or("").to_lowercase();
    let numbered = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    if DEVICES.contains(&stem.as_str()) || numbered.is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit()) {
        slug.insert(0, '_');
    }
    if slug.is_empty() {
        slug.push_str("page");
    }
    shortened(slug)
}

/// The longest slug, in bytes: names of files may have 255.
const LONGEST_SLUG: usize = 180;

/// A slug that can be the name of a file: of one that is too long its beginning, and what tells it from others.
fn shortened(slug: String) -> String {
    if slug.len() <= LONGEST_SLUG {
        return slug;
    }
    let beginning = &slug[..slug.floor_char_boundary(LONGEST_SLUG - 17)];
    format!("{beginning}-{:016x}", xxh3_64(slug.as_bytes()))
}

/// The folders of an address: each part of a source's folder as a slug, with a slash after each.
pub fn folder_address(folder: &str, keep_case: bool) -> String {
    let parts = folder.split('/').filter(|part| !matches!(*part, "" | "."));
    parts.map(|part| slug(part, keep_case) + "/").collect()
}

/// A name of a file or a key as a title: `tax-relief` reads `Tax relief`. What has spaces, capitals or no letters was
/// written for people already: `X-ray`, `2024-01-15`.
pub fn title(name: &str) -> String {
    let is_slug = name.contains(char::is_alphabetic) && !name.contains(|c: char| c.is_whitespace() || c.is_uppercase());
    let words = if is_slug { name.replace(['-', '_'], " ") } else { name.to_owned() };
    let mut chars = words.trim().chars();
    chars.next().map_or_else(|| name.to_owned(), |first| first.to_uppercase().chain(chars).collect())
}

/// A name as names are compared: NFC, lower case, with one space where there are several or a line's end.
pub fn key(name: &str) -> String {
    if is_plain_ascii(name.as_bytes()) {
        return name.to_ascii_lowercase();
    }
    let name = name.trim();
    let is_plain = |c: char| !c.is_whitespace() || c == ' ';
    let is_spaced = || name.as_bytes().windows(2).any(|pair| pair == b"  ");
    if name.chars().all(is_plain) && !is_spaced() {
        return fold(name, false);
    }
    fold(&name.split_whitespace().collect::<Vec<_>>().join(" "), false)
}

/// Whether a name is of ASCII, with no space at its ends and no white space in it but single spaces: most are.
fn is_plain_ascii(name: &[u8]) -> bool {
    let ([first, ..], [.., last]) = (name, name) else { return false };
    // Without a branch for each byte.
    let are_plain = name.iter().fold(true, |plain, byte| plain & (b' '..0x7f).contains(byte));
    let is_spaced = |spaced: bool, (a, b): (&u8, &u8)| spaced | (*a == b' ' && *b == b' ');
    are_plain && *first != b' ' && *last != b' ' && !name.iter().zip(&name[1..]).fold(false, is_spaced)
}

/// A path or text with its letters composed, as most keyboards write them and some disks do not.
pub fn nfc(text: &str) -> Cow<'_, str> {
    match text.is_ascii() || is_nfc(text) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.nfc().collect()),
    }
}

fn fold(name: &str, keep_case: bool) -> String {
    if name.is_ascii() {
        return if keep_case { name.to_owned() } else { name.to_ascii_lowercase() };
    }
    let composed: String = if is_nfc(name) { name.to_owned() } else { name.nfc().collect() };
    // Lower case can decompose (İ), so compose once more.
    if keep_case { composed } else { composed.to_lowercase().nfc().collect() }
}

/// How the name of a file that is no note ends: `png`. `Note v1.2` ends so, too.
pub fn file_ending(path: &str) -> Option<&str> {
    let (_, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
    let is_one = (1..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric());
    (is_one && !ending.eq_ignore_ascii_case("md")).then_some(ending)
}

/// Whether what stands behind a `#` is the rest of a file's name: in `Note#v1.2` it is a heading.
pub fn is_file(whole: &str) -> bool {
    file_ending(whole).is_some_and(|ending| ending.starts_with(|c: char| c.is_alphabetic()))
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
    fn slugs_keep_letters_of_every_script() {
        assert_eq!(slug("Tax Relief", false), "tax-relief");
        assert_eq!(slug("中国制造2025", false), "中国制造2025");
        assert_eq!(slug("Cafe\u{301}: menu?", false), "café-menu");
        assert_eq!(slug("README", true), "README");
        assert_eq!(slug("a/b\\c", false), "a-b-c");
        assert_eq!(slug("con", false), "_con");
        assert_eq!(slug("com1.txt", false), "_com1.txt");
        assert_eq!(slug("..", false), "page");
        let long = slug(&"中".repeat(100), false);
        assert!(long.len() <= 180 && long.starts_with("中中") && long != slug(&"中".repeat(101), false));
    }

    #[test]
    fn a_title_keeps_what_was_written_for_people() {
        for (name, expected) in [
            ("tax-relief", "Tax relief"),
            ("part_of", "Part of"),
            ("2024-01-15", "2024-01-15"),
            ("X-ray", "X-ray"),
            ("Sino-American relations", "Sino-American relations"),
            ("中国-2025", "中国 2025"),
        ] {
            assert_eq!(title(name), expected);
        }
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

    #[test]
    fn a_destination_keeps_letters_and_ends_nowhere_too_early() {
        assert_eq!(destination("../政策/a (b) & c?.md"), "../政策/a%20%28b%29%20&%20c%3F.md");
        assert_eq!(destination("it's.md"), "it%27s.md");
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

        #[test]
        fn a_slug_is_its_own_slug_and_troubles_nobody(name in any::<String>(), keep in any::<bool>()) {
            let once = slug(&name, keep);
            prop_assert_eq!(&slug(&once, keep), &once);
            prop_assert!(!once.is_empty() && !once.starts_with('.') && !once.ends_with('.'));
            prop_assert!(!once.contains(['/', '\\', '?', ':', '<', '>', '|', '"', '*']));
            prop_assert!(keep || !once.contains(['#', '%', ' ']));
        }
    }
}
