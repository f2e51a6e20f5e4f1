//! Social images: a picture of the book, of each collection and, if the book wishes it, of each entry, which stands for its
//! page where that is shared.
//!
//! `card.rs` says what stands on one, and `missing.rs` what no font can write. `drawing/` knows fonts and pixels, and is known as
//! a `CardRenderer`; without the feature `social-images` there is none.

mod card;
#[cfg(feature = "social-images")]
mod drawing;
mod missing;
mod renderer;

use std::sync::Arc;

use super::{Artifact, File, FileList, Output, Rendered, Site};
use crate::base::diagnostic::Diagnostic;
use crate::base::fingerprint::{Fingerprint, FingerprintHasher};
use crate::base::path::{FilePath, SourcePath};
use crate::page::Trace;
use crate::page::social_image::{self, SocialImage};

pub use missing::missing_glyphs;
use renderer::{Card, Palette};
pub use renderer::{CardRenderer, FontFile};

pub const OUTPUT: Output = Output {
    name: "social-images",
    owns: |book, path| {
        let within = path.strip_prefix(social_image::FOLDER).is_some_and(|rest| rest.starts_with('/'));
        within && book.config.social_images.is_some()
    },
    // What would lie in a folder of this name finds a file in its place, and gives way.
    reserved: |book| book.config.social_images.iter().map(|_| FilePath::new(social_image::FOLDER)).collect(),
    needs_address: true,
    files,
};

/// What draws with these fonts and the built-in ones, if this program can draw. What is no font is told, as wrong in the
/// file `told_in`.
pub fn card_renderer(
    fonts: Vec<FontFile>,
    told_in: &SourcePath,
    problems: &mut Vec<Diagnostic>,
) -> Option<Arc<dyn CardRenderer>> {
    #[cfg(feature = "social-images")]
    return Some(Arc::new(drawing::SvgRenderer::new(fonts, told_in, problems)));
    #[cfg(not(feature = "social-images"))]
    return {
        let _ = (fonts, told_in, problems);
        None
    };
}

/// A picture for each page that has one of its own.
fn files(site: &Site) -> Arc<FileList> {
    let Some(renderer) = &site.card_renderer else { return Arc::default() };
    let palette = Arc::new(Palette::of(site, renderer.as_ref()));
    let pages = site.html().iter().filter_map(|file| file.artifact.page());
    let drawn = pages.filter_map(|page| {
        let image = SocialImage::of(&site.book, page).filter(|image| image.subject() == page.subject)?;
        let has_photo = matches!(image, SocialImage::Entry(id) if site.content().photo_url(id).is_some());
        let file = || {
            let path = social_image::address(&page.url).file();
            File::new(path, ImageFile { image, renderer: renderer.clone(), palette: palette.clone() })
        };
        (!has_photo).then(file)
    });
    Arc::new(drawn.collect())
}

/// The file of a picture.
struct ImageFile {
    image: SocialImage,
    renderer: Arc<dyn CardRenderer>,
    palette: Arc<Palette>,
}

impl ImageFile {
    fn card<'a>(&'a self, site: &Site) -> Card<'a> {
        Card::of(&site.book, self.image, self.renderer.as_ref(), &self.palette)
    }
}

impl Artifact for ImageFile {
    fn render(&self, site: &Site, _: &mut Trace) -> Result<Rendered, Box<Diagnostic>> {
        Ok(Rendered::Bytes(self.renderer.render(&self.card(site))))
    }

    fn fingerprint(&self, site: &Site, _: &Trace) -> Option<Fingerprint> {
        let mut hasher = FingerprintHasher::default();
        hasher.fingerprint(self.renderer.print());
        hasher.value(&self.card(site));
        Some(hasher.finish())
    }
}
