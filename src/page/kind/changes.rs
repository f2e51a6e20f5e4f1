//! All that is other than in a revision: a page of previews alone.

use super::PageKind;
use crate::compare::{BrokenLink, FoundProblem, RuleChange};
use crate::page::context::Context;
use crate::page::part::head::{Head, Shows};
use crate::page::part::{changes, page_view};
use crate::page::view::{
    BrokenLinkView, ChangeGroupView, ChangesView, Content, FindingGroupView, FindingView, LinkGroupView, View,
};

/// What became of entries, in the order in which they are told.
const FATES: [&str; 4] = ["new", "gone", "moved", "changed"];

pub const KIND: PageKind = PageKind {
    name: "changes",
    // A preview has one, and a book has none: see `page::plan`.
    pages: |_, _| Vec::new(),
    view,
};

fn view<'a>(cx: &Context<'a>) -> View<'a> {
    let page = |title: String| page_view::of(cx, Head { title: title.into(), ..Head::of_word("", Shows::Nothing) });
    let Some(preview) = cx.preview() else {
        return View { page: page(String::new()), site: cx.site_view(), content: Content::Nothing {} };
    };
    let (words, all) = (cx.words(), &preview.changes);
    let entries = FATES.into_iter().map(|fate| ChangeGroupView {
        title: words.get(changes::word(fate)),
        changes: all.entries.iter().map(|change| changes::view(cx, change)).filter(|view| view.fate == fate).collect(),
    });
    let sources = all.sources.iter().map(|change| changes::of_source(cx, change)).collect();
    let groups = entries.chain([ChangeGroupView { title: words.get("sources"), changes: sources }]);
    let links = [("links_broken", &all.broken, true), ("links_mended", &all.mended, false)];
    let links = links.into_iter().map(|(word, links, is_here)| LinkGroupView {
        title: words.get(word),
        items: links.iter().map(|link| of_link(cx, link, is_here)).collect(),
    });
    let new: fn(&RuleChange) -> &[FoundProblem] = |rule| &rule.new;
    let gone: fn(&RuleChange) -> &[FoundProblem] = |rule| &rule.gone;
    let findings = [("found_now", new), ("found_before", gone)].into_iter().map(|(word, found)| FindingGroupView {
        title: words.get(word),
        items: all.rules.iter().flat_map(|rule| found(rule).iter().map(move |one| of_finding(rule, one))).collect(),
    });
    let content = ChangesView {
        against: &preview.against,
        unread: all.before.unread.iter().chain(&all.after.unread).map(String::as_str).collect(),
        book: changes::details(cx, &all.book),
        groups: groups.filter(|group| !group.changes.is_empty()).collect(),
        links: links.filter(|group| !group.items.is_empty()).collect(),
        findings: findings.filter(|group| !group.items.is_empty()).collect(),
    };
    View { page: page(changes::title(cx, preview)), site: cx.site_view(), content: Content::Changes(content) }
}

/// A link, which stands in the book before if it is mended.
fn of_link<'a>(cx: &Context<'a>, link: &'a BrokenLink, is_here: bool) -> BrokenLinkView<'a> {
    BrokenLinkView {
        title: &link.title,
        href: is_here.then(|| changes::href(cx, link.from)),
        path: &link.path,
        line: link.line,
        target: &link.target,
        led_to: link.led_to.as_deref(),
    }
}

fn of_finding<'a>(rule: &'a RuleChange, found: &'a FoundProblem) -> FindingView<'a> {
    let FoundProblem { path, line, message } = found;
    FindingView { rule: rule.rule, is_error: rule.is_error, path, line: *line, message }
}
