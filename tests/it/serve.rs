//! What a book looks like to a browser while it is written.

use std::fs;
use std::path::Path;

use crate::support::server::{Server, wait};
use crate::support::{Book, files};

const CONFIG: &str = "[collections.notes]\n";

fn book() -> Book {
    Book::new([
        ("book.toml", CONFIG),
        ("content/index.md", "# Home\n"),
        ("content/notes/a.md", "First\n"),
        ("content/notes/b.md", "Of [[a]], with ![a picture](pic.png)\n"),
        ("content/notes/pic.png", "1"),
    ])
}

/// Writes a file of a book at once, however busy the machine is.
fn save(book: &Book, path: impl AsRef<Path>, text: impl AsRef<[u8]>) {
    let file = book.folder().join(path);
    let beside = file.with_file_name(format!("{}~", file.file_name().and_then(|name| name.to_str()).expect("a name")));
    fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
    fs::write(&beside, text).expect("a file");
    fs::rename(beside, file).expect("renamed");
}

fn serve(book: &Book) -> Server {
    Server::start(&book.folder(), &[])
}

#[test]
fn pages_are_made_when_they_are_asked_for_and_nothing_is_written() {
    let book = book();
    let server = serve(&book);
    assert!(server.said().starts_with("Read 3 entries and 1 link for "), "{}", server.said());
    for path in ["/", "/index.html", "/notes/", "/notes/a.html", "/notes/a", "/notes/a?x=1"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.headers.contains("content-type: text/html; charset=utf-8"), "{}", answer.headers);
        assert!(answer.headers.contains("cache-control: no-cache"), "{}", answer.headers);
        assert!(answer.body.contains("/.dossier/live.js"));
    }
    let moved = server.get("/notes");
    assert!(moved.status == 302 && moved.headers.contains("location: /notes/\r"), "{moved:?}");
    let style = server.get("/theme/site.css");
    assert!(
        style.status == 200 && style.headers.contains("content-type: text/css; charset=utf-8"),
        "{}",
        style.headers
    );
    let picture = server.get("/notes/pic.png");
    assert!(picture.body == "1" && picture.headers.contains("content-type: image/png"), "{picture:?}");
    let missing = server.get("/no/such/page");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("There is no such page"), "{}", missing.body);
    assert!(!book.folder().join("site").exists());
    assert!(!files(&book.folder()).iter().any(|path| path.starts_with(".dossier")));
}

#[test]
fn a_built_site_has_none_of_it() {
    let book = book();
    book.build(&[]);
    assert!(!book.page("index.html").contains(".dossier"));
}

#[test]
fn only_files_of_the_site_are_served() {
    let book = book();
    save(&book, "secret.txt", "hush hush");
    let server = serve(&book);
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/notes/../../secret.txt",
        "/notes/..%5c..%5csecret.txt",
        "//etc/passwd",
        "/secret.txt",
        "/book.toml",
        "/content/notes/a.md",
        "/notes/a.md",
        "/notes/a.html%00",
        "/%ff",
        "/.git/config",
        "/.dossier/",
    ] {
        let answer = server.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.body.contains("hush hush"), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_picture_that_became_a_link_out_of_the_book_is_not_served() {
    let book = book();
    let server = serve(&book);
    assert_eq!(server.get("/notes/pic.png").status, 200);
    book.remove("content/notes/pic.png");
    std::os::unix::fs::symlink("/etc/hostname", book.folder().join("content/notes/pic.png")).expect("a link");
    wait("the picture is gone", || server.get("/notes/pic.png").status == 404);
}

#[test]
fn pages_are_read_and_no_more() {
    let book = book();
    let server = serve(&book);
    let host = format!("localhost:{}", server.port);
    let head = server.ask("HEAD", "/notes/a", &host, "");
    assert!(head.status == 200 && head.body.is_empty() && head.headers.contains("content-length: "), "{head:?}");
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let refused = server.ask(method, "/notes/a", &host, "");
        assert!(refused.status == 405 && refused.headers.contains("allow: get, head"), "{refused:?}");
    }
    let tag = head.headers.lines().find_map(|line| line.strip_prefix("etag: ")).expect("a tag").to_owned();
    assert_eq!(server.ask("GET", "/notes/a", &host, &format!("If-None-Match: {tag}\r\n")).status, 304);
}

