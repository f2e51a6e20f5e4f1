//! A book that changes at random: what comes out equals what a fresh look at the same folder gives, byte by byte.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::time::{Duration, SystemTime};

use anyhow::anyhow;
use proptest::prelude::*;

use super::*;
use crate::base::fingerprint::Fingerprint;
use crate::base::tests::{cases, times};
use crate::disk::Written;
use crate::output::{File, Rendered};
use crate::page::Trace;
use crate::page::facts::KeptFact;

type Files = BTreeMap<String, String>;

/// A small book with something of everything.
fn book() -> Files {
    let files = [
        (
            "book.toml",
            "#[git]\n[book]\ntitle = \"Kitchen\"\nlanguage = \"en\"\n\n[output.html]\nsite-url = \"https://example.org/kb/\"\n\n[feeds]\nformats = [\"atom\", \"json\", \"ics\"]\ncollections = true\n\n[collections.dishes]\ntitle = \"Dishes\"\nsingular = \"Dish\"\ntimeline = true\ngroup = \"course\"\nschema-type = { course = { main = \"Product\" } }\n\n\
             [collections.dishes.fields.course]\ntype = \"choice\"\nvalues = [\"soup\", \"main\"]\n\n\
             [collections.dishes.fields.from]\ntype = \"country\"\nmany = true\n\n\
             [collections.dishes.fields.cook]\ntype = \"reference\"\nto = \"cooks\"\nlabel = \"Cook\"\ninverse = { key = \"dishes\", label = \"Dishes\" }\n\n\
             [collections.cooks]\ntitle = \"Cooks\"\nsingular = \"Cook\"\n\n\
             [collections.events]\ntitle = \"Events\"\nsingular = \"Event\"\ntimeline = true\nsort = \"date\"\nschema-type = \"Event\"\n",
        ),
        ("content/index.md", "# Kitchen\n\nSee [[chips]] and [the timeline](timeline.html).\n"),
        (
            "content/dishes/chips.md",
            "---\ntitle: Chips\ndate: 1890\ntags: [Fried, potato]\ncourse: main\nfrom: [GB, BE]\ncook: ann\nsources: [cookbook]\n---\n\nFried as in [[Stew#How]]. With ![a picture](../pics/chips.png).\n\n## Cut\n\nThin.\n\n```rust\nfn cut() {}\n```\n",
        ),
        (
            "content/dishes/stew.md",
            "---\ntitle: Stew\ndate: 1901-05~\naliases: [Hotpot]\ncourse: main\ncook: [ann, bob]\n---\n\nUnlike [chips](chips.md#cut), slow. See [[events/fire]].\n\n## How\n\nSlowly[^1].\n\n[^1]: A note.\n",
        ),
        ("content/dishes/broth.md", "---\ntitle: Broth\ntags: [potato]\n---\n\nWhat [[Hotpot]] begins with.\n"),
        ("content/cooks/ann.md", "---\ntitle: Ann\nsummary: She fries.\n---\n\nKnows [[bob]] & [[nobody]].\n"),
        ("content/cooks/bob.md", "---\ntitle: Bob\n---\n\nBorn in [a town](https://example.org/town).\n"),
        (
            "content/events.yaml",
            "- id: fire\n  title: The fire\n  date: 1902-01-02\n  body: |\n    It began with [[chips]].\n- id: feast\n  title: The feast\n  date: 1903/1904\n  tags: [fried]\n",
        ),
        ("content/notes/README.md", "# Notes\n\nOn [dishes](../dishes/) and [[sources]].\n"),
        ("content/notes/salt.md", "# Salt\n\nIn [[broth|a broth]] <b>raw</b>.\n"),
        (
            "content/notes/menu.md",
            "# Menu\n\nIn order:\n\n```entries\nfrom: dishes\nwhere:\n  cook: ann\nsort: -date\nlimit: 2\n```\n\n```entries\nfrom: events\nwhere: { tags: fried }\n```\n",
        ),
        ("content/sources.yaml", "cookbook:\n  title: The cookbook\n  url: https://example.org/book\n"),
        ("content/pics/chips.png", "no picture"),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// What an author does to a book.
#[derive(Clone, Debug)]
enum Edit {
    /// Adds a line to a file.
    Add(usize, usize),
    /// Writes one word for another wherever it stands in a file.
    Replace(usize, usize),
    Remove(usize),
    /// Moves a file to another name in its folder.
    Rename(usize, u8),
    /// Writes a new file.
    Write(usize),
    /// Asks for something in `book.toml`, or does so no more.
    Switch(usize),
    /// Commits all files.
    Commit,
}

/// What a book asks for or not, as it is written either way.
const SWITCHES: [(&str, &str); 3] =
    [("#[git]\n", "[git]\n"), ("#site-url", "site-url"), ("[feeds]", "[preprocessor.feeds]")];

const LINES: [&str; 18] = [
    "\nMore of [[Chips]], and of [[Ann|her]].\n",
    "\n## How\n\nAnother part.\n",
    "\nSee [broth](../dishes/broth.md) and [[nowhere]].\n",
    "\n",
    "- id: third\n  title: A third\n  date: 1905\n",
    "other:\n  title: Another book\n",
    "\n[collections.cooks.fields.born]\ntype = \"date\"\n",
    "\n```python\nprint(1)\n```\n",
    "\n![](pics/chips.png) [[timeline#1902]] [[tags]]\n",
    "\n[theme]\nname = \"mine\"\n",
    "\n[[stew#How]], [[stew#nothing]], [[events/feast]].\n",
    "---\n",
    "\n<a id=\"here\"></a>More words, <a href=\"dishes/chips.md\">and these</a>.\n",
    "\n[here](../dishes/stew.md#here), [how](../dishes/stew.md#how) and [top](../notes/salt.md#salt).\n",
    "\nWords alone, of [[UK]], [[Belgium]] and [[FR]].\n",
    "\n[all](/all-entries.html) and [[all-entries]].\n",
    "\n```entries\nfrom: dishes\nwhere: { course: [main, soup], cook: [ann, bob] }\nsort: title\n```\n",
    "\n> ```entries\n> from: notes\n> where: { tags: [new, fried] }\n> ```\n",
];

const WORDS: [(&str, &str); 38] = [
    ("[book]", "# Of food.\n[book]"),
    ("[book]", "[check]\nbroken-link = \"warn\"\n\n[book]"),
    ("title: ", "title: New "),
    ("Chips", "Fries"),
    ("date: 1", "date: 2"),
    ("title: ", "published: 2026-01-02\ntitle: "),
    ("published: 2026-01-02\n", ""),
    ("collections = true", "authority = \"example.org,2026\""),
    ("formats = [\"atom\", ", "formats = ["),
    ("https://example.org", "https://example.com"),
    ("tags: [", "tags: [new, "),
    ("cook: ", "cook: bob # "),
    ("---\n\n", "draft: true\n---\n\n"),
    ("draft: true\n", ""),
    ("timeline = true", "timeline = false"),
    ("Dishes", "Meals"),
    ("title: New ", "title: "),
    ("course: main", "course: soup"),
    ("tags", "tags: ["),
    ("## ", "### "),
    ("body", "zone"),
    ("Fried as", "Boiled unlike"),
    ("begins with", "ends in"),
    ("In [[broth|a broth]]", "Of [[broth|the broth]]"),
    ("Slowly", "Quickly"),
    ("## How", "## How {#slow}"),
    ("# Salt", "# Salt {#salt}"),
    ("aliases: [", "aliases: [Über, "),
    ("singular = \"", "singular = \"One "),
    ("  cook: ann", "  course: main"),
    ("cook: ann", "cook: bob"),
    ("limit: 2", "limit: 1"),
    ("from: dishes", "from: dshes"),
    ("from: [GB", "from: [FR"),
    ("course: main", "from: GB\ncourse: main"),
    ("schema-type = \"Event\"", "schema-type = \"Article\""),
    ("https://example.org/kb/", "https://example.org/"),
    ("[book]", "[countries]\nGB = \"Britain\"\n\n[book]"),
];

const NEW: [(&str, &str); 11] = [
    ("content/dishes/soup.md", "---\ntitle: Soup\ncook: bob\ncourse: soup\n---\n\nLike [[broth]].\n"),
    ("content/cooks/index.md", "# All cooks\n\nThey know [[stew]].\n"),
    ("content/more/first.md", "# First\n\nOf [[Chips]].\n"),
    ("content/dishes/bad.md", "---\ntitle: [Bad\n---\n\nText.\n"),
    ("themes/mine/css/extra.css", "main { color: red }\n"),
    ("themes/mine/templates/tags.html", "{% extends \"base.html\" %}{% block main %}Mine{% endblock %}\n"),
    ("themes/mine/templates/tag.html", "{{ nothing.at.all }}"),
    ("content/pics/other.png", "another"),
    ("content/robots.txt", "User-agent: *\nDisallow: /notes/\n"),
    ("content/countries/gb.md", "# Great Britain\n\nOf [[Belgium]].\n"),
    ("content/dishes/old.md", "---\ntitle: Moved\nredirect-from: [/dishes/older, /countries/gb]\n---\n\nHere.\n"),
];

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (any::<usize>(), 0..LINES.len()).prop_map(|(file, line)| Edit::Add(file, line)),
        5 => (any::<usize>(), 0..WORDS.len()).prop_map(|(file, words)| Edit::Replace(file, words)),
        1 => any::<usize>().prop_map(Edit::Remove),
        1 => (any::<usize>(), 0..3u8).prop_map(|(file, name)| Edit::Rename(file, name)),
        2 => (0..NEW.len()).prop_map(Edit::Write),
        2 => (0..SWITCHES.len()).prop_map(Edit::Switch),
        1 => Just(Edit::Commit),
    ]
}

