//! Entries in a list: one below the other, as cards, or as a table.

use super::{FragmentWriter, push_attribute};
use crate::page::view::{ColumnView, ItemView, SharedDate, ValueView};

impl FragmentWriter {
    /// Entries one below the other. `parts/items.html`
    pub fn items(&self, items: &[ItemView]) -> String {
        let mut out = String::from("\n<ul class=\"items\">");
        for item in items {
            out.push_str("\n<li class=\"item\"");
            if let Some(anchor) = item.anchor.filter(|anchor| !anchor.is_empty()) {
                push_attribute(&mut out, "id", anchor);
            }
            out.push('>');
            if let Some(date) = &item.date {
                out.push_str("<p class=\"item-date\">");
                out.push_str(&date.html);
                if let Some(kind) = item.kind.filter(|kind| !kind.is_empty()) {
                    out.push_str(" <span class=\"item-kind\">");
                    self.bdi(&mut out, kind, None);
                    out.push_str("</span>");
                }
                out.push_str("</p>");
            }
            out.push_str("\n<div class=\"item-text\">\n");
            self.title(&mut out, "item-title", item);
            self.summary(&mut out, "<p class=\"item-summary\" dir=\"auto\">", item.summary);
            self.chips(&mut out, &item.chips);
            out.push_str("</div>\n</li>");
        }
        out.push_str("\n</ul>");
        out
    }

    /// Entries as cards. `parts/cards.html`
    pub fn cards(&self, items: &[ItemView]) -> String {
        let mut out = String::from("\n<ul class=\"cards\">");
        for item in items {
            out.push_str("\n<li class=\"card\">");
            self.title(&mut out, "card-title", item);
            item.date.iter().for_each(|date| push_item_date(&mut out, date));
            self.summary(&mut out, "<p dir=\"auto\">", item.summary);
            self.chips(&mut out, &item.chips);
            out.push_str("</li>");
        }
        out.push_str("\n</ul>");
        out
    }

    /// Entries as a table. `parts/entries.html`
    pub fn entries(&self, columns: &[ColumnView], items: &[ItemView]) -> String {
        let mut out = String::from("\n<table class=\"entries\">\n<thead><tr><th scope=\"col\" data-column=\"title\">");
        self.word(&mut out, "title");
        out.push_str("</th>");
        for column in columns {
            out.push_str("<th scope=\"col\" class=\"column-");
            out.push_str(column.kind);
            out.push('"');
            push_attribute(&mut out, "data-column", column.name);
            out.push('>');
            self.bdi(&mut out, column.label, None);
            out.push_str("</th>");
        }
        out.push_str("</tr></thead>\n<tbody>");
        items.iter().for_each(|item| self.row(&mut out, columns, item));
        out.push_str("\n</tbody>\n</table>");
        out
    }

    fn row(&self, out: &mut String, columns: &[ColumnView], item: &ItemView) {
        out.push_str("\n<tr><th scope=\"row\"");
        push_attribute(out, "data-sort", &item.order.map(|order| order.to_string()).unwrap_or_default());
        out.push('>');
        self.link(out, &item.href, None, item.title);
        self.summary(out, "<p dir=\"auto\">", item.summary);
        out.push_str("</th>");
        for (column, cell) in columns.iter().zip(&item.cells) {
            out.push_str("<td class=\"column-");
            out.push_str(column.kind);
            out.push_str(if cell.is_empty() { " empty\"" } else { "\"" });
            push_attribute(out, "data-label", column.label);
            if let Some(order) = cell.first().and_then(|value| value.order) {
                push_attribute(out, "data-sort", &format!("{order:?}"));
            }
            out.push('>');
            for (nth, value) in cell.iter().enumerate() {
                if nth > 0 {
                    out.push_str(if value.kind == "choice" { " " } else { ", " });
                }
                self.value(out, value);
            }
            out.push_str("</td>");
        }
        out.push_str("</tr>");
    }

    fn title(&self, out: &mut String, class: &str, item: &ItemView) {
        out.push_str("<a class=\"");
        out.push_str(class);
        out.push('"');
        push_attribute(out, "href", &item.href);
        out.push('>');
        self.bdi(out, item.title, None);
        out.push_str("</a>");
    }

    fn chips(&self, out: &mut String, chips: &[ValueView]) {
        if chips.is_empty() {
            return;
        }
        out.push_str("\n<ul class=\"chips\">");
        for chip in chips {
            out.push_str("<li class=\"chip chip-");
            out.push_str(chip.kind);
            out.push_str("\">");
            self.value(out, chip);
            out.push_str("</li>");
        }
        out.push_str("</ul>");
    }
}

pub(super) fn push_item_date(out: &mut String, date: &SharedDate) {
    out.push_str(" <span class=\"item-date\">");
    out.push_str(&date.html);
    out.push_str("</span>");
}
