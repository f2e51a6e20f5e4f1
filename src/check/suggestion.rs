//! What an author meant whose link leads nowhere, and how that is offered.

use rustc_hash::FxHashMap;

use crate::base::diagnostic::{Diagnostic, Edit, Fix, Place};
use crate::base::span::Span;
use crate::base::suggest::{Suggestion, alike, is_typo, likeness};

/// The path that was meant by one that leads nowhere, among those that do not: the one whose file has the most alike
/// name, and of equally alike ones the one in the most alike folder. It is sure if it is the only one that differs by a
/// slip in its name or in its folder.
pub fn nearest_path<'a>(path: &str, candidates: impl Iterator<Item = &'a str>) -> Option<Suggestion<'a>> {
    let path = path.to_lowercase();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let alike: Vec<_> = candidates
        .filter_map(|candidate| {
            let score = alike(name, candidate.rsplit('/').next().unwrap_or(""))?;
            Some((score, likeness(&path, candidate), candidate))
        })
        .collect();
    let best = alike.iter().max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then_with(|| b.2.cmp(a.2)));
    let is_near = |candidate: &str| {
        let lower = candidate.to_lowercase();
        let (other_folder, other_name) = lower.rsplit_once('/').unwrap_or(("", &lower));
        (folder == other_folder && is_typo(name, other_name)) || (name == other_name && is_typo(folder, other_folder))
    };
    let slips = alike.iter().filter(|(_, _, candidate)| is_near(candidate)).count();
    best.map(|(_, _, best)| Suggestion { name: best, is_sure: slips == 1 && is_near(best) })
}

/// What is missing under a name at several places: then the name may be right, and what it stands for misspelt.
pub struct Missing(FxHashMap<String, usize>);

impl Missing {
    pub fn of(names: impl Iterator<Item = String>) -> Missing {
        let mut missing = Missing(FxHashMap::default());
        for name in names {
            *missing.0.entry(name).or_default() += 1;
        }
        missing
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was meant, which is sure only where one place alone says otherwise.
    pub fn doubt<'a>(&self, name: &str, near: Suggestion<'a>) -> Suggestion<'a> {
        Suggestion { is_sure: near.is_sure && self.0.get(name).is_none_or(|count| *count < 2), ..near }
    }
}

/// Offers the name that was meant: to read, and to write at a place where that is possible.
pub fn offer<'d>(
    diagnostic: &'d mut Diagnostic,
    near: &Suggestion,
    written: Option<(Span, String)>,
) -> &'d mut Diagnostic {
    if let Some((span, replacement)) = written {
        let place = Place { span, path: diagnostic.place.path.clone() };
        diagnostic.remedy(Fix { edits: vec![Edit { place, replacement }], safe: near.is_sure });
    }
    diagnostic.advise(near.question())
}
