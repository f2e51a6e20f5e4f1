//! `book.toml`, understood: what the book is, and what its collections hold.

mod collections;
mod entry_types;
mod feeds;
mod levels;
mod patterns;
mod read;
mod schema;
mod schema_type;
mod site_url;
mod social_images;
mod toml_table;

pub use collections::{SORTED, TYPED_KEYS};
pub use feeds::{FeedFormat, Feeds};
use patterns::Patterns;
pub use read::{ReadContext, of_mdbook, read};
pub use schema::{Choice, Collection, FieldKind, FieldSpec, Inverse, Layout, STANDARD, StandardField};
pub use schema_type::{Dating, EntryTypes, SchemaType};
pub use social_images::SocialImages;

use std::collections::BTreeMap;

use url::Url;

use crate::base::diagnostic::Level;
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::base::path::SourcePath;
use crate::base::span::{Span, Spanned};

/// What a book is, in its own words and with the defaults filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Where it was read from; the file need not exist.
    pub path: SourcePath,
    pub title: String,
    pub description: String,
    pub authors: Vec<String>,
    /// BCP 47, `en`.
    pub language: String,
    /// The language tag of runs of Han characters, `zh-Hans` unless the book says otherwise.
    pub han: String,
    /// The folder of the entries, relative to the book's folder; empty for the book's folder itself.
    pub src: String,
    /// The output folder, relative to the book's folder.
    pub build_dir: String,
    /// What those who follow the book are given.
    pub feeds: Feeds,
    /// Which pictures stand for pages where these are shared, if any do.
    pub social_images: Option<SocialImages>,
    /// The public address of the site with a slash at its end, for absolute links where a format demands them; as
    /// mdBook has it, it may be a path alone.
    pub site_url: Option<String>,
    pub repository: Option<String>,
    /// Where a page can be edited, `{path}` standing for the source's path.
    pub edit_url: Option<String>,
    /// The folder under `themes/` whose files shadow the built-in ones, if the book names one.
    pub theme: Option<Spanned<String>>,
    /// What the book changes of the theme's colours, fonts and widths: a design token's name and its value in CSS, or
    /// that for light and that for dark.
    pub tokens: Vec<(Spanned<String>, Vec<String>)>,
    /// Whether names keep their case in addresses: a book with a `SUMMARY.md` is known by them.
    pub keep_case: bool,
    /// Whether raw HTML passes as its author wrote it.
    pub trust_html: bool,
    /// Whether `%%…%%` in a text is a comment for its authors alone.
    pub comments: bool,
    /// What its texts are read for, which no `book.toml` says.
    pub purpose: Purpose,
    /// The files that are copied as they are, whatever they could run.
    pub copy: Patterns,
    /// How much the findings of the rules matter that the book names.
    pub levels: Vec<(Spanned<String>, Level)>,
    /// What is shown of the history of its files in git, if anything is.
    pub git: Option<GitOptions>,
    /// The declared collections, in the book's order.
    pub collections: Vec<Collection>,
    /// Names of countries and blocs by code, over those of CLDR.
    pub countries: BTreeMap<String, String>,
}

/// What is shown of the history of a book's files in git: when each was changed last, and first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitOptions {
    /// Where the book asks for it.
    pub span: Span,
    /// Who changed an entry.
    pub contributors: bool,
    /// A page of the entries that were changed last.
    pub recent_changes: bool,
}

/// What texts are read for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Pages are made of them, and an index for a search.
    #[default]
    Pages,
    /// They are checked: nobody sees their plain text, nor the sentences around links.
    Checks,
    /// Links in them are written anew, those in footnotes that no page shows, too.
    Renames,
}

impl Config {
    /// The fingerprint of what it says: while it is the same, sources hold the same and pages show the same. Where it
    /// is said is no part of it, and neither is how much findings matter.
    pub fn fingerprint(&self) -> Fingerprint {
        let Config {
            path,
            title,
            description,
            authors,
            language,
            han,
            src,
            build_dir,
            feeds,
            social_images,
            site_url,
            repository,
            edit_url,
            theme,
            tokens,
            keep_case,
            trust_html,
            comments,
            purpose,
            copy,
            levels: _,
            git,
            collections,
            countries,
        } = self;
        let mut hasher = FingerprintHasher::default();
        hasher.value(&(path, title, description, authors, language, han, src, build_dir));
        hasher.value(&(feeds, site_url, repository, edit_url, theme, tokens));
        hasher.value(&(keep_case, trust_html, comments, purpose, copy, collections, countries));
        hasher.value(&git.as_ref().map(|git| (git.contributors, git.recent_changes)));
        hasher.value(&social_images.as_ref().map(|images| (images.entries, &images.fonts)));
        hasher.finish()
    }

    /// Whether it says the same as another.
    pub fn is_alike(&self, other: &Config) -> bool {
        std::ptr::eq(self, other) || self.fingerprint() == other.fingerprint()
    }

    /// Whether it says where on the web the site will stand, and not just under which path.
    pub fn has_public_address(&self) -> bool {
        self.site_url.as_deref().is_some_and(site_url::is_whole)
    }

    /// Where on the web the site will stand, if it says so, with a slash at its end. Host and folder may be written in any
    /// script; what is percent-encoded in it stays so.
    pub fn public_address(&self) -> Option<String> {
        let site = self.site_url.as_deref().filter(|_| self.has_public_address())?;
        Url::parse(site).ok().map(Url::into)
    }

    /// The folder of the site on its server, `/kb/`, where that is known.
    pub fn server_path(&self) -> Option<&str> {
        let url = self.site_url.as_deref()?;
        Some(match url.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("/", |slash| &rest[slash..]),
            None => url,
        })
    }

    /// The declared collection called `name`, by its place in the book's order.
    pub fn collection(&self, name: &str) -> Option<usize> {
        self.collections.iter().position(|collection| collection.name.value == name)
    }

    /// The name of a country or bloc, if there is one with this code.
    pub fn country<'a>(&'a self, code: &'a str) -> Option<&'a str> {
        self.countries.get(code).map(String::as_str).or_else(|| crate::base::country::name(code))
    }

    /// Whether a file is copied as it is, whatever it could run: the book lists it by its path, from the book's folder
    /// or from that of the entries, or trusts all its authors.
    pub fn trusts(&self, path: &SourcePath) -> bool {
        self.trust_html
            || self.copy.hold(path.as_str())
            || self.within_src(path).is_some_and(|path| self.copy.hold(path))
    }

    /// The path of a source relative to the folder of the entries.
    pub fn within_src<'a>(&self, path: &'a SourcePath) -> Option<&'a str> {
        path.within(&self.src)
    }
}
