//! A file in the folder of the entries that no entry shows or links to.

use super::{OFF, Rule, RuleScope, WARNING};
use crate::base::span::Span;
use crate::book::{ASSETS_FOLDER, AssetId};

pub const RULE: Rule = Rule {
    name: "unused-asset",
    level: WARNING,
    plain: OFF,
    how: RuleScope::Checked(|book, found| {
        for (place, asset) in book.places.assets.iter().enumerate() {
            let Some(path) = asset.within(book.places.src()) else { continue };
            // What has no extension is a file about the folder: LICENSE, CNAME.
            if book.used_asset(AssetId(place as u32)).is_some() || asset.extension().is_empty() {
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
