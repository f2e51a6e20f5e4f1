//! Slugs: the parts of an address that names give.

use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

use super::name::fold;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::tests::cases;
    use proptest::prelude::*;

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

    proptest! {
        #![proptest_config(cases(256))]

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
