//! The entries that were changed last, by day, as git knows them.

use super::PageKind;
use crate::base::path::UrlPath;
use crate::page::context::Context;
use crate::page::part::head::{self, Head, Shows};
use crate::page::part::page_view;
use crate::page::selection::ChangedFile;
use crate::page::view::{ChangedEntryView, Content, RecentDayView, View};
use crate::page::{Page, Subject};

pub const KIND: PageKind = PageKind {
    name: "recent-changes",
    pages: |book, _| {
        let is_asked = book.config.git.as_ref().is_some_and(|git| git.recent_changes);
        let url = || UrlPath::new("recent-changes.html");
        is_asked.then(|| Page { kind: KIND.name, subject: Subject::RecentChanges, url: url() }).into_iter().collect()
    },
    view,
};

fn view<'a>(cx: &Context<'a>) -> View<'a> {
    let changed = cx.recent_changes();
    let days = changed.chunk_by(|a, b| a.commit.day == b.commit.day).map(|day| RecentDayView {
        date: cx.day(&day[0].commit.day),
        changes: day.iter().map(|file| entry(cx, file)).collect(),
    });
    let days: Vec<RecentDayView> = days.collect();
    let names = days.iter().flat_map(|day| &day.changes).map(|change| change.title).take(head::NAMES);
    let head = Head::of_word(cx.words().get("recent_changes"), Shows::Names(names.collect()));
    View { page: page_view::of(cx, head), site: cx.site_view(), content: Content::RecentChanges(days) }
}

/// What stands in a changed file: its entry, or the section of the entries that it lists.
fn entry<'a>(cx: &Context<'a>, file: &ChangedFile<'a>) -> ChangedEntryView<'a> {
    let face = cx.face(file.entries[0]);
    let section = face.section();
    let own = cx.anchor(face);
    let (anchor, kind, count) = match file.entries.len() {
        1 => (own, section.singular(), None),
        many => (cx.section_anchor(section.id).unwrap_or(own), "", Some(cx.words().count("count_entries", many))),
    };
    ChangedEntryView {
        title: anchor.title,
        href: anchor.href,
        kind,
        count,
        author: cx.shows_contributors().then_some(&*file.commit.author),
        subject: &file.commit.subject,
        commit: cx.commit_href(file.commit),
    }
}
