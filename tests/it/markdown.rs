//! What authors write is shown, and to nobody for whom it is not meant.

use crate::support::Book;

/// The text of every file of a built site.
fn files(book: &Book) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![book.out()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of the site") {
            let path = entry.expect("a file of the site").path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    let bytes = std::fs::read(&path).expect("a file of the site can be read");
                    files.push((path.display().to_string(), String::from_utf8_lossy(&bytes).into_owned()));
                }
            }
        }
    }
    files
}

#[test]
fn what_marks_a_callout_reaches_neither_quotes_nor_descriptions_nor_the_search() {
    let book = Book::new([
        ("a.md", "> [!warning]- Mind [[b]]\n> It is hot.\n\n- > [!note]+ Also\n  > [[b]] is.\n"),
        ("b.md", "# B\n\n> [!tip]- Only this\n> is said.\n"),
    ]);
    assert_eq!(book.build(&[]).status, 0);
    for (path, text) in files(&book) {
        assert!(!text.contains("[!"), "{path}: {}", text.split("[!").next().unwrap_or("").len());
    }
    assert!(book.page("b.html").contains("Mind <mark>B</mark>"), "{}", book.page("b.html"));
}

#[test]
fn a_comment_of_a_vault_reaches_no_file_of_the_site() {
    let secret = "Quillfeather";
    let entry = format!(
        "%% {secret} 1 %%\n\n# Open\n\nSeen %%{secret} [[b]]%% words.\n\n- item %%{secret}\n  {secret}%% more\n\n> quote %%{secret}%%\n\n\
         | a | %%{secret}%% |\n|---|---|\n| %%{secret}%% | d |\n\n## Part %%{secret}%%\n\n%%\n\n{secret}\n\n```\n{secret}\n```\n\n%%\n\n\
         Term\n: Meaning %%{secret}%%\n\nNote[^1].\n\n[^1]: n %%{secret}%%\n\n<div>\n\n**bold %%{secret}%%**字 %%{secret}%%\n\n</div>\n\n\
         [x](b.md \"t %%{secret}%%\") 中%%{secret}%%文\n\nlast %%{secret}\n\n{secret}\n"
    );
    let book = Book::new([(".obsidian/app.json", "{}"), ("a.md", &entry), ("b.md", "# B\n\n[[a]] %%secret%%\n")]);
    let told = book.build(&["--keep-going"]);
    assert!(told.stderr.contains("open-comment"), "{}", told.stderr);
    assert!(book.page("a.html").contains("Seen  words."), "{}", book.page("a.html"));
    for (path, text) in files(&book) {
        assert!(!text.to_lowercase().contains(&secret.to_lowercase()), "{path}");
    }
    assert!(!book.page("b.html").contains("Linked from"), "a link in a comment is none");
}

#[test]
fn comments_are_read_where_the_book_says() {
    let entries = [("a.md", "# A\n\nSeen %%hidden%% words.\n")];
    let shown = Book::new(entries);
    assert!(shown.build(&[]).stderr.contains("shown-comment"));
    assert!(shown.page("a.html").contains("%%hidden%%"));
    let hidden = Book::new([entries[0], ("book.toml", "[markdown]\ncomments = true\n")]);
    assert_eq!(hidden.build(&[]).stderr.matches("warning").count(), 0);
    assert!(!hidden.page("a.html").contains("hidden%%"));
    let vault = Book::new([entries[0], (".obsidian/app.json", "{}"), ("book.toml", "[markdown]\ncomments = false\n")]);
    assert!(vault.build(&[]).stderr.contains("shown-comment"));
}

#[test]
fn braces_and_colons_stay_where_they_are_read() {
    let book = Book::new([
        ("api.md", "# Title {x}\n\n## GET /users/{id}\n\nSteps follow\n:::tip\nUse it\n:::\n\n[[#GET /users/{id}]]\n"),
        ("b.md", "[[api]] [c](api.md#get-usersid)\n"),
    ]);
    assert_eq!(book.build(&[]).stderr.matches("warning").count(), 0);
    let page = book.page("api.html");
    for part in [">Title {x}</h1>", "GET /users/{id}", "Steps follow\n:::tip\nUse it\n:::", "href=\"#get-usersid\""] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(book.page("b.html").contains("href=\"api.html#get-usersid\""));
}

#[test]
fn highlighted_words_are_shown_without_their_signs() {
    let config = "[collections.notes]\nfields.note = { type = \"markdown\" }\n";
    let book = Book::new([
        ("book.toml", config),
        (
            "content/notes/a.md",
            "---\ntitle: A\nnote: A field ==that counts== is one.\n---\n\nSome ==marked *words* and [[b]]== are here, a == b.\n\n\
             ## A ==bold== claim {#own}\n\n## The ==second== claim\n\n[[#The second claim]]\n\n| ==cell== | [[b\\|==word==]] |\n|---|---|\n",
        ),
        ("content/notes/b.md", "# The ==new== B\n\nText.\n"),
        ("content/notes/c.yaml", "title: C\nbody: |\n  Text of ==an item==.\n"),
    ]);
    let told = book.run(&["check", "--strict"]);
    assert_eq!(told.status, 0, "{}{}", told.stdout, told.stderr);
    assert_eq!(book.build(&[]).status, 0);
    let a = book.page("notes/a.html");
    for part in [
        "Some <mark>marked <em>words</em> and <a href=\"b.html\">The new B</a></mark> are here, a == b.",
        "A field <mark>that counts</mark> is one.",
        "<h2 id=\"own\">A <mark>bold</mark> claim",
        "<h2 id=\"the-second-claim\">The <mark>second</mark> claim",
        "<th scope=\"col\"><mark>cell</mark></th><th scope=\"col\"><a href=\"b.html\"><mark>word</mark></a></th>",
        "content=\"Some marked words and b are here, a == b.\"",
    ] {
        assert!(a.contains(part), "{part}: {a}");
    }
    assert!(
        book.page("notes/b.html").contains("Some marked words and <mark>The new B</mark> are here"),
        "{}",
        book.page("notes/b.html")
    );
    assert!(book.page("notes/c.html").contains("Text of <mark>an item</mark>."));
    for (path, text) in files(&book) {
        for words in ["==marked", "==that", "==bold", "==second", "==cell", "==word", "==new", "==an item"] {
            assert!(!text.contains(words), "{words} in {path}");
        }
    }
}
