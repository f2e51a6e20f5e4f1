//! Names that make one address: in a plain section each entry has its page, and in a collection the clash is an error.

use crate::support::Book;

/// The pages of a book's notes, without what every site has, and how many warnings tell of a shared address.
fn pages(files: &[(&str, &str)]) -> (Vec<String>, usize) {
    let book = Book::new(files.iter().copied());
    let output = book.build(&[]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert_eq!(book.problems(), [""; 0]);
    let own = ["404.html", "index.html", "search.html", "all-entries.html"];
    let pages = book.tree().into_iter().filter(|path| {
        let is_page = path.ends_with(".html") || path.ends_with(".png");
        is_page && !own.contains(&path.as_str()) && !path.ends_with("/index.html")
    });
    let told = book.run(&["check"]);
    (pages.collect(), told.stdout.matches("[shared-address]").count() + told.stderr.matches("[shared-address]").count())
}

/// A path without four digits of a name.
fn shape(path: &str) -> String {
    match path.rsplit_once('.').map(|(stem, end)| (stem.split_at_checked(stem.len().saturating_sub(5)), end)) {
        Some((Some((stem, digits)), end))
            if digits.starts_with('-') && digits[1..].bytes().all(|byte| byte.is_ascii_hexdigit()) =>
        {
            format!("{stem}-#.{end}")
        }
        _ => path.to_owned(),
    }
}

#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str], warnings: usize) {
    let (pages, told) = pages(files);
    assert_eq!(pages.iter().map(|path| shape(path)).collect::<Vec<_>>(), expected);
    assert_eq!(told, warnings);
}

#[test]
fn the_one_whose_name_is_the_address_keeps_it_and_each_other_has_digits() {
    check(&[("n/C.md", ""), ("n/C++.md", ""), ("n/C#.md", "")], &["n/c-#.html", "n/c-#.html", "n/c.html"], 2);
    check(&[("n/C++.md", ""), ("n/C#.md", "")], &["n/c-#.html", "n/c-#.html"], 2);
    check(&[("n/a b.md", ""), ("n/a-b.md", "")], &["n/a-b-#.html", "n/a-b.html"], 1);
    check(&[("C.md", ""), ("c.md", "")], &["c-#.html", "c.html"], 1);
    check(&[("n/caf\u{e9}.md", ""), ("n/cafe\u{301}.md", "")], &["n/caf\u{e9}-#.html", "n/caf\u{e9}.html"], 1);
    check(&[("n/!.md", ""), ("n/[[.md", "")], &["n/page-#.html", "n/page-#.html"], 2);
    check(&[("n/C++.md", "---\nslug: cpp\n---\n"), ("n/C#.md", "")], &["n/c.html", "n/cpp.html"], 0);
    check(&[("n/x.md", "---\nslug: y\n---\n"), ("n/y.md", "")], &["n/y-#.html", "n/y.html"], 1);
}

#[test]
fn digits_are_those_of_the_name_and_stay_whatever_comes_beside_it() {
    let few = pages(&[("n/C++.md", ""), ("n/c.md", "")]).0;
    let many = pages(&[("n/C++.md", ""), ("n/C#.md", ""), ("n/C!.md", ""), ("n/c.md", "")]).0;
    assert!(few.iter().all(|page| many.contains(page)), "{few:?} {many:?}");
    // Where even these are taken, there are more.
    let taken = few.iter().find(|page| page.contains('-')).expect("an address with digits");
    let file = format!("{}.md", taken.trim_end_matches(".html"));
    let pages = pages(&[("n/C++.md", ""), ("n/c.md", ""), (&file, "")]).0;
    assert!(pages.contains(taken) && pages.len() == 3, "{pages:?}");
}