/// Does an edit, and tells the files that are written or gone.
fn apply(files: &mut Files, edit: &Edit) -> Vec<String> {
    let nth = |place: usize| files.keys().nth(place % files.len()).cloned().unwrap_or_default();
    match edit {
        Edit::Add(file, line) => {
            let path = nth(*file);
            files.entry(path.clone()).and_modify(|text| text.push_str(LINES[*line]));
            vec![path]
        }
        Edit::Replace(file, words) => {
            let path = nth(*file);
            let (from, to) = WORDS[*words];
            files.entry(path.clone()).and_modify(|text| *text = text.replace(from, to));
            vec![path]
        }
        Edit::Remove(file) => {
            let path = nth(*file);
            files.remove(&path);
            vec![path]
        }
        Edit::Rename(file, name) => {
            let path = nth(*file);
            let (stem, extension) = path.rsplit_once('.').unwrap_or((&path, ""));
            let new = format!("{stem}-{name}.{extension}");
            let text = files.remove(&path).unwrap_or_default();
            files.insert(new.clone(), text);
            vec![path, new]
        }
        Edit::Write(new) => {
            files.insert(NEW[*new].0.to_owned(), NEW[*new].1.to_owned());
            vec![NEW[*new].0.to_owned()]
        }
        Edit::Switch(what) => {
            let (one, other) = SWITCHES[*what];
            let turn = |text: &mut String| {
                let (from, to) = if text.contains(one) { (one, other) } else { (other, one) };
                *text = text.replace(from, to);
            };
            files.entry("book.toml".to_owned()).and_modify(turn);
            files.keys().filter(|path| *path == "book.toml").cloned().collect()
        }
        Edit::Commit => Vec::new(),
    }
}

