//! What has changed in a book between two revisions of git, in the book's own terms.

use std::fs;
use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;
use serde_json::Value;

use crate::support;
use crate::support::{Book, Output};

/// Runs git in a folder, as nobody in particular.
#[track_caller]
fn git(folder: &Path, arguments: &[&str]) {
    let who = ["-c", "user.name=Somebody", "-c", "user.email=some@example.org", "-c", "init.defaultBranch=main"];
    let done = Command::new("git")
        .args(who)
        .args(["-c", "commit.gpgsign=false", "-c", "core.autocrlf=false", "-c", "protocol.file.allow=always"])
        .args(arguments)
        .current_dir(folder)
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
        .output()
        .expect("git runs");
    assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Makes a folder a repository in which all that stands there is committed.
fn begin(folder: &Path) {
    git(folder, &["init", "--quiet"]);
    commit(folder);
}

/// Commits all that stands in a folder.
fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--allow-empty", "--message", "A step"]);
}

/// A book of which all is committed.
fn book<P: AsRef<Path>, T: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, T)>) -> Book {
    let book = Book::new(files);
    begin(&book.folder());
    book
}

/// What the command says, which must succeed; hashes of commits, which hold the time, read `[commit]`.
#[track_caller]
fn diff(book: &Book, arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = book.run(&[&["diff"], arguments].concat());
    assert_eq!((status, stderr.as_str()), (0, ""));
    without_hashes(&stdout)
}

fn without_hashes(text: &str) -> String {
    regex::Regex::new(r"\b[0-9a-f]{12}([0-9a-f]{28})?\b").expect("a pattern").replace_all(text, "[commit]").into_owned()
}

/// Why the command could not run.
#[track_caller]
fn refused(book: &Book, arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = book.run(&[&["diff"], arguments].concat());
    assert_eq!((status, stdout.as_str()), (2, ""), "{stderr}");
    stderr.trim().to_owned()
}

/// Writes another text in the place of the first one of its kind in a file.
#[track_caller]
fn edit(book: &Book, path: &str, from: &str, to: &str) {
    let text = book.source(path);
    assert!(text.contains(from), "{path} has no {from}");
    book.write(path, text.replacen(from, to, 1));
}

/// A copy of the knowledge base of this repository, committed.
fn real() -> Book {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let content = support::files(&root.join("content")).into_iter();
    let content =
        content.map(|path| (format!("content/{path}"), fs::read(root.join("content").join(&path)).expect("a file")));
    let config = ("book.toml".to_owned(), fs::read(root.join("book.toml")).expect("book.toml"));
    let book = Book::held_to_all(content.chain([config]));
    begin(&book.folder());
    book
}

/// Ten changes, of ten kinds.
fn seed(book: &Book) {
    // The value of a choice.
    edit(book, "content/reactions/cfr-view.md", "  value: threat", "  value: critical");
    // A source.
    edit(
        book,
        "content/events/tariffs-imposed.md",
        "sources: [wikipedia, cfr-2018]",
        "sources: [cfr-2018, posen, wikipedia]",
    );
    // A new entry, and a link to it in another.
    book.write(
        "content/policies/toy-tax.md",
        "---\ntitle: Tax on toys\nsummary: A tax.\ntags: [trade]\nsources: [wikipedia]\nkind: instrument\ncountry: CN\n---\n\nA tax that is part of [the plan](made-in-china-2025.md).\n",
    );
    edit(
        book,
        "content/funding.md",
        "Money for research comes",
        "There is a [tax](policies/toy-tax.md). Money for research comes",
    );
    // An entry that is gone, with links to it left.
    book.remove("content/policies/enterprise-research-funding.md");
    // An entry that has moved, with its links.
    let done = book.run(&["rename", "policies/reduced-tax-rates", "policies/lower-tax"]);
    assert_eq!(done.status, 0, "{}", done.stderr);
    // A list in another order.
    edit(book, "content/events/tariffs-imposed.md", "countries: [CN, US]", "countries: [US, CN]");
    // A broken link.
    edit(book, "content/sectors/robotics.md", "[[United States tariffs of 2018]]", "[[United States tarifs of 2018]]");
    // A tag.
    edit(book, "content/sectors/medicine.md", "tags: [", "tags: [trade, ");
    // A text.
    edit(book, "content/background.md", "\n## ", "\nThree more words.\n\n## ");
    // An item of a list with another name, after which its links are written.
    let done = book.run(&["rename", "actors/xi-jinping", "actors/xi"]);
    assert_eq!(done.status, 0, "{}", done.stderr);
}

