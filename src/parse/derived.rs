//! What follows from the rest of an entry. It is found whenever an entry is read, from its source or from what was kept
//! of it, and is not kept itself.

use super::entry::Entry;
use super::link_key::LinkKey;
use super::names;
use crate::base::fingerprint::Fingerprint;
use crate::base::path::{UrlPath, key};
use crate::base::source::Source;
use crate::config::Config;

/// An entry of a source, whole again, of which the rest was kept.
pub fn recalled(config: &Config, source: &Source, kept: Entry) -> Entry {
    let mut entry = Entry { path: source.path.clone(), text: source.text.clone(), ..kept };
    derive(config, &mut entry);
    entry
}

/// Finds all that follows from the rest of an entry.
pub fn derive(config: &Config, entry: &mut Entry) {
    entry.url = UrlPath::new([&*entry.address, ".html"].concat());
    entry.title_mark = Fingerprint::of(&key(&entry.title.value));
    entry.tag_marks = entry.tags.iter().map(|tag| Fingerprint::of(&key(&tag.value))).collect();
    entry.names = names::of(config, entry);
    let gist = |link| LinkKey::of(config, &entry.path, link, &entry.mention(link));
    entry.gists = entry.links.iter().map(gist).collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SourcePath;
    use crate::config::{self, ReadContext};
    use crate::parse;

    #[test]
    fn an_entry_of_which_the_rest_was_kept_is_whole_again() {
        let book = "[collections.notes.fields]\nto = { type = \"reference\", to = \"notes\" }\nmore = { type = \"markdown\" }\n";
        let config = config::read(Some(book), ReadContext { folder: "book", has: &|_| false }).0;
        for (path, text) in [
            (
                "notes/Été.md",
                "---\ntags: [One, Ünder]\naliases: [Also  So]\nto: b\nmore: |\n  See [[x]].\n\n  ## Part\n---\n# Title\n\nOf [[B|it]] and [c](../c.md).\n\n## Two\n",
            ),
            ("notes.yaml", "- id: a\n  to: b\n  body: >\n    Folded\n    [[#Two]].\n- id: b\n  slug: other\n"),
            ("notes/index.md", "---\nslug: x\ndraft: true\n---\nIn [[Ünder]].\n"),
        ] {
            let source = Source { path: SourcePath::new(path), text: text.into() };
            let parsed = parse::one(&config, &source);
            assert!(!parsed.entries.is_empty());
            for entry in parsed.entries {
                let kept = postcard::to_allocvec(&*entry).unwrap();
                let recalled = recalled(&config, &source, postcard::from_bytes(&kept).unwrap());
                assert_eq!(format!("{recalled:#?}"), format!("{entry:#?}"));
            }
        }
    }
}
