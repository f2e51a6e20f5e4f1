//! Which of the known names somebody meant who misspelt one.

use super::cjk::is_cjk;

/// How alike two names must be, from 0 to 1, for one to be offered for the other.
const ALIKE: f64 = 0.8;

/// How many kinds of letters are counted.
const KINDS: usize = 64;

/// The shortest word, in characters, of which one letter may be wrong without doubt about what was meant.
const SURE: usize = 5;

/// What somebody meant who misspelt a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suggestion<'a> {
    pub name: &'a str,
    /// Whether nothing else can have been meant: one letter of the name is wrong, and no other name is as near.
    pub is_sure: bool,
}

impl Suggestion<'_> {
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
pub fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<Suggestion<'a>> {
    let lower = word.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    // The names that are off by a slip, of which there must be one alone to be sure.
    let mut slip: Option<&str> = None;
    let mut slips = 0;
    for candidate in candidates {
        let Some(score) = alike(&lower, candidate) else { continue };
        if is_typo(word, candidate) && slip != Some(candidate) {
            slip = Some(candidate);
            slips += 1;
        }
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, name)| Suggestion { name, is_sure: slips == 1 && slip == Some(name) })
}

/// Whether `word` is `name` but for its case, for `_` or a space in the place of `-`, or for a slip of the pen in one of
/// its words: a letter that is missing, too many, or swapped with the next. One letter in the place of another is no
/// slip, for most words that are alike are alike in this way: *formal* and *normal*, *Gambia* and *Zambia*. Nor is a
/// digit, the first letter of a word, or any letter of a short word or of one in Chinese.
pub fn is_typo(word: &str, name: &str) -> bool {
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

/// How alike a lower-case `word` and `candidate` are, if they are alike enough for one to be offered for the other.
pub fn alike(word: &str, candidate: &str) -> Option<f64> {
    let may_be = has_length(word, candidate) && most_alike(word, candidate) >= ALIKE;
    may_be.then(|| likeness(word, candidate)).filter(|score| *score >= ALIKE)
}

/// Whether two names are of like length. Those that differ much in it are never alike.
fn has_length(word: &str, candidate: &str) -> bool {
    word.len().abs_diff(candidate.len()) * 2 <= word.len().max(candidate.len())
}

/// How alike two names are at most, by which letters they have and how they begin: a look at each letter spares the
/// matrix for almost all of a hundred thousand candidates.
fn most_alike(word: &str, candidate: &str) -> f64 {
    // A sigma is written otherwise at the end of a word.
    let plain = |letter: char| if letter == 'ς' { 'σ' } else { letter };
    let lower = || candidate.chars().flat_map(char::to_lowercase).map(plain);
    let mut counts = [0_i32; KINDS];
    let (mut a, mut b) = (0, 0);
    for letter in word.chars().map(plain) {
        counts[letter as usize % KINDS] += 1;
        a += 1;
    }
    for letter in lower() {
        counts[letter as usize % KINDS] -= 1;
        b += 1;
    }
    let only_in_word: i32 = counts.iter().filter(|count| **count > 0).sum();
    let (longer, common) = (f64::from(a.max(b).max(1)), f64::from(a - only_in_word));
    // An edit brings at most one letter more in common.
    let edits = common / longer;
    // Jaro's measure where all common letters stand in order, and Winkler's for a common beginning.
    let jaro = (common / f64::from(a.max(1)) + common / f64::from(b.max(1)) + 1.0) / 3.0;
    let beginning = word.chars().map(plain).zip(lower()).take(4).take_while(|(a, b)| a == b).count();
    let winkler = jaro + 0.1 * beginning as f64 * (1.0 - jaro);
    (edits + winkler) / 2.0
}

/// How alike a lower-case `word` and `candidate` are, from 0 to 1; 0 also for what is too far apart in length.
pub fn likeness(word: &str, candidate: &str) -> f64 {
    if !has_length(word, candidate) {
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
    fn a_look_at_the_letters_overlooks_no_name() {
        let names =
            ["robotics", "rail", "new-materials", "new-energy", "é-mobilité", "中国制造2025", "made-in-china", "λόγος"];
        let words = names.iter().flat_map(|name| {
            let letters: Vec<char> = name.chars().collect();
            (0..letters.len()).flat_map(move |at| {
                let mut without = letters.clone();
                let letter = without.remove(at);
                let mut other = letters.clone();
                other[at] = 'x';
                let mut moved = without.clone();
                moved.insert(0, letter);
                [without, other, moved].map(|letters| letters.into_iter().collect::<String>())
            })
        });
        for word in words {
            for name in names {
                let score = likeness(&word, name);
                assert_eq!(alike(&word, name), Some(score).filter(|score| *score >= ALIKE), "{word} and {name}");
            }
        }
        assert_eq!(alike("λόγος", "ΛΌΓΟΣ"), Some(1.0));
        assert!(alike("λόγας", "ΛΌΓΟΣ").is_some());
    }

    #[test]
    fn a_slip_leaves_no_doubt_about_what_was_meant() {
        for (word, name) in [("robtics", "robotics"), ("redirect_from", "redirect-from"), ("sumamry", "summary")] {
            assert!(is_typo(word, name), "{word}");
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
            assert!(!is_typo(word, name), "{word}");
        }
        assert!(near("robtics", ["robotics", "rail"]).unwrap().is_sure);
        assert!(!near("grants", ["grants-a", "grants-b"]).unwrap().is_sure);
        assert!(!near("fundz", ["funda", "fundb"]).unwrap().is_sure);
    }
}
