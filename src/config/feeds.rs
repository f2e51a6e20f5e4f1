//! `[feeds]`: what those who follow a book are given.

use super::toml_table::Table;
use crate::base::diagnostic::Diagnostic;
use crate::base::span::Span;
use crate::base::suggest::{Suggestion, near};

/// Which feeds a book has.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Feeds {
    /// In whose name entries are known, wherever the site stands: `example.org,2026`, the authority of a `tag:` URI
    /// (RFC 4151).
    pub authority: Option<String>,
    pub formats: Vec<FeedFormat>,
    /// Whether each collection has feeds of its own, too.
    pub collections: bool,
}

/// What a feed is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FeedFormat {
    /// RFC 4287.
    Atom,
    /// JSON Feed 1.1.
    Json,
    /// iCalendar, RFC 5545: what stands on the timeline.
    Calendar,
}

impl FeedFormat {
    pub const ALL: [FeedFormat; 3] = [FeedFormat::Atom, FeedFormat::Json, FeedFormat::Calendar];

    /// What `book.toml` calls it.
    pub fn word(self) -> &'static str {
        match self {
            FeedFormat::Atom => "atom",
            FeedFormat::Json => "json",
            FeedFormat::Calendar => "ics",
        }
    }

    /// The name of its file.
    pub fn file(self) -> &'static str {
        match self {
            FeedFormat::Atom => "atom.xml",
            FeedFormat::Json => "feed.json",
            FeedFormat::Calendar => "timeline.ics",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            FeedFormat::Atom => "application/atom+xml",
            FeedFormat::Json => "application/feed+json",
            FeedFormat::Calendar => "text/calendar",
        }
    }
}

impl Default for Feeds {
    fn default() -> Feeds {
        Feeds { authority: None, formats: vec![FeedFormat::Atom], collections: false }
    }
}

/// Reads the table. `unaddressed` is where it stands, if it does and the book does not say where on the web the site will.
pub fn feeds(mut table: Table, unaddressed: Option<Span>, has_timeline: bool, problems: &mut Vec<Diagnostic>) -> Feeds {
    let authority = table.string("authority", problems).filter(|written| {
        let is_one = is_authority(&written.value);
        if !is_one {
            let message = format!("\"{}\" is no authority of tag: URIs", written.value);
            let help =
                "write a host or an e-mail address, and a year or a day in which it is yours: \"example.org,2026\"";
            problems.push(table.error(written.span, message).help(help));
        }
        is_one
    });
    let formats = formats(&mut table, has_timeline, problems);
    let collections = table.flag("collections", problems);
    if let Some(place) = unaddressed.filter(|_| !formats.is_empty()) {
        problems.push(table.without_site_url(place, "there are no feeds: they need the whole address of the site"));
    }
    table.finish(&[], problems);
    Feeds { authority: authority.map(|authority| authority.value), formats, collections }
}

fn formats(table: &mut Table, has_timeline: bool, problems: &mut Vec<Diagnostic>) -> Vec<FeedFormat> {
    if table.value("formats").is_none() {
        return Feeds::default().formats;
    }
    let mut formats = Vec::new();
    for written in table.strings("formats", problems) {
        match FeedFormat::ALL.into_iter().find(|format| format.word() == written.value) {
            Some(FeedFormat::Calendar) if !has_timeline => {
                let message = "there is no calendar: no collection stands on the timeline";
                let help = "write timeline = true under a collection, or take \"ics\" out";
                problems.push(table.error(written.span, message).help(help));
            }
            Some(format) if formats.contains(&format) => {}
            Some(format) => formats.push(format),
            None => {
                let known = FeedFormat::ALL.map(FeedFormat::word);
                let told = table.error(written.span, format!("there is no format \"{}\" of feeds", written.value));
                problems.push(match near(&written.value, known) {
                    Some(near) => {
                        let name = format!("\"{}\"", near.name);
                        told.meant(&Suggestion { name: &name, is_sure: near.is_sure }).help(near.question())
                    }
                    None => told.help("write \"atom\", \"json\" or \"ics\""),
                });
            }
        }
    }
    formats
}

/// Whether a text is the `taggingEntity` of RFC 4151, section 2.1: a host or an e-mail address, and a year, month or day.
fn is_authority(text: &str) -> bool {
    let Some((name, date)) = text.split_once(',') else { return false };
    let host = match name.split_once('@') {
        None => name,
        Some((user, host)) if is_made_of(user, "-._") => host,
        Some(_) => return false,
    };
    let is_part = |part: &str| is_made_of(part, "-") && !part.starts_with('-') && !part.ends_with('-');
    host.split('.').all(is_part) && is_day(date)
}

/// Whether a text has only letters and digits of ASCII and these signs.
fn is_made_of(text: &str, signs: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c))
}

/// `2026`, `2026-05`, `2026-05-19`.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_number = |part: &str, digits: usize, most: u32| {
        let number = part.parse().ok().filter(|_| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()));
        number.is_some_and(|number: u32| (1..=most).contains(&number))
    };
    let wanted = [(4, 9999), (2, 12), (2, 31)];
    parts.len() <= wanted.len() && parts.iter().zip(wanted).all(|(part, (digits, most))| is_number(part, digits, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_is_a_name_on_the_net_and_when_it_was_somebodys() {
        for right in ["example.org,2026", "a-b.example.org,2026-05", "localhost,2026-05-19", "j.doe@example.org,1999"] {
            assert!(is_authority(right), "{right}");
        }
        for wrong in [
            "",
            ",",
            "example.org",
            "example.org,",
            ",2026",
            "example.org,26",
            "example.org,2026-5",
            "example.org,2026-13",
            "example.org,2026-05-00",
            "example.org,2026-05-19-01",
            "example.org, 2026",
            "-a.org,2026",
            "a..org,2026",
            "https://example.org,2026",
            "ü.org,2026",
            "a@b@c,2026",
            "@c.org,2026",
            "a@,2026",
            "example.org,+202",
        ] {
            assert!(!is_authority(wrong), "{wrong}");
        }
    }
}
