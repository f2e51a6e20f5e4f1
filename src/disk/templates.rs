//! The folder of a vault in which its templates stand.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// The folder that Obsidian's templates are taken from, if `folder` is a vault that says so: it is named in
/// `.obsidian/templates.json`, from the vault on.
pub fn folder(vault: &Path) -> Option<PathBuf> {
    let text = fs::read_to_string(vault.join(".obsidian/templates.json")).ok()?;
    let settings: Value = serde_json::from_str(&text).ok()?;
    let folder = vault.join(settings.get("folder")?.as_str()?.trim_matches('/')).canonicalize().ok()?;
    let vault = vault.canonicalize().ok()?;
    // Whatever is said there, it is not the whole vault, nor a place outside of it.
    (folder != vault && folder.starts_with(&vault)).then_some(folder)
}
