//! Texts that were written to keep us busy.

/// The most lines times quotes and lists in each other that a text may have; 13 milliseconds' worth.
const MOST_WORK: usize = 20_000_000;

/// The most signs and ends of lines that a text may have, if a text has hardly anything else: each costs the parser some
/// hundred bytes.
const MOST_SIGNS: usize = 1_000_000;

/// Whether a text was written to keep us busy: by what it has in each other, or by nothing but signs.
pub fn is_hostile(text: &str) -> bool {
    is_deep(text) || is_dense(text)
}

/// Whether a text of megabytes is signs for a good part.
fn is_dense(text: &str) -> bool {
    text.len() > MOST_SIGNS && {
        let is_sign = |byte: &&u8| {
            matches!(byte, b'*' | b'_' | b'~' | b'=' | b'[' | b']' | b'<' | b'|' | b'`' | b'\\' | b'&' | b'\n')
        };
        let signs = text.as_bytes().iter().filter(is_sign).count();
        signs > MOST_SIGNS && signs > text.len() / 5
    }
}

/// Whether a text is too deep. Every line costs the parser as much as quotes and
/// lists are open before it, so thousands of each together cost seconds; of all that was tried
/// on version 0.13.6, only this grows faster than the text.
fn is_deep(text: &str) -> bool {
    let longest = text.len() / 2;
    longest * longest > MOST_WORK && {
        let (mut lines, mut deepest) = (0, 0);
        for line in text.lines() {
            lines += 1;
            deepest = deepest.max(depth(line));
        }
        lines * deepest > MOST_WORK
    }
}

/// How many quotes, items and notes a line opens, at most.
fn depth(line: &str) -> usize {
    let mut depth = 0;
    let mut rest = line.as_bytes();
    loop {
        rest = match rest {
            [b' ' | b'\t', after @ ..] => after,
            [b'>', after @ ..] => {
                depth += 1;
                after
            }
            [b'-' | b'+' | b'*' | b':', after @ ..] if matches!(after, [b' ' | b'\t', ..]) => {
                depth += 1;
                after
            }
            [b'0'..=b'9' | b'.' | b')', after @ ..] => {
                depth += usize::from(!rest[0].is_ascii_digit());
                after
            }
            [b'[', b'^', after @ ..] => {
                depth += 1;
                let end = memchr::memchr(b':', after).map_or(after.len(), |end| end + 1);
                &after[end..]
            }
            _ => return depth,
        };
    }
}
