//! Which feeds a site has, and which entries are in each. Their files are an output of their own; pages announce them.

use std::sync::Arc;

use super::{Page, Subject, selection};
use crate::base::date::{Date, Day};
use crate::base::path::{FilePath, UrlPath};
use crate::book::{Book, EntryId, SectionId};
use crate::config::FeedFormat;

/// How many entries a feed has at most; a calendar has all that are dated.
const MOST: usize = 30;

/// A feed of the site. There is none without entries.
pub struct Feed {
    pub format: FeedFormat,
    pub of: FeedScope,
    pub url: UrlPath,
    /// Newest first; in a calendar as on the timeline. Of recent changes the first entry of each file.
    pub entries: Arc<[EntryId]>,
}

/// What a feed is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedScope {
    Book,
    /// A collection.
    Section(SectionId),
    /// What was changed last, as git knows it.
    RecentChanges,
}

/// Where feeds may stand, whether they have entries or not: nothing else can stand there.
pub fn files(book: &Book) -> Vec<FilePath> {
    slots(book).into_iter().map(|(_, _, file)| file).collect()
}

/// Whether a path is one of these.
pub fn is_file(book: &Book, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    FeedFormat::ALL.iter().any(|format| format.file() == name || recent_file(*format) == name)
        && files(book).iter().any(|file| file.as_str() == path)
}

/// The feeds that the book asks for: of which format, of which collection, in which file. Without its public address there
/// are none.
fn slots(book: &Book) -> Vec<(FeedFormat, FeedScope, FilePath)> {
    if !book.config.has_public_address() {
        return Vec::new();
    }
    let feeds = &book.config.feeds;
    let whole = feeds.formats.iter().map(|format| (*format, FeedScope::Book, FilePath::new(format.file())));
    let collections = book.section_ids().filter(|id| feeds.collections && book.section(*id).declared.is_some());
    let in_parts = || feeds.formats.iter().filter(|format| **format != FeedFormat::Calendar);
    let parts = collections.flat_map(|id| {
        let folder = &book.section(id).address;
        in_parts()
            .map(move |format| (*format, FeedScope::Section(id), FilePath::new(format!("{folder}/{}", format.file()))))
    });
    let has_recent = book.config.git.as_ref().is_some_and(|git| git.recent_changes);
    let recent = in_parts().filter(|_| has_recent);
    let recent = recent.map(|format| (*format, FeedScope::RecentChanges, FilePath::new(recent_file(*format))));
    whole.chain(parts).chain(recent).collect()
}

/// The file of the feed of recent changes.
fn recent_file(format: FeedFormat) -> String {
    format!("recent-changes.{}", format.file().rsplit('.').next().unwrap_or_default())
}

/// The feeds that have entries. Only entries are in them that have a page of their own.
pub fn of(book: &Book, pages: &[Page]) -> Vec<Feed> {
    let slots = slots(book);
    if slots.is_empty() {
        return Vec::new();
    }
    let is_shown = |page: &&Page| matches!(page.subject, Subject::Home | Subject::Section(_, None) | Subject::Entry(_));
    let shown: Vec<EntryId> = pages.iter().filter(is_shown).filter_map(|page| page.entry(book)).collect();
    let newest = newest(book, &shown);
    let entries = |format: FeedFormat, of: FeedScope| -> Arc<[EntryId]> {
        match (format, of) {
            (FeedFormat::Calendar, _) => on_calendar(book, &shown),
            (_, FeedScope::Book) => newest.iter().copied().take(MOST).collect(),
            (_, FeedScope::Section(of)) => {
                newest.iter().copied().filter(|id| book.section_of(*id) == of).take(MOST).collect()
            }
            (_, FeedScope::RecentChanges) => {
                selection::recent_changes(book).iter().map(|file| file.entries[0]).take(MOST).collect()
            }
        }
    };
    let feeds = slots.into_iter().map(|(format, of, file)| {
        let entries = entries(format, of);
        Feed { format, of, url: file.url(), entries }
    });
    feeds.filter(|feed| !feed.entries.is_empty()).collect()
}

/// The entries that have a day, newest first.
fn newest(book: &Book, shown: &[EntryId]) -> Vec<EntryId> {
    let mut dated: Vec<(Day, EntryId)> = shown.iter().filter_map(|id| Some((day(book, *id)?, *id))).collect();
    let address = |id: EntryId| &*book.entry(id).address;
    dated.sort_unstable_by(|(a, x), (b, y)| b.cmp(a).then_with(|| address(*x).cmp(address(*y))));
    dated.into_iter().map(|(_, id)| id).collect()
}

/// The entries of the timeline that a calendar can show, in its order.
fn on_calendar(book: &Book, shown: &[EntryId]) -> Arc<[EntryId]> {
    let mut has_page = vec![false; book.entries.len()];
    shown.iter().for_each(|id| has_page[id.0 as usize] = true);
    let is_dated = |id: &EntryId| has_page[id.0 as usize] && calendar_days(book, *id).is_some();
    book.timeline.iter().copied().filter(is_dated).collect()
}

/// The day that an entry of a feed is from: when it was published, if it says so, or else its date; of an entry without
/// either the day on which git has it first. None where that is not one day for sure.
pub fn day(book: &Book, id: EntryId) -> Option<Day> {
    let entry = book.entry(id);
    let Some(written) = entry.published.as_ref().or(entry.date.as_ref()) else {
        let history = book.history.of(&entry.path).filter(|_| !entry.is_item)?;
        return Date::parse(history.first.as_deref()?).ok()?.earliest();
    };
    let (first, last) = written.value.extent().certain?;
    Some(first).filter(|_| last == Some(first) && !written.value.is_interval() && is_writable(first))
}

/// The days on which a calendar shows an entry, from the first up to the one after the last: all on which it may have
/// been, or may have begun where it has no end. None where a calendar has no such year.
pub fn calendar_days(book: &Book, id: EntryId) -> Option<(Day, Day)> {
    let (first, last) = book.entry(id).date.as_ref()?.value.span()?;
    let after = last.next()?;
    (is_writable(first) && is_writable(after)).then_some((first, after))
}

/// Whether a year has four digits, as RFC 3339 and RFC 5545 have them.
fn is_writable(day: Day) -> bool {
    (1..=9999).contains(&day.year)
}
