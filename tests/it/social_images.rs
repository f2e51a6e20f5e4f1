//! Social images: which there are, what the pages say of them, what no font can write, and that a card is the same picture
//! everywhere.

use crate::support::Book;

/// A `book.toml` of a book at an address, with `[social-images]` and these keys.
fn config(keys: &str) -> String {
    format!(
        "[book]\ntitle = \"Bread & <Wine>\"\nlanguage = \"en\"\n\n[output.html]\nsite-url = \"https://a.example/kb/\"\n\n\
         [social-images]\n{keys}\n[collections.dishes]\ntitle = \"Dishes\"\nsingular = \"Dish\"\n"
    )
}

/// The value of a tag in the head of a page: `property="og:image"`.
fn meta<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("<meta {name} content=\""))?;
    rest.split('"').next()
}

#[cfg(not(feature = "social-images"))]
#[test]
fn a_program_without_them_says_so_once_and_makes_the_site() {
    let book = Book::new([("book.toml", config("entries = true\n")), ("content/dishes/a.md", "# A\n".to_owned())]);
    let output = book.build(&[]);
    assert_eq!(output.status, 0);
    insta::assert_snapshot!(output.stderr);
    assert_eq!(book.problems(), [""; 0]);
    assert!(!book.tree().iter().any(|path| path.starts_with("social-images/")));
    let page = book.page("dishes/a.html");
    assert_eq!(meta(&page, "property=\"og:image\""), None);
    assert_eq!(meta(&page, "name=\"twitter:card\""), Some("summary"));
}

#[test]
fn without_an_address_there_are_none() {
    let text = config("").replace("https://a.example", "");
    let book = Book::new([("book.toml", text), ("content/a.md", "# A\n".to_owned())]);
    let output = book.build(&[]);
    assert_eq!(output.status, 0);
    insta::assert_snapshot!(output.stderr);
    assert!(!book.tree().iter().any(|path| path.starts_with("social-images/")));
}

