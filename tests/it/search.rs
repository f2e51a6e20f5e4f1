//! The index of a search: what stands in which file, and which files an edit concerns. What readers find with it is asked
//! in a browser, by `tests/browser/search.mjs`.

use std::collections::BTreeMap;

use crate::support::Book;

/// The files of the index with their bytes.
fn index(book: &Book) -> BTreeMap<String, String> {
    let searched = book.tree().into_iter().filter(|path| path.starts_with("search/"));
    searched.map(|path| (path.clone(), std::fs::read_to_string(book.out().join(path)).expect("a script"))).collect()
}

/// How many files of an index are not as they were in another one, with those that came and went.
fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> usize {
    let gone = before.keys().filter(|path| !after.contains_key(*path)).count();
    gone + after.iter().filter(|(path, text)| before.get(*path) != Some(text)).count()
}

/// A text with words that hardly any other number gives, among some that all give.
fn text(number: u32) -> String {
    let words = (0..120).map(|nth| {
        let mut seed = (number * 131 + nth).wrapping_mul(2_654_435_761);
        if nth % 3 > 0 {
            seed %= 40 + nth;
        }
        let letters = (0..7).map(|at| char::from(b'a' + (seed.rotate_right(at * 4) % 26) as u8));
        letters.collect::<String>()
    });
    format!("# Note {number}\n\n{}\n", words.collect::<Vec<_>>().join(" "))
}

#[test]
fn a_change_concerns_the_files_that_have_its_words() {
    let path = |number: u32| format!("notes/{number}.md");
    let book = Book::new((0..900).map(|number| (path(number), text(number))));
    book.build(&[]);
    let first = index(&book);
    assert!(first.len() > 90, "{}", first.len());
    book.build(&[]);
    assert_eq!(changed(&first, &index(&book)), 0);
    // A few words in one text: its record, their files, and what is offered for misspelt ones.
    book.write(path(77), format!("{}\nSome zebra words.\n", text(77)));
    book.build(&[]);
    let second = index(&book);
    let edited = changed(&first, &second);
    assert!((2..=8).contains(&edited), "{edited} of {}", first.len());
    // An entry that comes or goes leaves the numbers of all others as they are, unless it takes one of them.
    book.write("notes/zebra.md", "# Zebra\n\nSome zebra words.\n");
    book.build(&[]);
    let third = index(&book);
    let added = changed(&second, &third);
    assert!((2..=14).contains(&added), "{added} of {}", first.len());
    book.remove("notes/zebra.md");
    book.build(&[]);
    assert_eq!(changed(&second, &index(&book)), 0, "the same book has the same index");
}

#[test]
fn what_is_known_of_texts_is_kept_when_much_of_it_is_new() {
    let path = |number: u32| format!("notes/{number}.md");
    let book = Book::new((0..130).map(|number| (path(number), text(number))));
    let kept = || std::fs::read(book.folder().join(".dossier/cache/words")).expect("what is kept");
    let edit = |number: u32| book.write(path(number), format!("{}\nSome zebra{number} words.\n", text(number)));
    let built = |options: &[&str]| {
        book.build(options);
        index(&book)
    };
    built(&[]);
    let first = kept();
    edit(0);
    let second = built(&[]);
    assert_eq!(kept(), first, "one of 130 is few");
    assert_eq!(second, built(&["--no-cache"]));
    (1..=4).for_each(edit);
    let third = built(&[]);
    assert_ne!(kept(), first);
    assert_eq!(third, built(&["--no-cache"]));
    assert_eq!(third, built(&[]));
}

#[test]
fn a_very_long_text_is_several_documents() {
    let part = |number: u32| format!("## Part {number}\n\n{}\n", "Words and more words. ".repeat(200));
    let long: String = (0..40).map(part).collect();
    let book = Book::new([("long.md", format!("# Long\n\n{long}")), ("short.md", "# Short\n\nText.\n".to_owned())]);
    book.build(&[]);
    let start = &index(&book)["search/start.js"];
    let records = index(&book).keys().filter(|path| path.starts_with("search/r-")).count();
    assert!(start.contains("\"documents\":") && records > 5, "{records}: {start}");
    assert!(index(&book).values().all(|text| text.len() < 40_000));
}

#[test]
fn an_index_is_scripts_whatever_a_book_says() {
    let book = Book::new([(
        "a.md",
        "---\ntitle: '`${x}` \\ \"y\" </script>'\ntags: ['`${x}`', 'a\\b']\n---\n\nText `code`.\n\n## \\u2028 \u{2028}\n",
    )]);
    book.build(&[]);
    for (path, text) in index(&book) {
        let call = text.strip_prefix("dossier.search.").unwrap_or_else(|| panic!("{path} calls nothing: {text}"));
        assert!(call.ends_with(");\n") && text.lines().count() > 0, "{path}");
        // Between the signs that hold a text, such a sign is escaped.
        if let Some((_, held)) = call.split_once(",`") {
            let held = held.strip_suffix("`);\n").expect("lines");
            let bare = held.replace("\\\\", "").replace("\\`", "").replace("\\$", "");
            assert!(!bare.contains(['`', '$', '\\']), "{path}: {held}");
        }
    }
}

#[test]
fn a_page_of_the_authors_stands_where_they_put_it() {
    let book = Book::new([("search.md", "# Searching\n\nHow.\n"), ("b.md", "[how](search.md), [page](search.html)\n")]);
    book.build(&[]);
    assert!(book.page("search.html").contains("Searching</h1>"), "{}", book.page("search.html"));
    assert!(book.page("find.html").contains("class=\"search-form\""));
    assert!(book.page("b.html").contains("<form class=\"site-search\" role=\"search\" action=\"find.html\""));
    let other = Book::new([("a/b.md", "[page](/search.html) and [words](../search.html?q=x)\n")]);
    let told = other.build(&[]);
    assert_eq!(told.status, 0, "{}", told.stderr);
    let page = other.page("a/b.html");
    assert!(page.contains("<a href=\"../search.html\">page</a>"), "{page}");
    assert!(page.contains("<form class=\"site-search\" role=\"search\" action=\"../search.html\""), "{page}");
}
