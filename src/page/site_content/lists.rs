//! What the pages of lists show of a site.

use super::SiteContent;
use crate::book::EntryId;
use crate::page::list::{self, Name};
use crate::page::view::PartView;
use crate::page::{Page, Subject};

/// Up to how many parts the page of each of them names all, and else how many on either side of its own.
const MOST_PARTS: usize = 100;
const AROUND: usize = 10;

impl SiteContent {
    /// The entries that a list's page, or that of a part of it, shows: of the whole none if it is split.
    pub fn shown<'a>(&'a self, whole: &Subject, part: Option<&str>) -> &'a [EntryId] {
        let ids = list::ids(&self.book, whole);
        match part {
            None if ids.len() > list::MOST => &[],
            None => ids,
            Some(part) => self.groups(whole).get(part),
        }
    }

    /// The parts of a list as a page shows them; none if the list is whole. Where they are very many, a part's page names
    /// those around it, the first and the last.
    pub fn parts<'a>(&'a self, page: &Page, whole: &Subject, current: Option<&str>) -> Vec<PartView<'a>> {
        let parts = self.lists().parts(whole);
        let last = parts.len().saturating_sub(1);
        let here = parts.iter().position(|(key, _)| Some(*key) == current).filter(|_| last >= MOST_PARTS);
        let near = |place: &usize| here.is_none_or(|here| [0, last].contains(place) || place.abs_diff(here) <= AROUND);
        let part = |(_, (key, count)): (usize, (&'a str, usize))| PartView {
            current: current == Some(key),
            title: list::title(&self.locale_of(page).words, key),
            href: self.href(page, &whole.part(key)).unwrap_or_default(),
            count,
        };
        parts.into_iter().enumerate().filter(|(place, _)| near(place)).map(part).collect()
    }

    /// The names on a page, under their letters: on that of the whole list none if it is split.
    pub fn names<'a, 'p>(&'a self, part: Option<&'p str>) -> Vec<(&'p str, &'a [Name])>
    where
        'a: 'p,
    {
        let names = &self.lists().names;
        match part {
            Some(part) => vec![(part, names.get(part))],
            None if names.is_split() => Vec::new(),
            None => names.iter().collect(),
        }
    }
}
