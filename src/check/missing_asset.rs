//! An image or a file that is linked and does not exist.

use super::{Rule, nearest_path};
use crate::base::diagnostic::Severity;
use crate::base::path::{SourcePath, UrlPath, normalize};
use crate::book::Resolution;
use crate::parse::{Link, Target};

pub const RULE: Rule = Rule {
    name: "missing-asset",
    severity: Severity::Error,
    check: |book, found| {
        for (from, link, to) in book.links() {
            if !matches!(to, Resolution::Missing | Resolution::Outside) || !wants_asset(link) {
                continue;
            }
            let path = match &link.target {
                Target::Path { path, .. } | Target::Name { name: path, .. } => path,
                Target::Url(_) => continue,
            };
            let source = &book.entry(from).path;
            let full = normalize(&format!("{}/{path}", source.parent())).unwrap_or_else(|| path.clone());
            let assets = book.places.assets.iter().map(SourcePath::as_str).filter(|_| found.advises());
            let near = nearest_path(&full, assets);
            let help = match near {
                Some(near) => {
                    let near = UrlPath::new(source.as_str()).link_to(&UrlPath::new(near));
                    format!("did you mean \"{near}\"?")
                }
                None => "put the file there, or take the link out".to_owned(),
            };
            found.link(from, link.target_span, format!("there is no file \"{path}\"")).advise(help);
        }
    },
};

/// Whether a link means a file rather than an entry: an image, or a path with an extension that
/// no entry has.
pub fn wants_asset(link: &Link) -> bool {
    match &link.target {
        Target::Url(_) => false,
        _ if link.embed => true,
        Target::Name { .. } => false,
        Target::Path { path, .. } => {
            let extension = SourcePath::new(path).extension();
            let is_extension =
                (1..=5).contains(&extension.len()) && extension.chars().all(|c| c.is_ascii_alphanumeric());
            is_extension && !matches!(extension.as_str(), "md" | "markdown" | "html" | "yaml" | "yml")
        }
    }
}
