//! The values of an entry's fields as readers see them, and its texts.

use super::values::Shown;
use super::version::{Compared, written};
use crate::book::EntryId;
use crate::config::{FieldKind, FieldSpec};
use crate::parse::entry::Figure;
use crate::parse::{Body, Entry, FieldValue, Link, Origin, Value};

/// A value of a field. Dates are as written.
pub fn value(compared: &Compared, id: EntryId, spec: &FieldSpec, stated: &FieldValue) -> Shown {
    match (&stated.value, &spec.kind) {
        (Value::Choice(choice), FieldKind::Choice(choices)) => {
            Shown { key: choices[*choice].value.clone(), shown: choices[*choice].label.clone() }
        }
        (Value::Country(code), _) => {
            let name = compared.book().config.country(code).unwrap_or(code);
            Shown { key: code.to_string(), shown: name.to_owned() }
        }
        (Value::Link(link), _) => relation(compared, id, *link),
        (Value::Markdown(body), _) => Shown::text(plain(compared, id, body)),
        (Value::Text(text) | Value::Url(text) | Value::Number(text, _), _) => Shown::text(&**text),
        (Value::YesNo(yes), _) => Shown::text(if *yes { "yes" } else { "no" }),
        (Value::Date(date), _) => Shown::text(date.to_string()),
        (Value::Quantity(quantity), _) => Shown::text(quantity.human()),
        (Value::Choice(_), _) => Shown::text(""),
    }
}

/// The entry that a relation leads to; what its author wrote if it leads nowhere.
fn relation(compared: &Compared, id: EntryId, link: usize) -> Shown {
    match compared.target(id, link) {
        Some((key, shown)) => Shown { key, shown },
        None => Shown::text(written(compared.book(), id, link)),
    }
}

/// A figure: `86 percent of the goals achieved`.
pub fn figure(figure: &Figure) -> Shown {
    Shown::text(format!("{} {}", figure.value, figure.label))
}

/// The plain text of one of an entry's texts. Links without words of their own say what they lead to.
pub fn plain(compared: &Compared, id: EntryId, body: &Body) -> String {
    let entry = compared.book().entry(id);
    let links = body.links();
    let begins = |link: &Link| if let Origin::Prose { at, .. } = link.from { at as usize } else { 0 };
    let name = |at: usize| {
        let place = entry.links[links.clone()].binary_search_by_key(&at, begins).ok()?;
        compared.link_name(id, links.start + place)
    };
    body.pieces(&entry.text, &name).into_iter().map(|piece| piece.text).collect::<Vec<_>>().join("\n")
}

/// A text as it is written, but for where its links lead and for white space.
pub fn markup(entry: &Entry, body: &Body) -> String {
    let text = body.text(&entry.text);
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for link in &entry.links[body.links()] {
        let Origin::Prose { at, .. } = link.from else { continue };
        let target = link.target_span.of(&entry.text);
        let at = (at as usize).max(from);
        if let Some(found) = text.get(at..).and_then(|rest| rest.find(target)).filter(|_| !target.is_empty()) {
            kept.push_str(&text[from..at + found]);
            from = at + found + target.len();
        }
    }
    kept.push_str(&text[from..]);
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}
