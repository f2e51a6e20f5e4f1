//! Small houses, and what the test must find wrong with them.

use super::{circles, problems};

/// Three rooms one above the other, two neighbours, and what the root itself has.
const LIB: &str = r#"
//! A house, in which `mod attic;` is only a word.
mod base;

mod config;
mod theme;

/// What words mean.
mod parse; // pure

#[cfg(feature = "serve")]
pub(crate) mod serve;

pub mod cli;

pub use base::Name;
pub use parse::{Entry, body::Body as Text};

pub fn build() {}
"#;

/// Checks a house of these files, each under a line `== its path`. A line that must be
/// found wrong ends in `//~` and words of the message; no other line may be found wrong.
#[track_caller]
fn house(files: &str) {
    look(files, problems);
}

/// The same of the circles inside rooms alone.
#[track_caller]
fn rooms(files: &str) {
    look(files, circles::all);
}

#[track_caller]
fn look(files: &str, problems: impl Fn(&[(String, String)]) -> Vec<String>) {
    let mut house = vec![("lib.rs".to_string(), LIB.to_string())];
    let mut wanted = Vec::new();
    for file in files.split("== ").skip(1) {
        let (path, text) = file.split_once('\n').expect("a path and a text");
        for (line, text) in text.lines().enumerate() {
            if let Some((_, words)) = text.split_once("//~ ") {
                wanted.push((format!("src/{path}:{}: ", line + 1), words));
            }
        }
        house.push((path.to_string(), text.to_string()));
    }
    let found = problems(&house);
    let met =
        wanted.iter().zip(&found).all(|((place, words), found)| found.starts_with(place) && found.contains(words));
    assert!(met && found.len() == wanted.len(), "wanted {wanted:#?}\nfound {found:#?}");
}

#[test]
fn an_arrow_to_an_earlier_floor_is_right() {
    house(
        r#"
== parse/mod.rs
use crate::base::{Span, path::{self, UrlPath}};
use crate::config as settings;
use super::theme::Theme;
== cli/build.rs
use crate::{base, parse::Entry};
fn run() { crate::build(); crate::Text::new(); }
== main.rs
fn main() { println!("{:?}", std::env::args()); dossier::cli::run(); }
"#,
    );
}

#[test]
fn an_arrow_to_a_later_floor_is_wrong() {
    house(
        r#"
== config/mod.rs

use crate::parse; //~ `config` uses `parse`, which src/lib.rs lists on a later floor
use crate::parse::Entry as E; //~ later floor
pub(super) use crate::parse::*; //~ later floor
use crate::{
    base::Span,
    parse::{
        Entry //~ later floor
    },
};
fn f(x: Vec<crate::parse::Entry>) {} //~ later floor
fn g() {
    let x = crate::parse::one(); //~ later floor
    if let crate::parse::Role::Index = x {} //~ later floor
}
impl crate::parse::Shape for X {} //~ later floor
#[cfg(test)]
mod tests {
    use crate::serve; //~ `config` uses `serve`, which src/lib.rs lists on a later floor
}
== base.rs
use crate::config; //~ `base` uses `config`
"#,
    );
}

#[test]
fn an_arrow_to_a_neighbour_is_wrong() {
    house(
        r#"
== config/mod.rs
use crate::theme::Theme; //~ `config` uses `theme`, its neighbour
== theme.rs
use crate::config; //~ `theme` uses `config`, its neighbour
"#,
    );
}

#[test]
fn an_escape_through_super_is_an_arrow() {
    house(
        r#"
== config/mod.rs
use super::parse::Entry; //~ `parse`
== config/read.rs
use super::super::parse::Entry; //~ `parse`
fn f() { self::super::super::parse::one() } //~ `parse`
mod inner {
    use super::super::super::parse; //~ `parse`
    use super::super::schema;
    use super::*;
}
use super::schema::Kind;
pub(super) fn g(self) { self.h() }
== base/mod.rs
pub(super) fn f() {}
pub(crate) fn g() {}
pub(in crate::base) fn h() {}
"#,
    );
}

