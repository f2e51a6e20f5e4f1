//! Countries and blocs as terms.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::sections::Section;
use super::term::{Slugs, Taxonomy, Term, gather};
use crate::base::country;
use crate::base::fingerprint::Fingerprint;
use crate::config::Config;
use crate::parse::Entry;

/// All that entries name in fields, by code. A bloc has the entries that name it, and not those that name its members.
pub fn of(config: &Config, entries: &[Arc<Entry>], sections: &[Section]) -> Vec<Term> {
    let named = |entry| Entry::countries(entry).map(|code| (Fingerprint::of(code), code));
    let mut found = gather(entries, sections, named);
    found.sort_by_key(|(code, _)| *code);
    let slugs = slugs(config);
    let term = |(code, entries): (&str, _)| {
        let title = config.country(code).unwrap_or(code);
        let names = country::name(code).into_iter().chain(country::also(code));
        Term {
            taxonomy: Taxonomy::Countries,
            key: code.to_owned(),
            title: title.to_owned(),
            names: names.filter(|name| *name != title).collect(),
            slug: slugs.get(code).cloned().unwrap_or_default(),
            entries,
        }
    };
    found.into_iter().map(term).collect()
}

/// The slugs of all codes that a field may hold, so that that of one does not depend on which others entries name.
fn slugs(config: &Config) -> FxHashMap<&str, String> {
    let declared = config.countries.keys().map(String::as_str);
    let codes = country::all().map(|(code, _)| code).chain(declared.filter(|code| country::name(code).is_none()));
    let mut taken = Slugs::default();
    codes.map(|code| (code, taken.take(code))).collect()
}
