//! What one source file uses: paths, macros and methods, wherever they stand.

use std::collections::{BTreeSet, HashMap};

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::visit::{self, Visit};

use super::TRADES;
use super::house::House;

/// What the file of a module does that its room should not, and on which line.
pub fn read(house: &House, room: &str, module: Vec<String>, file: &syn::File) -> BTreeSet<(usize, String)> {
    let mut taken = Taken(HashMap::new());
    taken.visit_file(file);
    let mut reader = Reader { house, room, module, taken, found: BTreeSet::new() };
    reader.visit_file(file);
    reader.found
}

/// Walks through one file and notes what it should not do.
struct Reader<'a> {
    house: &'a House,
    room: &'a str,
    /// The module in which the walk stands, from the crate's root.
    module: Vec<String>,
    taken: Taken,
    found: BTreeSet<(usize, String)>,
}

/// What a file calls the things that it takes from other crates, so that
/// `io::stdout` is known for `std::io::stdout`.
struct Taken(HashMap<String, Vec<String>>);

impl<'ast> Visit<'ast> for Taken {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        for leaf in leaves(&item.tree) {
            if !matches!(leaf.path[0].text.as_str(), "crate" | "self" | "super") {
                let path = leaf.path.into_iter().map(|name| name.text);
                self.0.insert(leaf.called, path.collect());
            }
        }
    }
}

impl Reader<'_> {
    /// Follows a path; `used` says that it is the path of a `use`.
    fn name(&mut self, path: &[Name], used: bool) {
        let Some(first) = path.first() else { return };
        let mut place = self.module.clone();
        let mut rest = path;
        match first.text.as_str() {
            "crate" => {
                place.clear();
                rest = &path[1..];
            }
            "self" | "super" => {
                while let Some((step, after)) = rest.split_first() {
                    match step.text.as_str() {
                        "self" => {}
                        "super" => drop(place.pop()),
                        _ => break,
                    }
                    rest = after;
                }
            }
            _ => return self.outside(path, used),
        }
        // A lone `self` is a value, and a lone `crate` or `super` says who may see a thing.
        if rest.is_empty() && !used {
            return;
        }
        let line = path[path.len() - 1].line;
        place.extend(rest.iter().map(|name| name.text.clone()));
        let to = place.first().map_or("*", String::as_str);
        if let Some(problem) = self.house.arrow(self.room, to) {
            self.found.insert((line, problem));
        }
    }

    fn outside(&mut self, path: &[Name], used: bool) {
        let mut full: Vec<String> = path.iter().map(|name| name.text.clone()).collect();
        if !used {
            if let Some(known) = self.taken.0.get(&full[0]) {
                full.splice(..1, known.iter().cloned());
            }
            if full.len() < 2 {
                return;
            }
            if let [.., kind, method] = full.as_slice()
                && matches!(kind.as_str(), "Path" | "PathBuf")
            {
                self.trade(&format!(".{method}"), path[0].line);
            }
        }
        self.trade(&full.join("::"), path[path.len() - 1].line);
    }

    fn trade(&mut self, what: &str, line: usize) {
        // What a file of tests does is the tests' own business.
        if self.module.last().is_some_and(|module| module == "tests") {
            return;
        }
        let named = |name: &&str| what == *name || what.strip_prefix(*name).is_some_and(|rest| rest.starts_with("::"));
        for trade in TRADES.iter().filter(|trade| !trade.rooms.contains(&self.room)) {
            if let Some(name) = trade.names.iter().find(|name| named(name)) {
                let (room, rule) = (self.room, trade.rule);
                self.found.insert((line, format!("`{room}` uses `{name}`: {rule}")));
            }
        }
    }

    fn called(&mut self, path: &[Name]) {
        if let Some(last) = path.last() {
            self.trade(&format!("{}!", last.text), last.line);
            self.name(path, false);
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        for found in inside(tokens) {
            match found {
                Inside::Method(name) => self.trade(&format!(".{}", name.text), name.line),
                Inside::Macro(path) => self.called(&path),
                Inside::Path(path) => self.name(&path, false),
            }
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        for leaf in leaves(&item.tree) {
            self.name(&leaf.path, true);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.name(&names(path), false);
        visit::visit_path(self, path);
    }

    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.trade(&format!(".{}", call.method), call.method.span().start().line);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.called(&names(&called.path));
        self.tokens(called.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if attribute.path().is_ident("doc") {
            return;
        }
        if attribute.path().is_ident("path") {
            let line = attribute.pound_token.span.start().line;
            let problem = "a module is moved with #[path]: let it stand where its name says";
            self.found.insert((line, problem.into()));
        }
        visit::visit_attribute(self, attribute);
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
            // `#[serde(default = "crate::config::today")]` is a path in a string.
            for token in list.tokens.clone() {
                if let TokenTree::Literal(literal) = token
                    && let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string())
                    && let Ok(path) = syn::parse_str::<syn::Path>(&text.value())
                {
                    let line = literal.span().start().line;
                    let names = names(&path).into_iter();
                    let names: Vec<Name> = names.map(|name| Name { line, ..name }).collect();
                    self.name(&names, false);
                }
            }
        }
    }
}

