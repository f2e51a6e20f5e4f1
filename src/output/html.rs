//! The site: a file for each page, what the theme brings, and the assets that are used.

use super::{Artifact, File, FileList, Output, Rendered, Site, sitemap};
use crate::base::diagnostic::Diagnostic;
use crate::base::fingerprint::Fingerprint;
use crate::base::path::{FilePath, UrlPath};
use crate::book::AssetId;
use crate::config::Config;
use crate::page::{self, Context, Page, Plan, Trace, facts};
use crate::theme::Theme;

/// What tells robots which pages they may read.
const ROBOTS: &str = "robots.txt";

pub const OUTPUT: Output = Output {
    name: "html",
    owns: |_, _| false,
    reserved: |_| Vec::new(),
    needs_address: false,
    files: |site| site.plan().html.clone(),
};

/// Its files, which are known from where pages stand.
pub fn files(plan: &Plan, theme: &Theme, config: &Config, is_preview: bool) -> FileList {
    // Robots look for it at the root of a host, and nowhere else: never in a preview. That of the authors is an asset.
    let is_own = plan.assets.iter().any(|(_, path)| path.as_str() == ROBOTS);
    let is_root = config.has_public_address() && config.server_path() == Some("/");
    let robots = (is_root && !is_own && !is_preview).then(|| File::new(FilePath::new(ROBOTS), Robots));
    let pages = plan.pages.iter().map(|page| File::new(page.url.file(), page.clone()));
    let theme = theme.files().iter().enumerate();
    let theme = theme.map(|(place, (path, _))| File::new(path.clone(), ThemeFile(place)));
    let assets = plan.assets.iter().map(|(asset, path)| File::new(path.clone(), Asset(*asset)));
    let around = [File::new(FilePath::new(".nojekyll"), NoJekyll)].into_iter().chain(robots);
    pages.chain(theme).chain(assets).chain(around).collect()
}

impl Artifact for Page {
    fn render(&self, site: &Site, trace: &mut Trace) -> Result<Rendered, Box<Diagnostic>> {
        let context = Context::new(site.content(), self);
        let view = page::view(&context);
        if let Some(problem) = context.unrendered() {
            return Err(problem);
        }
        *trace = context.trace();
        Ok(Rendered::Bytes(site.theme.render(self.kind, &view)?))
    }

    fn fingerprint(&self, site: &Site, trace: &Trace) -> Option<Fingerprint> {
        Some(facts::of(site.content(), self, site.facts(), trace))
    }

    fn page(&self) -> Option<&Page> {
        Some(self)
    }
}

/// A file of the theme, by its place in the theme's list.
struct ThemeFile(usize);

impl Artifact for ThemeFile {
    fn render(&self, site: &Site, _: &mut Trace) -> Result<Rendered, Box<Diagnostic>> {
        Ok(Rendered::Bytes(site.theme.files()[self.0].1.clone()))
    }
}

/// An asset, as it is as far as the book trusts it.
struct Asset(AssetId);

impl Artifact for Asset {
    fn render(&self, site: &Site, _: &mut Trace) -> Result<Rendered, Box<Diagnostic>> {
        let path = site.book.places.assets[self.0.0 as usize].clone();
        Ok(match site.book.used_asset(self.0).and_then(|asset| asset.risk.as_ref()) {
            None => Rendered::Copy(path),
            Some(_) => Rendered::Cleaned(path),
        })
    }

    fn is_copy(&self) -> bool {
        true
    }
}

/// On GitHub Pages a folder without this file goes through Jekyll, which drops names that begin with `_`.
struct NoJekyll;

impl Artifact for NoJekyll {
    fn render(&self, _: &Site, _: &mut Trace) -> Result<Rendered, Box<Diagnostic>> {
        Ok(Rendered::Bytes(Vec::new()))
    }
}

/// Robots may read all pages, and learn where these are listed.
struct Robots;

impl Artifact for Robots {
    fn render(&self, site: &Site, _: &mut Trace) -> Result<Rendered, Box<Diagnostic>> {
        let list = site.content().canonical(Some(&UrlPath::new(sitemap::FILE))).unwrap_or_default();
        Ok(Rendered::Bytes(format!("User-agent: *\nAllow: /\n\nSitemap: {list}\n").into_bytes()))
    }
}
