//! What the binary says of itself.

use crate::support::Book;

#[test]
fn a_build_that_is_no_release_tells_the_version_alone() {
    if option_env!("DOSSIER_COMMIT").is_some_and(|commit| !commit.is_empty()) {
        return;
    }
    let output = Book::new::<&str, &str>([]).run(&["--version"]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    assert_eq!(output.stdout, format!("dossier {}\n", env!("CARGO_PKG_VERSION")));
}
