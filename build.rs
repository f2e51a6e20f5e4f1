//! Compiles again when a file joins or leaves what is built in, which the compiler itself cannot see, and tells the
//! program what it was made from: what one build keeps for the next is of use to the same program alone.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    let mut hasher = DefaultHasher::new();
    for path in ["src", "themes/default", "docs/rules", "Cargo.toml", "Cargo.lock", "build.rs"] {
        println!("cargo:rerun-if-changed={path}");
        for file in files(Path::new(path)) {
            file.hash(&mut hasher);
            fs::read(&file).expect("a file of the sources can be read").hash(&mut hasher);
        }
    }
    // The target, its features, the profile: what else decides what the program does.
    let given: BTreeSet<(String, String)> =
        env::vars().filter(|(name, _)| name.starts_with("CARGO_CFG_") || name.starts_with("CARGO_FEATURE_")).collect();
    given.hash(&mut hasher);
    println!("cargo:rustc-env=DOSSIER_BUILD={:016x}", hasher.finish());
}

/// All files at or below a path, in an order that does not depend on the disk.
fn files(path: &Path) -> BTreeSet<PathBuf> {
    if path.is_file() {
        return BTreeSet::from([path.to_owned()]);
    }
    let entries = fs::read_dir(path).expect("a folder of the sources can be read");
    entries.flatten().flat_map(|entry| files(&entry.path())).collect()
}
