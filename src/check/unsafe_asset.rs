//! A file beside the entries in which something could run when a reader opens it.

use super::{Rule, RuleScope, WARNING};
use crate::base::span::Span;
use crate::book::{Book, Resolution, Risk, UsedAsset};

pub const RULE: Rule = Rule {
    name: "unsafe-asset",
    level: WARNING,
    plain: WARNING,
    how: RuleScope::Checked(|book, found| {
        if book.used_assets().iter().all(|asset| asset.risk.is_none()) {
            return;
        }
        for (from, link, to) in book.special_links() {
            if let Resolution::Asset(asset) = to
                && let Some((message, help)) = book.used_asset(*asset).and_then(|asset| told(book, asset))
            {
                found.at(book.entry(from), link.target_span, message).advise(help);
            }
        }
        // What is copied with its folder has no link at which it could be told.
        for asset in book.used_assets().iter().filter(|asset| !asset.is_linked) {
            let Some((message, help)) = told(book, asset) else { continue };
            let path = &book.places.assets[asset.id.0 as usize];
            let folder = book.config.within_src(path).and_then(|path| path.split('/').next()).unwrap_or("");
            let is_declared = book.config.collection(folder).is_some();
            found.in_file(path, is_declared, Span::at(0), message).advise(help);
        }
    }),
};

/// What is told of a file, and what to do.
fn told(book: &Book, asset: &UsedAsset) -> Option<(String, String)> {
    let path = &book.places.assets[asset.id.0 as usize];
    let within = book.config.within_src(path).unwrap_or(path.as_str());
    let name = path.file_name();
    let list = format!("list it in book.toml if you trust it: copy = [\"{within}\"] under [output.html]");
    Some(match asset.risk.as_ref()? {
        Risk::Runs => (
            format!("\"{name}\" could run scripts with all rights of the site, and is not copied to it"),
            format!("{list}; or link to it where it stands elsewhere"),
        ),
        Risk::Cleaned(what) => (
            format!("\"{name}\" holds {what}, which could run when it is opened, and is copied without"),
            format!("take it out of the file, or {list}"),
        ),
        Risk::Unreadable(why) => (
            format!("\"{name}\" cannot be read as a drawing, and is not copied: {why}"),
            format!("save it anew as plain SVG in UTF-8, or {list}"),
        ),
    })
}
