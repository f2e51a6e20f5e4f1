//! When entries were changed, and by whom, as git knows it.

use std::path::Path;
use std::process::Command;

use crate::support::Book;

/// A book that asks git.
fn book() -> Book {
    let book = Book::new([
        (
            "book.toml",
            "[book]\ntitle = \"T\"\n[output.html]\ngit-repository-url = \"https://github.com/x/y\"\nsite-url = \"https://example.org/kb/\"\n[git]\n[collections.plans]\ntitle = \"Plans\"\nsingular = \"Plan\"\n",
        ),
        ("content/index.md", "Hello, [[Aim]].\n"),
        (
            "content/plans/aim.md",
            "# Aim\n\nA text of some length.\n\nIt goes on,\nso that git knows it again\nwhere it goes.\n",
        ),
        ("content/plans/more.yaml", "- id: one\n  title: One\n- id: two\n  title: Two\n"),
    ]);
    git(&book.folder(), "An", 0, &["init", "--quiet", "--initial-branch=main"]);
    commit(&book, "An", 1, "Begin");
    book
}

/// Runs git as an author, on a day of January 2026.
fn git(folder: &Path, author: &str, day: u32, arguments: &[&str]) {
    let time = format!("2026-01-{day:02}T23:30:00+0000");
    let done = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")])
        .envs([("GIT_AUTHOR_NAME", author), ("GIT_COMMITTER_NAME", author)])
        .envs([("GIT_AUTHOR_EMAIL", "x@example.org"), ("GIT_COMMITTER_EMAIL", "x@example.org")])
        .envs([("GIT_AUTHOR_DATE", &time), ("GIT_COMMITTER_DATE", &time)])
        .output()
        .unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Commits all that is in the book's folder, but for what builds write there.
fn commit(book: &Book, author: &str, day: u32, subject: &str) {
    git(&book.folder(), author, day, &["add", "--all", "--", "book.toml", "content"]);
    git(&book.folder(), author, day, &["commit", "--quiet", "-m", subject]);
}

#[track_caller]
fn built(book: &Book) {
    let output = book.build(&[]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
}

#[test]
fn a_page_says_when_its_entry_was_changed_and_by_whom() {
    let book = book();
    git(&book.folder(), "Bo", 3, &["mv", "content/plans/aim.md", "content/plans/goal.md"]);
    book.write("content/plans/goal.md", book.source("content/plans/goal.md").replace("length", "length now"));
    book.write("content/index.md", "Hello, [[Goal]].\n");
    commit(&book, "Bo & Co", 4, "Rename & mend it");
    built(&book);
    let page = book.page("plans/goal.html");
    let changed = "Changed <a href=\"https://github.com/x/y/commit/";
    assert!(page.contains(changed) && page.contains(">4 January 2026</time></a>"), "{page}");
    assert!(
        page.contains("First written <time")
            && page.contains(">1 January 2026</time> by <bdi>Bo &amp; Co</bdi>, <bdi>An</bdi>."),
        "{page}"
    );
    let sitemap = std::fs::read_to_string(book.out().join("sitemap.xml")).unwrap();
    let loc = "<loc>https://example.org/kb/plans/goal.html</loc>";
    assert!(sitemap.replace('\n', "").contains(&format!("{loc}<lastmod>2026-01-04</lastmod>")), "{sitemap}");
    assert!(!sitemap.replace('\n', "").contains("plans/one.html</loc><lastmod>"), "{sitemap}");
    // Of a list nobody knows which of its entries was changed.
    let page = book.page("plans/one.html");
    assert!(page.contains("This list was changed") && !page.contains("First written"), "{page}");
    let recent = book.page("recent-changes.html");
    let at = |text: &str| recent.find(text).unwrap_or_else(|| panic!("{text}: {recent}"));
    assert!(at(">4 January 2026<") < at("Rename &amp; mend it") && at("Rename &amp; mend it") < at(">1 January 2026<"));
    assert!(recent.contains(">Plans</a> <small>2 entries</small>"), "{recent}");
    assert!(book.page("index.html").contains("href=\"recent-changes.html\""));
}

#[test]
fn an_entry_that_moves_is_as_old_as_it_was_however_short_it_is() {
    let book = book();
    book.write("content/plans/tip.md", "# A tip\n");
    commit(&book, "Bo", 2, "Add a tip");
    let rename = |from: &str, to: &str| assert_eq!(book.run(&["rename", from, to]).status, 0);
    rename("plans/tip", "plans/hint");
    commit(&book, "Cy", 3, "Rename it");
    rename("plans/hint", "plans/clue");
    commit(&book, "Cy", 4, "And again");
    // Another one that came while a third went.
    book.write("content/plans/fad.md", "# A fad\n");
    commit(&book, "Bo", 5, "Add a fad");
    book.remove("content/plans/fad.md");
    book.write("content/plans/craze.md", "# So called\n\nOther words than those before.\n");
    commit(&book, "Cy", 6, "Not a fad");
    built(&book);
    let page = book.page("plans/clue.html");
    assert!(page.contains(">2 January 2026</time> by <bdi>Cy</bdi>, <bdi>Bo</bdi>."), "{page}");
    assert!(book.page("plans/craze.html").contains(">6 January 2026</time> by <bdi>Cy</bdi>."));
    let feed = book.page("atom.xml");
    let (_, entry) = feed.split_once("<title>A tip</title>").expect("the entry");
    assert!(entry.split("</entry>").next().expect("its end").contains("2026-01-02T00:00:00Z"), "{feed}");
}

#[test]
fn what_is_not_committed_has_no_date() {
    let book = book();
    book.write("content/plans/aim.md", "# Aim\n\nAnother text.\n");
    book.write("content/plans/new.md", "# New\n");
    built(&book);
    for page in ["plans/aim.html", "plans/new.html"] {
        assert!(!book.page(page).contains("class=\"last-changed\""), "{page}");
    }
    assert!(book.page("plans/one.html").contains("class=\"last-changed\""));
    assert!(!book.page("recent-changes.html").contains("aim.html\""));
    // A commit changes no file, and pages all the same.
    commit(&book, "Cy", 7, "Say more");
    built(&book);
    for page in ["plans/aim.html", "plans/new.html"] {
        assert!(book.page(page).contains(">7 January 2026<"), "{page}");
    }
    book.write("content/plans/aim.md", "# Aim\n\nYet another text.\n");
    built(&book);
    assert!(!book.page("plans/aim.html").contains("class=\"last-changed\""));
    book.write("content/plans/aim.md", "# Aim\n\nAnother text.\n");
    built(&book);
    assert!(book.page("plans/aim.html").contains(">7 January 2026<"));
}

#[test]
fn the_same_commit_gives_the_same_bytes_wherever_it_is_cloned() {
    let book = book();
    book.write("content/plans/aim.md", "# Aim\n\nAnother text.\n");
    commit(&book, "Bo", 2, "Mend it");
    built(&book);
    let elsewhere = tempfile::tempdir().unwrap();
    let clone = elsewhere.path().join("a longer name");
    git(elsewhere.path(), "X", 9, &["clone", "--quiet", &book.folder().to_string_lossy(), &clone.to_string_lossy()]);
    let settings = elsewhere.path().join("gitconfig");
    std::fs::write(&settings, "[diff]\nrenames = false\nnoprefix = true\n[log]\nshowRoot = false\ndate = relative\nshowSignature = true\nfollow = true\n[core]\nquotePath = true\n[color]\nui = always\n[diff \"x\"]\nexternal = false\n").unwrap();
    let variables = [
        ("GIT_CONFIG_GLOBAL", settings.to_string_lossy().into_owned()),
        ("TZ", "Pacific/Kiritimati".to_owned()),
        ("RAYON_NUM_THREADS", "1".to_owned()),
        ("LANG", "de_DE.UTF-8".to_owned()),
        ("GIT_DIR", "/nowhere".to_owned()),
        ("GIT_LITERAL_PATHSPECS", "1".to_owned()),
    ];
    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let out = elsewhere.path().join("out");
    let output = book.run_in(&clone, &["build", "--out", &out.to_string_lossy()], &variables);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    for path in book.tree() {
        let (here, there) = (std::fs::read(book.out().join(&path)).unwrap(), std::fs::read(out.join(&path)).unwrap());
        assert!(here == there, "{path}");
    }
}

#[test]
fn a_clone_without_its_history_says_so_once_and_tells_nothing_wrong() {
    let book = book();
    book.write("content/plans/aim.md", "# Aim\n\nAnother text.\n");
    commit(&book, "Bo", 2, "Mend it");
    let elsewhere = tempfile::tempdir().unwrap();
    let clone = elsewhere.path().join("clone");
    let from = format!("file://{}", book.folder().display());
    for (depth, knows) in [("1", false), ("2", true)] {
        let _ = std::fs::remove_dir_all(&clone);
        git(elsewhere.path(), "X", 9, &["clone", "--quiet", "--depth", depth, &from, &clone.to_string_lossy()]);
        let output = book.run_in(&clone, &["build"], &[]);
        let told = output.stderr.matches("missing-history").count();
        assert_eq!((output.status, told), (0, usize::from(!knows)), "{}", output.stderr);
        let page = std::fs::read_to_string(clone.join("site/plans/aim.html")).unwrap();
        assert_eq!(page.contains("class=\"last-changed\""), knows, "{page}");
    }
}

#[test]
fn a_book_in_no_repository_is_built_and_told() {
    let book =
        Book::new([("book.toml", "[book]\ntitle = \"T\"\n[git]\ncontributors = false\n"), ("content/a.md", "# A\n")]);
    let output = book.build(&[]);
    assert!(output.status == 0 && output.stderr.contains("warning[missing-history]"), "{}", output.stderr);
    assert!(output.stderr.contains("book.toml:3:1"), "{}", output.stderr);
    assert!(book.page("recent-changes.html").contains("No changes are known."));
    assert!(!book.page("a.html").contains("class=\"last-changed\""));
}

#[test]
fn names_are_shown_only_if_the_book_shows_them() {
    let book = book();
    let config = book.source("book.toml");
    book.write("book.toml", config.replace("[git]\n", "[git]\ncontributors = false\n"));
    commit(&book, "An", 2, "Ask for less");
    built(&book);
    for page in ["plans/aim.html", "recent-changes.html"] {
        assert!(!book.page(page).contains("<bdi>An</bdi>") && book.page(page).contains("1 January 2026"), "{page}");
    }
    book.write("book.toml", config.replace("[git]\n", "[git]\nrecent-changes = false\n"));
    commit(&book, "An", 3, "Ask for more");
    built(&book);
    assert!(!book.tree().contains(&"recent-changes.html".to_owned()));
    assert!(book.page("plans/aim.html").contains("by <bdi>An</bdi>"));
    // Without the table nothing is asked.
    book.write("book.toml", config.replace("[git]\n", ""));
    commit(&book, "An", 4, "Ask for nothing");
    built(&book);
    assert!(!book.page("plans/aim.html").contains("1 January 2026"));
}

#[test]
fn a_comparison_needs_no_history() {
    let book = book();
    book.write("content/plans/aim.md", "# Aim\n\nAnother text.\n");
    let output = book.run(&["diff"]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    assert!(output.stdout.contains("Aim") && !output.stdout.contains("missing-history"), "{}", output.stdout);
}

#[test]
fn changes_can_be_followed() {
    let book = book();
    let parsed = |path: &str| {
        let text = std::fs::read(book.out().join(path)).unwrap();
        let feed = feed_rs::parser::parse(text.as_slice()).unwrap_or_else(|error| panic!("{path}: {error}"));
        let items = feed.entries.into_iter().map(|item| {
            let title = item.title.unwrap().content;
            (item.id, format!("{title}, {}, {}", item.summary.unwrap().content, item.updated.unwrap().to_rfc3339()))
        });
        items.collect::<Vec<_>>()
    };
    built(&book);
    let first = parsed("recent-changes.xml");
    let told: Vec<&str> = first.iter().map(|(_, told)| told.as_str()).collect();
    let time = "2026-01-01T23:30:00+00:00";
    assert_eq!(told, [format!("T, Begin, {time}"), format!("Aim, Begin, {time}"), format!("Plans, Begin, {time}")]);
    assert!(book.page("recent-changes.html").contains("href=\"recent-changes.xml\""));
    // An entry that says no day is from when it was committed first.
    assert_eq!(parsed("atom.xml").len(), 2);
    book.write("content/plans/aim.md", book.source("content/plans/aim.md") + "\nMore.\n");
    commit(&book, "Bo", 3, "Say more");
    built(&book);
    let second = parsed("recent-changes.xml");
    assert_eq!(second[0].1, "Aim, Say more, 2026-01-03T23:30:00+00:00");
    assert!(first.iter().all(|(id, _)| *id != second[0].0) && first.contains(&second[1]), "{second:?}");
    assert_eq!(parsed("atom.xml").len(), 2);
}

/// The day on which an entry was changed last, when it was first written, and by whom, as its page says.
fn told(book: &Book, page: &str) -> String {
    let page = book.page(page);
    let times = regex::Regex::new(r"<time[^>]*>([^<]*)</time>|<bdi>([^<]*)</bdi>").unwrap();
    let parts = page.split("<p class=\"").filter(|part| part.contains("Changed ") || part.contains("First written"));
    let told = parts.flat_map(|part| {
        let part = part.split("</p>").next().unwrap_or("");
        times.captures_iter(part).map(|found| found.get(1).or(found.get(2)).unwrap().as_str().to_owned())
    });
    told.collect::<Vec<_>>().join(", ")
}

#[test]
fn what_a_merge_itself_changes_is_changed_by_it() {
    let book = book();
    let folder = book.folder();
    let lines = |first: &str, last: &str| format!("# Aim\n\n{first}\n\nOne.\n\nTwo.\n\nThree.\n\n{last}\n");
    book.write("content/plans/aim.md", lines("First.", "Last."));
    book.write("content/plans/goal.md", lines("First.", "Last.").replace("Aim", "Goal"));
    book.write("content/plans/way.md", "# Way\n");
    commit(&book, "An", 2, "Say more");
    git(&folder, "Bo", 3, &["checkout", "--quiet", "-b", "side"]);
    book.write("content/plans/aim.md", lines("The first.", "Last."));
    book.write("content/plans/goal.md", lines("The first.", "Last.").replace("Aim", "Goal"));
    commit(&book, "Bo", 3, "Mend the first");
    git(&folder, "Cy", 4, &["checkout", "--quiet", "main"]);
    book.write("content/plans/aim.md", lines("First of all.", "Last."));
    book.write("content/plans/goal.md", lines("First.", "The last.").replace("Aim", "Goal"));
    commit(&book, "Cy", 4, "Mend the last");
    // Both have changed the first line of one file, and of the other each its own.
    git(&folder, "Di", 5, &["merge", "--quiet", "--no-commit", "--strategy-option=ours", "side"]);
    book.write("content/plans/aim.md", lines("The first of all.", "Last."));
    book.write("content/plans/way.md", "# Way\n\nA word within the merge.\n");
    book.write("content/plans/made.md", "# Made\n\nBy nobody but the merge.\n");
    commit(&book, "Di", 5, "Merge side");
    built(&book);
    assert_eq!(told(&book, "plans/aim.html"), "5 January 2026, 1 January 2026, Di, Cy, Bo, An");
    assert_eq!(told(&book, "plans/goal.html"), "4 January 2026, 2 January 2026, Cy, Bo, An");
    assert_eq!(told(&book, "plans/way.html"), "5 January 2026, 2 January 2026, Di, An");
    assert_eq!(told(&book, "plans/made.html"), "5 January 2026, 5 January 2026, Di");
}

/// Merges the last commit of another repository into a folder of the one around `folder`, as `git subtree` does.
fn import(folder: &Path, other: &Path, prefix: &str, (author, day): (&str, u32)) {
    git(folder, author, day, &["fetch", "--quiet", &other.to_string_lossy(), "main"]);
    let merge = ["merge", "--quiet", "--no-commit", "--allow-unrelated-histories"];
    match folder.join(prefix).exists() {
        true => git(
            folder,
            author,
            day,
            &[&merge[..], &["--strategy-option", &format!("subtree={prefix}"), "FETCH_HEAD"]].concat(),
        ),
        false => {
            git(folder, author, day, &[&merge[..], &["--strategy=ours", "FETCH_HEAD"]].concat());
            git(folder, author, day, &["read-tree", &format!("--prefix={prefix}"), "-u", "FETCH_HEAD"]);
        }
    }
    git(folder, author, day, &["commit", "--quiet", "-m", "Import"]);
}

/// A repository beside a book, with two entries of the author Ox.
fn other(home: &Path) -> std::path::PathBuf {
    let other = home.join("other");
    std::fs::create_dir_all(other.join("content/plans")).unwrap();
    git(&other, "Ox", 2, &["init", "--quiet", "--initial-branch=main"]);
    for (path, text) in [
        ("one.md", "# First\n\nA text of some length.\n\nIt goes on.\n"),
        ("two.md", "# Second\n\nAnother text of some length.\n\nIt goes on.\n"),
        // As one of the book is called.
        ("content/plans/aim.md", "# An aim of theirs\n"),
    ] {
        std::fs::write(other.join(path), text).unwrap();
    }
    git(&other, "Ox", 2, &["add", "--all"]);
    git(&other, "Ox", 2, &["commit", "--quiet", "-m", "Begin"]);
    other
}

#[test]
fn what_came_by_a_subtree_merge_keeps_its_history_and_gives_it_to_nothing_else() {
    let book = book();
    let folder = book.folder();
    let other = other(folder.parent().unwrap());
    book.write("content/index.md", "Hello, [aim](plans/aim.md).\n");
    commit(&book, "An", 3, "Link by a path");
    import(&folder, &other, "content/plans/other/", ("Di", 4));
    built(&book);
    assert_eq!(told(&book, "plans/other/one.html"), "4 January 2026, 2 January 2026, Di, Ox");
    assert_eq!(told(&book, "plans/aim.html"), "1 January 2026, 1 January 2026, An");
    // What they change later comes by another merge.
    std::fs::write(other.join("two.md"), "# Second\n\nAnother text of some length.\n\nIt goes on and on.\n").unwrap();
    git(&other, "Ox", 5, &["commit", "--quiet", "--all", "-m", "Go on"]);
    import(&folder, &other, "content/plans/other/", ("Di", 6));
    built(&book);
    assert_eq!(told(&book, "plans/other/two.html"), "5 January 2026, 2 January 2026, Ox, Di");
    assert_eq!(told(&book, "plans/other/one.html"), "4 January 2026, 2 January 2026, Di, Ox");
    // Nor does it lose its past by another name there.
    git(&other, "Ox", 7, &["mv", "two.md", "three.md"]);
    git(&other, "Ox", 7, &["commit", "--quiet", "-m", "Rename"]);
    import(&folder, &other, "content/plans/other/", ("Di", 8));
    built(&book);
    assert_eq!(told(&book, "plans/other/three.html"), "8 January 2026, 2 January 2026, Di, Ox");
}

#[test]
fn a_move_that_leaves_a_file_as_it_is_is_no_change() {
    let book = book();
    git(&book.folder(), "Bo", 3, &["mv", "content/plans/aim.md", "content/plans/goal.md"]);
    book.write("content/index.md", "Hello, [[Goal]].\n");
    commit(&book, "Bo", 4, "Rename it");
    built(&book);
    let aim = told(&book, "plans/goal.html");
    assert_eq!(aim, "1 January 2026, 1 January 2026, An");
}

#[test]
fn a_book_that_came_by_a_subtree_merge_keeps_its_history() {
    let book = book();
    let home = book.folder().parent().unwrap().join("around");
    std::fs::create_dir(&home).unwrap();
    std::fs::write(home.join("README.md"), "Code.\n").unwrap();
    git(&home, "Di", 2, &["init", "--quiet", "--initial-branch=main"]);
    git(&home, "Di", 2, &["add", "--all"]);
    git(&home, "Di", 2, &["commit", "--quiet", "-m", "Begin"]);
    import(&home, &book.folder(), "docs/kb/", ("Di", 4));
    let output = book.run_in(&home.join("docs/kb"), &["build", "--out", &book.out().to_string_lossy()], &[]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    assert_eq!(told(&book, "plans/aim.html"), "4 January 2026, 1 January 2026, Di, An");
}

#[test]
fn a_book_whose_folder_moves_keeps_its_history() {
    let book = book();
    let (folder, home) = (book.folder(), book.folder().parent().unwrap().join("around"));
    std::fs::create_dir_all(home.join("first")).unwrap();
    std::fs::write(home.join("README.md"), "Code.\n").unwrap();
    std::fs::rename(folder.join("book.toml"), home.join("first/book.toml")).unwrap();
    std::fs::rename(folder.join("content"), home.join("first/content")).unwrap();
    git(&home, "An", 1, &["init", "--quiet", "--initial-branch=main"]);
    let step = |author: &str, day: u32| {
        git(&home, author, day, &["add", "--all"]);
        git(&home, author, day, &["commit", "--quiet", "-m", "A step"]);
    };
    step("An", 1);
    git(&home, "Bo", 2, &["mv", "first", "second"]);
    step("Bo", 2);
    std::fs::create_dir(home.join("deep")).unwrap();
    git(&home, "Cy", 3, &["mv", "second", "deep/third"]);
    step("Cy", 3);
    let built = || {
        let output = book.run_in(&home.join("deep/third"), &["build", "--out", &book.out().to_string_lossy()], &[]);
        assert_eq!((output.status, output.stderr.as_str()), (0, ""));
        told(&book, "plans/aim.html")
    };
    assert_eq!(built(), "1 January 2026, 1 January 2026, An", "a move is no change");
    // Out of all folders, where it is the whole repository.
    for name in ["book.toml", "content"] {
        git(&home, "Di", 4, &["mv", &format!("deep/third/{name}"), name]);
    }
    step("Di", 4);
    let output = book.run_in(&home, &["build", "--out", &book.out().to_string_lossy()], &[]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    assert_eq!(told(&book, "plans/aim.html"), "1 January 2026, 1 January 2026, An");
}

#[test]
fn a_file_in_the_place_of_one_that_is_gone_has_no_history() {
    let book = book();
    book.write("content/plans/other.md", "# Other\n");
    commit(&book, "An", 2, "Say more");
    book.remove("content/plans/other.md");
    commit(&book, "An", 3, "Say less");
    book.write("content/plans/other.md", "# Another\n");
    built(&book);
    assert_eq!(told(&book, "plans/other.html"), "");
    commit(&book, "Bo", 4, "Say it again");
    built(&book);
    assert_eq!(told(&book, "plans/other.html"), "4 January 2026, 4 January 2026, Bo");
}