/// Brings the disk to what the files are.
fn write(root: &Path, files: &Files, touched: &[String]) {
    for path in touched {
        let file = root.join(path);
        match files.get(path) {
            Some(text) => {
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, text).unwrap();
            }
            None => drop(fs::remove_file(file)),
        }
    }
}

/// Runs git in a folder, on one day for all time.
fn git(folder: &Path, arguments: &[&str]) {
    let who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false"];
    let time = "2026-01-02T03:04:05Z";
    let done = Command::new("git")
        .args(who)
        .args(arguments)
        .current_dir(folder)
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
        .envs([("GIT_AUTHOR_DATE", time), ("GIT_COMMITTER_DATE", time)])
        .output()
        .expect("git runs");
    assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Commits all that stands in a folder.
fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--allow-empty", "--message", "A step"]);
}

/// The files of a site with their bytes, as far as they can be made.
fn made(snapshot: &Snapshot) -> Vec<(String, String)> {
    let Some(site) = &snapshot.site else { return Vec::new() };
    site.files().map(|file| (file.path.to_string(), bytes(site, file))).collect()
}

fn bytes(site: &Site, file: &File) -> String {
    traced(site, file, &mut Trace::default())
}

/// The bytes of a file, and what it has read of the book.
fn traced(site: &Site, file: &File, trace: &mut Trace) -> String {
    match file.artifact.render(site, trace) {
        Ok(Rendered::Bytes(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
        Ok(Rendered::Copy(path)) => format!("copy of {path}"),
        Ok(Rendered::Cleaned(path)) => format!("cleaned copy of {path}"),
        Err(problem) => format!("error: {problem:?}"),
    }
}

fn options(root: &Path, out: &str, cache: bool) -> Options {
    Options { keep_going: true, cache, out: Some(root.join(out)), ..Options::default() }
}

/// The same, for a preview of what is other than at first.
fn compared(options: Options, is_preview: bool) -> Options {
    Options { compare: is_preview.then(|| "first".to_owned()), ..options }
}

/// Makes a file one that was last written so many seconds ago.
fn set_age(file: &Path, seconds: u64) {
    let time = SystemTime::now() - Duration::from_secs(seconds);
    fs::File::options().write(true).open(file).unwrap().set_modified(time).unwrap();
}

/// What `dossier build` does.
fn build_of(root: &Path, options: &Options) -> Result<(Arc<Snapshot>, Option<Result<Written>>)> {
    let mut workspace = Workspace::new(root, options.clone());
    let snapshot = workspace.apply(Change::Folder)?;
    let site = snapshot.site.as_ref();
    let outcome = site.map(|site| workspace.write(site, &snapshot.report.out, &mut snapshot.timings.clone()));
    let written = outcome.map(|outcome| match outcome? {
        Outcome::Written { files, .. } => Ok(files),
        Outcome::Unrendered(problems) => Err(anyhow!("{problems:?}")),
    });
    Ok((snapshot, written))
}

/// The files of an output with their bytes.
fn tree(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(out).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(out).unwrap().to_string_lossy().into_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn a_changed_book_equals_a_fresh_one(
        edits in prop::collection::vec((edit(), any::<bool>(), prop::bool::weighted(0.3)), 1..12),
        is_preview in prop::bool::weighted(0.3),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let root = &dir.path().join("book");
        let mut files = book();
        write(root, &files, &files.keys().cloned().collect::<Vec<_>>());
        git(root, &["init", "--quiet"]);
        fs::write(root.join(".gitignore"), ".dossier\n").unwrap();
        commit(root);
        git(root, &["tag", "first"]);
        let open = || Workspace::new(root, compared(options(dir.path(), "site", false), is_preview));
        let mut workspace = open();
        workspace.apply(Change::Folder).unwrap();
        // What came of each file, with what it has read of the book.
        let mut seen: FxHashMap<FilePath, (Vec<KeptFact>, Fingerprint, String)> = FxHashMap::default();
        for (edit, in_short, is_kept_preview) in &edits {
            let before = files.clone();
            let touched = apply(&mut files, edit);
            write(root, &files, &touched);
            if let Edit::Commit = edit {
                commit(root);
            }
            // A server knows which files were written, and looks at all where one has come or gone.
            let is_known = touched.iter().all(|path| before.contains_key(path) && files.contains_key(path));
            let change = match is_known && *in_short {
                true => Change::Files(touched.iter().map(|path| SourcePath::new(path)).collect()),
                false => Change::Folder,
            };
            let changed = workspace.apply(change).unwrap();
            let fresh = open().apply(Change::Folder).unwrap();
            prop_assert_eq!(&changed.report.problems, &fresh.report.problems);
            let (ours, theirs) = (made(&changed), made(&fresh));
            for (our, their) in ours.iter().zip(&theirs) {
                prop_assert_eq!(our, their);
            }
            prop_assert_eq!(ours.len(), theirs.len());
            for file in changed.site.iter().flat_map(Site::files) {
                let (site, path) = (changed.site.as_ref().unwrap(), &file.path);
                let mut trace = Trace::default();
                let bytes = traced(site, file, &mut trace);
                let print = |trace: &Trace| file.artifact.fingerprint(site, trace);
                if let Some((facts, known, before)) = seen.get(path) {
                    // All that it has read is as it was, so it is as well.
                    if site.trace(facts).and_then(|trace| print(&trace)) == Some(*known) {
                        prop_assert_eq!(before, &bytes, "{} shows something else, and has read {:?}", path, facts);
                    }
                }
                if let Some(print) = print(&trace) {
                    seen.insert(path.clone(), (trace.kept(&site.book), print, bytes));
                }
            }
            // From run to run: what the last build kept makes no difference.
            let kept = build_of(root, &compared(options(dir.path(), "site", true), *is_kept_preview)).unwrap();
            let _ = fs::remove_dir_all(dir.path().join("fresh"));
            let fresh = build_of(root, &compared(options(dir.path(), "fresh", false), *is_kept_preview)).unwrap();
            let told = |written: Option<Result<Written>>| written.map(|done| done.map_err(|error| error.to_string()).is_ok());
            let (kept, fresh) = (told(kept.1), told(fresh.1));
            prop_assert_eq!(kept, fresh);
            if kept == Some(true) {
                prop_assert_eq!(tree(&dir.path().join("site")), tree(&dir.path().join("fresh")));
            }
        }
    }
}

#[test]
fn what_others_see_of_an_entry_decides_what_is_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let root = &dir.path().join("book");
    let mut files = book();
    write(root, &files, &files.keys().cloned().collect::<Vec<_>>());
    let mut workspace = Workspace::new(root, options(dir.path(), "site", false));
    let stew = SourcePath::new("content/dishes/stew.md");
    // Without a summary others show its first words.
    files
        .entry(stew.to_string())
        .and_modify(|text| *text = text.replace("title: Stew\n", "title: Stew\nsummary: Slow.\n"));
    let index = "content/index.md".to_owned();
    files.entry(index.clone()).and_modify(|text| text.push_str("\n[[stew#a]], [b](dishes/stew.md#b)\n"));
    write(root, &files, &[stew.to_string(), index]);
    let mut before = workspace.apply(Change::Folder).unwrap();
    for (from, to, is_same) in [
        ("Slowly", "Quickly", true),
        ("Unlike [chips]", "Much like [the chips]", true),
        ("slow. See", "slow, [chips](chips.md). See", false),
        ("chips.md#cut", "chips.md", false),
        ("## How", "## So", false),
        ("Much like", "<i id=\"a\"></i><i id=\"b\"></i>Much like", false),
        // What was two ids is now one heading with the second as its text.
        ("<i id=\"a\"></i><i id=\"b\"></i>Much", "## b {#a}\n\nMuch", false),
        ("aliases: [Hotpot]", "aliases: [Pot]", false),
    ] {
        files.entry(stew.to_string()).and_modify(|text| *text = text.replacen(from, to, 1));
        write(root, &files, &[stew.to_string()]);
        let after = workspace.apply(Change::Files(vec![stew.clone()])).unwrap();
        let (old, new) = (before.site.as_ref().unwrap(), after.site.as_ref().unwrap());
        assert!(!Arc::ptr_eq(&old.book, &new.book), "{from}");
        assert_eq!(new.book.is_linked_as(&old.book), is_same, "{from}");
        assert_eq!(Arc::ptr_eq(old.html(), new.html()), is_same, "{from}");
        let fresh = Workspace::new(root, options(dir.path(), "site", false)).apply(Change::Folder).unwrap();
        assert_eq!(made(&after), made(&fresh), "{from}");
        before = after;
    }
}

#[test]
fn a_text_laid_over_the_folder_is_as_if_it_were_written_and_can_be_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let root = &dir.path().join("book");
    let files = book();
    write(root, &files, &files.keys().cloned().collect::<Vec<_>>());
    let fresh = || Workspace::new(root, options(dir.path(), "site", false)).apply(Change::Folder).unwrap();
    let mut workspace = Workspace::new(root, options(dir.path(), "site", false));
    let first = made(&workspace.apply(Change::Folder).unwrap());
    let mut overlay = |path: &str, text: Option<&str>| {
        let overlay = [(SourcePath::new(path), text.map(SourceText::from))].into_iter().collect();
        workspace.apply(Change::Overlay(overlay)).unwrap()
    };
    let mine = "[theme]\nname = \"mine\"\n\n[book]";
    let toml = files["book.toml"].replace("[book]", mine);
    for (path, text) in [
        ("content/dishes/stew.md", "---\ntitle: Stew\n---\n\nOf [[salt]] and [[nothing]].\n"),
        ("content/dishes/soup.md", "---\ntitle: Soup\n---\n\nLike [[broth]].\n"),
        ("content/sources.yaml", "cookbook:\n  title: Another\n"),
        ("content/new/a.md", "# A\n\nOf [[chips]].\n"),
        ("content/dishes/bad.md", "---\ntitle: [Bad\n---\n"),
        ("notes.txt", "Nothing of the book's.\n"),
        ("book.toml", toml.as_str()),
    ] {
        let laid = overlay(path, Some(text));
        let there = fs::read_to_string(root.join(path)).ok();
        write(root, &[(path.to_owned(), text.to_owned())].into(), &[path.to_owned()]);
        let written = fresh();
        assert_eq!(laid.report.problems, written.report.problems, "{path}");
        assert_eq!(laid.report.texts, written.report.texts, "{path}");
        assert_eq!(made(&laid), made(&written), "{path}");
        match there {
            Some(there) => fs::write(root.join(path), there).unwrap(),
            None => fs::remove_file(root.join(path)).unwrap(),
        }
        assert_eq!(made(&overlay(path, None)), first, "{path}");
    }
    // A file of the theme, under a book that has it.
    overlay("book.toml", Some(&toml));
    overlay("themes/mine/css/mine.css", Some("main { color: red }\n"));
    let laid = overlay("themes/mine/templates/tags.html", Some("{{ page.title | }}"));
    assert_eq!(laid.report.problems[0].place.path.as_str(), "themes/mine/templates/tags.html");
    assert_eq!(&*laid.report.texts[&laid.report.problems[0].place.path], "{{ page.title | }}");
    let laid = overlay("themes/mine/templates/tags.html", None);
    assert!(made(&laid).iter().any(|(path, css)| path == "theme/site.css" && css.contains("main { color: red }")));
}

