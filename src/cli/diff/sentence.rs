//! What has changed, in words; how names and values stand in them is a matter of the format.

use crate::base::diagnostic::Severity;
use crate::base::direction::is_rtl;
use crate::cli::terminal::count;
use crate::compare::{
    Aspect, BookChanges, BookSide, BrokenLink, Detail, DetailChange, EntryChange, Fate, MentionChange, SourceChange,
    TextChange,
};
use crate::disk::Revision;

/// How a format writes what authors wrote.
pub struct Voice {
    /// A title or a value.
    pub name: fn(&str) -> String,
    /// A label, or a message.
    pub plain: fn(&str) -> String,
    /// An address or a path.
    pub code: fn(&str) -> String,
}

/// From how many characters on a value is told by how much of it is other, and cut where it is shown.
const LONG: usize = 100;

impl Voice {
    /// `new: *Y* (policies/y), linked from 3 entries`.
    pub fn entry(&self, change: &EntryChange) -> String {
        let (name, address) = ((self.name)(&change.title), (self.code)(&change.address));
        let linked = match change.linked_from {
            0 => "linked from nowhere".to_owned(),
            many => format!("linked from {}", count(many, "entry")),
        };
        let broken = match change.broken {
            0 => String::new(),
            1 => ", 1 link to it now broken".to_owned(),
            many => format!(", {many} links to it now broken"),
        };
        match &change.fate {
            Fate::New { was_draft: true } => format!("new: {name} ({address}), a draft before, {linked}"),
            Fate::New { was_draft: false } => format!("new: {name} ({address}), {linked}"),
            Fate::Gone { is_draft: true } => format!("removed: {name} ({address}), a draft now{broken}"),
            Fate::Gone { is_draft: false } => format!("removed: {name} ({address}){broken}"),
            Fate::Moved { from } => format!("moved: {name}, {} → {address}", (self.code)(from)),
            Fate::Changed => format!("{name} ({address})"),
        }
    }

    /// `new source: *Statement on the plan* (cfr-2018), cited by 3 entries`.
    pub fn source(&self, change: &SourceChange) -> String {
        let title = if change.title.is_empty() { &change.key } else { &change.title };
        let (name, key) = ((self.name)(title), (self.code)(&change.key));
        let entries = count(change.cited_by, "entry");
        match &change.fate {
            Fate::New { .. } => format!("new source: {name} ({key}), cited by {entries}"),
            Fate::Gone { .. } => format!("removed source: {name} ({key}), cited by {entries} before"),
            Fate::Moved { from } => format!("source with another key: {name}, {} → {key}", (self.code)(from)),
            Fate::Changed => format!("source {name} ({key})"),
        }
    }

    /// `Stance: *Sees a threat* → *Restrictive*`.
    pub fn detail(&self, detail: &Detail) -> String {
        match &detail.change {
            DetailChange::Text(change) => format!("{}: {}", self.label(&detail.aspect), text(*change)),
            DetailChange::Mentions(MentionChange::First) => "is mentioned for the first time".to_owned(),
            DetailChange::Mentions(MentionChange::Last) => "lost its last mention".to_owned(),
            DetailChange::Values { lost, gained, is_whole } => match listed(&detail.aspect) {
                Some(what) => self.list(what, lost, gained),
                None => format!("{}{}", self.label(&detail.aspect), self.values(lost, gained, *is_whole)),
            },
        }
    }

