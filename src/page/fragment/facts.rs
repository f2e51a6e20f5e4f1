//! The table of an entry's fields, and a value of one wherever it stands.

use super::{FragmentWriter, push_attribute};
use crate::base::escape;
use crate::page::view::{DateView, FieldView, ValueView};

/// How many values of a field are shown at once if there are more than a few others, and how many those are.
const SHOWN: usize = 5;
const FEW: usize = 7;

impl FragmentWriter {
    /// The table of fields; empty if there are none. `parts/facts.html`
    pub fn facts(&self, fields: &[FieldView]) -> String {
        let mut out = String::new();
        if fields.is_empty() {
            return out;
        }
        out.push_str("\n<section class=\"facts\" id=\":facts\"");
        push_attribute(&mut out, "aria-label", self.words.get("facts"));
        out.push_str(">\n<table><tbody>");
        for field in fields {
            out.push_str("\n<tr><th scope=\"row\">");
            self.bdi(&mut out, field.label, None);
            out.push_str("</th><td>");
            self.field(&mut out, &field.values);
            out.push_str("</td></tr>");
        }
        out.push_str("\n</tbody></table>\n</section>");
        out
    }

    fn field(&self, out: &mut String, values: &[ValueView]) {
        if values.len() <= 1 {
            values.iter().for_each(|value| self.fact(out, value));
            return;
        }
        let is_cut = values.len() > FEW;
        let (shown, more) = values.split_at(if is_cut { SHOWN } else { values.len() });
        self.fact_list(out, shown);
        if is_cut {
            out.push_str("<details><summary>");
            escape::quoted(out, &self.words.count("more", more.len()));
            out.push_str("</summary>");
            self.fact_list(out, more);
            out.push_str("</details>");
        }
    }

    fn fact_list(&self, out: &mut String, values: &[ValueView]) {
        out.push_str("<ul>");
        for value in values {
            out.push_str("<li>");
            self.fact(out, value);
            out.push_str("</li>");
        }
        out.push_str("</ul>");
    }

    /// A value and what its author says of it.
    fn fact(&self, out: &mut String, value: &ValueView) {
        self.value(out, value);
        if let Some(note) = value.note.filter(|note| !note.is_empty()) {
            out.push_str("<p class=\"note\">");
            self.bdi(out, note, None);
            out.push_str("</p>");
        }
    }

    /// `parts/value.html`
    pub(super) fn value(&self, out: &mut String, value: &ValueView) {
        let dir = |out: &mut String| value.dir.iter().for_each(|dir| push_attribute(out, "dir", dir));
        let lang = value.lang.filter(|lang| !lang.is_empty());
        if let Some(html) = value.html.as_deref().filter(|html| !html.is_empty()) {
            out.push_str("<div class=\"prose\"");
            lang.iter().for_each(|lang| push_attribute(out, "lang", lang));
            dir(out);
            out.push('>');
            out.push_str(html);
            out.push_str("</div>");
        } else if let Some(view) = &value.date {
            push_date(out, view);
        } else if let Some(href) = value.href.as_deref().filter(|href| !href.is_empty()) {
            out.push_str("<a");
            push_attribute(out, "href", href);
            if value.kind == "url" {
                out.push_str(" class=\"external\" rel=\"noopener\"");
            }
            dir(out);
            out.push('>');
            match value.dir {
                Some(_) => self.lang(out, &value.text),
                None => self.bdi(out, &value.text, None),
            }
            out.push_str("</a>");
        } else if let Some(lang) = lang {
            out.push_str("<span");
            push_attribute(out, "lang", lang);
            dir(out);
            out.push('>');
            escape::quoted(out, &value.text);
            out.push_str("</span>");
        } else if value.kind == "choice" {
            out.push_str("<span class=\"badge\">");
            self.bdi(out, &value.text, None);
            out.push_str("</span>");
        } else if let Some(dir) = value.dir {
            out.push_str("<bdi");
            push_attribute(out, "dir", dir);
            out.push('>');
            escape::quoted(out, &value.text);
            out.push_str("</bdi>");
        } else {
            self.bdi(out, &value.text, None);
        }
    }
}

/// `parts/date.html`
pub fn date(date: &DateView) -> String {
    let mut out = String::new();
    push_date(&mut out, date);
    out
}

pub(super) fn push_date(out: &mut String, date: &DateView) {
    out.push_str("<time class=\"date");
    out.push_str(if date.certain { "\"" } else { " possible\"" });
    if let Some(datetime) = date.datetime.as_deref().filter(|datetime| !datetime.is_empty()) {
        push_attribute(out, "datetime", datetime);
    }
    out.push('>');
    escape::quoted(out, &date.text);
    out.push_str("</time>");
}