#[test]
fn only_this_computer_is_answered_by_its_own_names() {
    let book = book();
    let server = serve(&book);
    for host in ["localhost", "127.0.0.1:1", "[::1]:3000"] {
        assert_eq!(server.ask("GET", "/", host, "").status, 200, "{host}");
    }
    for host in ["evil.example", "localhost.evil.example:3000", ""] {
        let refused = server.ask("GET", "/", host, "");
        assert!(matches!(refused.status, 400 | 403), "{host}: {}", refused.status);
    }
    for origin in ["http://evil.example", "null", "http://localhost:1"] {
        assert!(server.connect(origin).is_err(), "{origin}");
    }
    let open = Server::start(&book.folder(), &["--host", "0.0.0.0"]);
    assert!(open.said().contains("Everyone in the network"), "{}", open.said());
    assert_eq!(open.ask("GET", "/", "192.168.0.7:3000", "").status, 200);
    assert_eq!(open.ask("GET", "/", "evil.example", "").status, 403);
}

#[test]
fn a_port_that_is_taken_is_said_and_the_next_one_used() {
    let book = book();
    let first = serve(&book);
    let port = first.port.to_string();
    let second = Server::start(&book.folder(), &["--port", &port]);
    assert!(second.port > first.port);
    assert!(second.said().starts_with(&format!("Port {port} is taken; using {}\n", second.port)), "{}", second.said());
    assert_eq!(second.get("/").status, 200);
    let third = book.run(&["serve", "--host", "no.such.host.invalid"]);
    assert_eq!(third.status, 2);
    assert!(third.stderr.contains("there is no host \"no.such.host.invalid\""), "{}", third.stderr);
}

#[test]
fn the_tabs_of_a_page_are_told_when_it_changes_and_no_others() {
    let book = book();
    let server = serve(&book);
    let (mut a, mut b, mut home) = (server.tab("/notes/a.html"), server.tab("/notes/b"), server.tab("/"));
    // All is well, which every tab is told first.
    for tab in [&mut a, &mut b, &mut home] {
        assert_eq!(tab.hear_of("problems")["errors"], 0);
    }
    save(&book, "content/notes/b.md", "Of [[a]] and [[index]]\n");
    assert_eq!(b.hear()["reload"], true);
    assert!(server.page("/notes/b.html").contains("Of <a"));
    // The mention of a page stands on it.
    assert_eq!(a.hear()["reload"], true);
    assert_eq!(home.hear()["reload"], true);
    // Nothing is told of what makes no difference.
    save(&book, "content/notes/b.md", book.source("content/notes/b.md"));
    save(&book, "content/notes/.a.md.swp", "x");
    save(&book, "content/notes/a.md~", "x");
    save(&book, "content/notes/a.md", "Second\n");
    assert_eq!(a.hear()["reload"], true);
    save(&book, "content/index.md", "# Home of all\n");
    assert!(home.hear()["reload"] == true, "the home page has changed once");
    let changes = ["Changed content/notes/b.md", "Changed content/notes/a.md", "Changed content/index.md"];
    wait("the changes are printed", || server.changes() == changes);
}