#[test]
fn a_build_after_one_edit_makes_what_shows_it_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let root = &dir.path().join("book");
    let mut files = book();
    write(root, &files, &files.keys().cloned().collect::<Vec<_>>());
    // What was written just now is copied again until it has settled, which it may while the test runs.
    set_age(&root.join("content/pics/chips.png"), 60);
    let site = RefCell::new(None);
    let build = || {
        let (snapshot, written) = build_of(root, &options(dir.path(), "site", true)).unwrap();
        site.replace(Some(snapshot));
        written.unwrap().unwrap()
    };
    let first = build();
    assert_eq!((first.made, first.unchanged), (first.written, 0));
    // What is neither a page nor an asset nor of the search is not worth keeping in mind.
    let others = site.borrow().as_ref().map_or(0, |snapshot: &Arc<Snapshot>| {
        let site = snapshot.site.as_ref().unwrap();
        site.files()
            .filter(|file| {
                let is_one = file.artifact.page().is_some() || file.artifact.is_copy();
                !is_one && file.artifact.fingerprint(site, &Trace::default()).is_none()
            })
            .count()
    });
    assert_eq!((build().made, build().written), (others, 0), "no page is made twice");
    // A word in the body of one entry: its page, and nothing that only links to it.
    files.entry("content/cooks/bob.md".into()).and_modify(|text| text.push_str("\nMore.\n"));
    write(root, &files, &["content/cooks/bob.md".into()]);
    let before = tree(&dir.path().join("site"));
    let second = build();
    let after = tree(&dir.path().join("site"));
    let changed: Vec<&String> = after.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    let (found, pages): (Vec<_>, Vec<_>) = changed.into_iter().partition(|path| path.starts_with("search/"));
    assert_eq!(pages, ["build.json", "cooks/bob.html"]);
    assert_eq!((second.made, second.written), (others + 1 + found.len(), 1 + found.len()));
    // What nobody reads makes nothing anew, and keeps what sources held; a source is shown where it is cited.
    let parsed = || fs::read(root.join(".dossier/cache/sources")).unwrap();
    let known = parsed();
    let mut edit = |file: &str, from: &str, to: &str| {
        files.entry(file.into()).and_modify(|text| *text = text.replacen(from, to, 1));
        write(root, &files, &[file.into()]);
        let before = tree(&dir.path().join("site"));
        let made = build().made - others;
        let after = tree(&dir.path().join("site"));
        let pages = after.keys().filter(|path| before.get(*path) != after.get(*path) && path.ends_with(".html"));
        (made, pages.cloned().collect::<Vec<_>>())
    };
    assert_eq!(edit("book.toml", "[book]", "# Of food.\n[book]"), (0, vec![]));
    assert_eq!(edit("book.toml", "[collections", "[check]\norphan-entry = \"off\"\n\n[collections"), (0, vec![]));
    assert_eq!(edit("content/sources.yaml", "", "# What we read.\n"), (0, vec![]));
    let cited = vec!["dishes/chips.html".to_owned(), "sources.html".to_owned()];
    assert_eq!(edit("content/sources.yaml", "title: ", "title: New "), (2, cited));
    assert!(parsed().starts_with(&known));
    // Without the cache everything is made, and nothing is written.
    fs::remove_dir_all(root.join(".dossier")).unwrap();
    let third = build();
    assert_eq!((third.made, third.written), (first.made, 0));
}

