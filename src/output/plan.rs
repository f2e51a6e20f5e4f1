//! Where the files of a site stand.

use std::sync::Arc;

use super::{OUTPUTS, SitePlan, html};
use crate::base::path::FilePath;
use crate::book::Book;
use crate::page::{self, SiteMap};
use crate::theme::Theme;

/// Which files there are, and what they show. `taken` is what neither a page nor an output can have the place of.
pub fn plan(book: &Book, theme: &Theme, taken: FilePath, is_preview: bool) -> SitePlan {
    let reserved = OUTPUTS.iter().flat_map(|output| (output.reserved)(book));
    let theirs = theme.files().iter().map(|(path, _)| path.clone());
    let taken: Vec<FilePath> = theirs.chain(reserved).chain([taken]).collect();
    let mut plan = page::plan(book, &taken, is_preview);
    SitePlan {
        pages: plan.pages.len(),
        html: Arc::new(html::files(&plan, theme, &book.config, is_preview)),
        problems: std::mem::take(&mut plan.problems),
        arranged: Arc::new(SiteMap::of(book, plan)),
    }
}