#[test]
fn a_file_may_be_saved_in_any_way_come_go_and_move() {
    let book = book();
    let server = serve(&book);
    let mut a = server.tab("/notes/a.html");
    let notes = book.folder().join("content/notes");
    a.hear_of("problems");
    // As many editors save: beside the file, and then in its place.
    fs::write(notes.join("a.md.tmp"), "Saved\n").expect("a file");
    fs::rename(notes.join("a.md.tmp"), notes.join("a.md")).expect("renamed");
    assert_eq!(a.hear()["reload"], true);
    assert!(server.page("/notes/a.html").contains("Saved"));
    // As Vim saves: the old file first goes aside.
    fs::rename(notes.join("a.md"), notes.join("a.md~")).expect("renamed");
    fs::write(notes.join("a.md"), "Saved again\n").expect("a file");
    fs::remove_file(notes.join("a.md~")).expect("removed");
    assert_eq!(a.hear()["reload"], true);
    wait("the page has changed", || server.page("/notes/a.html").contains("Saved again"));
    fs::rename(notes.join("a.md"), notes.join("c.md")).expect("renamed");
    wait("the page has moved", || server.get("/notes/c.html").status == 200);
    assert_eq!(a.hear_of("gone"), true);
    assert_eq!(server.get("/notes/a.html").status, 404);
    fs::rename(notes.join("c.md"), notes.join("a.md")).expect("renamed");
    assert_eq!(a.hear_of("gone"), false);
    let mut new = server.tab("/deep/er/new.html");
    save(&book, "content/deep/er/new.md", "New\n");
    assert_eq!(new.hear_of("reload"), true);
    assert!(server.page("/deep/er/new.html").contains("New"));
    // What comes in a new folder is watched like the rest.
    save(&book, "content/deep/er/new.md", "Newer\n");
    wait("the page has changed", || server.page("/deep/er/new.html").contains("Newer"));
    fs::remove_dir_all(book.folder().join("content/deep")).expect("removed");
    wait("the page is gone", || server.get("/deep/er/new.html").status == 404);
}

#[test]
fn a_page_that_can_no_longer_be_read_stays_until_it_is_mended() {
    let book = book();
    let server = serve(&book);
    let mut a = server.tab("/notes/a.html");
    a.hear_of("problems");
    save(&book, "content/notes/a.md", "---\ntitle: [unclosed\n---\nLost\n");
    let problems = a.hear_of("problems");
    assert_eq!(problems["source"], "content/notes/a.md");
    let finding = problems["findings"].as_array().and_then(|all| all.iter().find(|one| one["level"] == "error"));
    let place = &finding.expect("an error")["place"];
    assert_eq!(place["path"], "content/notes/a.md");
    assert!(place["line"].is_number() && place["column"].is_number(), "{place}");
    let page = server.page("/notes/a.html");
    assert!(page.contains("First") && !page.contains("Lost"), "{page}");
    // Others go on.
    save(&book, "content/notes/b.md", "Also\n");
    wait("the other page has changed", || server.page("/notes/b.html").contains("Also"));
    assert!(server.page("/notes/a.html").contains("First"));
    server.says("content/notes/a.md:2");
    save(&book, "content/notes/a.md", "---\ntitle: Mended\n---\nFound\n");
    assert_eq!(a.hear_of("problems")["errors"], 0);
    assert!(server.page("/notes/a.html").contains("Found"));
    // The picture is no longer used, and rules of that kind are off.
    server.says("All is well again");
}

#[test]
fn a_broken_link_is_told_and_the_page_shown() {
    let book = book();
    let server = serve(&book);
    save(&book, "content/notes/a.md", "To [[nowhere]]\n");
    // Its two outputs come side by side.
    server.says("error[broken-link]: no entry is called \"nowhere\"\n");
    server.says(" --> content/notes/a.md:1:6\n");
    assert!(server.page("/notes/a.html").contains("class=\"broken-link\""));
    save(&book, "content/notes/b.md", "To [[elsewhere]]\n");
    server.says("There are 2 errors now");
    assert_eq!(server.said().matches("called \"nowhere\"").count(), 1, "what is known is not told again");
}

#[test]
fn the_last_good_site_stays_while_book_toml_is_wrong() {
    let book = book();
    let config = book.source("book.toml");
    let server = serve(&book);
    let mut a = server.tab("/notes/a.html");
    a.hear_of("problems");
    save(&book, "book.toml", format!("{config}[collections\n"));
    let problems = a.hear_of("problems");
    assert_eq!(problems["findings"][0]["place"]["path"], "book.toml");
    assert!(server.page("/notes/a.html").contains("First"));
    save(&book, "content/people/x.yaml", "title: X\n");
    save(&book, "book.toml", format!("{config}[collections.people]\ntitle = \"People\"\n"));
    assert_eq!(a.hear_of("reload"), true, "the navigation has another collection");
    assert!(server.page("/people/x.html").contains("People"));
    server.says("Changed book.toml");
}

