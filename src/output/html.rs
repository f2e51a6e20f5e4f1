//! The site: a file for each page, what the theme brings, and the assets that are used.

use super::{Content, File, Output};
use crate::base::path::FilePath;

pub const OUTPUT: Output = Output {
    files: |plan, theme| {
        let pages = plan.pages.iter().map(|page| File { path: page.url.file(), content: Content::Page(page.clone()) });
        let theme = theme.files().iter().enumerate();
        let theme = theme.map(|(place, (path, _))| File { path: path.clone(), content: Content::Theme(place) });
        let assets = plan.assets.iter();
        let assets = assets.map(|(asset, path)| File { path: path.clone(), content: Content::Copy(*asset) });
        // On GitHub Pages a folder without this file goes through Jekyll, which drops names that begin with `_`.
        let no_jekyll = File { path: FilePath::new(".nojekyll"), content: Content::Fixed(b"") };
        pages.chain(theme).chain(assets).chain([no_jekyll]).collect()
    },
};
