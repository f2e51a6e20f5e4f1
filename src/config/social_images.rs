//! `[social-images]`: pictures that stand for pages where these are shared.

use super::site_url::is_whole;
use super::toml_table::Table;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::{SourcePath, normalize};
use crate::base::span::{Span, Spanned};

/// Whether this program can draw them.
const CAN_DRAW: bool = cfg!(feature = "social-images");

/// Which pictures stand for pages where these are shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocialImages {
    /// Where the book asks for them.
    pub span: Span,
    /// Whether each entry has one of its own; else it shows its collection's.
    pub entries: bool,
    /// Font files in the book's folder, in the order in which they are asked for a letter.
    pub fonts: Vec<Spanned<SourcePath>>,
}

/// Reads the table; none if there is none, or if there will be no pictures, which is told. `site_url` is where the site will
/// stand, and `lacks_address` whether the book does not say where on the web that is.
pub fn social_images(
    mut table: Table,
    site_url: Option<&str>,
    lacks_address: bool,
    problems: &mut Vec<Diagnostic>,
) -> Option<SocialImages> {
    let span = table.place()?;
    let entries = table.flag("entries", problems);
    let fonts = table.strings("fonts", problems);
    let fonts = fonts.into_iter().filter_map(|font| within_book(font, &table, problems)).collect();
    let left_out = left_out(&table, span, lacks_address);
    table.finish(&[], problems);
    let is_drawn = left_out.is_none() && site_url.is_some_and(is_whole);
    problems.extend(left_out);
    is_drawn.then_some(SocialImages { span, entries, fonts })
}

/// What is told where there will be no pictures.
fn left_out(table: &Table, span: Span, lacks_address: bool) -> Option<Diagnostic> {
    if lacks_address {
        let message = "there are no social images: they need the whole address of the site";
        return Some(table.without_site_url(span, message));
    }
    let message = "there are no social images: this program was built without them";
    let help = "take a release, or build the program with --features social-images";
    (!CAN_DRAW).then(|| table.warning("missing-feature", span, message).help(help))
}

/// The path of a file in the book's folder, normalised.
fn within_book(written: Spanned<String>, table: &Table, problems: &mut Vec<Diagnostic>) -> Option<Spanned<SourcePath>> {
    let normal = normalize(&written.value).filter(|path| !path.is_empty() && !written.value.starts_with('/'));
    if normal.is_none() {
        let message = format!("\"{}\" is no path of a file in the book's folder", written.value);
        problems.push(table.error(written.span, message).help("put the font into the book: fonts = [\"fonts/a.ttf\"]"));
    }
    Some(Spanned::new(SourcePath::new(&normal?), written.span))
}