#[test]
fn a_book_that_is_wrong_from_the_beginning_comes_alive() {
    let book = Book::held_to_all([("book.toml", "[book\n"), ("content/index.md", "# Here\n")]);
    let server = serve(&book);
    let answer = server.get("/");
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("Nothing to show yet"), "{}", answer.body);
    let mut tab = server.tab("/");
    assert_eq!(tab.hear_of("problems")["findings"][0]["place"]["path"], "book.toml");
    save(&book, "book.toml", "[book]\n");
    assert_eq!(tab.hear_of("reload"), true);
    assert!(server.page("/").contains("Here"));
}

#[test]
fn a_theme_is_watched_file_by_file() {
    let book = book();
    save(&book, "book.toml", "[collections.notes]\n[theme]\nname = \"mine\"\n[check]\nunused-asset = \"off\"\n");
    save(&book, "themes/mine/css/mine.css", ".mine { color: red }\n");
    let server = serve(&book);
    let mut a = server.tab("/notes/a.html");
    a.hear_of("problems");
    save(&book, "themes/mine/css/mine.css", ".mine { color: blue }\n");
    assert_eq!(a.hear()["files"], serde_json::json!(["theme/site.css"]));
    assert!(server.page("/theme/site.css").contains("color: blue"));
    let template = "<!DOCTYPE html><html><head></head><body>My {{ page.title }}</body></html>";
    save(&book, "themes/mine/templates/entry.html", template);
    assert_eq!(a.hear_of("reload"), true);
    assert!(server.page("/notes/a.html").contains("My a") || server.page("/notes/a.html").contains("My A"));
    // One that is no template leaves the last good site, and one that cannot be rendered the last good page.
    save(&book, "themes/mine/templates/entry.html", "{{ broken");
    assert!(a.hear_of("problems")["errors"] != 0);
    assert!(server.page("/notes/a.html").contains("My "));
    save(&book, "themes/mine/templates/entry.html", template);
    assert_eq!(a.hear_of("problems")["errors"], 0);
    save(&book, "themes/mine/templates/entry.html", "{{ no.such.thing }}");
    let problems = a.hear_of("problems");
    let finding = &problems["findings"][0];
    assert!(finding["message"].as_str().is_some_and(|it| it.contains("cannot be rendered")), "{finding}");
    assert_eq!(finding["place"]["path"], "themes/mine/templates/entry.html");
    assert_eq!(finding["place"]["text"][1], "no");
    assert!(finding["notes"][0]["message"].as_str().is_some_and(|it| it.contains("notes/a.html")), "{finding}");
    assert!(server.page("/notes/a.html").contains("My "));
    fs::remove_dir_all(book.folder().join("themes/mine/templates")).expect("removed");
    assert_eq!(a.hear_of("reload"), true);
    assert!(server.page("/notes/a.html").contains("<main"));
}

#[test]
fn a_part_of_a_file_is_answered_with_that_part() {
    let book = book();
    save(&book, "content/notes/film.mp4", "0123456789");
    save(&book, "content/notes/empty.mp4", "");
    save(
        &book,
        "content/notes/b.md",
        "Of [[a]], with [a film](film.mp4), [none](empty.mp4) and ![a picture](pic.png)\n",
    );
    let server = serve(&book);
    let host = format!("localhost:{}", server.port);
    let ask = |more: &str| server.ask("GET", "/notes/film.mp4", &host, more);
    let whole = ask("");
    assert_eq!((whole.status, whole.body.as_str()), (200, "0123456789"));
    assert!(whole.headers.contains("accept-ranges: bytes") && whole.headers.contains("video/mp4"), "{whole:?}");
    let tag = whole.headers.lines().find_map(|line| line.strip_prefix("etag: ")).expect("a tag").to_owned();
    for (range, body) in [("2-4", "234"), ("7-", "789"), ("-2", "89"), ("5-99", "56789")] {
        let part = ask(&format!("Range: bytes={range}\r\n"));
        assert_eq!((part.status, part.body.as_str()), (206, body), "{part:?}");
        assert!(part.headers.contains("content-range: bytes ") && part.headers.contains("/10"), "{part:?}");
        assert!(part.headers.contains("content-security-policy: "), "{part:?}");
    }
    assert_eq!(ask("Range: bytes=20-\r\n").status, 416);
    assert_eq!(ask(&format!("If-None-Match: {tag}\r\n")).status, 304);
    assert_eq!(ask(&format!("If-Range: {tag}\r\nRange: bytes=2-4\r\n")).body, "234");
    // What is there now is no part of what was there before.
    let other = ask("If-Range: \"other\"\r\nRange: bytes=2-4\r\n");
    assert_eq!((other.status, other.body.as_str()), (200, "0123456789"));
    assert_eq!(ask("If-Range: \"other\"\r\nRange: bytes=99-\r\n").status, 200);
    for unknown in ["items=0-5", "bytes=0-1,5-9"] {
        assert_eq!(ask(&format!("Range: {unknown}\r\n")).body, "0123456789");
    }
    // Of nothing there is no part, but the whole of it.
    let empty = |more: &str| server.ask("GET", "/notes/empty.mp4", &host, more);
    assert_eq!((empty("").status, empty("").body.as_str()), (200, ""));
    for range in ["0-", "0-4", "-5", "-0", "4-2", "x"] {
        let part = empty(&format!("Range: bytes={range}\r\n"));
        assert_eq!((part.status, part.body.as_str()), (200, ""), "{range}: {part:?}");
        assert!(part.headers.contains("content-length: 0") && !part.headers.contains("content-range"), "{part:?}");
    }
    let other = empty("If-Range: \"other\"\r\nRange: bytes=0-4\r\n");
    assert_eq!((other.status, other.body.as_str()), (200, ""));
    let head = server.ask("HEAD", "/notes/film.mp4", &host, "");
    assert!(head.body.is_empty() && head.headers.contains("content-length: 10"), "{head:?}");
}

