//! How pages look: the built-in templates, styles, scripts and words, each shadowed one by one by the book's own.

mod fold;
mod layers;
mod options;
mod tokens;
mod words;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use crate::base::cjk;
use crate::base::diagnostic::Diagnostic;
use crate::base::direction::{Direction, direction, of_text};
use crate::base::fingerprint::Fingerprint;
use crate::base::messages::{self as interface, Messages};
use crate::base::path::FilePath;
#[cfg(any(test, feature = "serve"))]
use crate::base::path::SourcePath;
use crate::base::span::{Span, offset};
use layers::{BAD_THEME, Overlay};
pub use options::ThemeOptions;

/// The script that runs before a page is drawn.
const BLOCKING: &str = "theme.js";

/// The folder of the scripts that a page loads when its reader searches; all others run when it is drawn.
const SEARCH: &str = "search/";

/// The first style sheets; the others follow by name, and those that only the book has come last.
const FIRST_STYLES: [&str; 3] = ["tokens", "base", "prose"];

/// How many bytes a page has, more or less.
const PAGE: usize = 16 * 1024;

/// A part of a view that stands on many pages, made ready for templates once.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct SharedValue(Value);

impl SharedValue {
    pub fn new(view: &impl Serialize) -> SharedValue {
        SharedValue(Value::from_serializable(view))
    }
}

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    /// The same, quicker; none until the first page is asked for.
    folded: OnceLock<Tera>,
    words: Arc<Messages>,
    prose: Prose,
    files: Vec<(FilePath, Vec<u8>)>,
    layers: Overlay,
}

impl Theme {
    /// The built-in theme under the files of the book's own, which stand in its folder `folder` (`themes/mine`)
    /// at the paths given: `templates/entry.html`, `css/tokens.css`.
    ///
    /// Beside it, what is wrong: without a theme, that a file of the book's own is no UTF-8, no template, no table of
    /// words, or stands where no theme has one; else that the book sets a design token as the theme does not have it.
    pub fn new(folder: &str, own: Vec<(String, Vec<u8>)>, wishes: &ThemeOptions) -> (Option<Theme>, Vec<Diagnostic>) {
        let (layers, mut problems) = Overlay::new(folder, own);
        let words = words::read(&layers, wishes.language, &mut problems);
        let mut wrong_tokens = Vec::new();
        let tokens = tokens::read(&layers, wishes, &mut wrong_tokens);
        let mut tera = Tera::new();
        let prose = Prose::new(wishes.language, wishes.han);
        let lang = prose.clone();
        tera.register_filter("lang", move |value: &Value, parts: Kwargs, _: &State| {
            let text = shown(value);
            tera::TeraResult::Ok(safe(value, lang.lang(&text, language_around(&parts)?)))
        });
        let bdi = prose.clone();
        tera.register_filter("bdi", move |value: &Value, parts: Kwargs, _: &State| {
            let text = shown(value);
            tera::TeraResult::Ok(safe(value, bdi.bdi(&text, language_around(&parts)?)))
        });
        tera.global_context().insert("words", &words);
        let words: Arc<Messages> = Arc::new(words.into_iter().collect());
        let thousands = words.get("thousands").to_owned();
        tera.register_filter("fill", move |text: Cow<'_, str>, parts: Kwargs, _: &State| {
            // In the singular, where the caller has a text for it.
            let one = parts.get::<Cow<'_, str>>("one")?;
            let count = parts.must_get::<i64>("count")?;
            let text = one.filter(|_| count == 1).unwrap_or(text);
            tera::TeraResult::Ok(interface::fill(&text, &[("count", &interface::in_thousands(count, &thousands))]))
        });
        let templates: Vec<(&str, &str)> = layers.texts("templates/", ".html").collect();
        if let Err(error) = tera.add_raw_templates(templates.iter().copied()) {
            problems.push(template_problem(&layers, &error, "this is no template", TEMPLATE_HELP));
        }
        let theme = problems.is_empty().then(|| Theme {
            tera,
            folded: OnceLock::new(),
            words,
            prose,
            files: files(&layers, &tokens),
            layers,
        });
        problems.append(&mut wrong_tokens);
        (theme, problems)
    }

    /// A page's HTML: the template of this name (`entry` is `templates/entry.html`), given what it shows.
    ///
    /// Errors: the template asks for what the view does not have; told with the place in the template.
    pub fn render(&self, template: &str, view: &impl Serialize) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut html = Vec::with_capacity(PAGE);
        let context = Context::from_serialize(view);
        let tera = self.folded.get_or_init(|| fold::fold(&self.tera, &self.layers));
        let rendered = context.and_then(|context| tera.render_to(&format!("{template}.html"), &context, &mut html));
        let problem = |error| template_problem(&self.layers, &error, "this template cannot be rendered", RENDER_HELP);
        rendered.map(|()| html).map_err(|error| Box::new(problem(error)))
    }

    /// The text of one of its files, by its place in the book.
    #[cfg(any(test, feature = "serve"))]
    pub fn text(&self, path: &SourcePath) -> Option<&str> {
        self.layers.text_at(path)
    }

    /// The words of the interface in the book's language.
    pub fn words(&self) -> &Arc<Messages> {
        &self.words
    }

    /// How texts of others are shown.
    pub fn prose(&self) -> &Prose {
        &self.prose
    }

    /// What a component of the built-in theme says; none for a theme with templates of its own, which may say
    /// otherwise.
    pub fn built_in_part(&self, component: &str) -> Option<String> {
        let text = format!("{{{{ {component} }}}}");
        let rendered = || self.tera.render_str(&text, &Context::new(), true).ok();
        (!self.layers.has_own_templates()).then(rendered).flatten()
    }

    /// What a design token is for light: as the book's own style sheet declares it, and as the built-in one does.
    pub fn light_values<'a>(&'a self, token: &'a str) -> impl Iterator<Item = &'a str> {
        tokens::light_values(&self.layers, token)
    }

    /// The fingerprint of all that the theme is made of.
    pub fn print(&self) -> Fingerprint {
        self.layers.print()
    }

    /// The files that pages load, and what stands in them.
    pub fn files(&self) -> &[(FilePath, Vec<u8>)] {
        &self.files
    }
}

