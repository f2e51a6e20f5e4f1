//! The measures of a drawing, in its own units, which are pixels where there is room; and those of letters.

pub const WIDTH: f64 = 960.0;
pub const PADDING: f64 = 24.0;

/// Where the lanes begin, below the years.
pub const TOP: f64 = 30.0;

/// The height of a bar.
pub const BAR: f64 = 9.0;

/// The length of an arrow at the edge.
pub const ARROW: f64 = 12.0;

/// What stands between two neighbours with names.
pub const BETWEEN: f64 = 14.0;

/// How wide letters are, as far as can be told without a font.
const LETTER: f64 = 7.2;
const WIDE_LETTER: f64 = 13.0;

pub fn round(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

/// About how wide a text is drawn.
pub fn wide(text: &str) -> f64 {
    text.chars().map(width_of).sum()
}

fn width_of(c: char) -> f64 {
    if c >= '\u{1100}' && !('\u{2000}'..='\u{206f}').contains(&c) { WIDE_LETTER } else { LETTER }
}

/// As much of a text as fits, with an ellipsis where it does not.
pub fn cut(text: &str, most: f64) -> String {
    if wide(text) <= most {
        return text.to_owned();
    }
    let mut used = LETTER;
    let end = text.char_indices().find(|(_, c)| {
        used += width_of(*c);
        used > most
    });
    format!("{}…", text[..end.map_or(text.len(), |(at, _)| at)].trim_end())
}
