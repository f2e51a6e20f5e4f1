//! What draws a book's social images, while its fonts stay the same.

use std::path::Path;
use std::sync::Arc;

use crate::base::diagnostic::Diagnostic;
use crate::base::path::SourcePath;
use crate::base::span::Spanned;
use crate::config::Config;
use crate::disk::{self, Stamp};
use crate::output::{self, CardRenderer, FontFile};

/// What was made of the fonts when they were read last.
#[derive(Default)]
pub struct SocialFonts {
    last: Option<LoadedFonts>,
}

struct LoadedFonts {
    /// The files as the book names them, and the state of each.
    files: Vec<(Spanned<SourcePath>, Option<Stamp>)>,
    card_renderer: Option<Arc<dyn CardRenderer>>,
    problems: Vec<Diagnostic>,
}

impl SocialFonts {
    /// What draws the images of the book in `root`, if it asks for some; what is wrong with its fonts is told.
    pub fn card_renderer(
        &mut self,
        root: &Path,
        config: &Config,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Arc<dyn CardRenderer>> {
        let asked = config.social_images.as_ref()?;
        let state = |font: &Spanned<SourcePath>| (font.clone(), disk::stamp(&root.join(font.value.as_str())));
        let files: Vec<_> = asked.fonts.iter().map(state).collect();
        let known = self.last.take().filter(|last| last.files == files);
        let loaded = self.last.insert(known.unwrap_or_else(|| LoadedFonts::read(root, config, files)));
        problems.extend(loaded.problems.iter().cloned());
        loaded.card_renderer.clone()
    }
}

impl LoadedFonts {
    fn read(root: &Path, config: &Config, files: Vec<(Spanned<SourcePath>, Option<Stamp>)>) -> LoadedFonts {
        let mut problems = Vec::new();
        let mut fonts = Vec::new();
        for (path, _) in &files {
            match disk::bytes(&root.join(path.value.as_str())) {
                Some(bytes) => fonts.push(FontFile { path: path.clone(), bytes }),
                None => {
                    let message = format!("there is no file {} that can be read", path.value);
                    let help = "write its path from the book's folder, or take it out";
                    problems.push(Diagnostic::error("bad-config", &config.path, path.span, message).help(help));
                }
            }
        }
        let card_renderer = output::card_renderer(fonts, &config.path, &mut problems);
        LoadedFonts { files, card_renderer, problems }
    }
}
