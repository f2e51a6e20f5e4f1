//! A body with what was found in it, before it is joined to its entry.

use std::ops::Range;

use super::footnote_graph::{FootnoteGraph, LostFootnote};
use super::notice::Notice;
use super::{Body, Heading};
use crate::base::diagnostic::{Diagnostic, Edit, Fix, Place};
use crate::base::source::Source;
use crate::base::span::Span;
use crate::config::Purpose;
use crate::parse::block::WrittenBlock;
use crate::parse::link::{Link, Origin};
use crate::parse::markdown::Dialect;
use crate::parse::mention::MentionSteps;
use crate::parse::plain_text::PlainText;

/// A body and the links in it.
pub struct ParsedBody {
    pub(super) body: Body,
    pub links: Vec<Link>,
    /// The sentences that they stand in.
    pub mentions: MentionSteps,
    /// The comments that may excuse a line, in the source.
    pub(super) comments: Vec<Span>,
    pub(super) notices: Vec<Notice>,
    pub(super) footnotes: FootnoteGraph,
    /// The blocks in it that may be more than code.
    pub blocks: Vec<WrittenBlock>,
    /// What stands in it and is none of its words.
    pub(super) unsaid: Vec<Range<usize>>,
}

impl ParsedBody {
    /// Takes the heading out that is the title of its entry, as [`Body::take_title`] does.
    pub fn take_title(&mut self, known: Option<&str>) -> Option<Heading> {
        self.body.take_title(known)
    }

    /// What stands there is none of its words: a block shows something else than what is written in it.
    pub fn leave_out(&mut self, range: Range<usize>) {
        self.unsaid.push(range);
    }

    /// What is wrong with the text, which stands in `source`, now that it is known what its title is. What footnotes say
    /// that nobody sees, nobody is told, but for their links if these are to be kept.
    pub fn problems(&mut self, source: &Source, dialect: Dialect, purpose: Purpose) -> Vec<Diagnostic> {
        let lost = self.footnotes.lost(self.body.title.map(|at| at as usize));
        self.notices.extend(lost.iter().map(Notice::of_lost));
        self.notices.sort_by_key(|notice| notice.range.start);
        let mut unsaid = std::mem::take(&mut self.unsaid);
        unsaid.extend(lost.into_iter().map(|LostFootnote { whole, .. }| whole));
        if !unsaid.is_empty() {
            unsaid.sort_by_key(|range| range.start);
            let mut ranges: Vec<Range<usize>> = Vec::new();
            for range in unsaid {
                if ranges.last().is_none_or(|last| last.end <= range.start) {
                    ranges.push(range);
                }
            }
            let is_lost = |at: usize| {
                let after = ranges.partition_point(|range| range.start <= at);
                after.checked_sub(1).is_some_and(|place| at < ranges[place].end)
            };
            let is_kept = |link: &Link| {
                purpose == Purpose::Renames || !matches!(link.from, Origin::Prose { at, .. } if is_lost(at as usize))
            };
            self.links.retain(is_kept);
            if purpose != Purpose::Checks {
                self.body.plain = PlainText::without(self.body.text(&source.text), dialect, &is_lost);
            }
        }
        let path = &source.path;
        let body = &self.body;
        let tell = |Notice { rule, severity, range, message, help, fix }: Notice| {
            let told = Diagnostic { severity, ..Diagnostic::error(rule, path, body.span(range), message).help(help) };
            match fix.filter(|_| body.is_literal()) {
                Some((range, replacement, safe)) => {
                    let place = Place { path: path.clone(), span: body.span(range) };
                    Diagnostic { fix: Some(Fix { edits: vec![Edit { place, replacement }], safe }), ..told }
                }
                None => told,
            }
        };
        std::mem::take(&mut self.notices).into_iter().map(tell).collect()
    }

    /// The body, its links, their mentions and its comments put to those of its entry. `blocks` are those of the entry's
    /// that stand in it.
    pub fn join(
        mut self,
        links: &mut Vec<Link>,
        mentions: &mut MentionSteps,
        comments: &mut Vec<Span>,
        blocks: Range<u32>,
    ) -> Body {
        let start = links.len();
        mentions.append(self.mentions, &mut self.links);
        links.extend(self.links);
        comments.extend(self.comments);
        Body { links: start as u32..links.len() as u32, blocks, ..self.body }
    }
}
