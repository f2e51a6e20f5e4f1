//! The index of a book: for each word, name and property the documents that have it.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::doc_ids::DocIds;
use super::endings::{Endings, WordEndings};
use super::forward_index::{DocTerms, Lexicon, is_offered};
use super::inverter::{Inverter, WordSurvey};
use super::known_index::{ChangedShards, KnownIndex, TermPlaces};
use super::postings::{letter, list};
use super::shards::{self, Shard, ShardLine, ShardWriter};
use super::terms::Terms;
use crate::base::cjk::is_cjk;

/// How many postings are in memory at a time, more or less.
const POSTINGS: usize = 8 << 20;

/// What documents can be sorted out by, beside their words: a key that begins with [`PROPERTY`](super::PROPERTY), and the
/// places of the documents that have it, each with its level.
pub type Facet = (String, Vec<(u32, usize)>);

/// Words, names and properties with their documents, and words to choose from when one is misspelt; both in files.
pub struct Index {
    pub terms: Vec<Shard>,
    pub spellings: Vec<Shard>,
    /// The letters of its words that are of scripts without spaces, in order.
    pub letters: Vec<char>,
}

/// What an index is made from.
pub struct IndexInput<'a> {
    lexicon: &'a Lexicon,
    inverter: Inverter<'a>,
    properties: Vec<ShardLine>,
    survey: WordSurvey,
}

impl<'a> IndexInput<'a> {
    /// Documents by their places: what they say, and their properties, in any order.
    pub fn new(digests: &'a [&DocTerms], numbers: &'a DocIds, lexicon: &'a Lexicon, properties: Vec<Facet>) -> Self {
        let inverter = Inverter::new(digests, numbers);
        let survey = inverter.survey(lexicon.len());
        IndexInput { lexicon, inverter, properties: property_lines(properties, numbers), survey }
    }

    /// Each of some stems with its line, in order.
    fn each_line(&self, terms: &Terms, endings: &Endings, take: &mut dyn FnMut(usize, &str)) {
        for round in terms.rounds(POSTINGS) {
            for lines in self.inverter.lines(terms, endings, &self.survey.counts, round) {
                lines.iter().for_each(|(term, line)| take(term, line));
            }
        }
    }

    /// The letters of scripts without spaces in its words.
    fn letters(&self) -> Vec<char> {
        let words = self.lexicon.iter().zip(&self.survey.total).filter(|(word, count)| **count > 0 && !word.is_ascii());
        let mut letters: Vec<char> = words.flat_map(|(word, _)| word.chars()).filter(|c| is_cjk(*c)).collect();
        letters.sort_unstable();
        letters.dedup();
        letters
    }
}

impl Index {
    /// The index of documents, beside what the next one can take from it.
    pub fn new(input: &IndexInput) -> (Index, Option<KnownIndex>) {
        let IndexInput { lexicon, inverter, properties, survey } = input;
        let terms = Terms::new(lexicon, &survey.total, &|_| true);
        let words = Endings::words(lexicon, &terms.of);
        let endings = inverter.endings(terms.stems.len(), &words);
        let spelt = spelt(lexicon, terms.words.iter().copied());
        let mut spellings = ShardWriter::default();
        let mut writer = ShardWriter::default();
        rayon::join(
            || {
                for word in &spelt {
                    let (key, text) = spelling(lexicon, *word, terms.counts[terms.of[*word as usize] as usize]);
                    spellings.add(&key, &text);
                }
            },
            || {
                properties.iter().for_each(|(key, text)| writer.add(key, text));
                input.each_line(&terms, &endings, &mut |term, line| writer.add(&terms.stems[term], line));
            },
        );
        let known = writer.known().zip(spellings.known());
        let known = known.map(|files| KnownIndex::new(inverter, survey, &terms, &words, properties, spelt, files));
        (Index { terms: writer.finish(), spellings: spellings.finish(), letters: input.letters() }, known)
    }

    /// The index of documents, with those files taken from one before of which nothing has changed since it was made; none
    /// if that is of no use.
    pub fn renewed(input: &IndexInput, known: &KnownIndex, changed: &mut ChangedShards) -> Option<Index> {
        let IndexInput { lexicon, inverter, properties, survey } = input;
        let places = known.places(inverter, lexicon, &survey.total)?;
        let words = Endings::words(lexicon, &places.term_of);
        changed.fit(known);
        known.find_changed(changed, survey, &places, &words, properties);
        let lines = |stale: &[bool]| input.lines_of(&places, &words, known, stale);
        let terms = shards::renewed(&known.terms, &mut changed.terms, &lines)?;
        let lines = |stale: &[bool]| input.spellings_of(&places, stale);
        let spellings = shards::renewed(&known.spellings, &mut changed.spellings, &lines)?;
        Some(Index { terms, spellings, letters: input.letters() })
    }
}