/// How texts of others are shown on a page: marked with their language and their direction, where those must be said.
#[derive(Clone)]
pub struct Prose {
    /// The book's, BCP 47.
    language: Arc<str>,
    /// The language of Han letters in texts of another script.
    han: Arc<str>,
    direction: Direction,
}

impl Prose {
    fn new(language: &str, han: &str) -> Prose {
        Prose { language: language.into(), han: han.into(), direction: direction(language) }
    }

    /// A text as HTML; `around` is the language of what is around it, if not the book's.
    pub fn lang<'a>(&self, text: &'a str, around: Option<&str>) -> Cow<'a, str> {
        cjk::html(text, around.unwrap_or(&self.language), &self.han)
    }

    /// The same for a text among others, which may run the other way than they do.
    pub fn bdi<'a>(&self, text: &'a str, around: Option<&str>) -> Cow<'a, str> {
        let html = self.lang(text, around);
        match of_text(text, self.direction).filter(|_| around.is_none()) {
            Some(dir) => format!("<bdi dir=\"{dir}\">{html}</bdi>").into(),
            None => html,
        }
    }
}

/// What a filter made of a value. Most texts are HTML as they are, and tera shares them.
fn safe(value: &Value, html: Cow<'_, str>) -> Value {
    match html {
        Cow::Borrowed(_) if value.is_string() => value.clone().mark_safe(),
        html => Value::safe_string(&html),
    }
}

/// What a template asks a filter to show.
fn shown(value: &Value) -> Cow<'_, str> {
    value.as_str().map_or_else(|| Cow::Owned(value.to_string()), Cow::Borrowed)
}

/// The language of what is around a text, where a template says that it is not the book's: that of a text around its own
/// title.
fn language_around(parts: &Kwargs) -> tera::TeraResult<Option<&str>> {
    Ok(parts.get::<&Value>("of")?.and_then(Value::as_str).filter(|lang| !lang.is_empty()))
}

