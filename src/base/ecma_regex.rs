//! Texts as regular expressions of ECMA-262, for tools that check values without us.

/// A text that stands for itself.
pub fn exactly(text: &str) -> String {
    text.chars().map(literal).collect()
}

/// A text in which neither case nor the number of spaces counts.
pub fn loosely(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(|word| word.chars().map(any_case).collect()).collect();
    words.join(" +")
}

fn literal(c: char) -> String {
    // With the flag `u` nothing else may have a backslash before it.
    if "^$\\.*+?()[]{}|".contains(c) { format!("\\{c}") } else { c.to_string() }
}

fn any_case(c: char) -> String {
    // A letter that is several in the other case stands for itself.
    let lower = Some(c.to_lowercase()).filter(|cases| cases.len() == 1).and_then(|mut cases| cases.next());
    let upper = Some(c.to_uppercase()).filter(|cases| cases.len() == 1).and_then(|mut cases| cases.next());
    match (lower.unwrap_or(c), upper.unwrap_or(c)) {
        (lower, upper) if lower == upper => literal(lower),
        (lower, upper) => format!("[{lower}{upper}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_for_itself_whatever_signs_it_has() {
        assert_eq!(exactly("a.b (C)/中"), "a\\.b \\(C\\)/中");
        assert_eq!(loosely("Über  5G/6-x"), "[üÜ][bB][eE][rR] +5[gG]/6-[xX]");
    }
}
