//! Each stage of a build by itself: `cargo bench`, or `DOSSIER_BENCH=path/to/a/book cargo bench` for another book than
//! this repository's own. What a whole build takes, at three sizes, `benches/scale.py` measures.

use std::path::PathBuf;
use std::sync::LazyLock;

use dossier::bench::Stages;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

static BOOK: LazyLock<Stages> = LazyLock::new(|| {
    let root = std::env::var_os("DOSSIER_BENCH").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    Stages::of(&root)
});

fn main() {
    LazyLock::force(&BOOK);
    divan::main();
}

#[divan::bench]
fn parse() -> usize {
    BOOK.parse()
}

#[divan::bench]
fn link() -> usize {
    BOOK.link()
}

#[divan::bench]
fn check() -> usize {
    BOOK.check()
}

#[divan::bench]
fn plan() -> usize {
    BOOK.plan()
}

#[divan::bench]
fn fingerprints() -> usize {
    BOOK.print()
}

#[divan::bench]
fn render() -> usize {
    BOOK.render()
}

#[divan::bench]
fn index() -> usize {
    BOOK.index()
}

#[divan::bench]
fn records() -> usize {
    BOOK.records()
}
