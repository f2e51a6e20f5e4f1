//! Tables, which scroll by themselves and whose columns have headings.

use pulldown_cmark::Alignment;

use super::{HtmlWriter, TableWriter};
use crate::parse::markdown::Node;

impl HtmlWriter<'_> {
    pub(super) fn start_table(&mut self, alignments: &[Alignment]) {
        self.table = TableWriter { alignments: alignments.to_vec(), ..TableWriter::default() };
        self.tables += 1;
        // What takes the focus needs a name that tells it apart.
        let words = &self.markup.locale.words;
        let name = match self.tables {
            1 => words.get("table").to_owned(),
            number => words.fill("table_number", &[("number", &number.to_string())]),
        };
        self.block("<div class=\"table\" role=\"group\" tabindex=\"0\"");
        self.attribute("aria-label", &name);
        self.out.push_str("><table>");
    }

    pub(super) fn start_row(&mut self) {
        self.table.column = 0;
        if !self.table.has_body {
            self.table.has_body = true;
            self.out.push_str("<tbody>\n");
        }
        self.out.push_str("<tr>");
    }

    pub(super) fn cell(&mut self, at: usize) -> usize {
        // An empty cell is the heading of nothing.
        let is_empty = matches!(self.nodes.get(at + 1), Some((Node::End(_), _)));
        let is_heading = self.table.in_head && !is_empty;
        self.out.push_str(if is_heading { "<th scope=\"col\"" } else { "<td" });
        match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => self.attribute("class", "align-left"),
            Some(Alignment::Center) => self.attribute("class", "align-center"),
            Some(Alignment::Right) => self.attribute("class", "align-right"),
            _ => {}
        }
        self.out.push('>');
        self.table.column += 1;
        if is_empty {
            self.out.push_str("</td>");
            return at + 2;
        }
        at + 1
    }
}
