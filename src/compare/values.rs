//! Lists of values, whatever their order.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::changes::DetailChange;

/// A value: what tells it from others, and how readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub key: String,
    pub shown: String,
}

impl Shown {
    /// A value that is what readers see.
    pub fn text(text: impl Into<String>) -> Shown {
        let text = text.into();
        Shown { key: text.clone(), shown: text }
    }
}

/// How values are other than they were; none if they are the same ones, in whichever order.
pub fn difference(before: Vec<Shown>, after: Vec<Shown>) -> Option<DetailChange> {
    let in_all = before.len() + after.len();
    let only_in = |values, others| {
        let only = surplus(values, others, |value: &Shown| value.key.as_str());
        only.into_iter().map(|value| value.shown.clone()).collect::<Vec<_>>()
    };
    let (lost, gained) = (only_in(&before, &after), only_in(&after, &before));
    let is_whole = lost.len() + gained.len() == in_all;
    (!(lost.is_empty() && gained.is_empty())).then_some(DetailChange::Values { lost, gained, is_whole })
}

/// What others lack, by a key; what stands twice must stand there twice.
pub fn surplus<'a, T, K: Hash + Eq + 'a>(all: &'a [T], others: &'a [T], key: impl Fn(&'a T) -> K) -> Vec<&'a T> {
    let mut left: FxHashMap<K, usize> = FxHashMap::default();
    others.iter().for_each(|other| *left.entry(key(other)).or_default() += 1);
    let mut is_surplus = |item: &&'a T| match left.get_mut(&key(item)).filter(|count| **count > 0) {
        Some(count) => {
            *count -= 1;
            false
        }
        None => true,
    };
    all.iter().filter(|item| is_surplus(item)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_no_difference_and_a_number_is_one() {
        let all = |text: &str| text.split(' ').filter(|word| !word.is_empty()).map(Shown::text).collect::<Vec<_>>();
        let told = |before: &str, after: &str| match difference(all(before), all(after)) {
            Some(DetailChange::Values { lost, gained, is_whole }) => {
                format!("{} > {} {is_whole}", lost.join(" "), gained.join(" "))
            }
            _ => "same".to_owned(),
        };
        assert_eq!(told("a b c", "c a b"), "same");
        assert_eq!(told("a a b", "a b"), "a >  false");
        assert_eq!(told("a", "b"), "a > b true");
        assert_eq!(told("", "b c"), " > b c true");
        assert_eq!(told("a b", "b c"), "a > c false");
    }
}
