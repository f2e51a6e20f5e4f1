//! Backlinks as HTML: the part of a page that takes templates longest, for many entries stand in it, on each of their
//! pages. These are the bytes that the built-in `parts/backlinks.html` and `parts/date.html` write, which a test
//! compares; a book with templates of its own has them from its templates.

use std::sync::Arc;

use super::view::{BacklinksView, DateView, LinkedView, LinksView};
use crate::base::escape;
use crate::base::messages::Messages;
use crate::theme::{Prose, Theme};

/// How many entries of a group are shown at once if there are more than a few others, and how many those are.
const SHOWN: usize = 6;
const FEW: usize = 8;

/// Writes backlinks as the built-in theme does.
pub struct BacklinksWriter {
    prose: Prose,
    words: Arc<Messages>,
    icon: String,
}

impl BacklinksWriter {
    /// None for a theme with templates of its own, whose pages may look otherwise.
    pub fn new(theme: &Theme) -> Option<BacklinksWriter> {
        let icon = theme.built_in_part("<icon name=\"link\" />")?;
        Some(BacklinksWriter { prose: theme.prose().clone(), words: theme.words().clone(), icon })
    }

    /// The section of an entry's backlinks, `all` of them or some behind a button; empty if there are none.
    pub fn write(&self, links: &BacklinksView, all: bool) -> String {
        let mut out = String::new();
        if links.count == 0 {
            return out;
        }
        out.push_str("\n<section class=\"backlinks\" aria-labelledby=\":backlinks\">\n<h2 id=\":backlinks\">");
        out.push_str(&self.icon);
        out.push(' ');
        escape::quoted(&mut out, self.words.get("backlinks"));
        push_count(&mut out, links.count);
        out.push_str("</h2>");
        for group in &links.groups {
            self.group(&mut out, group, links.rest.as_deref(), all);
        }
        if let Some(rest) = &links.rest {
            let label = format!("{} ({})", self.words.get("all_backlinks"), links.count);
            push_more(&mut out, rest, &label);
        }
        out.push_str("\n</section>");
        out
    }

    fn group(&self, out: &mut String, group: &LinksView, rest: Option<&str>, all: bool) {
        out.push_str("\n<section class=\"links");
        out.push_str(if group.is_relation { " relation\"><h3>" } else { "\"><h3>" });
        out.push_str(&self.prose.bdi(&group.label, None));
        push_count(out, group.count);
        out.push_str("</h3>\n<ul>");
        let is_cut = group.items.len() > FEW && !all;
        let (shown, more) = group.items.split_at(if is_cut { SHOWN } else { group.items.len() });
        shown.iter().for_each(|item| self.item(out, item));
        out.push_str("\n</ul>");
        if is_cut {
            out.push_str("\n<details><summary>");
            escape::quoted(out, &self.words.count("more", more.len()));
            out.push_str("</summary><ul>");
            more.iter().for_each(|item| self.item(out, item));
            out.push_str("\n</ul></details>");
        }
        if let Some(rest) = rest.filter(|_| group.count > group.items.len()) {
            push_more(out, rest, &self.words.count("more_elsewhere", group.count - group.items.len()));
        }
        out.push_str("</section>");
    }

    fn item(&self, out: &mut String, item: &LinkedView) {
        out.push_str("\n<li><a href=\"");
        escape::quoted(out, &item.href);
        out.push_str("\">");
        out.push_str(&self.prose.bdi(item.title, None));
        out.push_str("</a>");
        if let Some(kind) = item.kind.filter(|kind| !kind.is_empty()) {
            out.push_str(" <span class=\"item-kind\">");
            out.push_str(&self.prose.bdi(kind, None));
            out.push_str("</span>");
        }
        if let Some(date) = &item.date {
            out.push_str(" <span class=\"item-date\">");
            out.push_str(&date.html);
            out.push_str("</span>");
        }
        for sentence in &item.sentences {
            out.push_str("<p class=\"sentence\" dir=\"auto\">");
            out.push_str(&self.prose.lang(sentence.before, None));
            out.push_str("<mark>");
            out.push_str(&self.prose.lang(sentence.link, None));
            out.push_str("</mark>");
            out.push_str(&self.prose.lang(sentence.after, None));
            out.push_str("</p>");
        }
        if item.sentences.is_empty() && !item.summary.is_empty() {
            out.push_str("<p dir=\"auto\">");
            out.push_str(&self.prose.lang(item.summary, None));
            out.push_str("</p>");
        }
        out.push_str("</li>");
    }
}