impl IndexInput<'_> {
    /// The lines of stale files of words.
    fn lines_of(
        &self,
        places: &TermPlaces,
        words: &WordEndings,
        known: &KnownIndex,
        stale: &[bool],
    ) -> Vec<Vec<ShardLine>> {
        let mut lines = vec![Vec::new(); stale.len()];
        for (key, text) in &self.properties {
            lines[shards::file_of(&known.terms, key)].push((key.clone(), text.clone()));
        }
        let file_of = |word: usize| places.file_of_term[places.term_of[word] as usize] as usize;
        let terms = Terms::new(self.lexicon, &self.survey.total, &|word| stale[file_of(word)]);
        let first = |term: usize| terms.numbers(term)[0] as usize;
        let mut place_of = vec![None; places.file_of_term.len()];
        (0..terms.stems.len()).for_each(|term| place_of[places.term_of[first(term)] as usize] = Some(term as u32));
        let endings = self.inverter.endings(terms.stems.len(), &words.among(&place_of));
        self.each_line(&terms, &endings, &mut |term, line| {
            lines[file_of(first(term))].push((terms.stems[term].to_string(), line.to_owned()));
        });
        lines
    }

    /// The lines of stale files of spellings.
    fn spellings_of(&self, places: &TermPlaces, stale: &[bool]) -> Vec<Vec<ShardLine>> {
        let mut lines = vec![Vec::new(); stale.len()];
        let files = places.spellings.iter().filter(|(_, file)| stale[*file as usize]);
        let files: FxHashMap<u32, u32> = files.copied().collect();
        for word in spelt(self.lexicon, files.keys().copied()) {
            lines[files[&word] as usize].push(spelling(self.lexicon, word, places.count_of(word)));
        }
        lines
    }
}

/// The lines of properties, which stand before those of words.
fn property_lines(mut properties: Vec<Facet>, numbers: &DocIds) -> Vec<ShardLine> {
    properties.sort_unstable_by(|a, b| shards::order(&a.0, &b.0));
    let line = |(key, places): Facet| {
        let mut documents: Vec<(u32, usize)> =
            places.into_iter().map(|(place, level)| (numbers.of[place as usize], level)).collect();
        documents.sort_unstable();
        documents.dedup_by_key(|(number, _)| *number);
        let text = format!("\t\t{}", list(documents.into_iter(), numbers.bits));
        (key, text)
    };
    properties.into_par_iter().map(line).collect()
}

/// Those of some words that a misspelt one may mean, in order.
fn spelt(lexicon: &Lexicon, words: impl Iterator<Item = u32>) -> Vec<u32> {
    let text = |word: u32| &*lexicon[word as usize];
    let offered = words.filter(|word| is_offered(text(*word)));
    let mut spelt: Vec<(u128, u32)> = offered.map(|word| (shards::order_prefix(text(word)), word)).collect();
    spelt.sort_unstable_by(|(prefix, word), (other_prefix, other)| {
        prefix.cmp(other_prefix).then_with(|| shards::order(text(*word), text(*other)))
    });
    spelt.into_iter().map(|(_, word)| word).collect()
}

/// The line of a word that a misspelt one may mean: how common its stem is.
fn spelling(lexicon: &Lexicon, word: u32, documents: u32) -> ShardLine {
    let text = ['\t', letter(4 * documents.ilog2().min(15))];
    (lexicon[word as usize].to_string(), text.iter().collect())
}

#[cfg(test)]
mod tests {
    use super::super::forward_index::{DocSection, DocText, TermCounter};
    use super::super::shards::ShardLines;
    use super::*;