#[test]
fn what_names_a_country_is_made_anew_if_the_page_of_that_moves() {
    let dir = tempfile::tempdir().unwrap();
    let root = &dir.path().join("book");
    let mut files = book();
    write(root, &files, &files.keys().cloned().collect::<Vec<_>>());
    let built = |out: &str, cache| {
        build_of(root, &options(dir.path(), out, cache)).unwrap().1.unwrap().unwrap();
        tree(&dir.path().join(out))
    };
    assert!(built("site", true).contains_key("countries/gb.html"));
    // Nothing else of the book has to do with this entry.
    let salt = "content/notes/salt.md".to_owned();
    let text = "---\nredirect-from: countries/gb\n---\n\n".to_owned() + &files[&salt];
    files.insert(salt.clone(), text);
    write(root, &files, &[salt]);
    let moved = built("site", true);
    assert!(moved.contains_key("all-countries/be.html"));
    assert_eq!(moved, built("fresh", false));
}

#[test]
fn an_asset_is_read_again_if_it_may_have_changed() {
    let dir = tempfile::tempdir().unwrap();
    let root = &dir.path().join("book");
    let files = book();
    write(root, &files, &files.keys().cloned().collect::<Vec<_>>());
    let picture = root.join("content/pics/chips.png");
    let put = |bytes: &str, seconds: u64| {
        fs::write(&picture, bytes).unwrap();
        set_age(&picture, seconds);
    };
    let build = || {
        let (_, written) = build_of(root, &options(dir.path(), "site", true)).unwrap();
        let written = written.unwrap().unwrap();
        (written.made, written.written, fs::read_to_string(dir.path().join("site/pics/chips.png")).unwrap())
    };
    put("one", 60);
    build();
    let (others, _, _) = build();
    // Within a tick of the disk's clock, and as long as before.
    put("two", 0);
    assert_eq!(build(), (others + 1, 1, "two".to_owned()));
    put("six", 0);
    assert_eq!(build(), (others + 1, 1, "six".to_owned()));
    assert_eq!(build(), (others + 1, 0, "six".to_owned()));
    put("ten", 30);
    assert_eq!(build(), (others + 1, 1, "ten".to_owned()));
    assert_eq!(build(), (others, 0, "ten".to_owned()));
}

