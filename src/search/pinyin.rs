//! How Chinese names sound, for who types them with Latin letters.

use pinyin::{ToPinyin, ToPinyinMulti};

use super::fold::fold;
use crate::base::cjk::is_cjk;

/// How many ways to read a name are told, of all that its letters allow together.
const MOST_READINGS: usize = 8;

/// A name longer than this, in letters, is a sentence, and is read in one way.
const LONGEST: usize = 12;

/// The ways to type the Han letters of a name without tones: from each of its letters to the end of its run
/// (`zhongguozhizao`, `guozhizao`, `zhizao`, `zao`), and by initials (`zgzz`). What stands around the letters is left
/// out.
pub fn typed(name: &str) -> Vec<String> {
    let mut typed = Vec::new();
    for run in runs(name) {
        for reading in readings(&run) {
            for start in 0..reading.len() {
                typed.push(reading[start..].concat());
            }
            if reading.len() > 1 {
                typed.push(reading.iter().filter_map(|syllable| syllable.chars().next()).collect());
            }
        }
    }
    typed.sort_unstable();
    typed.dedup();
    typed
}

/// A whole name in Latin letters without spaces, `zhongguozhizao2025`; none if it has no Han letter.
pub fn whole(name: &str) -> Option<String> {
    let mut has_han = false;
    let mut whole = String::new();
    for c in name.chars() {
        match c.to_pinyin() {
            Some(syllable) => {
                has_han = true;
                whole.push_str(&fold(syllable.plain()));
            }
            None if c.is_alphanumeric() => whole.push_str(&fold(c.encode_utf8(&mut [0; 4]))),
            None => {}
        }
    }
    has_han.then_some(whole)
}

/// The runs of letters of a name that have a reading.
fn runs(name: &str) -> Vec<Vec<char>> {
    let mut runs: Vec<Vec<char>> = vec![Vec::new()];
    for c in name.chars() {
        match is_cjk(c) && c.to_pinyin().is_some() {
            true => runs.last_mut().into_iter().for_each(|run| run.push(c)),
            false => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The ways to read a run, syllable by syllable, the most common one first.
fn readings(run: &[char]) -> Vec<Vec<String>> {
    let mut readings: Vec<Vec<String>> = vec![Vec::new()];
    for c in run {
        let mut syllables: Vec<String> = Vec::new();
        let known = c.to_pinyin_multi().into_iter().flatten().map(|syllable| syllable.plain());
        for plain in c.to_pinyin().map(|syllable| syllable.plain()).into_iter().chain(known) {
            // With a keyboard ü is typed as u or as v.
            syllables.push(fold(plain));
            if plain.contains('ü') {
                syllables.push(plain.replace('ü', "v"));
            }
        }
        let mut seen = Vec::new();
        syllables.retain(|syllable| {
            !seen.contains(syllable) && {
                seen.push(syllable.clone());
                true
            }
        });
        let is_long = run.len() > LONGEST || readings.len() * syllables.len() > MOST_READINGS;
        syllables.truncate(if is_long { 1 } else { usize::MAX });
        let longer = |reading: &Vec<String>| {
            let reading = reading.clone();
            let with = move |syllable: &String| [&reading[..], std::slice::from_ref(syllable)].concat();
            syllables.iter().map(with).collect::<Vec<_>>()
        };
        readings = readings.iter().flat_map(longer).collect();
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_typed_from_each_of_its_letters_on() {
        let typed = typed("中国制造2025");
        for expected in ["zhongguozhizao", "guozhizao", "zhizao", "zao", "zgzz"] {
            assert!(typed.iter().any(|typed| typed == expected), "{expected}: {typed:?}");
        }
        assert_eq!(whole("中国制造2025").as_deref(), Some("zhongguozhizao2025"));
        assert_eq!(whole("Made in China"), None);
    }

    #[test]
    fn a_letter_of_several_sounds_is_found_by_each() {
        assert!(typed("银行").contains(&"yinhang".to_owned()), "{:?}", typed("银行"));
        assert!(typed("绿色").contains(&"lvse".to_owned()) && typed("绿色").contains(&"luse".to_owned()));
    }
}