#[test]
fn folders_whose_names_make_one_address_share_it() {
    check(
        &[("A b/x.md", ""), ("A b/y.md", ""), ("a-b/x.md", ""), ("a-b/z.md", "")],
        &["a-b/x-#.html", "a-b/x.html", "a-b/y.html", "a-b/z.html"],
        1,
    );
    // A second page of a folder is a page in it.
    check(&[("n/A b/index.md", ""), ("n/a-b/index.md", "")], &["n/a-b/index-#.html"], 1);
    check(&[("n/index.md", ""), ("n/README.md", "")], &["n/readme.html"], 1);
    check(
        &[("A b/x.md", "![1](p.png)"), ("a-b/y.md", "![2](p.png)"), ("A b/p.png", "1"), ("a-b/p.png", "2")],
        &["a-b/p-#.png", "a-b/p.png", "a-b/x.html", "a-b/y.html"],
        1,
    );
}

#[test]
fn pages_that_the_book_makes_keep_their_addresses() {
    check(
        &[("Search.md", ""), ("Find.md", ""), ("All entries.md", "")],
        &["all-entries-#.html", "find-#.html", "find.html"],
        2,
    );
}

#[test]
fn links_lead_to_each_by_its_file_its_name_and_its_title() {
    let book = Book::new([
        ("n/C.md", "See [[C++]], [[C#]], [plus](C++.md) and [sharp](C%23.md).\n"),
        ("n/C++.md", "Back to [[C]].\n"),
        ("n/C#.md", "Back to [c](C.md).\n"),
    ]);
    assert_eq!(book.build(&[]).status, 0);
    assert_eq!(book.problems(), [""; 0]);
    let page = book.page("n/c.html");
    let hrefs: Vec<&str> = page.split("href=\"c-").skip(1).filter_map(|rest| rest.split(".html").next()).collect();
    let mut different: Vec<&str> = hrefs.clone();
    different.sort_unstable();
    different.dedup();
    assert!(hrefs.len() >= 4 && different.len() == 2, "{hrefs:?}");
    assert!(!page.contains("broken-link"));
}

#[test]
fn in_a_collection_the_clash_is_an_error() {
    let book = Book::new([("book.toml", "[collections.n]\n"), ("content/n/C.md", ""), ("content/n/C++.md", "")]);
    let output = book.build(&[]);
    assert_eq!(output.status, 1);
    assert!(output.stderr.contains("error[clashing-paths]"), "{}", output.stderr);
}

#[test]
fn an_old_address_is_kept_from_whoever_would_slip_into_it() {
    // Without "c", "C++" alone would be c.html, and links to what was there would mislead.
    check(
        &[("n/d.md", "---\nredirect-from: n/c.html\n---\n"), ("n/C++.md", "")],
        &["n/c-#.html", "n/c.html", "n/d.html"],
        1,
    );
    check(&[("n/d.md", "---\nredirect-from: n/c.html\n---\n"), ("n/c.md", "")], &["n/c.html", "n/d.html"], 1);
}

