//! A new entry: what is known already, and a line for whatever else its collection wants.

use std::sync::Arc;

use crate::base::path::{SourcePath, key, slug, slug_in_words};
use crate::base::refusal::Refusal;
use crate::base::source::Source;
use crate::base::suggest::nearest;
use crate::book::{Book, Role};
use crate::config::{Collection, FieldSpec};
use crate::parse::{self, Entry, yaml_quote};

use super::field_hint;

/// What is asked for.
pub struct NewEntryOptions<'a> {
    /// The collection, or a folder of plain pages; `.` for a page at the top.
    pub section: &'a str,
    pub title: &'a str,
    /// Its name in the address, in the place of the one that the title gives.
    pub slug: Option<&'a str>,
    /// Keys and values that are known; a key that stands several times has a list.
    pub values: &'a [(String, String)],
}

/// A file to write.
#[derive(Debug)]
pub struct NewEntry {
    pub path: SourcePath,
    pub text: String,
    /// The required keys that have no value yet.
    pub missing: Vec<String>,
}

/// The text that the entry begins with.
const BODY: &str = "<!-- The text stands here: what is known, in your own words, with links to other entries. -->";

/// A new entry of the book.
pub fn entry(book: &Book, wish: &NewEntryOptions) -> Result<NewEntry, Refusal> {
    let config = &book.config;
    let (folder, collection) = section(book, wish.section)?;
    let title = wish.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name(&title, wish.slug, config.keep_case)?;
    let lines = lines(book, collection, wish.values);
    let missing = lines.iter().filter(|line| line.required && line.given.is_empty()).map(|line| line.key.to_owned());
    let missing = missing.collect();
    let front: String = lines.iter().map(Line::write).collect();
    let text = format!("---\ntitle: {}\n{front}---\n\n{BODY}\n", yaml_quote::text(&title));
    let parts = [config.src.as_str(), &folder, &format!("{name}.md")];
    let path = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
    let path = SourcePath::new(&path);
    sound(book, &Source { path: path.clone(), text: text.as_str().into() })?;
    Ok(NewEntry { path, text, missing })
}

/// The folder of a section on disk, and its schema.
fn section<'a>(book: &'a Book, given: &str) -> Result<(String, Option<&'a Collection>), Refusal> {
    let config = &book.config;
    let given = given.trim_end_matches('/');
    if given == "." {
        return Ok((String::new(), None));
    }
    let wanted = slug(given, false);
    let collection = config.collection(&wanted).map(|place| &config.collections[place]);
    let paths = book.sources.iter().filter_map(|source| config.within_src(&source.path));
    let folders: Vec<&str> = paths.filter_map(|path| Some(path.split_once('/')?.0)).collect();
    // A folder may be spelt otherwise than its address.
    let same = || folders.iter().filter(|folder| slug(folder, false) == wanted);
    let folder = same().find(|folder| **folder == given).or(same().next());
    match (folder, collection) {
        (Some(folder), _) => Ok(((*folder).to_owned(), collection)),
        (None, Some(collection)) => Ok((collection.name.value.clone(), Some(collection))),
        (None, None) => {
            let declared = || config.collections.iter().map(|collection| collection.name.value.as_str());
            if declared().next().is_none() {
                let help = format!("make the folder, or declare [collections.{wanted}] in book.toml");
                let message = format!("this book declares no collections, and has no folder \"{given}\" with entries");
                return Err(Refusal::new(message).help(help));
            }
            let message = format!("there is no collection \"{given}\"");
            Err(Refusal::new(message).help(match nearest(given, declared().chain(folders.iter().copied())) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("the collections are {}", declared().collect::<Vec<_>>().join(", ")),
            }))
        }
    }
}

/// The name of the file: as asked for, or from the title.
fn name(title: &str, asked: Option<&str>, keep_case: bool) -> Result<String, Refusal> {
    if title.is_empty() {
        return Err(Refusal::new("an entry needs a title"));
    }
    let Some(asked) = asked else {
        if !title.contains(char::is_alphanumeric) {
            let message = format!("no address can be made of \"{title}\"");
            return Err(Refusal::new(message).help("give one with --slug"));
        }
        return Ok(slug_in_words(title, keep_case));
    };
    let proper = slug(asked, keep_case);
    match proper == asked {
        true => Ok(proper),
        false => {
            let help = format!("write --slug {proper}");
            Err(Refusal::new(format!("\"{asked}\" cannot stand in an address")).help(help))
        }
    }
}