#[test]
fn ten_changes_of_the_real_book_are_told_each_in_its_terms() {
    let book = real();
    assert!(diff(&book, &[]).ends_with("Nothing has changed in the book\n"));
    seed(&book);
    assert_snapshot!("seeded_text", diff(&book, &["HEAD", "--today", "2026-01-01"]));
    assert_snapshot!("seeded_markdown", diff(&book, &["HEAD", "--today", "2026-01-01", "--format", "markdown"]));
    commit(&book.folder());
    let text = diff(&book, &["HEAD~1", "HEAD", "--today", "2026-01-01"]);
    assert_eq!(text, diff(&book, &["HEAD~1..HEAD", "--today", "2026-01-01"]));
    assert!(diff(&book, &["HEAD"]).ends_with("Nothing has changed in the book\n"));
    // The other way round what is new is gone.
    let back = diff(&book, &["HEAD..HEAD~1", "--today", "2026-01-01"]);
    assert!(back.contains("removed: Tax on toys (policies/toy-tax)\n"), "{back}");
    assert!(back.contains("moved: Reduced tax rates, policies/lower-tax → policies/reduced-tax-rates"), "{back}");
    assert!(!back.contains("\nMade in China 2025"), "a link that is mended is no change of a text");
}

#[test]
fn json_is_as_its_schema_says() {
    let book = real();
    seed(&book);
    let schema = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diff.schema.json"));
    let schema: Value = serde_json::from_str(&schema.expect("the schema")).expect("JSON");
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("diff.schema.json", schema).expect("a schema");
    let index = compiler.compile("diff.schema.json", &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
    for arguments in [vec!["--format", "json"], vec!["HEAD", "HEAD", "--format", "json"]] {
        let said: Value = serde_json::from_str(&diff(&book, &arguments)).expect("JSON");
        schemas.validate(&said, index).unwrap_or_else(|error| panic!("{error:#}"));
    }
    let said: Value = serde_json::from_str(&diff(&book, &["--format", "json"])).expect("JSON");
    assert_eq!(said["counts"]["new"], 1);
    assert_eq!(said["after"]["revision"], Value::Null);
    let entries = said["entries"].as_array().expect("a list");
    let view = entries.iter().find(|entry| entry["address"] == "reactions/cfr-view").expect("the entry");
    assert_eq!(view["details"][0]["name"], "stance");
}

const CONFIG: &str = r#"[book]
title = "T"

[collections.states]
fields.stance = { type = "choice", label = "Stance", values = { threat = "Sees a threat", calm = "Calm" } }
fields.allies = { type = "reference", to = "states", many = true, label = "Allies" }
fields.since = { type = "date", label = "Since" }
fields.basis = { type = "markdown", label = "Basis" }
"#;

#[test]
fn an_entry_that_moved_is_the_same_and_so_is_what_links_to_it() {
    let book = book([
        ("book.toml", CONFIG),
        (
            "content/states/a.md",
            "---\ntitle: Aland\nstance: calm\nallies: [b, c]\nsince: 2015~\n---\nSee [[b]] and [it](c.md).\n",
        ),
        (
            "content/states/b.md",
            "---\ntitle: Bland\nbasis: See [a](a.md).\n---\nA text of its own that is long enough to be told from others.\n",
        ),
        ("content/states/c.md", "---\ntitle: Cland\n---\nC.\n"),
        ("content/states/list.yaml", "- { id: d, title: Dland }\n- { id: e, title: Eland }\n"),
        ("content/index.md", "[A](states/a.md), [B](states/b.md), [D](states/list.yaml#d), [E](states/list.yaml#e)\n"),
    ]);
    // By what it says of itself, by its title, and by its text.
    book.remove("content/states/c.md");
    book.write("content/states/sea.md", "---\ntitle: New Cland\nredirect-from: [states/c]\n---\nC.\n");
    book.remove("content/states/b.md");
    book.write("content/states/bee.md", "---\ntitle: Newer Bland\nbasis: See [a](a.md).\n---\nA text of its own that is long enough to be told from others.\n");
    book.write("content/states/list.yaml", "- { id: e, title: Eland }\n- { id: dee, title: Dland }\n");
    book.write("content/states/a.md", "---\ntitle: Aland\nallies: [sea, bee]\nstance: { value: threat, note: It said so. }\nsince: 2016\n---\nSee [[bee]] and [it](sea.md).\n");
    book.write(
        "content/index.md",
        "[A](states/a.md), [B](states/bee.md), [D](states/list.yaml#dee), [E](states/list.yaml#e)\n",
    );
    assert_snapshot!(diff(&book, &[]));
}

#[test]
fn what_lost_its_last_mention_is_told_and_how_a_text_is_other() {
    let book = book([
        ("content/a.md", "# A\n\nOne [[b]] two. [[c]]\n"),
        ("content/b.md", "---\ntags: [x, y]\naliases: [Bee]\nown: { deep: 1 }\n---\n# B\n\n中国的计划 and *more*.\n"),
        ("content/c.md", "---\nsummary: A short one.\nimage: p.png\nimage-alt: A picture\n---\n# C\n\nSome *words*.\n"),
        ("content/p.png", "first"),
        ("content/d.md", "# D\n\nA b c.\n"),
    ]);
    book.write("content/a.md", "# A\n\nOne two. [[c]] [[d]]\n");
    book.write("content/b.md", "---\ntags: [y, z]\nown: { deep: 2 }\n---\n# B\n\n中国计划 and *more*.\n");
    book.write(
        "content/c.md",
        "---\nsummary: A longer one.\nimage: q.png\nimage-alt: A picture\n---\n# C\n\nSome\n**words**.\n",
    );
    book.write("content/q.png", "second");
    book.write("content/d.md", "# D\n\nB a c.\n");
    assert_snapshot!(diff(&book, &["--format", "text"]));
}

#[test]
fn an_arrow_leads_from_what_was_to_what_is_whichever_way_they_run() {
    let toml = "[collections.plans]\nfields.stance = { type = \"text\" }\n";
    let entry = |stance: &str| format!("---\ntitle: A\nstance: {stance}\n---\nText.\n");
    let book = book([("book.toml", toml.to_owned()), ("content/plans/a.md", entry("مؤيد 5%"))]);
    book.write("content/plans/a.md", entry("معارض 10%"));
    let told = diff(&book, &["--format", "text"]);
    assert!(told.contains("\u{2068}مؤيد 5%\u{2069} → \u{2068}معارض 10%\u{2069}"), "{told}");
}

#[test]
fn what_leads_elsewhere_in_the_same_words_is_told() {
    let book = book([
        ("content/index.md", "[[x]] and [[Al]].\n"),
        ("content/p/x.md", "# The first\n\nA text that is known again, whatever it is called.\n"),
        ("content/q/y.md", "# The second\n\nAnother text that is known again, whatever it is called.\n"),
        ("content/p/m.md", "---\naliases: [Al]\n---\n# The third\n"),
        ("content/p/n.md", "# The fourth\n"),
    ]);
    book.remove("content/p/x.md");
    book.write("content/p/old.md", "# The first\n\nA text that is known again, whatever it is called.\n");
    book.remove("content/q/y.md");
    book.write("content/q/x.md", "# The second\n\nAnother text that is known again, whatever it is called.\n");
    book.write("content/p/m.md", "# The third\n");
    book.write("content/p/n.md", "---\naliases: [Al]\n---\n# The fourth\n");
    let told = diff(&book, &["--format", "text"]);
    for part in ["gained 2 links: The second, The fourth", "lost 2 links: The first, The third"] {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn what_is_wrong_on_one_side_costs_the_rest_nothing() {
    let book = book([
        ("book.toml", CONFIG),
        ("content/states/a.md", "---\ntitle: Aland\nstance: calm\n---\nA.\n"),
        ("content/states/b.md", "---\ntitle: Bland\n---\nB.\n"),
        ("content/states/list.yaml", "- { id: d, title: Dland }\n- { id: e, title: Eland }\n"),
        ("content/states/c.md", "---\ntitle: [\n---\nC.\n"),
    ]);
    book.write("content/states/a.md", "---\ntitle: Aland\nstance: threat\n---\nA.\n");
    book.write("content/states/list.yaml", "- { id: d, title: Dland }\n- { id: e, title: Eland\n");
    book.write("content/states/b.md", "---\ntitle: Bland\nstance: loud\n---\nB.\n");
    book.write("content/states/c.md", "---\ntitle: Cland\n---\nC.\n");
    let told = diff(&book, &[]);
    assert_snapshot!(told);
    assert!(!told.contains("removed:") && !told.contains("new:"), "what cannot be read is neither new nor gone");
}

#[test]
fn a_draft_that_is_published_is_new() {
    let book =
        book([("content/a.md", "# A\n"), ("content/b.md", "---\ndraft: true\n---\n# B\n"), ("content/c.md", "# C\n")]);
    book.write("content/b.md", "# B\n");
    book.write("content/c.md", "---\ndraft: true\n---\n# C\n");
    assert_snapshot!(diff(&book, &[]));
    assert!(diff(&book, &["--drafts"]).contains("Nothing has changed"));
}

#[test]
fn sources_are_known_by_their_keys_and_by_what_they_say() {
    let book = book([
        ("book.toml", "[book]\ntitle = \"T\"\n"),
        ("content/sources.yaml", "one: { title: One, url: https://example.org/1 }\ntwo: { title: Two }\n"),
        ("content/a.md", "---\nsources: [one, two, { title: Three, url: https://example.org/3 }]\n---\n# A\n"),
    ]);
    book.write(
        "content/sources.yaml",
        "uno: { title: One, url: https://example.org/1 }\ntwo: { title: Two, author: Her }\nthree: { title: Three, url: https://example.org/3 }\n",
    );
    book.write("content/a.md", "---\nsources: [three, two, uno]\n---\n# A\n");
    assert_snapshot!(diff(&book, &[]));
}

#[test]
fn a_book_in_a_folder_of_a_repository_is_compared_alone() {
    let book = Book::new([
        ("book.toml", "[book]\ntitle = \"T\"\n"),
        ("content/a.md", "# A\n"),
        ("content/b c/计划.md", "# 计划\n"),
    ]);
    let home = book.folder().parent().expect("a folder around the book").to_owned();
    fs::write(home.join("other.md"), "# Other\n").expect("a file beside it");
    begin(&home);
    fs::write(home.join("other.md"), "# Another\n").expect("a file beside it");
    book.write("content/b c/计划.md", "# 计划\n\nOne.\n");
    book.write("content/b c/\"q\" ü.md", "# Q\n");
    let told = diff(&book, &[]);
    assert_snapshot!(told);
    // A hook's variables are those of its own repository.
    let folder = book.folder();
    let in_hook =
        book.run_in(&folder, &["diff"], &[("GIT_DIR", "/nowhere"), ("GIT_INDEX_FILE", "x"), ("NO_COLOR", "1")]);
    assert_eq!(without_hashes(&in_hook.stdout), told, "{}", in_hook.stderr);
    let name = folder.to_str().expect("a path in UTF-8");
    assert_eq!(without_hashes(&book.run_in(&home, &["diff", "HEAD", "--dir", name], &[]).stdout), told);
}

#[test]
fn a_book_that_was_not_there_is_new() {
    let book = Book::new([("content/a.md", "# A\n")]);
    let home = book.folder().parent().expect("a folder around the book").to_owned();
    git(&home, &["init", "--quiet"]);
    git(&home, &["commit", "--quiet", "--allow-empty", "--message", "Nothing"]);
    assert_snapshot!(diff(&book, &[]));
}

#[test]
fn two_branches_are_compared_from_where_they_parted() {
    let book = book([("content/a.md", "# A\n"), ("content/b.md", "# B\n")]);
    let folder = book.folder();
    git(&folder, &["checkout", "--quiet", "-b", "mine"]);
    book.write("content/a.md", "# A\n\nMine.\n");
    commit(&folder);
    git(&folder, &["checkout", "--quiet", "main"]);
    book.write("content/b.md", "# B\n\nTheirs.\n");
    commit(&folder);
    assert!(!diff(&book, &["main...mine"]).contains("/b)"));
    assert!(diff(&book, &["main..mine"]).contains("B (content/b): text: 1 word removed"));
    assert!(diff(&book, &["mine.."]).contains("HEAD"));
}

#[test]
fn what_cannot_be_compared_is_refused_with_what_to_do() {
    let alone = Book::new([("content/a.md", "# A\n")]);
    assert_snapshot!(refused(&alone, &[]));
    let book = book([("content/a.md", "# A\n")]);
    assert_snapshot!(refused(&book, &["nowhere"]));
    assert_snapshot!(refused(&book, &["--", "--output=x"]));
    let empty = book.run_in(&book.folder(), &["diff"], &[("PATH", "/nowhere"), ("NO_COLOR", "1")]);
    assert_eq!(empty.status, 2);
    assert_snapshot!(empty.stderr.trim());
    let unborn = Book::new([("content/a.md", "# A\n")]);
    git(&unborn.folder(), &["init", "--quiet"]);
    assert_snapshot!(refused(&unborn, &[]));
}

/// A site that a test builds beside the book, with all its files by path.
#[track_caller]
fn built(book: &Book, out: &str, arguments: &[&str]) -> Vec<(String, Vec<u8>)> {
    let folder = book.folder().with_file_name(out);
    let out = folder.to_str().expect("a path in UTF-8");
    let done = book.run(&[&["build", "--keep-going", "--out", out], arguments].concat());
    assert!(done.stdout.contains("Built"), "{}{}", done.stdout, done.stderr);
    // The list of all files names their hashes alone.
    let read = |path: String| (path.clone(), fs::read(folder.join(&path)).expect("the file can be read"));
    support::files(&folder).into_iter().map(read).collect()
}

#[test]
fn a_preview_marks_what_has_changed_and_the_next_build_takes_that_out() {
    let book = book([
        ("book.toml", CONFIG),
        ("content/index.md", "# Home\n\n[A](states/a.md), [B](states/b.md), [gone](states/c.md)\n"),
        ("content/states/a.md", "---\ntitle: Aland\nstance: calm\n---\nA.\n"),
        ("content/states/b.md", "---\ntitle: Bland\n---\nB.\n"),
        ("content/states/c.md", "---\ntitle: Cland\n---\nC.\n"),
    ]);
    let plain = built(&book, "plain", &["--no-cache"]);
    assert!(plain.iter().all(|(path, _)| path != "changes.html"));
    let compared = ["--compare", "HEAD"];
    built(&book, "site", &compared);
    assert!(!book.page("states/a.html").contains("class=\"changed\""));
    assert!(book.page("changes.html").contains("Nothing has changed."));
    // What has changed is on its page, on the page of all changes, and nowhere else.
    book.write("content/states/a.md", "---\ntitle: Aland\nstance: threat\n---\nA <b>.\n");
    book.remove("content/states/c.md");
    let known = built(&book, "site", &compared);
    assert_eq!(book.problems(), Vec::<String>::new());
    let page = without_hashes(&book.page("changes.html"));
    assert_snapshot!(
        "preview",
        page[page.find("<main").expect("a page")..page.find("</main>").expect("a page")].to_owned()
    );
    assert!(book.page("states/a.html").contains("<del>Calm</del> <ins>Sees a threat</ins>"));
    assert!(!book.page("states/b.html").contains("class=\"changed\""));
    assert!(book.page("index.html").contains("<p class=\"changes-link\"><a href=\"changes.html\">"));
    assert!(
        known == built(&book, "anew", &["--compare", "HEAD", "--no-cache"]),
        "a build from nothing gives another site"
    );
    // Another revision with the same files on disk is another preview.
    commit(&book.folder());
    assert!(known != built(&book, "site", &compared));
    assert!(book.page("changes.html").contains("Nothing has changed."));
    let published = built(&book, "site", &[]);
    assert!(published == built(&book, "anew", &["--no-cache"]), "something of the preview is left");
    assert!(published.iter().all(|(path, _)| path != "changes.html"));
    let unknown = book.build(&["--compare", "nowhere"]);
    assert_eq!((unknown.status, unknown.stderr.contains("there is no revision \"nowhere\"")), (2, true));
    // An entry keeps its address.
    book.write("content/changes.md", "# What changed in the world\n");
    built(&book, "site", &compared);
    assert!(book.page("changes.html").contains("What changed in the world"));
    assert!(book.page("changes-in-preview.html").contains("What changed in the world"));
}

#[test]
fn a_preview_has_nothing_that_tells_the_web_of_a_site() {
    let site = "[output.html]\nsite-url = \"https://a.example/\"\n[feeds]\nformats = [\"atom\", \"ics\"]\n";
    let book = book([
        (
            "book.toml",
            format!("{CONFIG}\n{site}").replace("[collections.states]\n", "[collections.states]\ntimeline = true\n"),
        ),
        ("content/states/a.md", "---\ntitle: Aland\ndate: 2020-01-02\n---\nA.\n".to_owned()),
    ]);
    let published = built(&book, "site", &[]);
    let preview = built(&book, "site", &["--compare", "HEAD"]);
    let of_the_web = ["sitemap.xml", "robots.txt", "atom.xml", "timeline.ics"];
    let has = |site: &[(String, Vec<u8>)], path: &str| site.iter().any(|(known, _)| known == path);
    for path in of_the_web {
        assert!(has(&published, path) && !has(&preview, path), "{path}");
    }
    for (path, bytes) in &preview {
        assert!(!String::from_utf8_lossy(bytes).contains("a.example"), "{path}");
    }
    // All else is as it is published.
    for (path, _) in published.iter().filter(|(path, _)| !of_the_web.contains(&path.as_str())) {
        assert!(has(&preview, path), "{path}");
    }
    assert!(published == built(&book, "site", &[]), "something of the preview is left");
    let told = book.build(&["--compare", "HEAD", "--only", "html,sitemap"]).stderr;
    assert_eq!(told, "warning: sitemap: left out of a preview, which has no address; build without --compare\n\n");
}

#[test]
fn a_shallow_clone_says_that_it_is_one() {
    let whole = book([("content/a.md", "# A\n")]);
    whole.write("content/a.md", "# A\n\nMore.\n");
    commit(&whole.folder());
    let home = whole.folder().parent().expect("a folder around the book").to_owned();
    let url = format!("file://{}", whole.folder().display());
    git(&home, &["clone", "--quiet", "--depth", "1", &url, "clone"]);
    let clone = home.join("clone");
    let asked = |revision: &str| whole.run_in(&clone, &["diff", revision], &[("NO_COLOR", "1")]);
    assert!(asked("HEAD").stdout.contains("Nothing has changed"));
    let told = asked("HEAD~1");
    assert_eq!(told.status, 2);
    assert_snapshot!(told.stderr.trim());
}

#[cfg(unix)]
#[test]
fn links_of_the_file_system_are_followed_as_on_disk() {
    use std::os::unix::fs::symlink;
    let book = Book::new([("content/a.md", "# A\n"), ("shared/b.md", "# B\n")]);
    let content = book.folder().join("content");
    symlink("../shared", content.join("in")).expect("a link");
    symlink("/etc", content.join("out")).expect("a link");
    symlink("../../../x.md", content.join("up.md")).expect("a link");
    begin(&book.folder());
    assert!(diff(&book, &[]).contains("Nothing has changed"));
    book.write("shared/b.md", "# B\n\nMore.\n");
    assert!(diff(&book, &[]).contains("B (content/in/b): text: 1 word added"));
}

#[test]
fn a_terminal_takes_nothing_of_a_title_for_a_command() {
    let book = book([("content/a.md", "# A\n")]);
    book.write("content/b.md", "---\ntitle: \"x\\e[31m\\u202ey @team *b* <i>\"\n---\nB.\n");
    assert!(diff(&book, &[]).contains("new: x\u{fffd}[31m\u{fffd}y @team *b* <i> (content/b)"));
    let markdown = diff(&book, &["--format", "markdown"]);
    assert!(markdown.contains("\\@\u{200b}team \\*b\\* &lt;i&gt;"), "{markdown}");
}

#[test]
fn a_new_title_makes_no_finding_new() {
    let book = book([
        ("book.toml", format!("{CONFIG}\n[check]\nempty-entry = \"warn\"\norphan-entry = \"warn\"\n").as_str()),
        ("content/states/a.md", "---\ntitle: Aland\n---\n"),
        ("content/states/b.md", "---\ntitle: Bland\n---\n\nSee [a](a.md#no-such-part).\n"),
    ]);
    book.write("content/states/a.md", "---\ntitle: Newland\n---\n");
    let found = book.run(&["check"]).stdout;
    assert!(found.contains("\"Newland\" says nothing") && found.contains("\"Newland\" has no heading"), "{found}");
    let told = diff(&book, &[]);
    assert!(told.contains("title: Aland → Newland") && !told.contains("ound"), "{told}");
}

#[test]
fn a_mapping_has_no_order() {
    let book = book([("content/a.md", "---\nown: { one: 1, two: [{ x: 1, y: 2 }] }\n---\n# A\n")]);
    book.write("content/a.md", "---\nown: { two: [{ y: 2, x: 1 }], one: 1 }\n---\n# A\n");
    assert!(diff(&book, &[]).ends_with("Nothing has changed in the book\n"));
    book.write("content/a.md", "---\nown: { two: [{ y: 3, x: 1 }], one: 1 }\n---\n# A\n");
    assert!(diff(&book, &[]).contains("own: {\"one\":1"));
}

#[test]
fn a_key_that_is_declared_where_an_entry_moves_is_the_same() {
    let page = |stance: &str| {
        let stance = format!("{{ value: {stance}, note: It said so. }}");
        format!("---\ntitle: Aland\nstance: {stance}\nallies: [b]\nsince: 2015~\nbasis: So it says.\n---\nA.\n")
    };
    let book = book([
        ("book.toml", CONFIG.to_owned()),
        ("content/notes/a.md", page("calm")),
        ("content/states/b.md", "---\ntitle: Bland\n---\nB.\n".to_owned()),
    ]);
    book.remove("content/notes/a.md");
    book.write("content/states/a.md", page("calm"));
    let moved = "moved: Aland, notes/a → states/a";
    let told = diff(&book, &[]);
    assert!(
        told.contains(moved)
            && !["Stance", "Allies", "Since", "Basis", "added", "removed"].iter().any(|word| told.contains(word)),
        "{told}"
    );
    book.write("content/states/a.md", page("threat"));
    let told = diff(&book, &[]);
    assert!(told.contains("Stance: calm → Sees a threat") && !told.contains("added"), "{told}");
    // And back again.
    commit(&book.folder());
    book.remove("content/states/a.md");
    book.write("content/notes/a.md", page("calm"));
    let told = diff(&book, &[]);
    assert!(told.contains("Stance: Sees a threat → calm") && !told.contains("removed"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_text_is_not_new_each_time() {
    use std::os::unix::ffi::OsStrExt;
    let book = Book::new([("content/a.md", "# A\n")]);
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
    fs::write(book.folder().join("content").join(name), "# Coffee\n").expect("a file");
    begin(&book.folder());
    assert!(book.run(&["check"]).stdout.contains("unreadable-file"));
    assert!(diff(&book, &[]).ends_with("Nothing has changed in the book\n"));
}

#[test]
fn a_book_that_moved_in_its_repository_is_compared_with_itself() {
    let book = Book::new([("content/a.md", "# A\n"), ("book.toml", "[book]\nlanguage = \"en\"\nsrc = \"content\"\n")]);
    let home = book.folder().parent().expect("a folder around the book").to_owned();
    fs::create_dir(home.join("docs")).expect("a folder");
    let other = home.join("other");
    fs::create_dir(&other).expect("a folder");
    fs::write(other.join("book.toml"), "[book]\ntitle = \"Another book altogether\"\n").expect("a file");
    begin(&home);
    let moved = home.join("docs/kb");
    let told = |folder: &Path, arguments: &[&str]| {
        let Output { status, stdout, stderr } =
            book.run_in(folder, &[&["diff"], arguments].concat(), &[("NO_COLOR", "1")]);
        assert_eq!((status, stderr.as_str()), (0, ""));
        without_hashes(&stdout)
    };
    // Not even git knows of the move yet.
    fs::rename(book.folder(), &moved).expect("the folder can move");
    let same = "the files on disk against HEAD ([commit], in book)\n\nNothing has changed in the book\n";
    assert_eq!(told(&moved, &[]), same);
    git(&home, &["add", "--all"]);
    assert_eq!(told(&moved, &[]), same);
    commit(&home);
    fs::write(moved.join("content/a.md"), "# A\n\nMore.\n").expect("a file");
    commit(&home);
    let since = told(&moved, &["HEAD~2..HEAD"]);
    assert!(since.contains("HEAD ([commit]) against HEAD~2 ([commit], in book)"), "{since}");
    assert!(since.contains("A (a): text: 1 word added\n\n1 entry changed"), "{since}");
    let json: Value = serde_json::from_str(&told(&moved, &["HEAD~2", "--format", "json"])).expect("JSON");
    assert_eq!((&json["before"]["folder"], &json["after"]["folder"]), (&Value::from("book/"), &Value::Null));
    // A preview says it, too.
    let done = book.run_in(&moved, &["build", "--compare", "HEAD~2", "--out", "../site"], &[]);
    assert_eq!(done.status, 0, "{}", done.stderr);
    let page = fs::read_to_string(home.join("docs/site/changes.html")).expect("the page");
    assert!(page.contains("in book)") && page.contains("1 word added"), "{page}");
}

#[test]
fn a_message_is_not_turned_around() {
    let book = book([
        ("book.toml", "[book]\ntitle = \"كتاب\"\nlanguage = \"ar\"\n[check]\nempty-entry = \"warn\"\n"),
        ("content/a.md", "# صفحة\n\nنص.\n"),
    ]);
    book.write("content/b.md", "# أخرى\n");
    book.write("content/a.md", "# صفحة\n\nنص آخر.\n");
    built(&book, "site", &["--compare", "HEAD"]);
    let page = book.page("changes.html");
    for words in ["0 entries link to it", "2 words added · 1 word removed"] {
        assert!(page.contains(&format!(">{words}</bdi>")), "{page}");
    }
    assert!(
        page.contains("<span lang=\"en\" dir=\"ltr\">&quot;أخرى&quot; says nothing but its title</span>"),
        "{page}"
    );
}
