//! A kill at any step, a full disk, a folder that is not ours: the last good output stays.

use super::*;
use crate::base::tests::cases;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::time::SystemTime;

type Tree = BTreeMap<String, String>;

/// A tree of files as `path=text`.
fn tree(files: &str) -> Tree {
    files.split_whitespace().filter_map(|file| file.split_once('=')).map(|(a, b)| (a.into(), b.into())).collect()
}

fn run(out: &Path, tree: &Tree) -> Result<Written> {
    run_until(out, tree, usize::MAX)
}

fn run_until(out: &Path, tree: &Tree, left: usize) -> Result<Written> {
    let paths: Vec<FilePath> = tree.keys().map(FilePath::new).collect();
    let make = |i: usize| Ok(FileBytes::Made(tree[paths[i].as_str()].clone().into_bytes()));
    let wanted = FileSet { paths: &paths, stays: &|_| false, known: &|_| None, make: &make };
    Ok(write_until(out, Path::new("nowhere"), &wanted, FailPoint { left })?.written)
}

fn write(out: &Path, paths: &[FilePath], make: &(dyn Fn(usize) -> Result<FileBytes> + Sync)) -> Result<Written> {
    Ok(super::write(out, Path::new("nowhere"), &FileSet { paths, stays: &|_| false, known: &|_| None, make })?.written)
}

/// The files in an output folder but for the list itself; folders that hold none as `folder/`.
fn found(out: &Path) -> Tree {
    let mut tree = Tree::new();
    for entry in WalkDir::new(out).min_depth(1).into_iter().map(Result::unwrap) {
        let path = entry.path().strip_prefix(out).unwrap().to_string_lossy().into_owned();
        if entry.file_type().is_dir() {
            if fs::read_dir(entry.path()).unwrap().next().is_none() {
                tree.insert(path + "/", String::new());
            }
        } else if path != MARKER {
            tree.insert(path, fs::read_to_string(entry.path()).unwrap());
        }
    }
    tree
}

/// A folder for outputs, and one output in it.
fn place() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("site");
    (dir, out)
}

fn list(out: &Path) -> String {
    fs::read_to_string(out.join(MARKER)).unwrap()
}

fn modified(file: &Path) -> SystemTime {
    fs::metadata(file).unwrap().modified().unwrap()
}

fn counts(written: usize, unchanged: usize, removed: usize) -> Written {
    Written { made: written + unchanged, written, unchanged, removed }
}

#[test]
fn a_second_run_touches_nothing() {
    let (dir, out) = place();
    let files = tree("index.html=a x/y.html=b");
    assert_eq!(run(&out, &files).unwrap(), counts(2, 0, 0));
    let before = ["index.html", "x/y.html", "x", MARKER].map(|path| modified(&out.join(path)));
    assert_eq!(run(&out, &files).unwrap(), counts(0, 2, 0));
    assert_eq!(["index.html", "x/y.html", "x", MARKER].map(|path| modified(&out.join(path))), before);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside the output");
}

