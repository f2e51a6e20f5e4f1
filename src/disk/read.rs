//! Reading a book's folder: each file once, in parallel, in an order that does not depend on the disk.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use rayon::prelude::*;

use super::read_text::{TOGETHER, read_source, read_together};
use super::walk::{Skipped, Unreadable, Walk, walk};
use crate::base::path::SourcePath;
use crate::base::source::{Source, SourceText};

/// How many files one thread reads at a time, at least and at most.
const FEWEST: usize = 16;
const MOST: usize = 1024;

/// What a book's folder holds. Each list is sorted by path.
#[derive(Debug, Default)]
pub struct Listing {
    /// Markdown and YAML files with their text.
    pub sources: Vec<Source>,
    /// All other files, not read.
    pub others: Vec<SourcePath>,
    /// What could not be read: it costs the others nothing.
    pub unreadable: Vec<Unreadable>,
    /// Folders that were not read.
    pub skipped: Vec<Skipped>,
}

/// The text of `book.toml`, if there is one.
///
/// Errors: it cannot be read, or is no UTF-8.
pub fn read_config(root: &Path) -> Result<Option<SourceText>> {
    let file = root.join("book.toml");
    if !file.exists() {
        return Ok(None);
    }
    match read_source(root, SourcePath::new("book.toml")) {
        Ok(source) => Ok(Some(source.text)),
        Err(Unreadable { message, help, .. }) => bail!("cannot read {}: {message}; {help}", file.display()),
    }
}