#[test]
fn a_cache_that_is_cut_short_or_damaged_is_as_if_it_were_not_there() {
    let dir = tempfile::tempdir().unwrap();
    let root = &dir.path().join("book");
    let files = book();
    write(root, &files, &files.keys().cloned().collect::<Vec<_>>());
    // What was written just now is not known before it has settled.
    set_age(&root.join("content/pics/chips.png"), 60);
    let build = |out: &str, cache| {
        build_of(root, &options(dir.path(), out, cache)).unwrap().1.unwrap().unwrap();
    };
    build("fresh", false);
    let fresh = tree(&dir.path().join("fresh"));
    let places = times(12) as usize;
    for name in ["sources", "pages", "words"] {
        let file = root.join(".dossier/cache").join(name);
        build("site", true);
        let whole = fs::read(&file).unwrap();
        for at in (0..whole.len()).step_by(whole.len() / places + 1) {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            for bytes in [&whole[..at], &damaged] {
                fs::write(&file, bytes).unwrap();
                build("site", true);
                assert_eq!(tree(&dir.path().join("site")), fresh, "{name} at {at}");
            }
        }
        build("site", true);
        // Words are numbered as threads meet them, and take a byte more or less.
        let made = fs::read(&file).unwrap().len();
        assert!(made.abs_diff(whole.len()) < whole.len() / 16, "what was damaged is made whole again: {name}");
    }
}