#[test]
fn a_new_name_leaves_every_old_address_behind() {
    let book = Book::new([("n/C++.md", "# C++\n"), ("n/C#.md", "# C#\n\n[[C++]]\n")]);
    assert_eq!(book.build(&[]).status, 0);
    let before: Vec<String> = book.tree().into_iter().filter(|path| path.starts_with("n/c-")).collect();
    assert_eq!(before.len(), 2);
    let output = book.run(&["rename", "n/C#.md", "c-sharp"]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert_eq!(book.build(&[]).status, 0);
    assert_eq!(book.problems(), [""; 0]);
    let after = book.tree();
    assert!(before.iter().all(|page| after.contains(page)), "{after:?}");
    assert!(after.contains(&"n/c-sharp.html".to_owned()) && after.contains(&"n/c.html".to_owned()));
}

#[test]
fn a_book_with_a_summary_keeps_its_names() {
    let book = Book::new([
        ("book.toml", "[book]\nsrc = \"src\"\n"),
        ("src/SUMMARY.md", "- [One](Part One/C++ Basics.md)\n- [Two](Part One/C# & F#.md)\n"),
        ("src/Part One/C++ Basics.md", "# One\n\nTo [two](<C# & F#.md>).\n"),
        ("src/Part One/C# & F#.md", "# Two\n\n![it](it's.png)\n"),
        ("src/Part One/it's.png", "1"),
        ("src/Part One/What?.md", "# What\n"),
    ]);
    let output = book.build(&[]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert_eq!(book.problems(), [""; 0]);
    for page in ["Part One/C++ Basics.html", "Part One/C# & F#.html", "Part One/it's.png", "Part One/What-.html"] {
        assert!(book.tree().contains(&page.to_owned()), "{page}: {:?}", book.tree());
    }
    let output = book.run(&["rename", "Part One/C# & F#", "Part One/Sharp"]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert_eq!(book.build(&[]).status, 0);
    assert!(book.page("Part One/C# & F#.html").contains("url=Sharp.html"));
}

/// A book of notes that has its site whatever they are called: each text of it stands on a page, and what gave way is told.
#[track_caller]
fn has_its_site(files: &[(&str, &str)]) -> Book {
    let book = Book::new(files.iter().copied());
    let output = book.build(&[]);
    assert_eq!(output.status, 0, "{files:?} {}", output.stderr);
    assert_eq!(book.problems(), [""; 0], "{files:?}");
    let check = book.run(&["check"]);
    assert_eq!((check.status, check.stdout.contains("[shared-address]")), (0, true), "{files:?} {}", check.stdout);
    let pages: Vec<String> = book.tree().into_iter().filter(|path| path.ends_with(".html")).collect();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".md")) {
        let word = text.split_whitespace().last().expect("a word");
        let is_shown = pages.iter().any(|page| book.page(page).contains(&format!("<p>{word}")));
        assert!(is_shown, "{path} of {files:?}: {pages:?}");
    }
    book
}

#[test]
fn a_slug_that_is_the_address_of_a_page_of_the_book_gives_way() {
    for slug in ["index", "INDEX", "\"404\"", "find", "all-entries"] {
        let text = format!("---\nslug: {slug}\n---\nzebra\n");
        for file in ["x.md", "Some folder/x.md"] {
            if file.contains('/') && !slug.eq_ignore_ascii_case("index") {
                continue;
            }
            has_its_site(&[(file, &text), ("search.md", "giraffe\n")]);
            has_its_site(&[(file, &text), ("y.md", &text.replace("zebra", "lion")), ("search.md", "giraffe\n")]);
            let own = if file.contains('/') { "Some folder/README.md" } else { "README.md" };
            has_its_site(&[(file, &text), (own, "tiger\n"), ("search.md", "giraffe\n")]);
        }
    }
    let book = has_its_site(&[
        ("x.md", "---\nslug: index\n---\nzebra\n"),
        ("y.md", "[home](index.html) [[x]] lion\n\nlion\n"),
    ]);
    let page = book.page("y.html");
    assert!(page.contains("<a href=\"index.html\">home</a> <a href=\"index-"), "{page}");
    let book = has_its_site(&[("404.md", "tiger\n"), ("x.md", "---\nslug: \"404\"\n---\nzebra\n")]);
    assert!(book.page("404.html").contains("<p>tiger"));
}

#[test]
fn in_a_collection_such_a_slug_is_an_error() {
    for config in ["[collections.n]\n", "[collections.n]\n\n[collections.m]\n"] {
        let book = Book::new([("book.toml", config), ("content/n/x.md", "---\nslug: index\n---\n")]);
        let output = book.build(&[]);
        assert_eq!(output.status, 1);
        assert!(output.stderr.contains("error[clashing-paths]"), "{}", output.stderr);
    }
}

#[test]
fn a_folder_called_like_a_file_of_the_site_gives_way_with_all_in_it() {
    for folder in ["404.html", "search.html", "index.html", "all-entries.html", "Build.json", "theme/site.css"] {
        let (x, y, deep) = (format!("{folder}/x.md"), format!("{folder}/y.md"), format!("{folder}/deep/z.md"));
        let picture = format!("{folder}/p.png");
        let book = has_its_site(&[
            (&x, "![p](p.png) [y](y.md) zebra\n\nzebra\n"),
            (&y, "giraffe\n"),
            (&deep, "[[x]] lion\n\nlion\n"),
            (&picture, "1"),
            ("a.md", &format!("[x](<{x}>) [[y]] [z](<{deep}>) tiger\n\ntiger\n")),
        ]);
        let told = book.run(&["check"]).stdout;
        assert_eq!(told.matches("[shared-address]").count(), 1, "{told}");
        assert!(told.contains("rename the folder") && !told.contains("book.toml"), "{told}");
        let page = book.page("a.html");
        assert!(!page.contains("broken-link"), "{page}");
        let pictures = book.tree().into_iter().filter(|path| path.ends_with("/p.png")).count();
        assert_eq!(pictures, 1);
    }
}

#[test]
fn a_folder_called_like_the_page_beside_it_gives_way() {
    let book = has_its_site(&[("a.md", "zebra\n"), ("a.html/b.md", "giraffe\n"), ("a.html/README.md", "lion\n")]);
    assert!(book.page("a.html").contains("<p>zebra"));
    has_its_site(&[("n/A.md", "zebra\n"), ("n/a.html/b.md", "giraffe\n")]);
    has_its_site(&[("build.json/b.md", "zebra\n"), ("index.html/q.md", "giraffe\n")]);
    has_its_site(&[("a.md", "![p](<P.png>) zebra\n\nzebra\n"), ("P.png", "1"), ("p.png/x.md", "giraffe\n")]);
    // In a collection nobody moves.
    let book =
        Book::new([("book.toml", "[collections.n]\n"), ("content/n/a.md", "x\n"), ("content/n/a.html/b.md", "x\n")]);
    let output = book.build(&[]);
    assert_eq!(output.status, 1);
    assert!(output.stderr.contains("error[clashing-paths]") && output.stderr.contains("a file is no folder"));
}

#[test]
fn folders_and_files_called_like_pages_of_the_book_have_their_pages() {
    let config = ("book.toml", "[collections.events]\ntimeline = true\n");
    let event = ("content/events/e.md", "---\ndate: 2015\ntags: [policy, \"index\"]\n---\nevent\n");
    for name in ["404", "search", "find", "tags", "timeline", "sources", "all-entries", "pages", "index"] {
        for file in [format!("content/{name}/x.md"), format!("content/{name}/index.md"), format!("content/{name}.md")] {
            let policy = format!("content/{name}/policy.md");
            let book = Book::new([config, event, (&file, "zebra\n"), (&policy, "---\nslug: index\n---\nlion\n")]);
            let output = book.build(&[]);
            assert_eq!(output.status, 0, "{file} {}", output.stderr);
            assert_eq!(book.problems(), [""; 0], "{file}");
            let pages: Vec<String> = book.tree().into_iter().filter(|path| path.ends_with(".html")).collect();
            for word in ["zebra", "lion"] {
                assert!(pages.iter().any(|page| book.page(page).contains(&format!("<p>{word}"))), "{file} {word}");
            }
        }
    }
}

#[test]
fn an_entry_called_like_a_part_of_a_long_list_gives_way() {
    let mut files: Vec<(String, String)> =
        (0..501).map(|i| (format!("n/e{i}.md"), format!("---\ntitle: Entry {i}\n---\nx\n"))).collect();
    files.push(("n/index-e.md".to_owned(), "zebra\n".to_owned()));
    files.push(("n/index-e.html/x.md".to_owned(), "giraffe\n".to_owned()));
    let book = Book::new(files);
    let output = book.build(&[]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert_eq!(book.problems(), [""; 0]);
    let pages: Vec<String> = book.tree().into_iter().filter(|path| path.starts_with("n/index-e")).collect();
    assert!(pages.iter().any(|page| book.page(page).contains("<p>zebra")), "{pages:?}");
    assert!(pages.contains(&"n/index-e.html".to_owned()) && pages.len() == 3, "{pages:?}");
}
