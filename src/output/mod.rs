//! From pages to files, each made only when asked for: what an output is, one file for each, and the list of them.

mod html;
pub mod search;

use crate::base::diagnostic::Diagnostic;
use crate::base::path::{FilePath, SourcePath};
use crate::book::AssetId;
use crate::page::{Page, Plan, Shelf};
use crate::theme::Theme;

/// One form of the book.
pub struct Output {
    /// Its files, given what is planned.
    pub files: fn(&Plan, &Theme) -> Vec<File>,
}

/// All outputs.
pub const OUTPUTS: &[Output] = &[html::OUTPUT];

/// One path of the output folder, and where its bytes come from.
pub struct File {
    pub path: FilePath,
    pub content: Content,
}

/// Where the bytes of a file come from.
pub enum Content {
    /// Rendered by the theme.
    Page(Page),
    /// A file of the theme, by its place in the theme's list.
    Theme(usize),
    /// An asset, as it is as far as the book trusts it.
    Copy(AssetId),
    /// These bytes.
    Fixed(&'static [u8]),
}

/// A file's bytes, or the file of the book that holds them.
pub enum Made {
    Bytes(Vec<u8>),
    Copy(SourcePath),
    /// A drawing without what could run in it.
    Cleaned(SourcePath),
}

/// The files of every output.
pub fn files(plan: &Plan, theme: &Theme) -> Vec<File> {
    OUTPUTS.iter().flat_map(|output| (output.files)(plan, theme)).collect()
}

/// Makes one file.
///
/// Errors: a template of the book's own asks for what a page does not have.
pub fn make(shelf: &Shelf, theme: &Theme, file: &File) -> Result<Made, Box<Diagnostic>> {
    Ok(match &file.content {
        Content::Page(page) => {
            let view = (page.kind.view)(shelf, page);
            Made::Bytes(theme.render(page.kind.name, &view)?)
        }
        Content::Theme(place) => Made::Bytes(theme.files()[*place].1.clone()),
        Content::Copy(asset) => {
            let path = shelf.book.places.assets[asset.0 as usize].clone();
            match shelf.book.used_asset(*asset).and_then(|asset| asset.risk.as_ref()) {
                None => Made::Copy(path),
                Some(_) => Made::Cleaned(path),
            }
        }
        Content::Fixed(bytes) => Made::Bytes(bytes.to_vec()),
    })
}