#[test]
fn a_photo_stands_on_the_card_of_its_entry() {
    let text = config("").replace("[social-images]\n", "");
    let book = Book::new([
        ("book.toml", text),
        ("content/a.md", "---\ntitle: A\nimage: b c.jpg\nimage-alt: Bread <here>\n---\n".to_owned()),
        ("content/drawn.md", "---\ntitle: B\nimage: b.svg\nimage-alt: Bread\n---\n".to_owned()),
        ("content/b c.jpg", "not looked into".to_owned()),
        ("content/b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned()),
    ]);
    assert_eq!(book.build(&[]).status, 0);
    assert_eq!(book.problems(), [""; 0]);
    let page = book.page("a.html");
    assert_eq!(meta(&page, "property=\"og:image\""), Some("https://a.example/kb/b%20c.jpg"));
    assert_eq!(meta(&page, "property=\"og:image:alt\""), Some("Bread &lt;here&gt;"));
    assert_eq!(meta(&page, "property=\"og:image:width\""), None);
    assert_eq!(meta(&page, "name=\"twitter:card\""), Some("summary_large_image"));
    // Programs that show cards do not read drawings.
    assert_eq!(meta(&book.page("drawn.html"), "property=\"og:image\""), None);
}

#[test]
fn a_font_outside_the_book_is_refused() {
    let book = Book::new([
        ("book.toml", config("fonts = [\"../a.ttf\", \"/b.ttf\", 1]\n")),
        ("content/a.md", "# A\n".to_owned()),
    ]);
    let output = book.run(&["check"]);
    assert_eq!(output.status, 1);
    let told: Vec<&str> = output.stdout.lines().filter(|line| line.starts_with("error[bad-config]")).collect();
    assert_eq!(
        told,
        [
            "error[bad-config]: \"../a.ttf\" is no path of a file in the book's folder",
            "error[bad-config]: \"/b.ttf\" is no path of a file in the book's folder",
            "error[bad-config]: \"social-images.fonts\" wants a text or a list of texts, and found a number",
        ]
    );
}

#[cfg(feature = "social-images")]
mod drawn {
    use std::collections::BTreeMap;
    use std::fs;

    use super::*;
    use crate::support::Output;

    /// A font with the letters 国, 务 and 院 (`fonts/README.md`).
    const THREE_LETTERS: &[u8] = include_bytes!("fonts/three-letters.otf");

    /// A book of a collection with two dishes, and of a plain page.
    fn book(keys: &str) -> Book {
        Book::new([
            ("book.toml", config(keys)),
            ("content/index.md", "# Home\n".to_owned()),
            ("content/plain.md", "# Plain\n".to_owned()),
            ("content/dishes/chips.md", "---\ntitle: Chips & <peas>\n---\n".to_owned()),
            ("content/dishes/pie.md", "---\ntitle: Pie\nimage: pie.jpg\nimage-alt: A pie\n---\n".to_owned()),
            ("content/dishes/pie.jpg", "not looked into".to_owned()),
        ])
    }

    /// Builds a book that is all right.
    #[track_caller]
    fn built(book: &Book) -> Output {
        let output = book.build(&["--timings"]);
        assert_eq!(output.status, 0, "{}", output.stderr);
        assert_eq!(book.problems(), [""; 0]);
        output
    }

    /// All pictures that were drawn, by their paths, after a look at whether they are such.
    fn pictures(book: &Book) -> BTreeMap<String, Vec<u8>> {
        let paths = book.tree().into_iter().filter(|path| path.starts_with("social-images/"));
        let read = |path: String| {
            let bytes = fs::read(book.out().join(&path)).expect("the picture can be read");
            // The signature, and behind the name of the first block its width and height (PNG, section 11.2.2).
            assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{path}");
            assert_eq!(bytes[16..24], [0, 0, 0x04, 0xb0, 0, 0, 0x02, 0x76], "{path}");
            (path, bytes)
        };
        paths.map(read).collect()
    }

    #[test]
    fn the_book_and_each_collection_have_one() {
        let book = book("");
        built(&book);
        let paths: Vec<String> = pictures(&book).into_keys().collect();
        assert_eq!(paths, ["social-images/dishes/index.png", "social-images/index.png"]);
        let shown = |page: &str| {
            let page = book.page(page);
            assert_eq!(meta(&page, "name=\"twitter:card\""), Some("summary_large_image"));
            let of = |name: &str| meta(&page, &format!("property=\"og:image{name}\"")).map(str::to_owned);
            [of(""), of(":width"), of(":height"), of(":alt")].map(Option::unwrap_or_default)
        };
        let of_book = ["https://a.example/kb/social-images/index.png", "1200", "630", "Bread &amp; &lt;Wine&gt;"];
        for page in ["index.html", "plain.html", "all-entries.html"] {
            assert_eq!(shown(page), of_book, "{page}");
        }
        for page in ["dishes/index.html", "dishes/chips.html"] {
            let of_dishes = ["https://a.example/kb/social-images/dishes/index.png", "1200", "630", "Dishes"];
            assert_eq!(shown(page), of_dishes, "{page}");
        }
        assert_eq!(shown("dishes/pie.html"), ["https://a.example/kb/dishes/pie.jpg", "", "", "A pie"]);
        assert_eq!(meta(&book.page("404.html"), "property=\"og:image\""), None);
    }

    #[test]
    fn entries_have_one_of_their_own_if_the_book_wishes_it_and_they_have_no_photo() {
        let book = book("entries = true\n");
        built(&book);
        let paths: Vec<String> = pictures(&book).into_keys().collect();
        let [chips, dishes, index, plain] = ["dishes/chips", "dishes/index", "index", "plain"];
        assert_eq!(paths, [chips, dishes, index, plain].map(|name| format!("social-images/{name}.png")));
        let page = book.page("dishes/chips.html");
        let url = "https://a.example/kb/social-images/dishes/chips.png";
        assert_eq!(meta(&page, "property=\"og:image\""), Some(url));
        assert_eq!(meta(&page, "property=\"og:image:alt\""), Some("Chips &amp; &lt;peas&gt;"));
        assert!(!book.build(&["--only", "social-images"]).stdout.is_empty());
    }

    #[test]
    fn a_picture_whose_words_are_the_same_is_not_drawn_again() {
        let book = book("entries = true\n");
        let is_drawn = |output: &Output, name: &str| output.stderr.contains(&format!("  social-images/{name}.png"));
        let first = built(&book);
        assert!(is_drawn(&first, "dishes/chips") && is_drawn(&first, "index"), "{}", first.stderr);
        // Another text is on the page alone, and another title on the card, too.
        book.write("content/dishes/chips.md", "---\ntitle: Chips & <peas>\n---\n\nFried.\n");
        book.write("content/plain.md", "# Simple\n");
        let second = built(&book);
        assert!(is_drawn(&second, "plain"), "{}", second.stderr);
        assert_eq!(second.stderr.matches("social-images/").count(), 1, "{}", second.stderr);
    }

    #[test]
    fn a_title_that_would_say_something_else_gives_way_to_its_collection() {
        let book = book("entries = true\n");
        book.write("content/dishes/party.md", "---\ntitle: 😀🎉\n---\n");
        book.write("content/dishes/limit.md", "---\ntitle: Salt ⩽ 3 g\n---\n");
        book.write("content/dishes/fun.md", "---\ntitle: Fun 😀\n---\n");
        assert_eq!(book.build(&[]).status, 0);
        let pictures = pictures(&book);
        let picture = |name: &str| &pictures[&format!("social-images/dishes/{name}.png")];
        assert_eq!(picture("party"), picture("index"));
        assert_eq!(picture("limit"), picture("index"));
        assert_ne!(picture("fun"), picture("index"));
    }

    #[test]
    fn what_shines_through_a_background_is_white() {
        let pictures = |background: &str| {
            let book = book("");
            let config = format!("{}\n[theme.tokens]\nbackground = \"{background}\"\n", book.source("book.toml"));
            book.write("book.toml", config);
            built(&book);
            pictures(&book)
        };
        assert_eq!(pictures("transparent"), pictures("#ffffff"));
    }

    #[test]
    fn a_card_is_the_same_picture_everywhere() {
        let book_of = |variables: &[(&str, &str)]| {
            let book = book("entries = true\n");
            let (folder, out) = (book.folder(), book.out());
            let arguments = ["build", folder.to_str().unwrap(), "--out", out.to_str().unwrap()];
            assert_eq!(book.run_in(&folder, &arguments, variables).status, 0);
            pictures(&book)
        };
        let first = book_of(&[]);
        assert_eq!(book_of(&[("RAYON_NUM_THREADS", "1"), ("TZ", "Asia/Tokyo"), ("HOME", "/nowhere")]), first);
    }

    #[test]
    fn letters_that_no_font_has_are_told_once_for_the_book() {
        let files = |keys: &str| {
            [
                ("book.toml", config(keys).into_bytes()),
                ("content/dishes/a.md", "---\ntitle: 国务院的通知\n---\n".into()),
                ("content/dishes/b.md", "---\ntitle: 院 🍞\n---\n".into()),
                ("content/dishes/c.md", "---\ntitle: Wine\n---\n".into()),
                ("fonts/three letters.otf", THREE_LETTERS.to_vec()),
            ]
        };
        let told = |book: &Book| {
            let output = book.build(&[]);
            assert_eq!((output.status, book.problems()), (0, Vec::new()), "{}", output.stderr);
            output.stderr
        };
        let plain = Book::new(files("entries = true\n"));
        insta::assert_snapshot!(told(&plain));
        let with_font = Book::new(files("entries = true\nfonts = [\"fonts/three letters.otf\"]\n"));
        let said = told(&with_font);
        assert!(said.contains("no font for social images has \"的\", \"通\", \"知\" and \"🍞\": 2 texts"), "{said}");
        let (without, with) = (pictures(&plain), pictures(&with_font));
        let [a, b, collection] = ["a", "b", "index"].map(|name| format!("social-images/dishes/{name}.png"));
        // Rather than a part of a title a card shows what is around; but without a sign it is the same title.
        assert!(without[&a] == without[&collection] && without[&b] == without[&collection]);
        assert!(with[&a] == with[&collection] && with[&b] != with[&collection]);
        // What only entries need is not missed where they have no cards.
        assert_eq!(told(&Book::new(files(""))), "");
    }

    #[test]
    fn what_is_no_font_is_told_with_its_place() {
        let book = book("fonts = [\"fonts/a.ttf\", \"fonts/none.ttf\", \"fonts\"]\n");
        book.write("fonts/a.ttf", "no font");
        let output = book.build(&[]);
        assert_eq!(output.status, 1);
        insta::assert_snapshot!(output.stderr);
    }

    #[test]
    fn another_font_or_colour_is_another_picture() {
        let book = book("");
        built(&book);
        let plain = pictures(&book);
        let text = book.source("book.toml");
        book.write("book.toml", format!("{text}\n[theme.tokens]\naccent = [\"rgb(0, 80, 160)\", \"#fff\"]\n"));
        built(&book);
        let blue = pictures(&book);
        assert!(blue.iter().all(|(path, bytes)| plain[path] != *bytes));
        // What nothing here reads is as if it were not said.
        book.write("book.toml", format!("{text}\n[theme.tokens]\naccent = \"oklch(40% 0.1 200)\"\n"));
        built(&book);
        assert_eq!(pictures(&book), plain);
    }

    #[test]
    fn nothing_else_has_their_folder() {
        let book = Book::new([
            ("book.toml", config("")),
            ("content/social-images/index.md", "# Pictures\n\n![x](a.png)\n".to_owned()),
            ("content/social-images/b.md", "# Others\n".to_owned()),
            ("content/social-images/a.png", "not looked into".to_owned()),
            ("content/c.md", "# C\n\n[[b]]\n".to_owned()),
        ]);
        let output = book.build(&[]);
        assert_eq!(output.status, 0, "{}", output.stderr);
        assert!(output.stderr.contains("[shared-address]"), "{}", output.stderr);
        assert_eq!(book.problems(), [""; 0]);
        assert_eq!(
            pictures(&book).into_keys().collect::<Vec<_>>(),
            ["social-images/dishes/index.png", "social-images/index.png"]
        );
    }
}