/// One style sheet, three scripts, and the static files as they are.
fn files(layers: &Overlay, tokens: &str) -> Vec<(FilePath, Vec<u8>)> {
    let mut styles: Vec<(&str, &str)> = layers.texts("css/", ".css").collect();
    styles.sort_by_key(|(stem, _)| {
        let stem = stem.trim_end_matches(".css");
        let first = FIRST_STYLES.iter().position(|first| *first == stem).unwrap_or(FIRST_STYLES.len());
        (!layers.is_built_in(&format!("css/{stem}.css")), first, stem.to_owned())
    });
    let (blocking, scripts): (Vec<_>, Vec<_>) = layers.texts("js/", ".js").partition(|(name, _)| *name == BLOCKING);
    let (search, scripts): (Vec<_>, Vec<_>) = scripts.into_iter().partition(|(name, _)| name.starts_with(SEARCH));
    let joined = |parts: Vec<(&str, &str)>| parts.into_iter().map(|(_, text)| text).collect::<String>().into_bytes();
    let styles = [joined(styles), tokens.as_bytes().to_vec()].concat();
    let mut files = vec![
        (FilePath::new("theme/site.css"), styles),
        (FilePath::new("theme/site.js"), joined(scripts)),
        (FilePath::new("theme/search.js"), joined(search)),
        (FilePath::new("theme/theme.js"), joined(blocking)),
    ];
    files.extend(layers.under("static/").map(|(name, bytes)| (FilePath::new(format!("theme/{name}")), bytes.to_vec())));
    files
}

/// What to do with a template that is none.
const TEMPLATE_HELP: &str = "the templates are those of Tera 2; take the file out to have the built-in one";

/// What to do with a template that asks for what there is not.
const RENDER_HELP: &str =
    "\"Themes\" in the manual tells what each template is given; take the file out to have the built-in one";

