//! The letters that no font has.

use super::renderer::{CardRenderer, is_seen};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::nfc;
use crate::book::Book;
use crate::page::social_image;

/// How many of them are shown.
const SHOWN: usize = 6;

/// What is told of texts that no font can write, once for the book: the first letters, and where the first of them stands.
/// None if there are no such letters.
pub fn missing_glyphs(book: &Book, renderer: &dyn CardRenderer) -> Option<Diagnostic> {
    let mut letters: Vec<char> = Vec::new();
    let mut places = Vec::new();
    for (text, place) in texts(book) {
        let text = nfc(text);
        let mut missing = text.chars().filter(|c| is_seen(*c) && !renderer.has(*c)).peekable();
        places.extend(missing.peek().map(|_| place));
        for letter in missing {
            if letters.len() <= SHOWN && !letters.contains(&letter) {
                letters.push(letter);
            }
        }
    }
    let Place { path, span } = places.first()?.clone();
    let texts = if places.len() == 1 { String::new() } else { format!(": {} texts need them", places.len()) };
    let message = format!("no font for social images has {}{texts}", named(&letters));
    let help = "name a font file that has them in book.toml: [social-images] fonts = [\"fonts/mine.ttf\"]";
    Some(Diagnostic::warning("missing-glyph", &path, span, message).help(help))
}

/// The texts that pictures show, with their places. Those of `book.toml` have that of `[social-images]` or of their
/// collection.
fn texts(book: &Book) -> Vec<(&str, Place)> {
    let config = &book.config;
    let Some(asked) = &config.social_images else { return Vec::new() };
    let in_config = |span| Place { path: config.path.clone(), span };
    let mut texts: Vec<(&str, Place)> =
        [&config.title, &config.description].map(|text| (text.as_str(), in_config(asked.span))).into();
    for section in book.sections.iter() {
        let Some(declared) = section.declared else { continue };
        let span = config.collections[declared].name.span;
        texts.extend([&section.title, &section.singular].map(|text| (text.as_str(), in_config(span))));
    }
    let drawn = book.ids().filter(|id| asked.entries && social_image::is_drawn(book, *id));
    let titles = drawn.map(|id| book.entry(id));
    texts.extend(titles.map(|entry| {
        let place = Place { path: entry.path.clone(), span: entry.title.span };
        (entry.title.value.as_str(), place)
    }));
    texts
}

/// `"漢", "字" and others`.
fn named(letters: &[char]) -> String {
    let quoted: Vec<String> = letters.iter().take(SHOWN).map(|letter| format!("\"{letter}\"")).collect();
    match quoted.as_slice() {
        _ if letters.len() > SHOWN => format!("{} and others", quoted.join(", ")),
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        only => only.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_letters_are_named_and_of_many_the_first() {
        assert_eq!(named(&['漢']), "\"漢\"");
        assert_eq!(named(&['漢', '字', '語']), "\"漢\", \"字\" and \"語\"");
        let many: Vec<char> = "一二三四五六七".chars().collect();
        assert_eq!(named(&many), "\"一\", \"二\", \"三\", \"四\", \"五\", \"六\" and others");
    }
}