#[test]
fn a_run_writes_what_changed_and_removes_what_is_stale() {
    let (dir, out) = place();
    run(&out, &tree("same=1 old/deep/gone=1 new=1")).unwrap();
    let before = modified(&out.join("same"));
    let files = tree("same=1 new=2 more/x=1");
    assert_eq!(run(&out, &files).unwrap(), counts(2, 1, 1));
    assert_eq!(found(&out), files);
    assert_eq!(modified(&out.join("same")), before);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn the_list_depends_on_the_files_alone() {
    let (dir, out) = place();
    let files = tree("b=1 a/c=2 a/d=1");
    run(&out, &tree("x=1 a=1")).unwrap();
    run(&out, &files).unwrap();
    let fresh = dir.path().join("fresh");
    run(&fresh, &files).unwrap();
    assert_eq!(list(&out), list(&fresh));
}

#[test]
fn a_file_that_was_removed_or_cut_short_comes_back() {
    let (_dir, out) = place();
    let files = tree("a=long b=1 c/d=1");
    run(&out, &files).unwrap();
    fs::write(out.join("a"), "l").unwrap();
    fs::remove_dir_all(out.join("c")).unwrap();
    assert_eq!(run(&out, &files).unwrap(), counts(2, 1, 0));
    assert_eq!(found(&out), files);
}

#[test]
fn an_empty_folder_is_taken_and_folders_on_the_way_are_made() {
    let (dir, out) = place();
    fs::create_dir(&out).unwrap();
    assert_eq!(run(&out, &tree("a=1")).unwrap(), counts(1, 0, 0));
    let deep = dir.path().join("x/y/z");
    run(&deep, &tree("a=1")).unwrap();
    assert_eq!(found(&deep), tree("a=1"));
    run(&deep, &tree("")).unwrap();
    assert_eq!(found(&deep), tree(""));
}

#[test]
fn a_folder_that_is_not_ours_is_not_touched() {
    for (name, text) in [("thesis.doc", "years"), (MARKER, r#"{"generator":"webpack"}"#), (".git", "gitdir")] {
        let (dir, out) = place();
        fs::create_dir(&out).unwrap();
        fs::write(out.join(name), text).unwrap();
        let error = run(&out, &tree("index.html=a thesis.doc=a")).unwrap_err().to_string();
        assert!(error.contains(MARKER) && error.contains("--out"), "{error}");
        assert_eq!(found(dir.path()).len(), 1);
        assert_eq!(fs::read_to_string(out.join(name)).unwrap(), text);
    }
}

#[test]
fn an_output_is_neither_a_file_nor_around_the_book() {
    let (dir, out) = place();
    fs::write(&out, "x").unwrap();
    assert!(run(&out, &tree("a=1")).unwrap_err().to_string().contains("is a file"));
    let root = dir.path().join("book");
    fs::create_dir(&root).unwrap();
    assert!(check_output_dir(&root, &root).unwrap_err().to_string().contains("holds the book"));
    assert!(check_output_dir(dir.path(), &root).unwrap_err().to_string().contains("holds the book"));
    assert!(check_output_dir(&root.join("../book"), &root).is_err());
    assert!(check_output_dir(&root.join("site"), &root).is_ok());
}

#[test]
fn an_error_or_a_panic_while_making_leaves_the_last_good_output() {
    let (dir, out) = place();
    let old = tree("a=1 b=2");
    run(&out, &old).unwrap();
    let (before, paths) = (list(&out), ["a", "c", "d/e"].map(FilePath::new));
    let failing = |i: usize| if i < 2 { Ok(FileBytes::Made(b"new".to_vec())) } else { bail!("no ink") };
    assert_eq!(write(&out, &paths, &failing).unwrap_err().to_string(), "no ink");
    let panicking = |i: usize| if i < 2 { Ok(FileBytes::Made(b"new".to_vec())) } else { panic!("no ink") };
    let panicked = std::panic::catch_unwind(|| write(&out, &paths, &panicking));
    assert!(panicked.is_err());
    let missing = |_| Ok(FileBytes::Copy("nowhere.png".into()));
    assert!(write(&out, &paths, &missing).unwrap_err().to_string().contains("nowhere.png"));
    assert_eq!((found(&out), list(&out)), (old, before));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside the output");
}

#[test]
fn a_copied_file_is_written_again_only_when_it_changed() {
    let (dir, out) = place();
    let asset = dir.path().join("pic.png");
    let copy = || write(&out, &[FilePath::new("pic.png")], &|_| Ok(FileBytes::Copy(asset.clone())));
    for (bytes, written) in [("one", 1), ("one", 0), ("two", 1), ("three", 1), ("three", 0)] {
        fs::write(&asset, bytes).unwrap();
        assert_eq!(copy().unwrap().written, written, "{bytes}");
        assert_eq!(fs::read_to_string(out.join("pic.png")).unwrap(), bytes);
    }
    assert_eq!(run(&out, &tree("pic.png=three")).unwrap(), counts(0, 1, 0), "made or copied, bytes are bytes");
}

#[test]
fn a_plan_that_cannot_stand_on_a_disk_is_refused_before_anything_is_written() {
    let (dir, out) = place();
    for path in ["../x", "/x", "a//b", "./a", "", "a/..", MARKER, "build.json/x"] {
        assert!(run(&out, &Tree::from([(path.to_owned(), String::new())])).is_err(), "{path}");
    }
    assert!(run(&out, &tree("a=1 a/b/c=1")).unwrap_err().to_string().contains("folder of \"a/b/c\""));
    let twice = [FilePath::new("a"), FilePath::new("a")];
    assert!(write(&out, &twice, &|_| Ok(FileBytes::Made(Vec::new()))).is_err());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn files_and_folders_and_names_in_another_case_take_each_others_places() {
    let (_dir, out) = place();
    for files in ["a=1 b/c=1 D=1", "a/x=1 b=1 d=1", "a=1 b/c/e=1 D/D=1", "b/c=1 d/d=1", "a/b/c/d=1"] {
        run(&out, &tree(files)).unwrap();
        assert_eq!(found(&out), tree(files));
    }
}

#[test]
fn files_that_somebody_put_into_the_output_stay() {
    let (_dir, out) = place();
    run(&out, &tree("a=1 b/c=1")).unwrap();
    fs::write(out.join("CNAME"), "example.org").unwrap();
    fs::write(out.join("b/own"), "mine").unwrap();
    run(&out, &tree("a=2")).unwrap();
    assert_eq!(found(&out), tree("a=2 CNAME=example.org b/own=mine"));
    // A folder that is not empty without us cannot become a file, nor a file a folder: said before anything is touched.
    for (files, words) in [("a=3 b=1", "site/b is a folder"), ("a=3 CNAME/x=1", "site/CNAME is a file")] {
        assert!(run(&out, &tree(files)).unwrap_err().to_string().contains(words));
        assert_eq!(found(&out), tree("a=2 CNAME=example.org b/own=mine"));
    }
}

#[test]
fn a_list_that_somebody_edited_costs_no_file_elsewhere() {
    let (dir, out) = place();
    run(&out, &tree("a=1")).unwrap();
    fs::write(dir.path().join("precious"), "x").unwrap();
    fs::write(out.join(MARKER), list(&out).replace("\"a\"", "\"../precious\"")).unwrap();
    run(&out, &tree("b=1")).unwrap();
    assert!(dir.path().join("precious").exists());
}

#[cfg(unix)]
#[test]
fn links_in_the_output_lead_no_write_elsewhere() {
    use std::os::unix::fs::symlink;
    let (dir, out) = place();
    run(&out, &tree("a/x=1 b=1")).unwrap();
    let elsewhere = dir.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("x"), "1").unwrap();
    fs::remove_dir_all(out.join("a")).unwrap();
    symlink(&elsewhere, out.join("a")).unwrap();
    for files in ["b=1", "a/x=2 b=1"] {
        assert!(run(&out, &tree(files)).unwrap_err().to_string().contains("link"));
    }
    fs::remove_file(out.join("a")).unwrap();
    fs::remove_file(out.join("b")).unwrap();
    symlink(elsewhere.join("x"), out.join("b")).unwrap();
    run(&out, &tree("b=1")).unwrap();
    assert!(!out.join("b").is_symlink());
    assert_eq!(found(&elsewhere), tree("x=1"));
}

#[cfg(unix)]
#[test]
fn an_output_behind_a_link_is_written_where_the_link_leads() {
    let (dir, out) = place();
    let real = dir.path().join("real/site");
    fs::create_dir_all(&real).unwrap();
    std::os::unix::fs::symlink(&real, &out).unwrap();
    run(&out, &tree("a=1 b/c=1")).unwrap();
    run(&out, &tree("a=2")).unwrap();
    assert_eq!(found(&real), tree("a=2"));
    fs::remove_dir_all(&real).unwrap();
    assert!(run(&out, &tree("a=1")).unwrap_err().to_string().contains("leads nowhere"));
}

#[test]
fn a_kill_at_any_step_is_mended_by_the_next_run() {
    let old = tree("a.html=1 b/c.html=2 d=3 e.html=5 f/g/h=6 Case=7");
    let new = tree("a.html=changed b=a-file-now d/e=a-folder-now e.html=5 i/j=new case=7");
    let other = tree("d=3 e.html=other i=a-file");
    let fresh = |files: &Tree| {
        let (_dir, out) = place();
        run(&out, files).unwrap();
        (found(&out), list(&out))
    };
    let mut killed = 0;
    loop {
        for next in [&new, &old, &other] {
            let (dir, out) = place();
            run(&out, &old).unwrap();
            let ended = run_until(&out, &new, killed);
            if ended.is_ok() {
                assert_eq!(killed, 11, "the list twice, four removals, five renames");
                return;
            }
            // A real kill leaves these as well.
            fs::create_dir(dir.path().join(".site.dossier-staging")).unwrap();
            fs::write(dir.path().join(".site.dossier-lock"), "").unwrap();
            run(&out, next).unwrap();
            assert_eq!((found(&out), list(&out)), fresh(next), "after a kill at step {killed}");
            assert_eq!(run(&out, next).unwrap(), counts(0, next.len(), 0));
        }
        killed += 1;
    }
}

#[test]
fn after_a_kill_what_is_right_already_is_not_written_again() {
    let (_dir, out) = place();
    run(&out, &tree("a=1 b=1 c=1")).unwrap();
    // The list and one of the files.
    run_until(&out, &tree("a=2 b=2 c=1"), 2).unwrap_err();
    let before = modified(&out.join("a"));
    assert_eq!(run(&out, &tree("a=2 b=2 c=1")).unwrap(), counts(1, 2, 0));
    assert_eq!(modified(&out.join("a")), before);
}

#[test]
fn a_first_run_that_is_killed_leaves_no_output() {
    let (_dir, out) = place();
    run_until(&out, &tree("a=1"), 0).unwrap_err();
    assert!(!out.exists());
    assert_eq!(run(&out, &tree("a=1")).unwrap(), counts(1, 0, 0));
}

/// Any tree in which no path is both a file and a folder.
fn any_tree() -> impl Strategy<Value = Tree> {
    prop::collection::btree_map("[aAb]{1,2}(/[ab]{1,2}){0,2}", "[xy]{0,2}", 0..7).prop_map(|tree| {
        let is_folder = |path: &str| tree.keys().any(|other| around(other).any(|folder| folder == path));
        tree.iter().filter(|(path, _)| !is_folder(path)).map(|(a, b)| (a.clone(), b.clone())).collect()
    })
}

proptest! {
    #![proptest_config(cases(24))]
    #[test]
    fn the_output_is_the_last_tree_whatever_came_before(
        runs in prop::collection::vec((any_tree(), 0usize..16), 1..5),
    ) {
        let (dir, out) = place();
        let mut before: Option<Tree> = None;
        for (tree, kill) in runs {
            // A kill before the first step changes nothing.
            if run_until(&out, &tree, kill).is_err() && kill == 0 {
                prop_assert_eq!(out.exists().then(|| found(&out)), before);
            }
            // Some kills are followed by a kill on the way to another tree.
            if kill % 3 > 0 {
                run(&out, &tree).unwrap();
                prop_assert_eq!(run(&out, &tree).unwrap(), counts(0, tree.len(), 0));
                prop_assert_eq!(&found(&out), &tree);
                let fresh = dir.path().join("fresh");
                run(&fresh, &tree).unwrap();
                prop_assert_eq!(list(&out), list(&fresh));
                fs::remove_dir_all(&fresh).unwrap();
            }
            before = out.exists().then(|| found(&out));
        }
    }
}