#[test]
fn a_picture_is_shown_anew_where_it_is_shown() {
    let book = book();
    let server = serve(&book);
    let (mut a, mut b) = (server.tab("/notes/a.html"), server.tab("/notes/b.html"));
    a.hear_of("problems");
    b.hear_of("problems");
    save(&book, "content/notes/pic.png", "22");
    assert!(b.hear()["files"][0].as_str().is_some_and(|path| path.ends_with("pic.png")));
    assert_eq!(server.get("/notes/pic.png").body, "22");
    // Nobody else is told.
    save(&book, "content/notes/a.md", "Second\n");
    assert_eq!(a.hear()["reload"], true);
}

#[test]
fn a_branch_that_is_checked_out_is_one_change() {
    let book = book();
    let write = |text: &str| {
        for i in 0..1000 {
            save(&book, format!("content/notes/n{i}.md"), format!("{text} {i}\n"));
        }
    };
    write("Before");
    fs::create_dir(book.folder().join(".git")).expect("a folder");
    let server = serve(&book);
    // Git says so while it is at work, however slow it is.
    save(&book, ".git/index.lock", "");
    write("After");
    // Long enough to hear of all of it on a machine that does other things besides.
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert_eq!(server.changes(), [""; 0]);
    book.remove(".git/index.lock");
    server.says("Changed 1000 files");
    assert_eq!(server.changes().len(), 1, "{}", server.said());
    assert!(server.page("/notes/n999.html").contains("After 999"));
    // Others do not. That they rest for long is seldom, but may be.
    write("Later");
    wait("all is shown", || server.page("/notes/n999.html").contains("Later 999"));
    assert!(server.changes().len() < 6, "{}", server.said());
}

#[test]
fn a_folder_that_goes_and_comes_back_is_waited_for() {
    let book = book();
    let server = serve(&book);
    let mut a = server.tab("/notes/a.html");
    a.hear_of("problems");
    let (content, aside) = (book.folder().join("content"), book.folder().join("aside"));
    fs::rename(&content, &aside).expect("renamed");
    assert_eq!(a.hear_of("problems")["findings"][0]["message"], "there is no folder content");
    assert!(server.page("/notes/a.html").contains("First"));
    fs::rename(&aside, &content).expect("renamed");
    assert_eq!(a.hear_of("problems")["errors"], 0);
    save(&book, "content/notes/a.md", "Second\n");
    assert_eq!(a.hear_of("reload"), true);
    // The whole book, with another in its place.
    let away = book.folder().with_extension("away");
    fs::rename(book.folder(), &away).expect("renamed");
    assert_eq!(a.hear_of("problems")["errors"], 1);
    assert!(server.page("/notes/a.html").contains("Second"));
    fs::create_dir(book.folder()).expect("a folder");
    for (path, text) in [("book.toml", CONFIG), ("content/notes/a.md", "Third\n")] {
        save(&book, path, text);
    }
    wait("the other book is shown", || server.page("/notes/a.html").contains("Third"));
    save(&book, "content/notes/a.md", "Fourth\n");
    wait("it is watched", || server.page("/notes/a.html").contains("Fourth"));
}