    /// Numbers that look like chance, the same each time (D. H. Lehmer's generator).
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, most: u64) -> u64 {
            self.0 = self.0 * 48_271 % 0x7fff_ffff;
            self.0 % most
        }

        /// Words, some of which are said often, some end others, some have one stem, and some are of no letters.
        fn words(&mut self, count: usize) -> String {
            let word = |chance: &mut Chance| {
                let often = chance.below(4_000).min(chance.below(4_000));
                let stem: String = format!("{often:04}").bytes().map(|digit| char::from(b'a' + digit - b'0')).collect();
                match chance.below(12) {
                    0 => format!("over{stem}lithography"),
                    1 => format!("{stem}lithography"),
                    2 => format!("{stem}s"),
                    3 => format!("{often}"),
                    4 => "中国制造".chars().skip(chance.below(3) as usize).collect(),
                    _ => stem,
                }
            };
            (0..count).map(|_| word(self)).collect::<Vec<_>>().join(" ")
        }
    }

    /// Documents with what they ask for as numbers, and the properties of some.
    #[derive(Clone)]
    struct Documents(Vec<(u64, String)>, Vec<(String, Vec<usize>)>);

    impl Documents {
        fn new(chance: &mut Chance, count: usize) -> Documents {
            let documents =
                (0..count).map(|nth| ((nth as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15), chance.words(50))).collect();
            let property = |nth: usize| (format!("!tag:{nth}"), (0..count).filter(|place| place % nth == 0).collect());
            Documents(documents, (1..80).map(property).collect())
        }

        fn with<T>(&self, lexicon: &mut Lexicon, make: impl FnOnce(&IndexInput) -> T) -> T {
            let mut counter = TermCounter::default();
            for (_, text) in &self.0 {
                let sections = vec![DocSection { heading: "", text: text.clone() }];
                counter.read(&DocText { title: text.split(' ').next().unwrap_or(""), sections, ..DocText::default() });
            }
            let numbers = counter.enter(lexicon);
            let digests = counter.digests(&numbers);
            let digests: Vec<&DocTerms> = digests.iter().flatten().collect();
            let ids = DocIds::new(&self.0.iter().map(|(asked, _)| *asked).collect::<Vec<_>>());
            let facets = self.1.iter().map(|(key, places)| {
                let places = places.iter().filter(|place| **place < self.0.len());
                (key.clone(), places.map(|place| (*place as u32, 0)).collect())
            });
            make(&IndexInput::new(&digests, &ids, lexicon, facets.collect()))
        }
    }

    /// Holds a renewed index to one that is made whole, and tells how many of its files were made.
    fn compare(documents: &Documents, lexicon: &mut Lexicon, known: &KnownIndex) -> Option<usize> {
        compare_on(documents, lexicon, known, &mut ChangedShards::default())
    }

    fn compare_on(
        documents: &Documents,
        lexicon: &mut Lexicon,
        known: &KnownIndex,
        changed: &mut ChangedShards,
    ) -> Option<usize> {
        let whole = documents.with(&mut Lexicon::default(), |input| Index::new(input).0);
        let renewed = documents.with(lexicon, |input| Index::renewed(input, known, changed))?;
        assert_eq!(renewed.letters, whole.letters);
        let mut made = 0;
        for (renewed, whole) in [(&renewed.terms, &whole.terms), (&renewed.spellings, &whole.spellings)] {
            let firsts = |shards: &[Shard]| shards.iter().map(|shard| shard.first.clone()).collect::<Vec<_>>();
            assert_eq!(firsts(renewed), firsts(whole));
            for (renewed, whole) in renewed.iter().zip(whole) {
                assert_eq!(renewed.fingerprint(), whole.fingerprint(), "{}", renewed.first);
                made += usize::from(matches!(renewed.lines, ShardLines::Made(_)));
            }
        }
        Some(made)
    }

    #[test]
    fn a_renewed_index_is_the_one_that_is_made_whole() {
        let mut chance = Chance(7);
        let mut before = Documents::new(&mut chance, 250);
        before.0[1].1.push_str(" aaaalithography");
        before.0[2].1.push_str(" zzzzaaaalithography");
        let mut lexicon = Lexicon::default();
        let (index, known) = before.with(&mut lexicon, Index::new);
        let known = known.unwrap();
        assert!(index.terms.len() + index.spellings.len() > 6);
        assert_eq!(compare(&before, &mut lexicon, &known), Some(0));
        for _ in 0..8 {
            let mut now = before.clone();
            for _ in 0..chance.below(4) {
                let at = chance.below(250) as usize;
                now.0[at].1 = match chance.below(3) {
                    0 => format!("{} New words lithography of {}", now.0[at].1, chance.words(1)),
                    1 => now.0[at].1.split(' ').skip(1).collect::<Vec<_>>().join(" "),
                    _ => chance.words(50),
                };
            }
            match chance.below(5) {
                0 => now.0.truncate(249),
                1 => now.0.push((chance.below(1 << 30) << 33, chance.words(40))),
                2 => drop(now.1.remove(chance.below(79) as usize)),
                3 => now.1.push(("!year:2025".to_owned(), vec![1, 2, 3])),
                _ => {}
            }
            assert!(compare(&now, &mut lexicon.clone(), &known).is_some());
        }
        // What was made anew is made again when it is as before: the files of the last run are other ones.
        let mut changed = ChangedShards::default();
        let mut now = before.clone();
        now.0[5].1.push_str(" lithographers");
        let made = compare_on(&now, &mut lexicon, &known, &mut changed).unwrap();
        assert!(made > 0 && compare_on(&before, &mut lexicon, &known, &mut changed) == Some(made));
        // One word more is in few files, and ends with others.
        for word in [" lithographers", " zzzzaaaalithography"] {
            let mut now = before.clone();
            now.0[3].1.push_str(word);
            assert!(compare(&now, &mut lexicon, &known).is_some_and(|made| (1..6).contains(&made)));
        }
        // Twice as many documents have other numbers.
        let mut now = before.clone();
        now.0.extend((0..400).map(|nth: u64| (nth << 50, "more".to_owned())));
        assert_eq!(compare(&now, &mut lexicon, &known), None);
    }

    #[test]
    fn an_index_of_nothing_is_renewed_as_one_of_something() {
        let mut lexicon = Lexicon::default();
        let (_, known) = Documents(Vec::new(), Vec::new()).with(&mut lexicon, Index::new);
        let mut chance = Chance(3);
        let some = Documents::new(&mut chance, 5);
        assert_eq!(known.and_then(|known| compare(&some, &mut lexicon, &known)), None);
        let (_, known) = some.with(&mut lexicon, Index::new);
        assert_eq!(compare(&Documents(Vec::new(), Vec::new()), &mut lexicon, &known.unwrap()), None);
    }
}
