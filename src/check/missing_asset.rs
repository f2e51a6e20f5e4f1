//! An image or a file that is linked and does not exist.

use super::suggestion::{nearest_path, offer};
use super::{ERROR, Rule, RuleScope, WARNING};
use crate::base::path::{SourcePath, destination, nfc, normalize, way};
use crate::base::suggest::Suggestion;
use crate::book::Resolution;
use crate::parse::{Link, RawTarget};

/// How many files of one name are shown.
const SHOWN: usize = 5;

pub const RULE: Rule = Rule {
    name: "missing-asset",
    level: ERROR,
    plain: WARNING,
    how: RuleScope::Checked(|book, found| {
        for (from, place) in book.loose_places() {
            let (link, to) = (&book.entry(from).links[place], book.resolution(from, place));
            if !matches!(to, Resolution::Missing | Resolution::Outside) || !wants_asset(link) {
                continue;
            }
            let (target, _) = book.pointed(from, place);
            let path = match target {
                RawTarget::Path { path, .. } | RawTarget::Name { name: path, .. } => path,
                RawTarget::Url(_) => continue,
            };
            let source = &book.entry(from).path;
            let named = book.places.assets_named(path);
            let (message, help) = match (to, target) {
                (Resolution::Outside, _) => (
                    format!("\"{path}\" leads out of the folder of the entries"),
                    "put the file into that folder, or link to its public address".to_owned(),
                ),
                (_, RawTarget::Name { .. }) if named.len() > 1 => {
                    let paths = named.iter().map(|asset| way(source, book.places.assets[asset.0 as usize].as_str()));
                    let paths = paths.take(SHOWN).collect::<Vec<_>>().join(", ");
                    (format!("{} files are called \"{path}\"", named.len()), format!("say which by its path: {paths}"))
                }
                _ => {
                    let full =
                        normalize(&nfc(&format!("{}/{path}", source.parent()))).unwrap_or_else(|| path.to_string());
                    let assets = book.places.assets.iter().map(SourcePath::as_str).filter(|_| found.advises());
                    let message = format!("there is no file \"{path}\"");
                    if let Some(near) = nearest_path(&full, assets) {
                        let meant = way(source, near.name);
                        let whole = match target {
                            RawTarget::Path { fragment: Some(text), .. } => {
                                format!("{}#{}", destination(&meant), destination(text))
                            }
                            RawTarget::Name { .. } => meant.clone(),
                            _ => destination(&meant),
                        };
                        let written = book.write_instead(from, place, &whole);
                        let near = Suggestion { name: &meant, ..near };
                        offer(found.at(book.entry(from), link.target_span, message), &near, written);
                        continue;
                    }
                    (message, "put the file there, or take the link out".to_owned())
                }
            };
            found.at(book.entry(from), link.target_span, message).advise(help);
        }
    }),
};

/// Whether a link means a file rather than an entry: an image, or a path with an extension that
/// no entry has.
pub fn wants_asset(link: &Link) -> bool {
    match &link.target {
        RawTarget::Url(_) => false,
        _ if link.embed => true,
        RawTarget::Name { .. } => false,
        RawTarget::Path { path, .. } => {
            let extension = SourcePath::new(path).extension();
            let is_extension =
                (1..=5).contains(&extension.len()) && extension.chars().all(|c| c.is_ascii_alphanumeric());
            is_extension && !matches!(extension.as_str(), "md" | "markdown" | "html" | "yaml" | "yml")
        }
    }
}