#[cfg(unix)]
#[test]
fn what_a_link_in_the_book_leads_to_is_watched_where_it_stands() {
    let book = book();
    save(&book, "shared/c.md", "First\n");
    for (target, name) in [("../../shared/c.md", "c.md"), ("../shared", "../others")] {
        std::os::unix::fs::symlink(target, book.folder().join("content/notes").join(name)).expect("a link");
    }
    let server = serve(&book);
    assert!(server.page("/notes/c.html").contains("First") && server.page("/others/c.html").contains("First"));
    save(&book, "shared/c.md", "Second\n");
    wait("both have changed", || {
        ["/notes/c.html", "/others/c.html"].iter().all(|path| server.page(path).contains("Second"))
    });
}

#[test]
fn a_tab_keeps_its_page_while_another_run_has_nothing_to_show() {
    let book = book();
    let config = book.source("book.toml");
    let before = serve(&book);
    let hello = before.hello("/notes/a.html");
    drop(before);
    save(&book, "book.toml", "[book\n");
    let server = serve(&book);
    let mut tab = server.connect(&format!("http://localhost:{}", server.port)).expect("the tab connects");
    tab.say(&hello);
    assert!(tab.hear().get("reload").is_none());
    assert!(tab.hear_of("problems")["errors"] != 0);
    save(&book, "content/notes/a.md", "Meanwhile\n");
    save(&book, "book.toml", config);
    assert_eq!(tab.hear_of("reload"), true);
}

#[test]
fn a_build_beside_it_is_no_change() {
    let book = Book::new([("a.md", "First\n")]);
    let server = serve(&book);
    assert_eq!(book.run(&["build"]).status, 0);
    save(&book, "a.md", "Second\n");
    wait("the page has changed", || server.page("/a.html").contains("Second"));
    wait("the change is printed", || server.changes() == ["Changed a.md"]);
}

#[test]
fn drafts_are_shown_where_they_are_asked_for() {
    let book = book();
    save(&book, "content/notes/d.md", "---\ndraft: true\n---\nDraft\n");
    assert_eq!(serve(&book).get("/notes/d.html").status, 404);
    assert_eq!(Server::start(&book.folder(), &["--drafts"]).get("/notes/d.html").status, 200);
}

#[cfg(unix)]
#[test]
fn hundreds_of_tabs_are_told_and_do_not_keep_it_from_stopping() {
    let book = book();
    let mut server = serve(&book);
    let mut tabs: Vec<_> = (0..300).map(|_| server.tab("/notes/a.html")).collect();
    save(&book, "content/notes/a.md", "Second\n");
    for tab in &mut tabs {
        assert_eq!(tab.hear_of("reload"), true);
    }
    assert_eq!(server.stop("-INT"), Some(0));
    server.says("Stopped\n");
    assert!(server.said().ends_with("Stopped\n"), "{}", server.said());
    let mut server = serve(&book);
    assert_eq!(server.stop("-TERM"), Some(0));
}

