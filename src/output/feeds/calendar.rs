//! The timeline as iCalendar (RFC 5545): an event for each dated entry, so long as it may have been.
//!
//! Nobody is busy for history: all events are transparent. What is not known to the day says so in its name.

use super::id::Ids;
use crate::base::date::{Date, Day};
use crate::book::EntryId;
use crate::page::feed::{self, Feed};
use crate::page::{SiteContent, summary};

/// How many octets a line has at most, without its end (section 3.1).
const LINE: usize = 75;

/// The text of a calendar.
pub fn write(content: &SiteContent, feed: &Feed) -> String {
    let mut lines = Lines(String::new());
    let ids = Ids::of(content);
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", "-//Dossier//Dossier//EN");
    lines.put("CALSCALE", "GREGORIAN");
    // The second is how programs from before RFC 7986 have it.
    let title = content.feed_title(feed);
    lines.text("NAME", &title);
    lines.text("X-WR-CALNAME", &title);
    feed.entries.iter().for_each(|id| event(&mut lines, content, &ids, *id));
    lines.put("END", "VCALENDAR");
    lines.0
}

/// Writes an entry; nothing if it has no page or no date.
fn event(lines: &mut Lines, content: &SiteContent, ids: &Ids, id: EntryId) {
    let book = &content.book;
    let entry = book.entry(id);
    let (Some(url), Some(date), Some((first, after))) =
        (content.entry_url(id), &entry.date, feed::calendar_days(book, id))
    else {
        return;
    };
    let (title, words) = (&entry.title.value, date.value.human(&content.locale.words));
    lines.put("BEGIN", "VEVENT");
    lines.text("UID", &ids.entry(id, url));
    lines.put("DTSTAMP", &format!("{}T000000Z", basic(feed::day(book, id).unwrap_or(first))));
    lines.put("DTSTART;VALUE=DATE", &basic(first));
    lines.put("DTEND;VALUE=DATE", &basic(after));
    match is_exact(&date.value) {
        true => lines.text("SUMMARY", title),
        false => lines.text("SUMMARY", &format!("{title} ({words})")),
    }
    let summary = summary(entry);
    let lead = if summary.is_empty() { "" } else { "\n\n" };
    lines.text("DESCRIPTION", &format!("{words}{lead}{summary}"));
    lines.text("CATEGORIES", content.section_title(&content.locale, book.section_of(id)));
    lines.put("URL", &content.canonical(Some(url)).unwrap_or_default());
    lines.put("TRANSP", "TRANSPARENT");
    lines.put("END", "VEVENT");
}

/// Whether the days of a date are those on which it was, and no others.
fn is_exact(date: &Date) -> bool {
    let extent = date.extent();
    extent.certain.is_some_and(|(first, last)| last.is_some() && extent.possible == (Some(first), last))
}

/// `20150519`.
fn basic(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// The lines of a calendar.
struct Lines(String);

impl Lines {
    /// A property whose value is a text (section 3.3.11).
    fn text(&mut self, name: &str, text: &str) {
        let mut value = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\\' | ';' | ',' => value.extend(['\\', c]),
                '\n' => value.push_str("\\n"),
                c if c.is_control() && c != '\t' => {}
                c => value.push(c),
            }
        }
        self.put(name, &value);
    }

    /// A property, folded between two letters where it is too long for a line.
    fn put(&mut self, name: &str, value: &str) {
        let mut room = LINE;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}
