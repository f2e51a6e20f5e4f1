//! A title in lines: as large as it can be, broken where readers expect it.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::base::cjk::is_east_asian;

/// What stands for what there is no room for.
const ELLIPSIS: char = '…';

/// No title is read further than this, in characters: there is no room for more.
const LONGEST: usize = 400;

/// Sizes of type from the largest, and in how many lines at most each may stand.
pub type TypeSizes = [(f32, usize)];

/// A text as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct FittedText {
    pub size: f32,
    pub lines: Vec<String>,
}

/// A letter, and how far it takes its line.
type Letter = (char, f32);

/// The text in the largest type in which it has room and no word is torn apart; in the smallest words are torn where they
/// must be, and it ends with an ellipsis where it must. `advance` is how far a letter takes its line, in parts of the type's
/// size.
pub fn fit(text: &str, width: f32, sizes: &TypeSizes, advance: impl Fn(char) -> f32) -> FittedText {
    let letters: Vec<Letter> = text.chars().take(LONGEST).map(|c| (c, advance(c))).collect();
    let is_cut = text.chars().nth(LONGEST).is_some();
    let mut last = FittedText { size: 0.0, lines: Vec::new() };
    for (size, most) in sizes {
        let room = width / size;
        let (mut lines, is_torn) = wrap(&letters, room);
        let has_room = lines.len() <= *most && !is_cut;
        if !has_room {
            lines.truncate(*most);
            lines.last_mut().into_iter().for_each(|line| end_early(line, room, advance(ELLIPSIS)));
        }
        last = FittedText { size: *size, lines: lines.iter().map(|line| text_of(line)).collect() };
        if has_room && !is_torn {
            break;
        }
    }
    last
}

/// Lines of at most this width, and whether a word had to be torn apart for them.
fn wrap(letters: &[Letter], room: f32) -> (Vec<Vec<Letter>>, bool) {
    let mut lines: Vec<Vec<Letter>> = Vec::new();
    let (mut line, mut is_torn) = (Vec::new(), false);
    for piece in pieces(letters) {
        if !line.is_empty() && width(&line) + width(trimmed(piece)) > room {
            lines.push(std::mem::take(&mut line));
        }
        for letter in piece {
            let is_full = width(&line) + letter.1 > room && !letter.0.is_whitespace() && !is_mark(letter.0);
            if is_full && !line.is_empty() {
                is_torn = true;
                lines.push(std::mem::take(&mut line));
            }
            line.push(*letter);
        }
    }
    lines.push(line);
    lines.iter_mut().for_each(|line| line.truncate(trimmed(line).len()));
    lines.retain(|line| !line.is_empty());
    (lines, is_torn)
}

/// What is not broken: words with the spaces behind them, and each letter of a script without spaces.
fn pieces(letters: &[Letter]) -> impl Iterator<Item = &[Letter]> {
    letters.chunk_by(|(before, _), (after, _)| !may_break(*before, *after))
}

/// Whether a line may end between two characters.
fn may_break(before: char, after: char) -> bool {
    if is_space(after) || is_mark(after) || stays_behind(after) || stays_before(before) {
        return false;
    }
    let is_dash = matches!(before, '-' | '‐' | '–' | '—' | '/');
    is_space(before) || is_dash && after.is_alphanumeric() || is_east_asian(before) || is_east_asian(after)
}

/// Whether a character is a space at which a line may end.
fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

fn is_mark(c: char) -> bool {
    c.general_category_group() == GeneralCategoryGroup::Mark
}

/// What never begins a line: signs that close, and small kana (JIS X 4051).
fn stays_behind(c: char) -> bool {
    "、。，．・：；？！」』】〉》〕）］｝”’…ーぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}%".contains(c)
}

/// What never ends one.
fn stays_before(c: char) -> bool {
    "「『【〈《〔（［｛“‘([{".contains(c)
}

/// A line without the spaces at its end.
fn trimmed(line: &[Letter]) -> &[Letter] {
    let end = line.iter().rposition(|(c, _)| !c.is_whitespace()).map_or(0, |last| last + 1);
    &line[..end]
}

/// Puts an ellipsis at the end of a line, behind the last word that leaves room for it.
fn end_early(line: &mut Vec<Letter>, room: f32, advance: f32) {
    let mut end = line.len();
    while end > 0 && width(&line[..end]) + advance > room {
        end -= 1;
    }
    let is_end = |at: &usize| *at == line.len() || may_break(line[*at - 1].0, line[*at].0);
    // Of a word that takes the whole line some letters stay.
    let word_end = (1..=end).rev().find(is_end).unwrap_or(end);
    line.truncate(word_end);
    line.truncate(trimmed(line).len());
    line.push((ELLIPSIS, advance));
}

fn width(line: &[Letter]) -> f32 {
    line.iter().map(|(_, advance)| advance).sum()
}

fn text_of(line: &[Letter]) -> String {
    line.iter().map(|(c, _)| c).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where each letter is as wide as it is high, and lines have room for a hundred pixels.
    #[track_caller]
    fn is_set(text: &str, sizes: &TypeSizes, size: f32, lines: &[&str]) {
        let advance = |c| if is_mark(c) { 0.0 } else { 1.0 };
        let set = fit(text, 100.0, sizes, advance);
        assert_eq!(set.lines, lines);
        assert_eq!(set.size, size);
    }

    const SIZES: &TypeSizes = &[(20.0, 1), (10.0, 2), (5.0, 2)];

    #[test]
    fn type_is_as_large_as_there_is_room_for() {
        is_set("A", SIZES, 20.0, &["A"]);
        is_set("Five!", SIZES, 20.0, &["Five!"]);
        is_set("Two lines of it", SIZES, 10.0, &["Two lines", "of it"]);
        is_set("These words have not so much room", SIZES, 5.0, &["These words have not", "so much room"]);
        is_set("", SIZES, 20.0, &[]);
    }

    #[test]
    fn what_has_no_room_ends_with_an_ellipsis() {
        is_set("One and two and three and four and five", SIZES, 5.0, &["One and two and", "three and four and…"]);
        let long = "word ".repeat(1000);
        is_set(&long, SIZES, 5.0, &["word word word word", "word word word word…"]);
    }

    #[test]
    fn a_long_word_is_torn_in_the_smallest_type_alone() {
        is_set("Constitutional", SIZES, 5.0, &["Constitutional"]);
        is_set("Rindfleischetikettierungsgesetz", SIZES, 5.0, &["Rindfleischetikettie", "rungsgesetz"]);
        // A mark stays with its letter.
        let marked = "e\u{301}".repeat(21);
        is_set(&marked, SIZES, 5.0, &["e\u{301}".repeat(20).as_str(), "e\u{301}"]);
    }

    #[test]
    fn a_script_without_spaces_is_broken_between_letters_and_not_before_what_closes() {
        is_set("中国的半导体产业政策", SIZES, 10.0, &["中国的半导体产业政策"]);
        is_set("中国的半导体产业政策，以及", SIZES, 10.0, &["中国的半导体产业政", "策，以及"]);
        is_set("中国的半导体产业政「策以」及", SIZES, 10.0, &["中国的半导体产业政", "「策以」及"]);
    }

    #[test]
    fn a_line_may_end_behind_a_dash_and_not_at_a_space_that_holds() {
        is_set("Franco-Prussian", SIZES, 10.0, &["Franco-", "Prussian"]);
        is_set("Chapter\u{a0}IV and V", SIZES, 10.0, &["Chapter\u{a0}IV", "and V"]);
    }
}
