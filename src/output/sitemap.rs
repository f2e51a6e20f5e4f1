//! The sitemap: the public addresses of the pages that readers should find, for search engines (sitemaps.org, protocol 0.9).

use std::sync::Arc;

use super::xml::Xml;
use super::{Artifact, File, FileList, Output, Rendered, Site};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::{FilePath, UrlPath};
use crate::book::Book;
use crate::page::{Page, Subject, Trace};

/// The name of its file, or of the list of its parts.
pub const FILE: &str = "sitemap.xml";

/// What it may have in its folder: itself, and its parts. Of more addresses than these have room for the first ones stand
/// there, which are a million.
const FILES: &[&str] = &[
    FILE,
    "sitemap-1.xml",
    "sitemap-2.xml",
    "sitemap-3.xml",
    "sitemap-4.xml",
    "sitemap-5.xml",
    "sitemap-6.xml",
    "sitemap-7.xml",
    "sitemap-8.xml",
    "sitemap-9.xml",
    "sitemap-10.xml",
    "sitemap-11.xml",
    "sitemap-12.xml",
    "sitemap-13.xml",
    "sitemap-14.xml",
    "sitemap-15.xml",
    "sitemap-16.xml",
    "sitemap-17.xml",
    "sitemap-18.xml",
    "sitemap-19.xml",
    "sitemap-20.xml",
];

/// How many addresses a file has at most, of how many bytes in all, and how many characters one of them: the protocol
/// allows 50 MB for a file, and each address has some 30 bytes around it.
const MOST: usize = 50_000;
const MOST_BYTES: usize = 40_000_000;
const LONGEST: usize = 2_047;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

pub const OUTPUT: Output = Output {
    name: "sitemap",
    owns: |_, path| FILES.contains(&path),
    reserved: |_| FILES.iter().map(|path| FilePath::new(*path)).collect(),
    needs_address: true,
    files,
};

fn files(site: &Site) -> Arc<FileList> {
    let pages = site.html().iter().filter_map(|file| file.artifact.page());
    let found = pages.filter(|page| is_to_be_found(&page.subject));
    let listed = found.filter_map(|page| {
        let address = site.content().canonical(Some(&page.url))?;
        Some(Listed { address, changed: changed(&site.book, page) })
    });
    let mut listed: Vec<Listed> = listed.collect();
    listed.retain(|page| page.address.chars().count() <= LONGEST);
    listed.sort_unstable_by(|a, b| a.address.cmp(&b.address));
    let file = |name: &str, list: List| File::new(FilePath::new(name), list);
    let parts = cut(listed, MOST, MOST_BYTES);
    if parts.len() <= 1 {
        return Arc::new(parts.into_iter().map(|pages| file(FILE, List::Pages(pages))).collect());
    }
    let names = &FILES[1..];
    let public = |name: &&str| site.content().canonical(Some(&UrlPath::new(*name)));
    let all = file(FILE, List::Parts(names.iter().take(parts.len()).filter_map(public).collect()));
    let parts = names.iter().zip(parts).map(|(name, pages)| file(name, List::Pages(pages)));
    Arc::new([all].into_iter().chain(parts).collect())
}

/// The day on which the entry of a page last changed, as git knows it. That of a list is not that of each entry in it.
fn changed(book: &Book, page: &Page) -> Option<Box<str>> {
    let entry = book.entry(page.entry(book)?);
    let history = book.history.of(&entry.path).filter(|_| !entry.is_item)?;
    Some(history.last.day.clone())
}

/// Whether a page is one to begin with: none that leads elsewhere, tells that there is nothing, is empty before a script
/// fills it, or continues another one.
fn is_to_be_found(subject: &Subject) -> bool {
    match subject {
        Subject::Redirect(..) | Subject::NotFound | Subject::Search | Subject::Backlinks(_) | Subject::Changes => false,
        Subject::Home
        | Subject::Section(..)
        | Subject::Entry(_)
        | Subject::Timeline(_)
        | Subject::Tags
        | Subject::Term(..)
        | Subject::Sources
        | Subject::All(_)
        | Subject::RecentChanges => true,
    }
}

/// A page that is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Listed {
    /// Its public address.
    address: String,
    /// The day of its last change, `2026-05-19`.
    changed: Option<Box<str>>,
}

/// Pages in parts of at most so many, and of so many bytes.
fn cut(pages: Vec<Listed>, most: usize, most_bytes: usize) -> Vec<Vec<Listed>> {
    let (mut parts, mut bytes) = (Vec::new(), 0);
    for page in pages {
        bytes += page.address.len();
        match parts.last_mut() {
            Some(part) if Vec::len(part) < most && bytes <= most_bytes => part.push(page),
            _ => {
                bytes = page.address.len();
                parts.push(vec![page]);
            }
        }
    }
    parts
}

/// One of its files.
enum List {
    Pages(Vec<Listed>),
    /// Those of its other files.
    Parts(Vec<String>),
}

impl Artifact for List {
    fn render(&self, _: &Site, _: &mut Trace) -> Result<Rendered, Box<Diagnostic>> {
        Ok(Rendered::Bytes(self.written().into_bytes()))
    }
}

impl List {
    fn written(&self) -> String {
        let mut xml = Xml::default();
        let list = if matches!(self, List::Pages(_)) { "urlset" } else { "sitemapindex" };
        xml.open(list, &[NAMESPACE]);
        match self {
            List::Pages(pages) => pages.iter().for_each(|page| {
                xml.open("url", &[]);
                xml.text("loc", &page.address);
                page.changed.iter().for_each(|day| xml.text("lastmod", day));
                xml.close("url");
            }),
            List::Parts(addresses) => addresses.iter().for_each(|address| {
                xml.open("sitemap", &[]);
                xml.text("loc", address);
                xml.close("sitemap");
            }),
        }
        xml.close(list);
        xml.into_text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_cut_by_number_and_by_length() {
        let listed = |nth: usize| Listed { address: format!("a{nth:03}"), changed: None };
        let addresses = |count: usize| (0..count).map(listed).collect::<Vec<_>>();
        let lengths = |count, most, bytes| cut(addresses(count), most, bytes).iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(lengths(0, 3, 100), [0; 0]);
        assert_eq!(lengths(3, 3, 100), [3]);
        assert_eq!(lengths(7, 3, 100), [3, 3, 1]);
        assert_eq!(lengths(5, 3, 8), [2, 2, 1]);
        assert_eq!(lengths(2, 3, 1), [1, 1]);
        assert_eq!(cut(addresses(7), 3, 100).concat(), addresses(7));
    }

    #[test]
    fn a_list_of_parts_names_their_addresses() {
        let names = FILES[1..].iter().enumerate();
        assert!(names.clone().all(|(nth, name)| *name == format!("sitemap-{}.xml", nth + 1)));
        assert_eq!(names.count() * MOST, 1_000_000);
        let text = List::Parts(vec!["https://a.example/sitemap-1.xml".to_owned()]).written();
        let document = roxmltree::Document::parse(&text).unwrap();
        let of_protocol = |name| (NAMESPACE.1, name);
        let root = document.root_element();
        assert!(root.has_tag_name(of_protocol("sitemapindex")));
        let items: Vec<_> = root.children().filter(roxmltree::Node::is_element).collect();
        assert!(items.len() == 1 && items[0].has_tag_name(of_protocol("sitemap")));
        let loc = items[0].first_element_child().unwrap();
        assert!(loc.has_tag_name(of_protocol("loc")) && loc.next_sibling_element().is_none());
        assert_eq!(loc.text(), Some("https://a.example/sitemap-1.xml"));
    }
}