/// A date as `parts/date.html` writes it.
pub fn date(date: &DateView) -> String {
    let mut out = String::from("<time class=\"date");
    out.push_str(if date.certain { "\"" } else { " possible\"" });
    if let Some(datetime) = date.datetime.as_deref().filter(|datetime| !datetime.is_empty()) {
        out.push_str(" datetime=\"");
        escape::quoted(&mut out, datetime);
        out.push('"');
    }
    out.push('>');
    escape::quoted(&mut out, &date.text);
    out.push_str("</time>");
    out
}

fn push_count(out: &mut String, count: usize) {
    out.push_str(" <span class=\"count\">");
    out.push_str(&count.to_string());
    out.push_str("</span>");
}

fn push_more(out: &mut String, href: &str, label: &str) {
    out.push_str("<p class=\"more\"><a href=\"");
    escape::quoted(out, href);
    out.push_str("\">");
    escape::quoted(out, label);
    out.push_str("</a></p>");
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::*;
    use crate::base::path::SourcePath;
    use crate::page::view::{SentenceView, SharedDate};
    use crate::theme::ThemeOptions;

    #[derive(Serialize)]
    struct Given<'a> {
        links: BacklinksView<'a>,
        all: bool,
    }

    fn theme(language: &str, own: &[(&str, &str)]) -> Theme {
        let own = own.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        let path = SourcePath::new("book.toml");
        let wishes = ThemeOptions { language, han: "zh-Hans", path: &path, tokens: &[] };
        Theme::new("themes/mine", own, &wishes).0.unwrap()
    }

    fn links(items: usize, of: usize, rest: bool) -> BacklinksView<'static> {
        let titles = ["<b> & \"c\" 'd'", "خطة", "中国制造", "Plan"];
        let date = |certain, datetime: Option<&str>| {
            let datetime = datetime.map(str::to_owned);
            Arc::new(SharedDate::new(&DateView { text: "'about' <2018>".to_owned(), datetime, certain }))
        };
        let sentence = SentenceView { before: "It's <", link: "中国 & co", after: "> \"so\"." };
        let item = |nth: usize| LinkedView {
            title: titles[nth % titles.len()],
            href: format!("../a'b/{nth}.html?x=1&y"),
            kind: [None, Some(""), Some("It's & خ")][nth % 3],
            date: [None, Some(date(true, Some("2018"))), Some(date(false, None))][nth % 3].clone(),
            summary: ["", "A <summary> 中"][nth % 2],
            sentences: vec![sentence.clone(); [0, 1, 2][nth / 2 % 3]],
        };
        let group = |is_relation| LinksView {
            label: "L'<label> خ".into(),
            is_relation,
            count: of,
            items: (0..items).map(item).collect(),
        };
        let rest = rest.then(|| "a'.backlinks.html?&".to_owned());
        BacklinksView { count: 2 * of, rest, html: None, groups: vec![group(true), group(false)], entry: None }
    }

    #[test]
    fn it_writes_what_the_templates_write() {
        let text = "{{ <backlinks links={links} words={words} all={all} /> }}";
        for language in ["en", "de", "zh-Hans", "ar"] {
            let (plain, own) = (theme(language, &[]), theme(language, &[("templates/x.html", text)]));
            let writer = BacklinksWriter::new(&plain).unwrap();
            assert!(BacklinksWriter::new(&own).is_none());
            for (items, of, rest) in [(0, 0, false), (1, 1, false), (8, 8, true), (9, 9, false), (12, 12_345, true)] {
                for all in [false, true] {
                    let links = links(items, of, rest);
                    let written = writer.write(&links, all);
                    let rendered = String::from_utf8(own.render("x", &Given { links, all }).unwrap()).unwrap();
                    assert_eq!(written + "\n", rendered, "{language}, {items} of {of}");
                }
            }
        }
    }
}
