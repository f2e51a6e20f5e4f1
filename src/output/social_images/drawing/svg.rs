//! A card as a drawing of text and plain shapes.

use std::fmt::Write;

use super::faces::{Faces, TextRole, family};
use super::lines::{FittedText, TypeSizes, fit};
use crate::base::escape;
use crate::output::social_images::renderer::{Card, is_seen};
use crate::page::social_image::SIZE;

/// What is left free at both sides, in pixels.
const MARGIN: f32 = 88.0;

/// How wide the band at the side is at which lines begin.
const BAND: f32 = 24.0;

/// The line on which the kind stands, and that on which the foot does, from the top.
const KIND_LINE: f32 = 124.0;
const FOOT_LINE: f32 = 560.0;

/// The rule over the foot.
const RULE: f32 = 500.0;

/// Where the title has its middle.
const TITLE_MIDDLE: f32 = 312.0;

/// How far lines of a title are apart, in parts of the type's size.
const LEADING: f32 = 1.2;

const TITLE_SIZES: &TypeSizes = &[(112.0, 1), (88.0, 2), (72.0, 3), (60.0, 4), (50.0, 4)];
const SMALL_SIZES: &TypeSizes = &[(34.0, 1)];

/// The SVG of a card.
pub fn write(card: &Card, faces: &Faces) -> String {
    let palette = card.palette;
    let (width, height) = (SIZE.width as f32, SIZE.height as f32);
    let mut svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\">");
    rect(&mut svg, [0.0, 0.0, width, height], &palette.background);
    let band = if card.is_rtl { width - BAND } else { 0.0 };
    rect(&mut svg, [band, 0.0, BAND, height], &palette.accent);
    let mut page = CardWriter { svg, faces, is_rtl: card.is_rtl };
    page.small(&card.kind, KIND_LINE, &palette.accent);
    page.title(&card.title, &palette.text);
    if !card.foot.is_empty() {
        rect(&mut page.svg, [MARGIN, RULE, width - 2.0 * MARGIN, 2.0], &palette.border);
        page.small(&card.foot, FOOT_LINE, &palette.muted);
    }
    page.svg + "</svg>"
}

fn rect(svg: &mut String, [x, y, width, height]: [f32; 4], colour: &str) {
    let _ = write!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"");
    escape::attribute(svg, colour);
    svg.push_str("\"/>");
}

/// A card in the making.
struct CardWriter<'a> {
    svg: String,
    faces: &'a Faces,
    is_rtl: bool,
}

impl CardWriter<'_> {
    fn fit(&self, text: &str, sizes: &TypeSizes, role: TextRole) -> FittedText {
        let width = SIZE.width as f32 - 2.0 * MARGIN;
        fit(text, width, sizes, |letter| self.faces.glyph(role, letter).map_or(0.0, |glyph| glyph.advance))
    }

    fn small(&mut self, text: &str, baseline: f32, colour: &str) {
        let FittedText { size, lines } = self.fit(text, SMALL_SIZES, TextRole::Small);
        lines.iter().for_each(|line| self.line(line, TextRole::Small, (size, baseline), colour));
    }

    fn title(&mut self, text: &str, colour: &str) {
        let FittedText { size, lines } = self.fit(text, TITLE_SIZES, TextRole::Title);
        // Capitals are 0.7 of their size high.
        let first = TITLE_MIDDLE + size * (0.35 - LEADING * (lines.len() as f32 - 1.0) / 2.0);
        for (nth, line) in lines.iter().enumerate() {
            let baseline = first + nth as f32 * size * LEADING;
            self.line(line, TextRole::Title, (size, baseline), colour);
        }
    }

    /// A line of text at the side at which lines begin.
    fn line(&mut self, text: &str, role: TextRole, (size, baseline): (f32, f32), colour: &str) {
        let (x, anchor) = if self.is_rtl { (SIZE.width as f32 - MARGIN, "end") } else { (MARGIN, "start") };
        let weight = role.weight();
        let _ = write!(
            self.svg,
            "<text x=\"{x}\" y=\"{baseline}\" font-size=\"{size}\" font-weight=\"{weight}\" text-anchor=\"{anchor}\" fill=\""
        );
        escape::attribute(&mut self.svg, colour);
        self.svg.push_str("\">");
        for (face, run) in runs(text, self.is_rtl, |letter| Some(self.faces.glyph(role, letter)?.face)) {
            let _ = write!(self.svg, "<tspan font-family=\"{}\">", family(face));
            escape::text(&mut self.svg, &run);
            self.svg.push_str("</tspan>");
        }
        self.svg.push_str("</text>");
    }
}

/// A line in pieces of one face each. What is not seen belongs to what is before it, but for spaces: not every font has one.
fn runs(line: &str, is_rtl: bool, face_of: impl Fn(char) -> Option<usize>) -> Vec<(usize, String)> {
    let mut runs: Vec<(usize, String)> = Vec::new();
    let mut held = String::new();
    // The library takes every line for one from left to right, unless it says otherwise (UAX 9, RLE and PDF).
    held.extend(is_rtl.then_some('\u{202b}'));
    for c in line.chars().chain(is_rtl.then_some('\u{202c}')) {
        match (face_of(c).filter(|_| is_seen(c) || c.is_whitespace()), runs.last_mut()) {
            (Some(face), Some((last, run))) if face == *last => run.push(c),
            (Some(face), _) => runs.push((face, std::mem::take(&mut held) + c.encode_utf8(&mut [0; 4]))),
            (None, Some((_, run))) => run.push(c),
            (None, None) => held.push(c),
        }
    }
    runs
}
