//! Texts that are written from right to left: a book, one entry, a field, and what stands among others.

use crate::support::Book;

fn book(language: &str, own: &str, other: &str) -> Book {
    let book = Book::new([
        (
            "book.toml",
            format!(
                "[book]\ntitle = \"B\"\nlanguage = \"{language}\"\n\n[collections.places]\ntitle = \"Places\"\nsingular = \"Place\"\n\n\
                 [collections.places.fields.names]\ntype = \"text\"\nlang = \"he\"\n\n[collections.places.fields.old]\ntype = \"text\"\nlang = \"ar-Latn\"\n\n\
                 [collections.places.fields.height]\ntype = \"number\"\n\n[collections.places.fields.site]\ntype = \"url\"\n"
            ),
        ),
        (
            "content/places/cairo.md",
            format!(
                "---\ntitle: القاهرة\n{own}names: קהיר\nold: al-Qahira\nheight: -5\nsite: https://example.org/a\n---\n\nمدينة قرب [[Giza]]، انظر https://example.org/ و中国.\n"
            ),
        ),
        ("content/places/giza.md", format!("---\ntitle: Giza\n{other}---\n\nBeside [[القاهرة]].\n")),
    ]);
    let run = book.build(&[]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    book
}

#[track_caller]
fn has(page: &str, expected: &str) {
    assert!(page.contains(expected), "{expected} is not in\n{page}");
}

#[test]
fn a_book_from_right_to_left_says_so_once() {
    let book = book("ar", "", "lang: en\n");
    let cairo = book.page("places/cairo.html");
    has(&cairo, "<html lang=\"ar\" dir=\"rtl\"");
    has(&cairo, "<article class=\"entry\">");
    has(&cairo, "<span lang=\"he\">קהיר</span>");
    has(&cairo, "<span lang=\"ar-Latn\" dir=\"ltr\">al-Qahira</span>");
    has(&cairo, "<bdi dir=\"ltr\">-5</bdi>");
    has(&cairo, "dir=\"ltr\">example.org/a</a>");
    has(&cairo, "dir=\"ltr\">https://example.org/</a>");
    has(&cairo, "<span lang=\"zh-Hans\" dir=\"ltr\">中国</span>");
    has(&cairo, "<p class=\"sentence\" dir=\"auto\">Beside <mark>القاهرة</mark>.</p>");
    let giza = book.page("places/giza.html");
    has(&giza, "<article class=\"entry\" lang=\"en\" dir=\"ltr\">");
    has(&giza, "<footer class=\"entry-footer\" lang=\"ar\" dir=\"rtl\">");
    has(&book.page("places/index.html"), "<bdi dir=\"ltr\">Giza</bdi></a>");
}

#[test]
fn a_field_with_markup_is_written_in_its_own_language() {
    let field = |language: &str, of_field: &str, own: &str, words: &str| {
        let config = format!(
            "[book]\nlanguage = \"{language}\"\n\n[collections.a]\n[collections.a.fields.note]\ntype = \"markdown\"\n{of_field}\n"
        );
        let entry = format!("---\ntitle: T\n{own}note: \"{words}\"\n---\n\nText.\n");
        let book = Book::new([("book.toml", config), ("content/a/t.md", entry)]);
        let run = book.build(&[]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        book.page("a/t.html")
    };
    let words = "انظر https://example.org/ و中国";
    let address =
        "<a href=\"https://example.org/\" class=\"external\" rel=\"noopener\" dir=\"ltr\">https://example.org/</a>";
    // As in the body: of the book's language, of the entry's, and of its own.
    for (language, of_field, own, prose) in [
        ("ar", "", "", "<div class=\"prose\">انظر"),
        ("en", "", "lang: ar\n", "<div class=\"prose\">انظر"),
        ("en", "lang = \"ar\"", "", "<div class=\"prose\" lang=\"ar\" dir=\"rtl\">انظر"),
    ] {
        let page = field(language, of_field, own, words);
        has(&page, prose);
        has(&page, address);
        has(&page, "<span lang=\"zh-Hans\" dir=\"ltr\">中国</span>");
    }
    let page = field("ar", "lang = \"en\"", "", "See https://example.org/");
    has(
        &page,
        "<div class=\"prose\" lang=\"en\" dir=\"ltr\">See <a href=\"https://example.org/\" class=\"external\" rel=\"noopener\">",
    );
}

#[test]
fn an_entry_from_right_to_left_says_so_where_its_text_stands() {
    for lang in ["ar", "AR", "he-IL", "az-Arab", "pa-Arab", "und-Syrc"] {
        let book = book("en", &format!("lang: {lang}\n"), "");
        let cairo = book.page("places/cairo.html");
        has(&cairo, "<html lang=\"en\" data-book");
        has(&cairo, &format!("<article class=\"entry\" lang=\"{lang}\" dir=\"rtl\">"));
        has(&cairo, "<h1>القاهرة</h1>");
        has(&cairo, "<span lang=\"he\" dir=\"rtl\">קהיר</span>");
        has(&cairo, "<footer class=\"entry-footer\" lang=\"en\" dir=\"ltr\">");
        let giza = book.page("places/giza.html");
        has(&giza, "<article class=\"entry\">");
        has(&giza, "<p class=\"sentence\" dir=\"auto\">مدينة قرب <mark>Giza</mark>،");
        has(&book.page("places/index.html"), "<bdi dir=\"rtl\">القاهرة</bdi></a>");
    }
    // In Latin letters, whatever its language.
    let book = book("en", "lang: ar-Latn\n", "");
    has(&book.page("places/cairo.html"), "<article class=\"entry\" lang=\"ar-Latn\">");
}
