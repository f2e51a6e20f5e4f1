//! Which files beside the entries the site has, and what could run in them.

use rayon::prelude::*;

use super::path_index::{ASSETS_FOLDER, AssetId, PathIndex};
use super::{Graph, Resolution};
use crate::base::path::SourcePath;
use crate::config::Config;

/// What authors tell robots: nobody links to it, and it stands at the root of the site.
const ROBOTS: &str = "robots.txt";

/// What could run in a file that readers open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Risk {
    /// Browsers run what is in it: HTML, XML, a script.
    Runs,
    /// A drawing from which this goes as it is copied: `a script`.
    Cleaned(String),
    /// A drawing that cannot be read, and why.
    Unreadable(String),
}

/// Tells what could run in a file, by a look at it.
pub type Look<'a> = &'a (dyn Fn(&SourcePath) -> Option<Risk> + Sync);

/// A file that the site wants: one that something links to, that lies in a folder of assets, or that robots look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedAsset {
    pub id: AssetId,
    /// Whether something links to it or shows it.
    pub is_linked: bool,
    /// None where nothing could run, or the book trusts the file.
    pub risk: Option<Risk>,
}

impl UsedAsset {
    /// Whether the site has it.
    pub fn is_published(&self) -> bool {
        matches!(self.risk, None | Some(Risk::Cleaned(_)))
    }
}

/// All files that the site wants, in order.
pub fn used(config: &Config, places: &PathIndex, graph: &Graph, look: Look) -> Vec<UsedAsset> {
    let mut is_linked = vec![false; places.assets.len()];
    for (from, link) in graph.loose() {
        if let Resolution::Asset(asset) = graph.resolution(*from, *link as usize) {
            is_linked[asset.0 as usize] = true;
        }
    }
    let is_kept = |path: &str| path.split('/').rev().skip(1).any(|folder| folder == ASSETS_FOLDER);
    let wanted = |(id, is_linked): (usize, bool)| {
        let path = &places.assets[id];
        let within = config.within_src(path)?;
        (is_linked || is_kept(within) || within == ROBOTS).then_some((AssetId(id as u32), is_linked))
    };
    let wanted: Vec<(AssetId, bool)> = is_linked.into_iter().enumerate().filter_map(wanted).collect();
    let looked = |(id, is_linked): (AssetId, bool)| {
        let path = &places.assets[id.0 as usize];
        UsedAsset { id, is_linked, risk: if config.trusts(path) { None } else { look(path) } }
    };
    wanted.into_par_iter().map(looked).collect()
}
