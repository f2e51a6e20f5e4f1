//! Footnotes: their references in the text, and the notes themselves below it.

use super::HtmlWriter;

impl HtmlWriter<'_> {
    pub(super) fn note_reference(&mut self, at: usize, label: &str) {
        let Some(&(place, nth)) = self.notes.references.get(&at) else {
            return self.text(&format!("[^{label}]"));
        };
        let number = place + 1;
        self.out.push_str("<sup><a");
        self.attribute("id", &self.reference_id(number, nth));
        self.attribute("href", &format!("#{}", self.note_id(number)));
        self.out.push_str(&format!(" role=\"doc-noteref\">{number}</a></sup>"));
    }

    pub(super) fn write_notes(&mut self) {
        if self.notes.list.is_empty() {
            return;
        }
        self.bare = false;
        self.block("<section class=\"footnotes\"");
        self.attribute("aria-label", self.markup.locale.words.get("footnotes"));
        self.out.push_str("><ol>\n");
        for place in 0..self.notes.list.len() {
            let number = place + 1;
            let note = &self.notes.list[place];
            let (body, references) = (note.body.clone(), note.references);
            self.out.push_str("<li");
            self.attribute("id", &self.note_id(number));
            self.out.push('>');
            self.write_nodes(body.start, body.end);
            // The way back stands at the end of the last paragraph.
            let in_paragraph = self.out.ends_with("</p>\n");
            if in_paragraph {
                self.out.truncate(self.out.len() - "</p>\n".len());
            }
            for nth in 1..=references {
                self.out.push_str(" <a");
                self.attribute("href", &format!("#{}", self.reference_id(number, nth)));
                let which = if nth == 1 { number.to_string() } else { format!("{number}-{nth}") };
                let back = self.markup.locale.words.fill("footnote_back", &[("number", &which)]);
                self.attribute("aria-label", &back);
                self.out.push_str(" role=\"doc-backlink\">↩</a>");
            }
            self.out.push_str(if in_paragraph { "</p>\n</li>\n" } else { "</li>\n" });
        }
        self.out.push_str("</ol></section>\n");
    }

    /// Ids of our own have a colon, which no heading's has.
    fn note_id(&self, number: usize) -> String {
        format!("{}fn:{number}", self.markup.prefix)
    }

    fn reference_id(&self, number: usize, nth: u32) -> String {
        match nth {
            1 => format!("{}fnref:{number}", self.markup.prefix),
            _ => format!("{}fnref:{number}:{nth}", self.markup.prefix),
        }
    }
}
