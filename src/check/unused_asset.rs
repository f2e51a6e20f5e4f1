//! A file in the folder of the entries that no entry shows or links to.

use super::{How, OFF, Rule, WARNING};
use crate::base::span::Span;
use crate::book::{ASSETS_FOLDER, Resolution};

pub const RULE: Rule = Rule {
    name: "unused-asset",
    level: WARNING,
    plain: OFF,
    how: How::Checked(|book, found| {
        let mut used = vec![false; book.places.assets.len()];
        for (_, _, to) in book.loose_links() {
            if let Resolution::Asset(asset) = to {
                used[asset.0 as usize] = true;
            }
        }
        for (asset, _) in book.places.assets.iter().zip(used).filter(|(_, used)| !used) {
            let Some(path) = asset.within(book.places.src()) else { continue };
            let mut folders = path.split('/').rev().skip(1);
            // What has no extension is a file about the folder: LICENSE, CNAME.
            if folders.any(|folder| folder == ASSETS_FOLDER) || asset.extension().is_empty() {
                continue;
            }
            // A book that is a whole repository holds much that is no part of it.
            let is_apart = !book.config.src.is_empty() && !book.config.collections.is_empty();
            let section = path.split('/').next().unwrap_or("");
            let is_declared = is_apart || book.config.collection(section).is_some();
            found.in_file(asset, is_declared, Span::at(0), "no entry shows this file or links to it").advise(format!(
                "link to it, remove it, or put it in a folder \"{ASSETS_FOLDER}\", which is copied whole"
            ));
        }
    }),
};
