//! What stands on a picture, whatever draws it.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use super::renderer::{Card, CardRenderer, Palette, is_seen};
use crate::base::direction::{Direction, direction, of_text};
use crate::base::path::nfc;
use crate::book::Book;
use crate::output::Site;
use crate::page::social_image::SocialImage;

impl<'a> Card<'a> {
    /// That of the book, a collection or an entry; where a title has letters that no font has, that of what is around it.
    pub fn of(book: &Book, image: SocialImage, renderer: &dyn CardRenderer, palette: &'a Palette) -> Card<'a> {
        let mut chain = std::iter::successors(Some(image), |image| image.around(book));
        let says = |text: &str| is_readable(text, renderer) && !written(text, renderer).is_empty();
        let shown = chain.find(|image| says(image.title(book)));
        let text = |text: &str| if is_readable(text, renderer) { written(text, renderer) } else { String::new() };
        let title = shown.map(|image| image.title(book)).unwrap_or_default();
        Card {
            kind: shown.map(|image| text(kind(book, image))).unwrap_or_default(),
            title: text(title),
            foot: shown.map(|image| text(foot(book, image))).unwrap_or_default(),
            is_rtl: is_rtl(title, language(book, shown)),
            palette,
        }
    }
}

/// What kind of thing an entry is.
fn kind(book: &Book, image: SocialImage) -> &str {
    let SocialImage::Entry(id) = image else { return "" };
    let section = book.section(book.section_of(id));
    if section.singular.is_empty() { &section.title } else { &section.singular }
}

fn foot(book: &Book, image: SocialImage) -> &str {
    if image == SocialImage::Book { &book.config.description } else { &book.config.title }
}

fn language(book: &Book, image: Option<SocialImage>) -> &str {
    let own = match image {
        Some(SocialImage::Entry(id)) => book.entry(id).lang.as_deref(),
        _ => None,
    };
    own.unwrap_or(&book.config.language)
}

fn is_rtl(title: &str, language: &str) -> bool {
    let around = direction(language);
    of_text(title, around).map_or(around == Direction::Rtl, |dir| dir == Direction::Rtl.word())
}

/// Whether all letters, digits and signs of mathematics and money of a text can be written: without another sign it still
/// says the same.
fn is_readable(text: &str, renderer: &dyn CardRenderer) -> bool {
    nfc(text).chars().filter(|c| is_seen(*c)).all(|c| renderer.has(c) || !is_letter(c))
}

/// What of a text can be written, in a line.
fn written(text: &str, renderer: &dyn CardRenderer) -> String {
    let text = nfc(text);
    // No XML has the two that are no characters.
    let can_be = |c: &char| !matches!(c, '\u{fffe}' | '\u{ffff}') && (!is_seen(*c) || renderer.has(*c));
    let kept: String = text.chars().filter(can_be).map(|c| if c.is_control() { ' ' } else { c }).collect();
    kept.trim().to_owned()
}

/// Whether a character is a letter, a digit, a mark on one, or a sign that is read aloud: `≤`, `€`, `♯`.
fn is_letter(c: char) -> bool {
    use GeneralCategoryGroup::{Letter, Mark, Number};
    let is_sign = matches!(c.general_category(), GeneralCategory::MathSymbol | GeneralCategory::CurrencySymbol);
    is_sign || matches!(c.general_category_group(), Letter | Mark | Number)
}

impl Palette {
    /// The light ones of the site: the book's own, or those of the theme.
    pub fn of(site: &Site, renderer: &dyn CardRenderer) -> Palette {
        let colour = |name: &str| {
            let tokens = site.book.config.tokens.iter().filter(|(token, _)| token.value == name);
            let wished = tokens.filter_map(|(_, values)| values.first().map(String::as_str));
            let mut known = wished.chain(site.theme.light_values(name)).map(str::trim);
            known.find(|css| renderer.reads_colour(css)).unwrap_or("gray").to_owned()
        };
        Palette {
            background: colour("background"),
            text: colour("text"),
            muted: colour("muted"),
            border: colour("border"),
            accent: colour("accent"),
        }
    }
}
