//! Which of the known names somebody meant who misspelt one.

/// How alike two names must be, from 0 to 1, for one to be offered for the other.
pub const ALIKE: f64 = 0.8;

/// The candidate nearest to `word`, if one is near enough to be offered.
///
/// Case does not count. Of equally near candidates the first one wins.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let score = likeness(&word, candidate);
        if score >= ALIKE && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, name)| name)
}

/// How alike a lower-case `word` and `candidate` are, from 0 to 1; 0 also for what is too far apart in length.
pub fn likeness(word: &str, candidate: &str) -> f64 {
    // Names that differ much in length are never alike; this spares the
    // matrix for most of ten thousand candidates.
    if word.len().abs_diff(candidate.len()) * 2 > word.len().max(candidate.len()) {
        return 0.0;
    }
    let candidate = candidate.to_lowercase();
    let edits = strsim::normalized_damerau_levenshtein(word, &candidate);
    // A dropped or swapped letter in a short word weighs too much by edits
    // alone, and a common beginning says little in a long one: take the mean.
    (edits + strsim::jaro_winkler(word, &candidate)) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_is_answered_with_the_nearest_one() {
        let names = ["robotics", "rail", "new-materials"];
        assert_eq!(nearest("robtics", names), Some("robotics"));
        assert_eq!(nearest("Robotics", names), Some("robotics"));
        assert_eq!(nearest("new-material", names), Some("new-materials"));
        assert_eq!(nearest("agriculture", names), None);
    }
}
