//! This repository's own book: clean, sound, and made from what it says it is.

mod support;

use std::path::Path;
use std::process::Command;

#[test]
fn the_first_knowledge_base_is_clean_and_its_site_is_sound() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = tempfile::tempdir().expect("a temporary folder");
    let site = out.path().join("site");
    let done = Command::new(env!("CARGO_BIN_EXE_dossier")).arg("build").arg(root).arg("--out").arg(&site).output();
    let done = done.expect("the binary runs");
    assert_eq!((done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()), (Some(0), ""));
    assert_eq!(support::check_tree(&site), [""; 0]);
}