/// Reads the folder `src` of the book (empty: the book's own folder), leaving out what never belongs
/// to it: hidden files, outputs (the folders in `skip`, and any that an earlier build wrote), what programs made or
/// fetched (a `target` of Cargo or Maven, `node_modules`), templates, and links that lead out of the book. Paths are
/// relative to `root`. Where the folder was `walked` just now, it is not walked again.
///
/// Errors: there is no such folder. What cannot be read inside it is told in `unreadable`.
pub fn read_folder(root: &Path, src: &str, skip: &[PathBuf], walked: Option<Walk>) -> Result<Listing> {
    let folder = root.join(src);
    if !folder.is_dir() {
        bail!("there is no folder {}; write entries there, or set [book] src in book.toml", folder.display());
    }
    let Walk { files, skipped } = match walked {
        Some(walked) => walked,
        None => walk(root, &folder, skip)?,
    };
    let mut found = Listing { skipped, ..Listing::default() };
    let mut texts = Vec::new();
    for file in files {
        match file {
            Err(unreadable) => found.unreadable.push(unreadable),
            Ok((path, file)) => match path.extension().as_str() {
                "md" | "markdown" | "yaml" | "yml" => texts.push((path, file)),
                _ if path.as_str() == "book.toml" => {}
                _ => found.others.push(path),
            },
        }
    }
    let share = texts.len() / (4 * rayon::current_num_threads());
    let read: Vec<Vec<Result<Source, Unreadable>>> = texts
        .par_chunks(share.clamp(FEWEST, MOST))
        .map_init(|| String::with_capacity(TOGETHER), read_together)
        .collect();
    for text in read.into_iter().flatten() {
        match text {
            Ok(source) => found.sources.push(source),
            Err(unreadable) => found.unreadable.push(unreadable),
        }
    }
    found.sources.sort_by(|a, b| a.path.cmp(&b.path));
    found.others.sort();
    found.unreadable.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// All files below a folder of the book with their bytes, sorted by their paths in that folder, with
/// `/` between the parts; none if the folder does not exist.
///
/// Errors: a file cannot be read.
pub fn read_tree(root: &Path, folder: &str) -> Result<Vec<(String, Vec<u8>)>> {
    let (within, folder) = (SourcePath::new(folder), root.join(folder));
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for file in walk(root, &folder, &[])?.files {
        let (path, file) = file.map_err(|Unreadable { path, message, .. }| anyhow!("cannot read {path}: {message}"))?;
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        files.push((path.within(within.as_str()).unwrap_or(path.as_str()).to_owned(), bytes));
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::super::read_text::LARGEST;
    use super::*;

    /// A book of files that all hold their own names.
    fn book(paths: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for path in paths {
            add(dir.path(), path, path);
        }
        dir
    }

    fn add(dir: &Path, path: &str, bytes: impl AsRef<[u8]>) {
        let file = dir.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    /// Sources, a bar, other files, a bar, unreadable ones.
    fn found(dir: &Path, src: &str, skip: &[&str]) -> String {
        let skip: Vec<PathBuf> = skip.iter().map(|path| dir.join(path)).collect();
        let found = read_folder(dir, src, &skip, None).unwrap();
        let sources = found.sources.iter().map(|source| source.path.as_str());
        let others = found.others.iter().map(SourcePath::as_str);
        let unreadable = found.unreadable.iter().map(|unreadable| unreadable.path.as_str());
        sources.chain(["|"]).chain(others).chain(["|"]).chain(unreadable).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn texts_are_read_and_other_files_are_listed_by_path() {
        let dir =
            book(&["content/b/c.yaml", "content/b/pic.png", "content/a.md", "content/Z.MARKDOWN", "content/b.yml"]);
        add(dir.path(), "book.toml", "");
        assert_eq!(
            found(dir.path(), "content", &[]),
            "content/Z.MARKDOWN content/a.md content/b.yml content/b/c.yaml | content/b/pic.png |"
        );
        let found = read_folder(dir.path(), "content", &[], None).unwrap();
        assert!(found.sources.iter().all(|source| *source.text == *source.path.as_str()));
        assert!(read_folder(dir.path(), "entries", &[], None).unwrap_err().to_string().contains("src"));
    }

    #[test]
    fn each_text_is_its_own_however_many_stand_together() {
        let dir = tempfile::tempdir().unwrap();
        let large = "é".repeat(TOGETHER / 3);
        for (nth, text) in ["", "one", &large, "\u{feff}two", &large, &large, "three"].iter().enumerate() {
            add(dir.path(), &format!("{nth}.md"), text);
        }
        add(dir.path(), "1-bad.md", b"good\xff");
        add(dir.path(), "5-bad.md", b"\xff\xfe");
        let found = read_folder(dir.path(), "", &[], None).unwrap();
        let texts: Vec<&str> = found.sources.iter().map(|source| &*source.text).collect();
        assert_eq!(texts, ["", "one", &large, "\u{feff}two", &large, &large, "three"]);
        let bad: Vec<&str> = found.unreadable.iter().map(|unreadable| unreadable.path.as_str()).collect();
        assert_eq!(bad, ["1-bad.md", "5-bad.md"]);
        assert_eq!(&*found.unreadable[0].before, "good");
        // What is read again alone is the same text.
        assert!(read_source(dir.path(), SourcePath::new("2.md")).unwrap().text == found.sources[2].text);
    }

    #[test]
    fn what_never_belongs_to_a_book_is_left_out() {
        let dir = book(&[
            "a.md",
            ".git/x.md",
            ".hidden.md",
            "b/.obsidian/x.md",
            "b/target/x.md",
            "b/target/CACHEDIR.TAG",
            "c/target/x.md",
            "c/pom.xml",
            "d/target/x.md",
            "d/site/x.md",
            "b/target.md",
            "node_modules/x.md",
            "site/x.md",
            "themes/mine/templates/x.html",
            "themes/colours.md",
            "book.toml",
            "b/book.toml",
        ]);
        assert_eq!(
            found(dir.path(), "", &["site", "nowhere"]),
            "a.md b/target.md d/site/x.md d/target/x.md themes/colours.md | b/book.toml c/pom.xml |"
        );
    }

    #[test]
    fn a_folder_that_is_passed_by_is_known_with_whether_it_holds_markdown() {
        let dir = book(&[
            "a.md",
            "site/x.md",
            "node_modules/a/README.md",
            "target/x.txt",
            "target/CACHEDIR.TAG",
            "old/x.html",
        ]);
        add(dir.path(), "old/build.json", r#"{"generator":"dossier","version":1,"files":{}}"#);
        let found = read_folder(dir.path(), "", &[dir.path().join("site")], None).unwrap();
        let skipped: Vec<_> = found.skipped.iter().map(|folder| (folder.path.as_str(), folder.has_markdown)).collect();
        assert_eq!(skipped, [("node_modules", true), ("old", false), ("site", true), ("target", false)]);
    }

    #[test]
    fn the_templates_of_a_vault_are_left_out() {
        let dir = book(&["a.md", "Templates/x.md", "b/a.md", "b/T/t/x.md", "c/x.md", "d/x.md"]);
        add(dir.path(), ".obsidian/templates.json", r#"{"folder":"Templates"}"#);
        add(dir.path(), "b/.obsidian/templates.json", r#"{"folder":"/T/t/"}"#);
        add(dir.path(), "c/.obsidian/templates.json", r#"{"folder":"../d"}"#);
        add(dir.path(), "d/.obsidian/templates.json", r#"{"folder":""}"#);
        assert_eq!(found(dir.path(), "", &[]), "a.md b/a.md c/x.md d/x.md | |");
        assert_eq!(found(dir.path(), "b", &[]), "b/a.md | |");
    }

    #[test]
    fn the_output_of_an_earlier_build_is_left_out_and_another_build_json_is_not() {
        let dir = book(&["a.md", "old/x.md", "app/x.md"]);
        add(dir.path(), "old/build.json", r#"{"generator":"dossier","version":1,"files":{}}"#);
        add(dir.path(), "app/build.json", r#"{"generator":"webpack"}"#);
        assert_eq!(found(dir.path(), "", &[]), "a.md app/x.md | app/build.json |");
    }

    #[test]
    fn a_file_that_is_no_text_costs_the_others_nothing() {
        let dir = book(&["good.md"]);
        add(dir.path(), "bad.md", b"ab\n\xffc");
        add(dir.path(), "cut.md", b"\xe4\xb8");
        add(dir.path(), "wide.md", b"\xff\xfea\0");
        add(dir.path(), "mark.md", "\u{feff}x");
        let found = read_folder(dir.path(), "", &[], None).unwrap();
        assert_eq!(found.sources.len(), 2, "a byte order mark of UTF-8 does no harm");
        let told = |i: usize| (found.unreadable[i].at, &*found.unreadable[i].before, &*found.unreadable[i].message);
        assert_eq!(told(0), (3, "ab\n", "this file is no UTF-8: byte 0xff begins no character"));
        assert_eq!(told(1), (0, "", "this file is no UTF-8: byte 0xe4 begins no character"));
        assert_eq!(told(2), (0, "", "this file is UTF-16"));
    }

    #[test]
    fn a_file_too_large_for_text_is_refused() {
        let dir = book(&["good.md"]);
        for (path, length) in [("huge.md", LARGEST + 1), ("film.mp4", LARGEST + 1)] {
            File::create(dir.path().join(path)).unwrap().set_len(length).unwrap();
        }
        assert_eq!(found(dir.path(), "", &[]), "good.md | film.mp4 | huge.md");
    }

    #[test]
    fn book_toml_is_read_or_said_to_be_missing_or_no_text() {
        let dir = book(&[]);
        assert!(read_config(dir.path()).unwrap().is_none());
        add(dir.path(), "book.toml", "[book]");
        assert_eq!(&*read_config(dir.path()).unwrap().unwrap(), "[book]");
        add(dir.path(), "book.toml", b"\xff\xfe[\0");
        assert!(read_config(dir.path()).unwrap_err().to_string().contains("UTF-16"));
    }

    #[test]
    fn a_tree_is_all_its_files_or_nothing_where_there_is_no_folder() {
        let dir = book(&["themes/mine/templates/b.html", "themes/mine/a.css", "themes/mine/.swp"]);
        let tree = read_tree(dir.path(), "themes/mine").unwrap();
        let paths: Vec<&str> = tree.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["a.css", "templates/b.html"]);
        assert_eq!(tree[0].1, b"themes/mine/a.css");
        assert!(read_tree(dir.path(), "themes/other").unwrap().is_empty());
    }

    #[cfg(unix)]
    mod on_unix {
        use super::*;
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::{PermissionsExt, symlink};

        #[test]
        fn links_inside_the_book_are_followed_and_those_that_lead_out_are_not() {
            let outside = book(&["secret.md", "folder/secret.md"]);
            let dir = book(&["content/a.md", "shared/b.md", ".git/c.md", "site/d.md"]);
            let content = dir.path().join("content");
            for (target, name) in [
                (outside.path().join("secret.md"), "out.md"),
                (outside.path().join("folder"), "out"),
                (dir.path().join(".git"), "hidden"),
                (dir.path().join("site"), "output"),
                ("nowhere.md".into(), "dangling.md"),
                ("../shared".into(), "in"),
                ("a.md".into(), "same.md"),
            ] {
                symlink(target, content.join(name)).unwrap();
            }
            assert_eq!(found(dir.path(), "content", &["site"]), "content/a.md content/in/b.md content/same.md | |");
        }

        #[test]
        fn markdown_behind_links_that_lead_elsewhere_is_known() {
            let outside = book(&["secret.md", "few/deep/er/a.md", "none/a.txt", "none/.git/a.md", "many/z.md"]);
            for i in 0..2_100 {
                add(outside.path(), &format!("many/a/{i}.txt"), "");
            }
            let dir = book(&["content/a.md", "shared/b.md", ".git/c.md", "site/d.md", "shared/node_modules/x.md"]);
            let content = dir.path().join("content");
            for (target, name) in [
                (outside.path().join("secret.md"), "out.md"),
                (outside.path().join("secret.md"), "picture.png"),
                (outside.path().join("few"), "few"),
                (outside.path().join("none"), "none"),
                (outside.path().join("many"), "many"),
                (dir.path().join(".git"), "hidden"),
                (dir.path().join("site"), "output"),
                ("../shared".into(), "in"),
                ("..".into(), "around"),
                ("../..".into(), "up"),
                ("nowhere".into(), "dangling"),
            ] {
                symlink(target, content.join(name)).unwrap();
            }
            symlink(outside.path().join("few"), dir.path().join("shared/few")).unwrap();
            let found = read_folder(dir.path(), "content", &[dir.path().join("site")], None).unwrap();
            let skipped: Vec<_> =
                found.skipped.iter().map(|skipped| (skipped.path.as_str(), skipped.has_markdown)).collect();
            assert_eq!(
                skipped,
                [
                    ("content/few", true),
                    ("content/in/node_modules", true),
                    ("content/many", true),
                    ("content/none", false),
                    ("content/out.md", true),
                    ("content/output", true),
                ]
            );
        }

        #[test]
        fn links_in_circles_end() {
            let dir = book(&["content/a/x.md", "content/b/y.md"]);
            let content = dir.path().join("content");
            for (target, name) in
                [("..", "a/up"), ("../..", "root"), ("self", "self"), ("../b", "a/b"), ("../a", "b/a")]
            {
                symlink(target, content.join(name)).unwrap();
            }
            assert_eq!(
                found(dir.path(), "content", &[]),
                "content/a/b/y.md content/a/x.md content/b/a/x.md content/b/y.md | |"
            );
        }

        #[test]
        fn many_folders_of_links_to_each_other_are_read_in_no_time() {
            let dir = book(&[]);
            for i in 0..12 {
                add(dir.path(), &format!("{i}/x.md"), "");
            }
            for (i, j) in (0..12).flat_map(|i| (0..12).map(move |j| (i, j))) {
                symlink(format!("../{j}"), dir.path().join(format!("{i}/to-{j}"))).unwrap();
            }
            assert_eq!(read_folder(dir.path(), "", &[], None).unwrap().sources.len(), 12 + 12 * 11);
        }

        #[test]
        fn a_book_reached_through_a_link_is_read() {
            let dir = book(&["real/a.md"]);
            symlink("real", dir.path().join("content")).unwrap();
            assert_eq!(found(dir.path(), "content", &[]), "content/a.md | |");
        }

        #[test]
        fn a_name_that_is_no_text_or_holds_a_backslash_is_told() {
            let dir = book(&["good.md"]);
            fs::write(dir.path().join(OsStr::from_bytes(b"bad\xff.md")), "x").unwrap();
            fs::write(dir.path().join("..\\up.png"), "x").unwrap();
            fs::write(dir.path().join("a\\b.md"), "x").unwrap();
            assert_eq!(found(dir.path(), "", &[]), "good.md | | a/b.md bad\u{fffd}.md");
        }

        #[test]
        fn what_nobody_may_read_is_told() {
            let dir = book(&["good.md", "closed.md", "folder/x.md"]);
            let set = |mode: u32| {
                for path in ["closed.md", "folder"] {
                    fs::set_permissions(dir.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
                }
            };
            set(0);
            // The superuser may read everything.
            if File::open(dir.path().join("closed.md")).is_err() {
                assert_eq!(found(dir.path(), "", &[]), "good.md | | closed.md folder");
                let found = read_folder(dir.path(), "", &[], None).unwrap();
                assert_eq!(found.unreadable[0].message, "cannot read this file: permission denied");
                assert_eq!(found.unreadable[1].message, "cannot look into this folder: permission denied");
            }
            set(0o755);
        }
    }
}
