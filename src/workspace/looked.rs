//! What could run in the files beside the entries: each is looked into once, and again when it has changed.

use std::path::Path;
use std::sync::Mutex;
use std::sync::PoisonError;

use rustc_hash::FxHashMap;

use crate::base::opened::{HEAD, Opened, begins_as_markup, opened};
use crate::base::path::SourcePath;
use crate::book::Risk;
use crate::disk::{self, Stamp};
use crate::markup::{Drawing, clean_drawing};

/// What is known of files, and of which state of them.
#[derive(Default)]
pub struct Looked(Mutex<FxHashMap<SourcePath, (Stamp, Option<Risk>)>>);

impl Looked {
    /// What could run in a file of the book in `root`.
    pub fn risk(&self, root: &Path, path: &SourcePath) -> Option<Risk> {
        let opened = opened(path.file_name());
        match opened {
            Opened::Inert => return None,
            Opened::Runs => return Some(Risk::Runs),
            Opened::Drawing | Opened::Unknown => {}
        }
        let file = root.join(path.as_str());
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = disk::stamp(&file)?;
        if let Some((_, risk)) = lock().get(path).filter(|(known, _)| *known == stamp) {
            return risk.clone();
        }
        let risk = match opened {
            Opened::Drawing => match drawing(&file) {
                Ok(Drawing::AsItIs) => None,
                Ok(Drawing::Without { what, .. }) => Some(Risk::Cleaned(what)),
                Err(why) => Some(Risk::Unreadable(why)),
            },
            _ => disk::head(&file, HEAD).is_some_and(|head| begins_as_markup(&head)).then_some(Risk::Runs),
        };
        lock().insert(path.clone(), (stamp, risk.clone()));
        risk
    }
}

/// The drawing in a file, as it may be published.
///
/// Errors: why it cannot be.
pub fn drawing(file: &Path) -> Result<Drawing, String> {
    clean_drawing(&disk::bytes(file).ok_or("it cannot be read")?)
}
