//! Texts that were written to keep us busy.

/// The most lines times quotes and lists in each other that a text may have; 13 milliseconds' worth.
const MOST_WORK: usize = 20_000_000;

/// Whether a text was written to keep us busy. Every line costs the parser as much as quotes and
/// lists are open before it, so thousands of each together cost seconds; of all that was tried
/// on version 0.13.6, only this grows faster than the text.
pub fn is_hostile(text: &str) -> bool {
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
