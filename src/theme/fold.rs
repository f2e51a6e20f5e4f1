//! What the built-in templates say on every page alike, words of the interface and icons, is rendered once, and a page
//! has it as text. What pages give as HTML already is put in its place without its component.

use tera::{Context, Tera};

use super::layers::Overlay;

/// The components in whose place pages give HTML: what stands at their argument, the HTML in that, and how the component
/// ends behind it.
const FRAGMENTS: &[(&str, &str, &[&str], &str)] = &[
    ("after", "entry", &[".tags", ".sources"], "\n"),
    ("backlinks", "links", &[".html"], "\n"),
    ("cards", "items", &[""], "\n"),
    ("contents", "headings", &[""], "\n"),
    ("entries", "group", &[".items"], "\n"),
    ("facts", "fields", &[""], "\n"),
    ("items", "items", &[""], "\n"),
    ("navigation", "site", &[".navigation"], ""),
    ("siblings", "entries", &[""], "\n"),
    ("social", "page", &[".social"], ""),
];

/// The templates of a theme with what is the same on every page as text. A book's own templates may mean something else
/// by these words, so with some of them all templates stay as they are.
pub fn fold(tera: &Tera, layers: &Overlay) -> Tera {
    let mut folded = tera.clone();
    if !layers.has_own_templates() {
        let texts = layers.texts("templates/", ".html").map(|(name, text)| (name, fold_text(tera, text)));
        // What cannot be folded stays as it was.
        let _ = folded.add_raw_templates(texts);
    }
    folded
}

fn fold_text(tera: &Tera, text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((expression, behind)) = after.split_once("}}") else { break };
        let whole = &rest[before.len()..rest.len() - behind.len()];
        if let Some(fragment) = fragment(expression) {
            folded.push_str(before);
            folded.push_str(&fragment);
            rest = behind;
            continue;
        }
        let rendered = is_constant(expression.trim()).then(|| tera.render_str(whole, &Context::new(), true));
        let rendered = rendered.and_then(Result::ok).filter(|html| !html.contains('{'));
        folded.push_str(before);
        folded.push_str(rendered.as_deref().unwrap_or(whole));
        rest = behind;
    }
    folded + rest
}

/// The HTML that a page gives in the place of a component, asked for as the component was: `- <facts fields={x} /> `.
fn fragment(expression: &str) -> Option<String> {
    let call = expression.trim_matches(['-', ' ']).strip_prefix('<')?.strip_suffix("/>")?;
    let (name, arguments) = call.split_once(' ')?;
    let (_, argument, parts, ending) = FRAGMENTS.iter().find(|fragment| fragment.0 == name)?;
    let (value, _) = arguments.split_once(&format!("{argument}={{"))?.1.split_once('}')?;
    let (open, close) =
        (if expression.starts_with('-') { "{{-" } else { "{{" }, if expression.ends_with('-') { "-}}" } else { "}}" });
    let html: Vec<String> = parts.iter().map(|part| format!("{value}{part} | safe")).collect();
    Some(format!("{open} {} }}}}{{{{ \"{ending}\" {close}", html.join(" }}{{ ")))
}

/// Whether an expression asks for nothing of the page: `words.skip`, `<icon name="book" />`.
fn is_constant(expression: &str) -> bool {
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    expression.strip_prefix("words.").is_some_and(is_name)
        || (expression.starts_with('<') && expression.ends_with("/>") && !expression.contains('{'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_on_every_page_is_text() {
        let mut tera = Tera::new();
        tera.add_raw_template("c.html", "{% component icon(name) %}<i>{{ name }}</i>{% endcomponent %}").unwrap();
        tera.global_context().insert("words", &std::collections::BTreeMap::from([("and", "&"), ("odd", "{{")]));
        let fold = |text: &str| fold_text(&tera, text);
        assert_eq!(
            fold("{{ words.and }} {{ <icon name=\"a\" /> }} {{ page.title }}"),
            "&amp; <i>a</i> {{ page.title }}"
        );
        assert_eq!(
            fold("<p>\n{{- <after entry={content.own} words={words} /> -}}\n</p>"),
            "<p>\n{{- content.own.tags | safe }}{{ content.own.sources | safe }}{{ \"\n\" -}}\n</p>"
        );
        for same in
            ["{{ words.odd }}", "{{ <icon name={page.kind} /> }}", "{{ words.no | upper }}", "{{- words.and }}", "{{"]
        {
            assert_eq!(fold(same), same);
        }
    }
}
