//! Endings that are words themselves: `lithography` is found in `photolithography`.

use rayon::prelude::*;

use super::forward_index::Lexicon;
use super::postings::PostingLevels;
use crate::base::cjk::is_cjk;

/// How many letters an ending has at least.
const LEAST: usize = 6;

/// The stems that words end with, by the numbers of the words.
pub struct WordEndings {
    /// Where those of each word end.
    ends: Vec<u32>,
    terms: Vec<u32>,
}

impl WordEndings {
    /// Those of the stems that have a place among some.
    pub fn among(&self, place_of: &[Option<u32>]) -> WordEndings {
        let (mut ends, mut terms) = (Vec::with_capacity(self.ends.len()), Vec::new());
        for word in 0..self.ends.len() {
            terms.extend(self.of(word as u32).iter().filter_map(|term| place_of[*term as usize]));
            ends.push(terms.len() as u32);
        }
        WordEndings { ends, terms }
    }

    #[inline]
    pub fn of(&self, word: u32) -> &[u32] {
        let start = if word == 0 { 0 } else { self.ends[word as usize - 1] };
        &self.terms[start as usize..self.ends[word as usize] as usize]
    }
}

/// By the place of a stem, the numbers of the documents that have it as an ending, in order; some several times.
pub struct Endings {
    documents: Vec<u32>,
    /// Where those of each stem end.
    ends: Vec<u32>,
}

impl Endings {
    /// The stems that the words of a lexicon end with, given the place of the stem of each word that is used.
    pub fn words(lexicon: &Lexicon, stem_of: &[u32]) -> WordEndings {
        let ends_with = |word: usize| {
            let text = &*lexicon[word];
            let own = stem_of[word];
            let mut found = Vec::new();
            if own == u32::MAX || text.len() <= LEAST || !text.chars().all(|c| c.is_alphabetic() && !is_cjk(c)) {
                return found;
            }
            let starts = text.char_indices().rev().skip(LEAST - 1).map(|(at, _)| at).filter(|at| *at > 0);
            for ending in starts.filter_map(|at| lexicon.get_index_of(&text[at..])) {
                let stem = stem_of[ending];
                if stem != u32::MAX && stem != own && !found.contains(&stem) {
                    found.push(stem);
                }
            }
            found
        };
        let all: Vec<Vec<u32>> = (0..lexicon.len()).into_par_iter().map(ends_with).collect();
        let ends = all.iter().scan(0, |end, terms| {
            *end += terms.len() as u32;
            Some(*end)
        });
        WordEndings { ends: ends.collect(), terms: all.concat() }
    }

    /// Some of so many stems with the documents that have them as endings, in as many parts as documents were looked
    /// through in, by ascending numbers.
    pub fn of(stems: usize, parts: &[Vec<(u32, u32)>]) -> Endings {
        let all = || parts.iter().flatten();
        let mut ends = vec![0; stems + 1];
        all().for_each(|(stem, _)| ends[*stem as usize + 1] += 1);
        (1..ends.len()).for_each(|stem| ends[stem] += ends[stem - 1]);
        // Each begins where the one before ends, and moves on as it is filled.
        let mut documents = vec![0; ends[stems] as usize];
        for (stem, document) in all() {
            let end = &mut ends[*stem as usize];
            documents[*end as usize] = *document;
            *end += 1;
        }
        Endings { documents, ends }
    }

    /// The documents that have a stem as an ending, and not as a word.
    pub fn documents(&self, stem: usize, said: &PostingLevels) -> Vec<u32> {
        let start = if stem == 0 { 0 } else { self.ends[stem - 1] };
        let mut documents = self.documents[start as usize..self.ends[stem] as usize].to_vec();
        documents.dedup();
        documents.retain(|document| !said.has(*document));
        documents
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_ends_with_longer_words_of_the_book() {
        let words = [
            "photolithography",
            "lithography",
            "graphy",
            "raphy",
            "中国制造中国制造",
            "国制造中国制造",
            "unused",
            "used",
        ];
        let lexicon: Lexicon = words.iter().map(|word| Box::from(*word)).collect();
        let stems: Vec<u32> = (0..words.len() as u32).collect();
        let found = Endings::words(&lexicon, &stems);
        assert_eq!(found.of(0), [2, 1]);
        assert_eq!(found.of(1), [2]);
        assert!((2..8).all(|word| found.of(word).is_empty()));
    }

    #[test]
    fn a_stem_has_the_documents_of_words_that_end_with_it() {
        let endings = Endings::of(4, &[vec![(1, 2), (3, 2), (1, 2)], vec![(1, 5), (0, 7), (3, 9)]]);
        let all = |stem| endings.documents(stem, &PostingLevels::default());
        assert_eq!([all(0), all(1), all(2), all(3)], [vec![7], vec![2, 5], vec![], vec![2, 9]]);
    }
}