/// What the template engine says of a template, at its place in the book's own file where it is one; `what` is wrong with
/// it, and `help` what to do.
fn template_problem(layers: &Overlay, error: &tera::Error, what: &str, help: &str) -> Diagnostic {
    let told = error.to_string();
    let (name, message, place) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.filename(), report.message().to_owned(), Some(report.span()))
        }
        ErrorKind::MissingParent { current, parent } => {
            (current.as_str(), format!("there is no template \"{parent}\" to extend"), None)
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            (tpl.as_str(), "these templates extend each other in a circle".into(), None)
        }
        // "error: Unknown filter `x`", and below it "--> entry.html:9:28" over the line itself.
        _ => {
            let message = told.lines().next().unwrap_or("").trim_start_matches("error: ").to_owned();
            let place = told.split_once("--> ").and_then(|(_, rest)| rest.lines().next());
            let mut parts = place.unwrap_or("").split(':');
            let name = parts.next().unwrap_or("");
            let line = parts.next().and_then(|line| line.parse().ok()).unwrap_or(1);
            let column = parts.next().and_then(|column| column.parse().ok()).unwrap_or(1);
            let at = layers.text(&format!("templates/{name}")).map_or(0, |text| offset(text, line, column));
            let path = layers.path(&format!("templates/{name}"));
            return Diagnostic::error(BAD_THEME, &path, Span::at(at), format!("{what}: {message}")).help(help);
        }
    };
    let path = format!("templates/{name}");
    let span = place.zip(layers.text(&path)).map_or(Span::at(0), |(place, text)| {
        let at = |line: usize, column: usize| offset(text, line, column + 1);
        Span::new(at(place.start_line, place.start_col)..at(place.end_line, place.end_col))
    });
    let message = format!("{what}: {}", message.trim_end_matches('.'));
    Diagnostic::error(BAD_THEME, &layers.path(&path), span, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::span::Spanned;

    fn theme(own: &[(&str, &str)]) -> Result<Theme, Vec<Diagnostic>> {
        let own = own.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        let path = SourcePath::new("book.toml");
        let tokens = [(Spanned::new("accent".to_owned(), Span::at(0)), vec!["#123".to_owned()])];
        let wishes = ThemeOptions { language: "en-GB", han: "zh-Hans", path: &path, tokens: &tokens };
        let (theme, problems) = Theme::new("themes/mine", own, &wishes);
        theme.ok_or(problems)
    }

    fn file(theme: &Theme, path: &str) -> String {
        let found = theme.files().iter().find(|(file, _)| file.as_str() == path);
        String::from_utf8(found.unwrap_or_else(|| panic!("no {path}")).1.clone()).unwrap()
    }

    #[derive(Serialize)]
    struct Named {
        name: &'static str,
    }

    #[test]
    fn a_books_own_file_shadows_one_file_and_no_other() {
        let plain = theme(&[]).unwrap();
        let own = theme(&[("css/tokens.css", ":root { --mine: 1 }\n"), ("static/icon.svg", "<svg/>")]).unwrap();
        assert!(file(&own, "theme/site.css").starts_with(":root { --mine: 1 }"));
        let rest = |css: &str| css.split("/* The page").nth(1).map(str::to_owned);
        assert_eq!(rest(&file(&own, "theme/site.css")), rest(&file(&plain, "theme/site.css")));
        assert_eq!(file(&own, "theme/icon.svg"), "<svg/>");
        assert_eq!(file(&own, "theme/theme.js"), file(&plain, "theme/theme.js"));
    }

    #[test]
    fn a_style_that_only_the_book_has_comes_last() {
        let own = theme(&[("css/aaa.css", "/* mine */")]).unwrap();
        assert!(file(&own, "theme/site.css").contains("/* mine */"));
    }

    #[test]
    fn names_are_text_and_words_are_at_hand() {
        let own = theme(&[("templates/x.html", "{{ words.skip }}: {{ name }}"), ("words/en.toml", "skip = \"Past\"")]);
        let html = own.unwrap().render("x", &Named { name: "<b> & \"c\"" }).unwrap();
        assert_eq!(String::from_utf8(html).unwrap(), "Past: &lt;b&gt; &amp; &quot;c&quot;");
    }

    #[test]
    fn what_is_wrong_in_a_books_own_theme_is_told_with_its_place() {
        let problems = |own: &[(&str, &str)]| {
            let problems = theme(own).err().unwrap();
            problems
                .iter()
                .map(|p| format!("{}:{:?} {}", p.place.path, p.place.span.range(), p.message))
                .collect::<Vec<_>>()
        };
        let found = problems(&[("templates/entry.html", "a\n中{{ x y }}")]);
        assert!(found[0].starts_with("themes/mine/templates/entry.html:10..11 this is no template"), "{found:?}");
        let found = problems(&[("templates/entry.html", "a\n {{ page | shout }}")]);
        assert!(found[0].starts_with("themes/mine/templates/entry.html:"), "{found:?}");
        assert!(found[0].contains("this is no template: Unknown filter `shout`"), "{found:?}");
        let found = problems(&[("templates/entry.html", "{% extends \"bass.html\" %}")]);
        assert!(found[0].contains("there is no template \"bass.html\" to extend"), "{found:?}");
        let found = problems(&[("template/entry.html", ""), ("words/en.toml", "skip = 1"), ("css/x.scss", "")]);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().any(|found| found.starts_with("themes/mine/words/en.toml:7..8 ")), "{found:?}");
    }

    #[test]
    fn a_template_that_asks_for_what_is_not_there_says_so() {
        let own = theme(&[("templates/x.html", "{{ nothing.at.all }}")]).unwrap();
        let problem = own.render("x", &Named { name: "" }).unwrap_err();
        assert_eq!(
            (problem.place.path.as_str(), problem.place.span.range().start),
            ("themes/mine/templates/x.html", 3)
        );
        assert!(problem.message.starts_with("this template cannot be rendered: "), "{}", problem.message);
        assert_eq!(own.text(&problem.place.path), Some("{{ nothing.at.all }}"));
    }
}