#[test]
fn an_arrow_inside_a_macro_is_seen() {
    house(
        r#"
== config/mod.rs
fn f() {
    format!(
        "{}", [crate::parse::one()]); //~ `parse`
    assert!(1 != (2));
    matches!(x, 0..crate::base::END);
    vec![self::f(), crate::base::g()];
}
macro_rules! m { () => { $crate::parse::one() } } //~ `parse`
"#,
    );
}

#[test]
fn an_arrow_inside_an_attribute_is_seen() {
    house(
        r#"
== config/mod.rs
#[derive(crate::parse::Shape)] //~ `parse`
struct X {
    #[serde(default = "crate::parse::one")] //~ `parse`
    y: u8,
}
"#,
    );
}

#[test]
fn words_about_other_rooms_are_only_words() {
    house(
        r#"
== config/mod.rs
//! Read before [`crate::parse`].
/// Like [`crate::parse::Entry`].
const X: &str = "crate::parse"; // crate::parse
#[doc = "crate::parse"]
struct Y;
"#,
    );
}

#[test]
fn a_name_that_the_root_lends_is_an_arrow_to_its_room() {
    house(
        r#"
== config/mod.rs
use crate::Entry; //~ `config` uses `parse`
use crate::Text; //~ `config` uses `parse`
use crate::Name;
== parse/mod.rs
fn f() { crate::build() } //~ `parse` uses `crate::build`, which is no module
"#,
    );
}

#[test]
fn nobody_takes_the_whole_crate() {
    house(
        r#"
== config/mod.rs
use crate::*; //~ the whole crate
use crate as house; //~ the whole crate
use crate::{self as house}; //~ the whole crate
use super::*; //~ the whole crate
"#,
    );
}

#[test]
fn a_room_stands_on_the_list() {
    house(
        r#"
== attic/mod.rs
//~ `attic` is not among the modules
== cellar.rs
//~ `cellar` is not among the modules
== base/mod.rs
#[path = "../parse/mod.rs"] //~ moved with #[path]
mod hidden;
"#,
    );
    let lib = |text: &str| problems(&[("lib.rs".into(), text.into())]);
    let wanted = "src/lib.rs:1: `base` must stand on a line of its own, as `mod base;`";
    assert_eq!(lib("mod base; mod config;\n"), [wanted]);
    assert_eq!(lib("mod base {}\n"), [wanted]);
    assert!(lib("mod base")[0].starts_with("src/lib.rs:1: cannot be parsed"));
    assert_eq!(problems(&[]), ["src/lib.rs: is missing"]);
}

#[test]
fn a_file_that_is_not_rust_is_wrong() {
    house(
        r#"
== base/mod.rs
fn f() {
    let; //~ cannot be parsed
}
"#,
    );
}

#[test]
fn only_disk_and_serve_touch_files() {
    house(
        r#"
== config/read.rs
use std::fs; //~ `config` uses `std::fs`: only `disk` touches files
use std::{
    io,
    fs::{self, File}, //~ touches files
};
fn f() { std::fs::read("x"); } //~ touches files
fn g() { vec![::std::fs::read("x")]; } //~ touches files
== cli/build.rs
use walkdir::WalkDir; //~ touches files
use std::path::Path;
fn f(path: &Path) -> bool { path.is_dir() } //~ touches files
fn g(path: &Path) { assert!(path.exists()) } //~ touches files
fn h() { x.filter(Path::exists) } //~ touches files
== main.rs
fn main() { std::fs::read("x"); } //~ `main` uses `std::fs`
== serve.rs
use std::fs::{self, File};
fn f() { fs::read(x.canonicalize()) }
== theme/mod.rs
const CSS: &str = include_str!("x.css");
use std::path::Path;
struct File;
fn f() -> File { fs() }
"#,
    );
    let lib = "mod base;\nuse std::fs;".to_string();
    assert_eq!(problems(&[("lib.rs".into(), lib)]), ["src/lib.rs:2: `lib` uses `std::fs`: only `disk` touches files"]);
}

