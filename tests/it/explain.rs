//! What is told of rules on the command line.

use crate::support;
use crate::support::Book;

/// What the binary says to `dossier explain`, which needs no book.
fn explained(args: &[&str]) -> support::Output {
    Book::new::<&str, &str>([]).run(&[&["explain"], args].concat())
}

#[test]
fn a_rule_is_explained_by_its_page_of_the_manual() {
    let output = explained(&["external-image"]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    insta::assert_snapshot!(output.stdout);
    assert!(
        explained(&["broken-link"]).stdout.contains("\n\nLevel: error, in plain sections warning\nFix: suggested\n\n")
    );
}

#[test]
fn without_a_rule_all_are_listed_in_columns() {
    let output = explained(&[]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    let rows: Vec<&str> = output.stdout.lines().collect();
    let column = rows[0].find("What it finds").expect("a head of its last column");
    for row in &rows[1..] {
        let (left, right) = row.split_at(column);
        assert!(left.ends_with("  ") && right.starts_with(char::is_uppercase) && right.ends_with('.'), "{row:?}");
    }
    assert!(rows.iter().any(|row| row.starts_with("broken-link  ") && row.contains("  error    warning  ")));
    assert!(rows[1..].is_sorted());
}

#[test]
fn a_misspelt_rule_is_answered_with_the_nearest_one() {
    let output = explained(&["brokn-link"]);
    assert_eq!((output.status, output.stdout.as_str()), (2, ""));
    assert_eq!(output.stderr, "error: there is no rule \"brokn-link\"; did you mean \"broken-link\"?\n\n");
    let output = explained(&["E0308"]);
    assert_eq!(output.status, 2);
    assert_eq!(output.stderr, "error: there is no rule \"E0308\"; dossier explain lists them all\n\n");
}
