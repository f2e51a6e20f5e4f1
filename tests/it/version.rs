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

#[test]
fn shells_complete_every_command_and_each_has_a_manual_page() {
    let book = Book::new::<&str, &str>([]);
    let help = book.run(&["help"]).stdout;
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let (list, _) = list.split_once("\n\n").unwrap();
    let commands: Vec<&str> = list
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !name.is_empty())
        .collect();
    assert!(commands.contains(&"build") && commands.contains(&"help"), "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = book.run(&["completions", shell]).stdout;
        for command in &commands {
            assert!(script.contains(command), "{shell}: {command}");
        }
        assert!(script.contains("keep-going"), "{shell}");
    }
    let page = book.run(&["man"]).stdout;
    for command in commands.iter().filter(|command| **command != "help") {
        assert!(page.contains(&format!("dossier\\-{command}(1)")), "{command}");
        // What it refers to is there.
        assert!(!page.contains("dossier\\-help"), "{page}");
        let page = book.run(&["man", command]);
        assert_eq!((page.status, page.stderr.as_str()), (0, ""), "{command}");
        let head = format!(".TH dossier-{command} 1  \"dossier {}", env!("CARGO_PKG_VERSION"));
        assert!(page.stdout.contains(&head), "{}", page.stdout);
    }
    let unknown = book.run(&["man", "bake"]);
    assert!(unknown.status == 2 && unknown.stderr.contains("there is no command \"bake\""), "{}", unknown.stderr);
}