#[test]
fn files_of_authors_are_sent_with_a_policy_and_drawings_cleaned_as_they_are_now() {
    let book = book();
    let evil = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>evil()</script></svg>";
    save(&book, "book.toml", format!("{CONFIG}[output.html]\ncopy = [\"notes/demo.html\"]\n"));
    save(&book, "content/notes/c.md", "[demo](demo.html) [other](other.html) ![it](x.svg)\n");
    save(&book, "content/notes/demo.html", "<script>good()</script>");
    save(&book, "content/notes/other.html", "<script>evil()</script>");
    save(&book, "content/notes/x.svg", evil);
    let server = serve(&book);
    let policy = |path: &str| {
        let answer = server.get(path);
        assert!(answer.headers.contains("x-content-type-options: nosniff"));
        let policy = answer.headers.lines().find(|line| line.starts_with("content-security-policy:"));
        (answer.status, policy.unwrap_or("").to_owned())
    };
    let (status, drawing) = policy("/notes/x.svg");
    assert!(status == 200 && drawing.contains("default-src 'none'") && drawing.contains("sandbox"), "{drawing}");
    let (status, listed) = policy("/notes/demo.html");
    assert!(status == 200 && listed.contains("default-src 'self'"), "{listed}");
    assert!(policy("/notes/pic.png").1.contains("sandbox"));
    assert_eq!(policy("/notes/other.html").0, 404);
    assert!(!server.get("/notes/x.svg").body.contains("evil"));
    save(&book, "content/notes/x.svg", "no drawing");
    wait("what is no drawing is not shown", || server.get("/notes/x.svg").status == 404);
    save(&book, "content/notes/x.svg", evil.replace("script", "g"));
    wait("the drawing is back", || server.get("/notes/x.svg").body.contains("<g>evil()</g>"));
}

#[cfg(unix)]
#[test]
fn a_book_behind_links_is_kept_up_to_date() {
    use std::os::unix::fs::symlink;
    let book = book();
    // The book's folder, that of the entries, a folder in it and a file are links.
    let (root, content) = (book.folder(), book.folder().join("content"));
    let elsewhere = root.with_extension("elsewhere");
    fs::rename(&content, &elsewhere).expect("moved");
    symlink(&elsewhere, &content).expect("a link");
    symlink("a.md", elsewhere.join("notes/same.md")).expect("a link");
    symlink("notes", elsewhere.join("others")).expect("a link");
    let door = root.with_extension("door");
    symlink(&root, &door).expect("a link");
    let server = Server::start(&door, &[]);
    let pages = ["/notes/a.html", "/notes/same.html", "/others/a.html"];
    let show = |text: &str| wait(text, || pages.iter().all(|page| server.page(page).contains(text)));
    show("First");
    assert_eq!(server.get("/notes/pic.png").status, 200);
    save(&book, "content/notes/a.md", "Second\n");
    show("Second");
    fs::write(elsewhere.join("notes/same.md"), "Third\n").expect("written");
    show("Third");
    fs::write(door.join("content/others/a.md"), "Fourth\n").expect("written");
    show("Fourth");
    // The link leads to another folder, and what is there is watched.
    let other = root.with_extension("other");
    fs::create_dir_all(other.join("notes")).expect("a folder");
    fs::write(other.join("notes/a.md"), "Fifth\n").expect("written");
    symlink(&other, root.join("content.new")).expect("a link");
    fs::rename(root.join("content.new"), &content).expect("renamed");
    wait("the other folder is shown", || server.page("/notes/a.html").contains("Fifth"));
    fs::write(other.join("notes/a.md"), "Sixth\n").expect("written");
    wait("the other folder is watched", || server.page("/notes/a.html").contains("Sixth"));
}

#[test]
fn a_book_toml_that_comes_and_goes_leaves_the_folder_as_it_is() {
    let book = Book::held_to_all([("a.md", "First\n"), ("index.md", "# Home\n")]);
    let server = serve(&book);
    assert!(server.page("/a.html").contains("First"));
    save(&book, "book.toml", "[book]\ntitle = \"Named\"\n");
    wait("it has a name", || server.page("/a.html").contains("Named"));
    book.remove("book.toml");
    server.says("there is no book.toml any more");
    wait("it has none", || !server.page("/a.html").contains("Named"));
    save(&book, "a.md", "Second\n");
    wait("it goes on", || server.page("/a.html").contains("Second"));
}

#[test]
fn a_tab_that_searches_is_told_of_every_edit() {
    let book = book();
    let server = serve(&book);
    let mut searching = server.tab("/index.html");
    searching.say(&serde_json::json!("search"));
    searching.hear_of("problems");
    // What is said by a tab and what is edited take two ways to the server.
    std::thread::sleep(std::time::Duration::from_millis(200));
    save(&book, "content/notes/a.md", "---\nsummary: The same.\n---\n\nOf quinces.\n");
    save(&book, "content/notes/a.md", "---\nsummary: The same.\n---\n\nOf medlars.\n");
    assert_eq!(searching.hear_of("search"), true);
}
