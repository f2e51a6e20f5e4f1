//! The lines of a text that are code, as far as a look at each line can tell.

/// Which lines are code: those between fences, and those with an indent that no list gives them.
#[derive(Clone, Default)]
pub struct Fences {
    /// The sign of the fence that is open, and how many of them it has.
    open: Option<(u8, usize)>,
    after_blank: bool,
    in_list: bool,
    begun: bool,
}

impl Fences {
    /// Whether the next line belongs to code, its fences included.
    pub fn takes(&mut self, line: &str) -> bool {
        let inside = without_containers(line);
        let fence = fence(inside);
        if let Some((sign, length)) = self.open {
            let closes =
                fence.is_some_and(|(other, count, rest)| other == sign && count >= length && rest.trim().is_empty());
            if closes {
                self.open = None;
            }
            return true;
        }
        let may_be_indented = self.after_blank || !self.begun;
        let is_blank = line.trim().is_empty();
        self.begun = true;
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let is_indented = line.starts_with("    ") || line[..indent].contains('\t');
        if is_blank {
            self.after_blank = true;
            return false;
        }
        if is_indented && may_be_indented && !self.in_list {
            // More of it may follow without a blank line.
            return true;
        }
        self.after_blank = false;
        if !is_indented {
            self.in_list = inside.len() < line.trim_start().len() && !line.trim_start().starts_with('>')
                || (self.in_list && (indent > 0 || !may_be_indented));
        }
        if let Some((sign, length, rest)) = fence
            && !(sign == b'`' && rest.contains('`'))
        {
            self.open = Some((sign, length));
            return true;
        }
        false
    }
}

/// The signs of a fence that a line begins with, how many there are, and what follows.
fn fence(line: &str) -> Option<(u8, usize, &str)> {
    let sign = *line.as_bytes().first().filter(|sign| matches!(sign, b'`' | b'~'))?;
    let length = line.bytes().take_while(|byte| *byte == sign).count();
    (length >= 3).then(|| (sign, length, &line[length..]))
}

/// A line without the signs of the quotes, items, notes and definitions that it stands in or begins.
pub fn without_containers(line: &str) -> &str {
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        let after = match rest.as_bytes() {
            [b'>', ..] => &rest[1..],
            [b'-' | b'+' | b'*' | b':', b' ' | b'\t', ..] => &rest[2..],
            [b'0'..=b'9', ..] => {
                let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                match number.as_bytes() {
                    [b'.' | b')', b' ' | b'\t', ..] => &number[2..],
                    _ => return rest,
                }
            }
            [b'[', b'^', ..] => match rest.split_once("]:") {
                Some((_, after)) => after,
                None => return rest,
            },
            _ => return rest,
        };
        rest = after;
    }
}