/// One key of the front matter.
struct Line<'a> {
    key: &'a str,
    /// The values that are known.
    given: Vec<&'a str>,
    many: bool,
    required: bool,
    /// A comment altogether as long as there is no value.
    aside: bool,
    hint: String,
}

impl Line<'_> {
    fn write(&self) -> String {
        let key = yaml_quote::value(self.key);
        match (self.given.as_slice(), self.aside) {
            ([], true) => format!("# {key}:  # {}\n", self.hint),
            ([], false) => format!("{key}:  # {}\n", self.hint),
            ([value], _) if !self.many => format!("{key}: {}\n", yaml_quote::value(value)),
            (values, _) => format!("{key}: {}\n", yaml_quote::list(values)),
        }
    }
}

/// The keys below the title: a summary, what else is known, what the schema requires, the sources, and the rest of the
/// schema as comments.
fn lines<'a>(book: &'a Book, collection: Option<&'a Collection>, values: &'a [(String, String)]) -> Vec<Line<'a>> {
    let given = |key: &str| values.iter().filter(|(known, _)| known == key).map(|(_, value)| value.as_str()).collect();
    let fields = collection.map_or(&[][..], |collection| &collection.fields);
    let declared = |key: &str| fields.iter().find(|field| field.name.value == key);
    let line = |field: &'a FieldSpec, aside: bool| Line {
        key: &field.name.value,
        given: given(&field.name.value),
        many: field.many,
        required: field.required,
        aside,
        hint: field_hint::field(&book.config, field),
    };
    let standard = |key: &'a str, many: bool, hint: &str| match declared(key) {
        Some(field) => line(field, false),
        None => Line { key, given: given(key), many, required: false, aside: false, hint: hint.to_owned() },
    };
    let is_placed = |key: &str| matches!(key, "title" | "summary" | "sources");
    let mut others: Vec<&str> = Vec::new();
    for (key, _) in values {
        let placed = matches!(key.as_str(), "summary" | "sources") || declared(key).is_some_and(|_| key != "title");
        if !placed && !others.contains(&key.as_str()) {
            others.push(key);
        }
    }
    let rest =
        |required: bool| fields.iter().filter(move |field| field.required == required && !is_placed(&field.name.value));
    let mut lines = vec![standard("summary", false, field_hint::SUMMARY)];
    lines.extend(others.into_iter().map(|key| standard(key, false, "")));
    lines.extend(rest(true).map(|field| line(field, false)));
    lines.push(standard("sources", true, &field_hint::sources(book)));
    lines.extend(rest(false).map(|field| line(field, true)));
    lines
}

/// Reads the new entry as a build will, and compares it with those that there are.
fn sound(book: &Book, source: &Source) -> Result<(), Refusal> {
    let parsed = parse::one(&book.config, source);
    let problems = parsed.problems.into_iter().chain(parsed.draft_problems);
    // What is still to be filled in is missing on purpose.
    if let Some(problem) = problems.into_iter().find(|problem| problem.rule != "missing-field") {
        return Err(Refusal { message: problem.message, place: None, help: problem.help });
    }
    let Some(new) = parsed.entries.first() else { return Ok(()) };
    if new.role == Role::Index {
        let message = format!("{}.md is the page of its folder", new.stem);
        return Err(Refusal::new(message).help("give the entry another name with --slug"));
    }
    if let Some(other) = book.names.at(&new.address) {
        let message = format!("there is an entry at {}.html", new.address);
        return Err(Refusal::new(message).at(book.place(book.entry(other))).help("give another name with --slug"));
    }
    let same = |other: &&Arc<Entry>| {
        new.collection.is_some() && other.section == new.section && key(&other.title.value) == key(&new.title.value)
    };
    match book.entries.iter().find(same) {
        Some(other) => {
            let message = format!("an entry of {} is called \"{}\"", new.section, other.title.value);
            Err(Refusal::new(message).at(book.place(other)).help("tell the two apart in their titles"))
        }
        None => Ok(()),
    }
}
