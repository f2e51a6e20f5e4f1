//! What a `#` makes a comment of that was most likely meant as text: `title: C # in depth`, `tags: #music`.

use super::builder::EntryBuilder;
use crate::base::diagnostic::{Diagnostic, Edit, Fix, Place, Severity};
use crate::base::span::{Span, Spanned, line_end, line_start};
use crate::parse::suppression::MARK;
use crate::parse::yaml::{Style, YamlNode, YamlValue};
use crate::parse::yaml_quote;

impl EntryBuilder<'_> {
    /// Tells of a text that ends at a `#`. Behind a tag it says something only if it is a tag itself.
    pub(super) fn cut(&mut self, node: &YamlNode, key: &str) {
        let YamlValue::Scalar { text, style: Style::Plain } = &node.data else { return };
        let at = node.span.start as usize + node.span.of(&self.source.text).trim_end().len();
        let Some(comment) = self.comment(at) else { return };
        let said = comment.of(&self.source.text);
        if key == "tags" && !is_tag(said) {
            return;
        }
        let whole = Span { start: node.span.start, end: comment.end };
        let meant = whole.of(&self.source.text);
        let message = format!("\"{key}\" is \"{text}\" here: behind a # all is a comment");
        let quoted = yaml_quote::value(meant).into_owned();
        let told = self
            .error("cut-value", comment, message)
            .help(format!("write {quoted}, or put the comment on a line of its own"));
        self.guessed(told, whole, quoted);
    }

    /// Tells of a value that is empty because it begins with `#`; says whether it is.
    pub(super) fn emptied(&mut self, at: usize, key: &str) -> bool {
        let comment = self.comment(at).filter(|comment| is_tag(comment.of(&self.source.text)));
        let Some(comment) = comment else { return false };
        let said = comment.of(&self.source.text);
        let words: Vec<&str> = said.split_whitespace().collect();
        let are_tags = words.iter().all(|word| word.starts_with('#'));
        let meant = match key {
            "tags" if are_tags => {
                let tags: Vec<&str> =
                    words.iter().flat_map(|word| word.split('#')).filter(|tag| !tag.is_empty()).collect();
                let tags: Vec<&str> = tags.iter().map(|tag| tag.trim_end_matches(',')).collect();
                match tags.as_slice() {
                    [tag] => yaml_quote::value(tag).into_owned(),
                    tags => yaml_quote::list(tags),
                }
            }
            _ => yaml_quote::value(said).into_owned(),
        };
        let message = format!("\"{key}\" is empty here: behind a # all is a comment");
        let told = self.error("cut-value", comment, message).help(format!("write {meant}"));
        self.guessed(told, comment, meant);
        true
    }

    /// Tells of an item of a list that is empty because it begins with `#`; says whether it is.
    pub(super) fn is_cut(&mut self, item: &YamlNode, key: &str) -> bool {
        let at = item.span.start as usize;
        let text = &self.source.text;
        // An empty item stands behind its hyphen, or where the reader of YAML came to after it.
        let start = line_start(text, at.min(text.len()));
        let hyphen = |line: &str| line.trim_start().starts_with("- ").then(|| line.find('-').map_or(0, |at| at + 1));
        matches!(item.data, YamlValue::Null)
            && hyphen(&text[start..]).is_some_and(|behind| self.emptied(start + behind, key))
    }

    /// Where the value of a key would begin.
    pub(super) fn behind(&self, key: &Spanned<String>) -> usize {
        let end = key.span.end as usize;
        let rest = &self.source.text[end..];
        end + rest[..line_end(rest).start].find(':').map_or(0, |colon| colon + 1)
    }

    /// The comment that begins behind a place in its line, if it is not one that excuses a finding.
    fn comment(&self, at: usize) -> Option<Span> {
        let rest = self.source.text.get(at..)?;
        let rest = &rest[..line_end(rest).start];
        let comment = rest.trim_start();
        let start = at + rest.len() - comment.len();
        let is_comment = comment.starts_with('#') && start > at && !comment.contains(MARK);
        is_comment.then(|| Span::new(start..start + comment.trim_end().len()))
    }

    /// Tells of something with what was likely meant.
    pub(super) fn guessed(&mut self, told: Diagnostic, span: Span, replacement: String) {
        let place = Place { path: self.source.path.clone(), span };
        let fix = Some(Fix { edits: vec![Edit { place, replacement }], safe: false });
        self.tell(Diagnostic { severity: Severity::Warning, fix, ..told });
    }
}

/// Whether a comment begins as a tag does rather than a remark: `#music`, and not `# of the book`.
fn is_tag(comment: &str) -> bool {
    comment[1..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/'))
}
