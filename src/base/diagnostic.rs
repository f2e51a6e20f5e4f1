//! What is said about a mistake: data only, printed by the command line and nowhere else.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize};

use super::path::SourcePath;
use super::span::Span;
use super::suggest::Suggestion;

/// A text of the program's own: the name of a rule. Under this name serde takes it for no text that is borrowed from what
/// is read.
pub type ProgramText = &'static str;

/// How much a finding matters. Ordered from worst to mildest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// The site is not written (but with `--keep-going`), and the exit code is 1.
    Error,
    /// Said, and nothing more.
    Warning,
}

/// The severity of a rule's findings; none where the rule is off.
pub type Level = Option<Severity>;

/// How a build tells a warning; a check tells each with its place and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Telling {
    /// As a check does.
    Whole,
    /// In one line with all others of its rule.
    Grouped,
    /// As a number behind these words: where it stands it is as usual as not.
    Counted(#[serde(deserialize_with = "interned")] ProgramText),
}

/// A range in one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub path: SourcePath,
    pub span: Span,
}

/// One mistake, as a compiler would tell it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The stable kebab-case name of the rule: `broken-link`.
    #[serde(deserialize_with = "interned")]
    pub rule: ProgramText,
    pub severity: Severity,
    pub telling: Telling,
    /// What is, in lower case, the author's words in quotes, no full stop.
    pub message: String,
    /// The smallest text that must change.
    pub place: Place,
    /// Other places that help to understand it ("first defined here").
    pub notes: Vec<Note>,
    /// What to do.
    pub help: Option<String>,
    /// The remedy that a program can apply, where there is one.
    pub fix: Option<Fix>,
}

/// A second thing to say, with its own place if it has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub message: String,
    pub place: Option<Place>,
}

/// A remedy: texts to put in the place of others, all of them or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    pub edits: Vec<Edit>,
    /// Whether there is no other remedy, so that it can be applied unseen; else it is a guess.
    pub safe: bool,
}

/// A text to put in the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    pub place: Place,
    pub replacement: String,
}

impl Diagnostic {
    pub fn error(rule: &'static str, path: &SourcePath, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            rule,
            severity: Severity::Error,
            telling: Telling::Whole,
            message: message.into(),
            place: Place { path: path.clone(), span },
            notes: Vec::new(),
            help: None,
            fix: None,
        }
    }

    pub fn warning(rule: &'static str, path: &SourcePath, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(rule, path, span, message) }
    }

    /// With what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// With what to do, if there is anything to advise.
    pub fn help_if(mut self, help: Option<impl Into<String>>) -> Diagnostic {
        self.help = help.map(Into::into).or(self.help);
        self
    }

    /// With a second place.
    pub fn note(mut self, message: impl Into<String>, place: Option<Place>) -> Diagnostic {
        self.notes.push(Note { message: message.into(), place });
        self
    }

    /// With the text that mends it, written over the diagnostic's own span.
    pub fn fix(mut self, replacement: impl Into<String>) -> Diagnostic {
        self.mend(replacement);
        self
    }

    /// With the name that was meant by one that is misspelt.
    pub fn meant(mut self, near: &Suggestion) -> Diagnostic {
        self.guess(near);
        self
    }

    /// Adds what to do to a finding that is told already.
    pub fn advise(&mut self, help: impl Into<String>) -> &mut Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds a second place to a finding that is told already.
    pub fn remark(&mut self, message: impl Into<String>, place: Option<Place>) -> &mut Diagnostic {
        self.notes.push(Note { message: message.into(), place });
        self
    }

    /// Adds the text that mends a finding that is told already, written over its own span.
    pub fn mend(&mut self, replacement: impl Into<String>) -> &mut Diagnostic {
        let edit = Edit { place: self.place.clone(), replacement: replacement.into() };
        self.remedy(Fix { edits: vec![edit], safe: true })
    }

    /// Adds the name that was meant by one that is misspelt.
    pub fn guess(&mut self, near: &Suggestion) -> &mut Diagnostic {
        let edit = Edit { place: self.place.clone(), replacement: near.name.to_owned() };
        self.remedy(Fix { edits: vec![edit], safe: near.is_sure }).advise(near.question())
    }

    /// Adds a remedy to a finding that is told already.
    pub fn remedy(&mut self, fix: Fix) -> &mut Diagnostic {
        self.fix = Some(fix);
        self
    }

    /// All places that it speaks of.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        let notes = self.notes.iter().filter_map(|note| note.place.as_ref());
        let edits = self.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| &edit.place));
        [&self.place].into_iter().chain(notes).chain(edits)
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The order in which findings are told: by file, then place, then rule.
    pub fn order(&self) -> (&str, Span, &str, &str) {
        (self.place.path.as_str(), self.place.span, self.rule, &self.message)
    }
}

/// Reads a text of the program's own from what an earlier run has kept. There are few of them,
/// and each is in memory once.
///
/// Errors: those of the deserializer.
pub fn interned<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ProgramText, D::Error> {
    static KNOWN: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    let text = String::deserialize(deserializer)?;
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(text) = known.get(text.as_str()) {
        return Ok(text);
    }
    let text: ProgramText = text.leak();
    known.insert(text);
    Ok(text)
}
