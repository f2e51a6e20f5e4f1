//! Cards as pictures: the faces are those of the program and of the book, never the system's, so that a card is the same
//! picture everywhere.

mod faces;
mod lines;
mod png_file;
mod svg;

use std::str::FromStr;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{FontResolver, Options, Tree};
use svgtypes::Color;

use super::renderer::{Card, CardRenderer, FontFile};
use crate::base::diagnostic::Diagnostic;
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::base::path::SourcePath;
use crate::page::social_image::SIZE;

use faces::Faces;

/// What draws cards.
pub struct SvgRenderer {
    faces: Faces,
    options: Options<'static>,
    print: Fingerprint,
}

impl SvgRenderer {
    /// What draws with these fonts and the built-in ones. What is no font is told, as wrong in the file `told_in`.
    pub fn new(fonts: Vec<FontFile>, told_in: &SourcePath, problems: &mut Vec<Diagnostic>) -> SvgRenderer {
        let mut hasher = FingerprintHasher::default();
        fonts.iter().for_each(|font| hasher.text(&font.bytes));
        let faces = Faces::new(fonts, told_in, problems);
        // Each run of letters names the face that has them.
        let no_other = FontResolver { select_fallback: Box::new(|_, _, _| None), ..FontResolver::default() };
        let options = Options { fontdb: faces.database(), font_resolver: no_other, ..Options::default() };
        SvgRenderer { faces, options, print: hasher.finish() }
    }
}

impl CardRenderer for SvgRenderer {
    fn render(&self, card: &Card) -> Vec<u8> {
        let svg = svg::write(card, &self.faces);
        let tree = Tree::from_str(&svg, &self.options).expect("it is written as SVG");
        let mut picture = Pixmap::new(SIZE.width, SIZE.height).expect("it has a size");
        // A background that lets light through has a sheet behind it.
        picture.fill(resvg::tiny_skia::Color::WHITE);
        resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
        png_file::write(&picture).expect("it is written into memory")
    }

    fn has(&self, letter: char) -> bool {
        self.faces.has(letter)
    }

    fn reads_colour(&self, css: &str) -> bool {
        Color::from_str(css).is_ok()
    }

    fn print(&self) -> Fingerprint {
        self.print
    }
}