/// One part of a path, and the line on which it stands.
#[derive(Clone)]
pub struct Name {
    pub text: String,
    pub line: usize,
}

impl From<&Ident> for Name {
    fn from(ident: &Ident) -> Name {
        Name { text: ident.to_string(), line: ident.span().start().line }
    }
}

pub fn names(path: &syn::Path) -> Vec<Name> {
    path.segments.iter().map(|segment| Name::from(&segment.ident)).collect()
}

/// What the tokens inside a macro name.
pub enum Inside {
    Method(Name),
    Macro(Vec<Name>),
    Path(Vec<Name>),
}

// The inside of a macro is only tokens to syn; paths, calls and methods can be told from them all the same.
pub fn inside(tokens: TokenStream) -> Vec<Inside> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |at: usize, sign: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == sign);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let start = at;
        at += 1;
        let first = match token {
            TokenTree::Ident(first) => first,
            TokenTree::Group(group) => {
                found.extend(inside(group.stream()));
                continue;
            }
            _ => continue,
        };
        let mut path = vec![Name::from(first)];
        while let (true, true, Some(TokenTree::Ident(next))) = (is(at, ':'), is(at + 1, ':'), tokens.get(at + 2)) {
            path.push(Name::from(next));
            at += 3;
        }
        let after_dot = start > 0 && is(start - 1, '.') && !(start > 1 && is(start - 2, '.'));
        found.push(if after_dot {
            Inside::Method(path.remove(0))
        } else if is(at, '!') && matches!(tokens.get(at + 1), Some(TokenTree::Group(_))) {
            Inside::Macro(path)
        } else {
            Inside::Path(path)
        });
    }
    found
}

/// One path that a `use` brings in, and what it is called from then on.
pub struct Leaf {
    pub path: Vec<Name>,
    pub called: String,
}

/// All paths of a `use`, each from its beginning; a glob ends in `*`.
pub fn leaves(tree: &syn::UseTree) -> Vec<Leaf> {
    fn grow(tree: &syn::UseTree, before: &[Name], found: &mut Vec<Leaf>) {
        let mut path = before.to_vec();
        match tree {
            syn::UseTree::Path(step) => {
                path.push(Name::from(&step.ident));
                grow(&step.tree, &path, found);
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| grow(tree, before, found)),
            syn::UseTree::Glob(glob) => {
                path.push(Name { text: "*".into(), line: glob.star_token.spans[0].start().line });
                found.push(Leaf { path, called: "*".into() });
            }
            syn::UseTree::Name(syn::UseName { ident }) | syn::UseTree::Rename(syn::UseRename { ident, .. }) => {
                // `use crate::{self}` is the crate, `use std::fs::{self}` is `std::fs`.
                if ident != "self" || path.is_empty() {
                    path.push(Name::from(ident));
                }
                let called = match tree {
                    syn::UseTree::Rename(renamed) => renamed.rename.to_string(),
                    _ => path.last().map(|name| name.text.clone()).unwrap_or_default(),
                };
                found.push(Leaf { path, called });
            }
        }
    }
    let mut found = Vec::new();
    grow(tree, &[], &mut found);
    found
}
