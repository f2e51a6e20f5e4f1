//! Which of the known names somebody meant who misspelt one.

use super::script::is_cjk;

/// How alike two names must be, from 0 to 1, for one to be offered for the other.
pub const ALIKE: f64 = 0.8;

/// The shortest word, in characters, of which one letter may be wrong without doubt about what was meant.
const SURE: usize = 5;

/// What somebody meant who misspelt a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near<'a> {
    pub name: &'a str,
    /// Whether nothing else can have been meant: one letter of the name is wrong, and no other name is as near.
    pub is_sure: bool,
}

impl Near<'_> {
    /// `did you mean "robotics"?`
    pub fn question(&self) -> String {
        format!("did you mean \"{}\"?", self.name)
    }
}

/// The candidate nearest to `word`, if one is near enough to be offered.
///
/// Case does not count. Of equally near candidates the first one wins.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(word, candidates).map(|near| near.name)
}

/// The same, and whether it is sure.
pub fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<Near<'a>> {
    let lower = word.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    // The names that are off by a slip, of which there must be one alone to be sure.
    let mut slip: Option<&str> = None;
    let mut slips = 0;
    for candidate in candidates {
        let score = likeness(&lower, candidate);
        if score < ALIKE {
            continue;
        }
        if is_slip(word, candidate) && slip != Some(candidate) {
            slip = Some(candidate);
            slips += 1;
        }
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, name)| Near { name, is_sure: slips == 1 && slip == Some(name) })
}

/// Whether `word` is `name` but for its case, for `_` or a space in the place of `-`, or for a slip of the pen in one of
/// its words: a letter that is missing, too many, or swapped with the next. One letter in the place of another is no
/// slip, for most words that are alike are alike in this way: *formal* and *normal*, *Gambia* and *Zambia*. Nor is a
/// digit, the first letter of a word, or any letter of a short word or of one in Chinese.
pub fn is_slip(word: &str, name: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace(['_', ' '], "-");
    let (word, name) = (plain(word), plain(name));
    let words = |text: &str| text.split(['-', '/', '.', '#']).map(str::to_owned).collect::<Vec<_>>();
    let (words, names) = (words(&word), words(&name));
    let mut other = words.iter().zip(&names).filter(|(word, name)| word != name);
    match (other.next(), other.next()) {
        (None, _) => word == name,
        (Some((word, name)), None) => {
            // A short word is told by those around it.
            let shortest = if names.len() > 1 { SURE - 1 } else { SURE };
            words.len() == names.len() && name.chars().count() >= shortest && is_misspelt(word, name)
        }
        _ => false,
    }
}

/// Whether one word is another with one slip in it.
fn is_misspelt(word: &str, name: &str) -> bool {
    let letters = |text: &str| text.chars().all(|c| c.is_alphabetic() && !is_cjk(c));
    let (long, short) = (word.chars().count(), name.chars().count());
    letters(word)
        && letters(name)
        && word.chars().next() == name.chars().next()
        && strsim::damerau_levenshtein(word, name) == 1
        && (long != short || strsim::levenshtein(word, name) == 2)
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

    #[test]
    fn a_slip_leaves_no_doubt_about_what_was_meant() {
        for (word, name) in [("robtics", "robotics"), ("redirect_from", "redirect-from"), ("sumamry", "summary")] {
            assert!(is_slip(word, name), "{word}");
        }
        for (word, name) in [
            ("plan-2020", "plan-2025"),
            ("rale", "rail"),
            ("robots", "robotics"),
            ("2020", "20201"),
            ("normal", "formal"),
            ("gambia", "zambia"),
            ("world-war-i", "world-war-ii"),
            ("smith2019a", "smith2019b"),
            ("十三五规划草案", "十四五规划草案"),
            ("policy", "police"),
            ("chap1/intro", "chap2/intro"),
        ] {
            assert!(!is_slip(word, name), "{word}");
        }
        assert!(near("robtics", ["robotics", "rail"]).unwrap().is_sure);
        assert!(!near("grants", ["grants-a", "grants-b"]).unwrap().is_sure);
        assert!(!near("fundz", ["funda", "fundb"]).unwrap().is_sure);
    }
}
