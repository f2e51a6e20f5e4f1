//! `[!kind] Title` at the beginning of a quote.

/// The kind of the callout that a quote's first line begins, and how many bytes stand before its title.
pub fn of(line: &str) -> Option<(&str, usize)> {
    let (kind, rest) = line.strip_prefix("[!")?.split_once(']')?;
    if kind.is_empty() || !kind.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '|' | ' ')) {
        return None;
    }
    // What stands behind a bar says to other tools how it looks, and a sign whether they fold it.
    let kind = kind.split('|').next().unwrap_or(kind).trim();
    let title = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    let title = title.trim_start_matches([' ', '\t']);
    (!kind.is_empty() && !kind.contains(' ')).then(|| (kind, line.len() - title.len()))
}