    /// `gained a source: *X*; lost 2 sources: *Y*, *Z*`.
    fn list(&self, (one, many): (&str, &str), lost: &[String], gained: &[String]) -> String {
        let told = |verb: &str, values: &[String]| match values {
            [] => None,
            [value] => Some(format!("{verb} {one}: {}", self.value(value))),
            values => Some(format!("{verb} {} {many}: {}", values.len(), self.all(values))),
        };
        [told("gained", gained), told("lost", lost)].into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    fn values(&self, lost: &[String], gained: &[String], is_whole: bool) -> String {
        match (lost, gained) {
            ([was], [is]) if is_whole && was.chars().count().max(is.chars().count()) > LONG => {
                format!(": {}", TextChange::between(was, is).map_or("other white space".to_owned(), text))
            }
            ([_, ..], [_, ..]) if is_whole => {
                format!(": {} → {}", isolated(self.all(lost)), isolated(self.all(gained)))
            }
            ([], gained) if is_whole => format!(" added: {}", self.all(gained)),
            (lost, []) if is_whole => format!(" removed: {}", self.all(lost)),
            (lost, []) => format!(": lost {}", self.all(lost)),
            ([], gained) => format!(": gained {}", self.all(gained)),
            (lost, gained) => format!(": gained {}, lost {}", self.all(gained), self.all(lost)),
        }
    }

    fn all(&self, values: &[String]) -> String {
        values.iter().map(|value| self.value(value)).collect::<Vec<_>>().join(", ")
    }

    fn value(&self, value: &str) -> String {
        let mut cut: String = value.chars().take(LONG).collect();
        if cut.len() < value.len() {
            cut = format!("{} …", cut.trim_end());
        }
        (self.name)(&cut)
    }

    fn label(&self, aspect: &Aspect) -> String {
        let label = match aspect {
            Aspect::Field { label, .. } => label,
            Aspect::Note { label, .. } => return format!("{}, note", (self.plain)(label)),
            Aspect::Key(key) => key,
            Aspect::Title => "title",
            Aspect::Summary => "summary",
            Aspect::Date => "date",
            Aspect::Order => "place in the order",
            Aspect::Aliases => "other names",
            Aspect::Tags => "tags",
            Aspect::Sources => "sources",
            Aspect::Figures => "figures",
            Aspect::Picture => "picture",
            Aspect::Language => "language",
            Aspect::Published => "published",
            Aspect::ReviewBy => "review by",
            Aspect::Section => "section",
            Aspect::File => "file",
            Aspect::Text => "text",
            Aspect::Links => "links",
            Aspect::Mentions => "mentions",
            Aspect::Collections => "collections",
        };
        (self.plain)(label)
    }

    /// `policies/plan.md:12: *X* links to tax-relief, which led to *Tax relief*`.
    pub fn broken(&self, link: &BrokenLink) -> String {
        let place = (self.code)(&format!("{}:{}", link.path, link.line));
        let led_to = link.led_to.as_ref().map(|title| format!(", which led to {}", (self.name)(title)));
        format!(
            "{place}: {} links to {}{}",
            (self.name)(&link.title),
            (self.code)(&link.target),
            led_to.unwrap_or_default()
        )
    }

    /// Why not all of a book could be compared; none if all could.
    pub fn unread(&self, name: &str, side: &BookSide) -> Option<String> {
        let BookSide { errors, unread, .. } = side;
        let files = unread.iter().map(|path| (self.code)(path)).collect::<Vec<_>>().join(", ");
        match (errors, unread.is_empty()) {
            (0, true) => None,
            (errors, true) => Some(format!("{} in {name}; what can be read is compared", count(*errors, "error"))),
            (0, false) => Some(format!("not read in {name}, and so not compared: {files}")),
            (errors, false) => {
                let errors = count(*errors, "error");
                Some(format!("{errors} in {name}; not read there, and so not compared: {files}"))
            }
        }
    }
}

/// Whether a rule finds links that lead nowhere, each of which is told among the broken ones.
pub fn is_of_links(rule: &str) -> bool {
    matches!(rule, "ambiguous-link" | "broken-anchor" | "broken-link" | "dangling-reference" | "draft-link")
}

/// What one value and several of a list are called; none of what is no list.
fn listed(aspect: &Aspect) -> Option<(&'static str, &'static str)> {
    match aspect {
        Aspect::Tags => Some(("a tag", "tags")),
        Aspect::Sources => Some(("a source", "sources")),
        Aspect::Aliases => Some(("another name", "other names")),
        Aspect::Figures => Some(("a figure", "figures")),
        Aspect::Links => Some(("a link", "links")),
        Aspect::Collections => Some(("a collection", "collections")),
        _ => None,
    }
}

fn text(change: TextChange) -> String {
    match change {
        TextChange::Words { added, removed: 0 } => format!("{} added", count(added, "word")),
        TextChange::Words { added: 0, removed } => format!("{} removed", count(removed, "word")),
        TextChange::Words { added, removed } => format!("{} added, {removed} removed", count(added, "word")),
        TextChange::Order => "the same words in another order".to_owned(),
        TextChange::Markup => "the same words, marked up otherwise".to_owned(),
    }
}

/// A text in one line, without what steers a terminal and what turns a line around.
pub fn in_one_line(text: &str) -> String {
    let is_order = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let safe = text.split_whitespace().collect::<Vec<_>>().join(" ");
    safe.replace(|c: char| c.is_control() || is_order(c), "\u{fffd}")
}

/// What the side is called that is no revision.
pub const ON_DISK: &str = "the files on disk";

/// What one side is called.
pub fn revision(revision: Option<&Revision>) -> String {
    revision.map_or(ON_DISK.to_owned(), Revision::title)
}

/// A text that turns nothing around it, whichever way it runs (UAX 9, FSI and PDI): an arrow leads from one to the next.
fn isolated(text: String) -> String {
    if text.contains(is_rtl) { format!("\u{2068}{text}\u{2069}") } else { text }
}

/// How many of each there are: `1 entry new, 3 changed; 2 links broken; 1 error new`.
pub fn counts(changes: &BookChanges) -> String {
    let fates = |order: usize| changes.entries.iter().filter(|change| change.fate.order() == order).count();
    let number =
        |number: usize, what: &str, after: &str| (number > 0).then(|| format!("{} {after}", count(number, what)));
    let (new_errors, gone_errors) = changes.findings(Severity::Error);
    let (new_warnings, gone_warnings) = changes.findings(Severity::Warning);
    let all = [
        number(fates(0), "entry", "new"),
        number(fates(1), "entry", "removed"),
        number(fates(2), "entry", "moved"),
        number(fates(3), "entry", "changed"),
        number(changes.sources.len(), "source", "changed"),
        number(changes.broken.len(), "link", "broken"),
        number(changes.mended.len(), "link", "mended"),
        number(new_errors, "error", "new"),
        number(gone_errors, "error", "gone"),
        number(new_warnings, "warning", "new"),
        number(gone_warnings, "warning", "gone"),
    ];
    let told: Vec<String> = all.into_iter().flatten().collect();
    match told.is_empty() {
        true if changes.is_empty() => "Nothing has changed in the book".to_owned(),
        true => "The book itself has changed".to_owned(),
        false => told.join(", "),
    }
}
