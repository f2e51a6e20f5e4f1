//! Emphasis beside letters of scripts without spaces, by the CJK-friendly amendments to CommonMark's rules of what a
//! run of `*` or `~` may open or close (<https://github.com/tats-u/markdown-cjk-friendly>).

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::mask::{Disguise, Mask};
use crate::base::cjk::is_east_asian;

/// Hides what stands beside a run of `*`, or of two `~`, and keeps it from opening or closing as it should.
pub fn hide(mask: &mut Mask) {
    let text = mask.text;
    if text.is_ascii() {
        return;
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'*', b'~', &bytes[at..]) {
        let start = at + found;
        let length = bytes[start..].iter().take_while(|byte| **byte == bytes[start]).count();
        at = start + length;
        if bytes[start] == b'*' || length == 2 {
            beside(mask, start, at);
        }
    }
}

/// Hides what stands beside the run from `start` to `end`, where it must.
fn beside(mask: &mut Mask, start: usize, end: usize) {
    let text = mask.text;
    let (Some(before), Some(after)) = (text[..start].chars().next_back(), text[end..].chars().next()) else { return };
    if (before.is_ascii() && after.is_ascii()) || before.is_whitespace() || after.is_whitespace() {
        return;
    }
    let before_at = start - before.len_utf8();
    let (seen_before, seen_after) = (seen(mask, before, before_at), seen(mask, after, end));
    // Between two letters, as between two signs, a run may open and close.
    if seen_before == seen_after {
        return;
    }
    let (sign, sign_at, letter, letter_at) = match seen_after {
        Disguise::Punctuation => (after, end, before, before_at),
        Disguise::Letter => (before, before_at, after, end),
    };
    if is_east_asian(sign) || (is_east_asian(letter) && !sign.is_ascii()) {
        mask.hide(sign_at, Disguise::Letter);
    } else if is_east_asian(letter) {
        mask.hide(letter_at, Disguise::Punctuation);
    }
}

/// What the parser takes a character for.
fn seen(mask: &Mask, c: char, at: usize) -> Disguise {
    mask.disguise(at).unwrap_or(if is_punctuation(c) { Disguise::Punctuation } else { Disguise::Letter })
}

/// Whether a character is punctuation to CommonMark (0.31.2, section 2.1): of a general category P or S.
fn is_punctuation(c: char) -> bool {
    match c.is_ascii() {
        true => c.is_ascii_punctuation(),
        false => matches!(c.general_category_group(), GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol),
    }
}
