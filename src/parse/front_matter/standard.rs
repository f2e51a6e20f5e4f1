//! What every entry may say: its title, tags, sources, figures and the like.

use super::builder::EntryBuilder;
use super::field::named;
use super::scalar::{list_of, says_yes};
use crate::base::path::{UrlPath, old_address, slug};
use crate::base::span::Spanned;
use crate::base::suggest::near;
use crate::parse::entry::{Figure, Role};
use crate::parse::link::{Link, Origin};
use crate::parse::markdown::LinkKind;
use crate::parse::read_yaml::spanned;
use crate::parse::reference::CitationRef;
use crate::parse::yaml::{YamlNode, YamlValue};
use crate::parse::{bibliography, syntax};

impl EntryBuilder<'_> {
    pub(super) fn standard_field(&mut self, key: &Spanned<String>, node: &YamlNode) {
        let name = key.value.as_str();
        let is_plain_text = matches!(name, "title" | "summary" | "aliases" | "tags" | "image-alt");
        if matches!(node.data, YamlValue::Null) {
            if is_plain_text {
                self.emptied(self.behind(key), name);
            }
            return;
        }
        if is_plain_text {
            list_of(node).iter().for_each(|item| self.cut(item, name));
        }
        match name {
            "title" => self.standard.title = self.text(node, name).filter(|title| !title.value.is_empty()),
            "summary" => self.standard.summary = self.text(node, name),
            "aliases" => {
                self.one_alias(node);
                self.standard.aliases = self.texts(node, name);
            }
            "slug" => self.standard.slug = self.slug(node),
            "redirect-from" => self.standard.redirect_from = self.old_addresses(node),
            "tags" => self.standard.tags = self.tags(node),
            "date" => self.standard.date = self.date(node, name),
            "review-by" => self.standard.review_by = self.date(node, name),
            // It says when, or in the words of other tools whether.
            "published" if node.as_text().and_then(says_yes).is_some() => {}
            "published" => self.standard.published = self.date(node, name),
            "order" => self.standard.order = self.number(node, name).map(|(_, number)| number),
            "lang" => self.standard.lang = self.text(node, name).map(|lang| lang.value),
            "sources" => self.standard.sources = self.sources(node),
            "figures" => self.standard.figures = self.figures(node),
            "image" => self.image(node),
            "image-alt" => self.standard.image_alt = self.text(node, name).map(|text| text.value),
            // Kept for later: which entry this one translates.
            _ => {}
        }
    }

    /// What says that an entry is not to be published, in any case of letters: `draft: true`, `private: true`, and
    /// `publish: false` and `published: false`, as other tools have it.
    pub(super) fn privacy(&mut self, key: &Spanned<String>, node: &YamlNode) {
        let name = key.value.to_ascii_lowercase();
        let held = match name.as_str() {
            "draft" | "private" => true,
            "publish" | "published" => false,
            _ => return,
        };
        if matches!(node.data, YamlValue::Null) {
            return;
        }
        match node.as_text().and_then(says_yes) {
            Some(said) => self.standard.draft |= said == held,
            // It says when, if it does not say no in yet another way.
            None if name == "published" => {
                let said = node.as_text().map(str::to_ascii_lowercase);
                self.standard.draft |= matches!(said.as_deref(), Some("off" | "n" | "0" | "never"));
            }
            // What may be a draft is held back.
            None => {
                self.unread = true;
                let _ = self.yes_no(node, &key.value);
            }
        }
    }

    /// The entry's picture: a link like any other, so that it is checked and copied.
    fn image(&mut self, node: &YamlNode) {
        let Some(path) = self.text(node, "image").filter(|path| !path.value.is_empty()) else { return };
        self.links.push(Link {
            target_span: path.span,
            target: (syntax::of(LinkKind::Markdown).target)(&path.value),
            labelled: false,
            embed: true,
            from: Origin::Image,
        });
    }

    fn slug(&mut self, node: &YamlNode) -> Option<Spanned<String>> {
        let written = self.text(node, "slug").filter(|written| !written.value.is_empty())?;
        if !written.value.contains(|c: char| c.is_alphanumeric() || matches!(c, '_' | '~')) {
            let message = format!("\"{}\" cannot stand in an address", written.value);
            self.tell(self.error("wrong-value", written.span, message).help("write letters or digits, or take it out"));
            return None;
        }
        let proper = slug(&written.value, self.config.keep_case);
        if self.role == Role::Index {
            let message = "a folder's page has its folder's address";
            self.tell(self.error("wrong-value", written.span, message).help("take \"slug\" out, or rename the folder"));
        }
        if proper != written.value {
            let message = format!("\"{}\" cannot stand in an address", written.value);
            self.tell(
                self.error("wrong-value", written.span, message).help(format!("write {proper}")).fix(proper.clone()),
            );
        }
        Some(Spanned::new(proper, written.span))
    }

    /// A list, or a text with commas between them.
    fn tags(&mut self, node: &YamlNode) -> Vec<Spanned<String>> {
        let texts = self.texts(node, "tags");
        let split = |text: Spanned<String>| {
            let parts = text.value.split(',').map(|part| spanned(part.trim(), text.span)).collect::<Vec<_>>();
            parts.into_iter().filter(|part| !part.value.is_empty())
        };
        if matches!(node.data, YamlValue::List(_)) { texts } else { texts.into_iter().flat_map(split).collect() }
    }

    fn old_addresses(&mut self, node: &YamlNode) -> Vec<Spanned<UrlPath>> {
        let mut addresses = Vec::new();
        for written in self.texts(node, "redirect-from") {
            match old_address(&written.value) {
                Some(url) => addresses.push(Spanned::new(url, written.span)),
                None => {
                    let message = format!("\"{}\" was no address of this site", written.value);
                    let help = "write the old address without its host, as policies/old-name.html";
                    self.tell(self.error("wrong-value", written.span, message).help(help));
                }
            }
        }
        addresses
    }

    fn sources(&mut self, node: &YamlNode) -> Vec<CitationRef> {
        let items = list_of(node);
        let mut sources = Vec::new();
        for item in items {
            match &item.data {
                YamlValue::Scalar { text, .. } => sources.push(CitationRef::Key(spanned(text.trim(), item.span))),
                YamlValue::Null => {}
                _ => {
                    let citation = bibliography::citation(self.source, item, &mut self.problems);
                    sources.push(CitationRef::Inline(Box::new(citation)));
                }
            }
        }
        sources
    }

    /// A list of `{ value, label, to }`.
    fn figures(&mut self, node: &YamlNode) -> Vec<Figure> {
        let items = list_of(node);
        items.iter().filter_map(|item| self.figure(item)).collect()
    }

    fn figure(&mut self, node: &YamlNode) -> Option<Figure> {
        let help = "write { value: …, label: …, to: … }; \"to\" names an entry and may be left out";
        let YamlValue::Map(pairs) = &node.data else {
            let message = format!("a figure is a mapping, and this is {}", node.describe());
            self.tell(self.error("wrong-value", node.span, message).help(help));
            return None;
        };
        let (mut value, mut label, mut link) = (None, None, None);
        let before = self.problems.len();
        for (key, node) in pairs {
            match key.value.as_str() {
                "value" | "label" => {
                    self.cut(node, &key.value);
                    let text = self.text(node, &key.value).filter(|text| !text.value.is_empty());
                    if key.value == "value" { value = text } else { label = text }
                }
                "to" => {
                    let Some(to) = self.text(node, "to").filter(|to| !to.value.is_empty()) else { continue };
                    self.links.push(Link {
                        target_span: to.span,
                        target: (syntax::of(LinkKind::Wiki).target)(named(&to.value)),
                        labelled: false,
                        embed: false,
                        from: Origin::Figure,
                    });
                    link = Some(self.links.len() - 1);
                }
                other => {
                    let message = format!("a figure has no \"{other}\"");
                    let told = self.error("unknown-field", key.span, message);
                    self.tell(match near(other, ["value", "label", "to"]) {
                        Some(near) => told.meant(&near),
                        None => told.help(help),
                    });
                }
            }
        }
        match (value, label) {
            (Some(value), Some(label)) => Some(Figure { value: value.value, label: label.value, link }),
            // A key that is misspelt is missing, too, and was told.
            _ if self.problems.len() > before => None,
            _ => {
                let message = "a figure needs a \"value\" and a \"label\"";
                self.tell(self.error("missing-field", node.span, message).help(help));
                None
            }
        }
    }
}
