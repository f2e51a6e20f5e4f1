//! What a page is about, in a sentence, for those who have not seen it.

use std::borrow::Cow;

use super::head::{Entries, Head, Shows};
use crate::base::messages::Messages;
use crate::page::context::Context;

/// How many characters of names it has.
const LENGTH: usize = 150;

/// What its authors say of a page called `title`, or else what stands on it.
pub fn of<'a>(cx: &Context<'a>, head: &Head<'a>, title: &str) -> Cow<'a, str> {
    let words = cx.words();
    let named = |what: &str, names: &[&str]| {
        let named = words.fill("about_names", &[("what", what), ("names", &listed(words, names))]);
        Cow::Owned(named)
    };
    match &head.shows {
        Shows::Part(entries) => about(words, title, entries).into(),
        Shows::WayTo(face) => named(words.get("moved"), &[face.title()]),
        _ if !head.description.is_empty() => head.description.into(),
        Shows::Site(entries) | Shows::List(entries) => about(words, title, entries).into(),
        Shows::Entry(entry) => match (entry.summary(), entry.section().singular()) {
            ("", "") => named(&cx.config().title, &[title]),
            ("", kind) => named(kind, &[title]),
            (summary, _) => summary.into(),
        },
        Shows::Names(names) if !names.is_empty() => named(title, names),
        Shows::Names(_) | Shows::Nothing => title.to_owned().into(),
    }
}

/// How many entries a list called `title` has, and which.
fn about(words: &Messages, title: &str, entries: &Entries) -> String {
    let count = match entries.count {
        1 => words.count("count_entries_one", 1),
        count => words.count("count_entries", count),
    };
    let (what, names) = (("what", title), listed(words, &entries.names));
    match &entries.ends {
        Some((first, last)) if first != last => {
            words.fill("about_parts", &[what, ("count", &count), ("first", first), ("last", last)])
        }
        _ if names.is_empty() => words.fill("about_names", &[what, ("names", &count)]),
        _ => words.fill("about_list", &[what, ("count", &count), ("names", &names)]),
    }
}

/// Names one after the other, as many as there is room for, and the first in any case.
fn listed(words: &Messages, names: &[&str]) -> String {
    let mut listed = String::new();
    for (nth, name) in names.iter().enumerate() {
        if nth > 0 && listed.chars().count() + name.chars().count() > LENGTH {
            return listed + words.get("and_more");
        }
        if nth > 0 {
            listed.push_str(words.get("comma"));
        }
        listed.push_str(name);
    }
    listed
}
