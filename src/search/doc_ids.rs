//! The numbers of documents, and which records stand in one file.

use std::ops::Range;

use rayon::prelude::*;

use super::postings::Bits;

/// The numbers of documents: each has one out of `1 << bits`, which depends on what it asks for and hardly on what other
/// documents there are.
pub struct DocIds {
    pub bits: u32,
    /// By the places of documents.
    pub of: Vec<u32>,
    /// The places of documents by number.
    pub order: Vec<u32>,
}

impl DocIds {
    /// Gives each document the number that it asks for by its highest bits, or the next one that is free.
    pub fn new(asked: &[u64]) -> DocIds {
        let count = asked.len().max(1) as u64;
        // Four to eight numbers for each document: few ask for a number that is taken, or take one when they come.
        let bits = count.next_power_of_two().trailing_zeros() + 2;
        let mut order: Vec<u32> = (0..asked.len() as u32).collect();
        order.par_sort_unstable_by_key(|place| asked[*place as usize]);
        let mut of = vec![0; asked.len()];
        let mut free = 0;
        for place in &order {
            let wanted = (asked[*place as usize] >> (64 - bits)) as u32;
            of[*place as usize] = wanted.max(free);
            free = wanted.max(free) + 1;
        }
        DocIds { bits, of, order }
    }
}

/// Documents that are shown together, for they have not much text: a half of a half of all numbers, and so on.
pub struct RecordBlock {
    /// The lowest number that it may have.
    pub first: u32,
    /// Its documents, by a range of their order.
    pub range: Range<usize>,
}

impl DocIds {
    /// Puts documents into bundles of at most so many bytes, or of one document, given the size of each by its place. Beside
    /// them, how numbers were halved until each half is a bundle: a bit for each half, from the lower numbers to the
    /// higher, whether it was halved again. So a document that comes or goes concerns its own bundle.
    pub fn bundles(&self, most: usize, size: &dyn Fn(u32) -> usize) -> (Vec<RecordBlock>, String) {
        let mut halving = String::new();
        let mut bits = Bits::new(&mut halving);
        let mut bundles = Vec::new();
        // The halves that are still to be looked at: the first number, how many bits tell its numbers apart, and its
        // documents.
        let mut halves = vec![(0, self.bits, 0..self.order.len())];
        while let Some((first, width, range)) = halves.pop() {
            let documents = &self.order[range.clone()];
            let whole: usize = documents.iter().map(|place| size(*place)).sum();
            let is_halved = documents.len() > 1 && whole > most && width > 0;
            bits.push(u32::from(is_halved), 1);
            if is_halved {
                let middle = first + (1 << (width - 1));
                let at = range.start + documents.partition_point(|place| self.of[*place as usize] < middle);
                halves.push((middle, width - 1, at..range.end));
                halves.push((first, width - 1, range.start..at));
            } else if !range.is_empty() {
                bundles.push(RecordBlock { first, range });
            }
        }
        bits.finish();
        (bundles, halving)
    }
}