#[test]
fn stages_read_no_clock_and_no_environment() {
    house(
        r#"
== parse/mod.rs
use std::process::Command; //~ are inputs
use std::time;
fn f() { std::env::var("X") } //~ are inputs
fn g() { time::SystemTime::now() } //~ are inputs
const VERSION: &str = env!("CARGO_PKG_VERSION");
use std::time::Duration;
== cli/mod.rs
use std::{env, process::ExitCode, path::Path};
"#,
    );
}

#[test]
fn only_cli_prints() {
    house(
        r#"
== parse/mod.rs
use anstream::stream::AsLockedWrite; //~ only `cli` prints
use std::io::{self, Write};
fn f() { println!("x") } //~ only `cli` prints
fn g() { std::eprintln!("x") } //~ only `cli` prints
fn h() { vec![{ dbg!(x) }]; } //~ only `cli` prints
fn i() { io::stdout().flush() } //~ only `cli` prints
fn j() { writeln!(out, "x") }
== cli/mod.rs
fn f() { println!("x"); anstream::eprintln!("x"); std::io::stderr() }
"#,
    );
}

#[test]
fn a_crate_may_belong_to_one_room() {
    house(
        r#"
== parse/mod.rs
use tera::Tera; //~ only `theme` knows the template engine
fn f(x: tera::Value) {} //~ only `theme` knows the template engine
fn g(tera: u8, notify: u8) { h(tera, notify) }
== theme/mod.rs
use tera::{Context, Tera};
== serve.rs
use axum::Router;
use tokio::fs;
== cli/mod.rs
#[tokio::main] //~ only `serve` knows HTTP
async fn f() {}
use axum as http; //~ only `serve` knows HTTP
"#,
    );
}

#[test]
fn files_of_a_room_that_need_each_other_are_a_circle() {
    rooms(
        r#"
== base/mod.rs
mod date;
mod path;
mod url;
== base/date.rs
use super::path::Path; //~ uses `super::path::Path` of src/base/path.rs
pub struct Date;
== base/path.rs
pub struct Path;
fn f() { vec![crate::base::url::read(1)] } //~ of src/base/url.rs
== base/url.rs
use super::date;
pub fn read(date: u8) -> date::Date { date.path() } //~ uses `date::Date` of src/base/date.rs
== base/tag.rs
use super::url::read;
"#,
    );
}

#[test]
fn a_front_that_uses_a_child_is_used_by_none() {
    rooms(
        r#"
== parse/entry.rs
pub fn read() -> super::Parsed { //~ uses `super::Parsed` of src/parse/mod.rs
    super::Parsed(Entry)
}
pub struct Entry;
== parse/mod.rs
mod body;
mod entry;
pub use body::Body;
pub use entry::{Entry, read};
pub struct Parsed(Entry); //~ uses `Entry` of src/parse/entry.rs
== parse/body.rs
use super::Entry;
pub struct Body;
"#,
    );
}

#[test]
fn a_front_may_lend_and_list_what_needs_it() {
    rooms(
        r#"
== config/mod.rs
mod spelling;
pub use spelling::read;
pub struct Rule;
pub const RULES: &[Rule] = &[spelling::RULE];
fn names() { RULES.iter().map(|rule| rule.name) }
== config/spelling.rs
use super::Rule;
pub const RULE: Rule = Rule;
pub fn read() {}
"#,
    );
}

#[test]
fn tests_close_no_circle() {
    rooms(
        r#"
== config/mod.rs
mod read;
#[cfg(test)]
mod tests;
pub struct Config;
#[cfg(test)]
pub fn all() { read::read(); }
== config/read.rs
use super::Config;
pub fn read() -> Config { Config }
== config/tests.rs
use super::*;
fn f() { read::read(); }
== base/mod.rs
mod date;
pub struct Day;
#[cfg(test)]
mod tests {
    use super::date::Date;
}
== base/date.rs
pub struct Date(super::Day);
"#,
    );
}
