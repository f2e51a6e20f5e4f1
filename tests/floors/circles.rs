//! The files of one room, and which of them need each other in a circle.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use super::reader::{Inside, Name, inside, leaves, names};

/// The lists of a `mod.rs` that name each instance beside it. An instance needs the shape that `mod.rs` defines, and the
/// list names the instances, so what stands in a list is no use.
const LISTS: [&str; 5] = ["BLOCKS", "KINDS", "OUTPUTS", "RULES", "SYNTAXES"];

/// Uses that may close a circle: which file uses which, and why.
const EXCEPTIONS: [(&str, &str, &str); 1] = [(
    "output/mod.rs",
    "output/site.rs",
    "outputs and artifacts are given the site, and the site holds their files: one definition, in two files",
)];

/// The circles of files, each with the uses that make it, and exceptions that are needed no more.
pub fn problems(files: &[(String, String)]) -> Vec<String> {
    let mut uses = uses(files);
    let mut problems = Vec::new();
    let all = circles(&uses);
    let is_in_one = |from: &str, to: &str| all.iter().any(|circle| circle.contains(from) && circle.contains(to));
    for (from, to, _) in EXCEPTIONS {
        if !is_in_one(from, to) {
            problems.push(format!("{from} and {to} are in no circle: take them from `EXCEPTIONS`"));
        }
    }
    for (from, to, _) in EXCEPTIONS {
        if let Some(found) = uses.get_mut(from) {
            found.remove(to);
        }
    }
    for circle in circles(&uses) {
        problems.extend(told(&uses, &circle));
    }
    problems
}

/// The uses that make all circles, whatever the exceptions say.
pub fn all(files: &[(String, String)]) -> Vec<String> {
    let uses = uses(files);
    circles(&uses).iter().flat_map(|circle| told(&uses, circle)).collect()
}

/// A line for each use inside a circle.
fn told<'a>(uses: &'a Uses, circle: &'a Circle) -> impl Iterator<Item = String> {
    circle.iter().flat_map(|file| {
        let inside = uses[file].iter().filter(|(to, _)| circle.contains(*to));
        inside.map(move |(to, (line, path))| format!("src/{file}:{line}: uses `{path}` of src/{to}"))
    })
}

/// A module from the crate's root: `page::fragment` → `["page", "fragment"]`.
type Module = Vec<String>;

/// For each file of `src` the others of its room that it uses, each with a line and a path that leads there.
type Uses = BTreeMap<String, BTreeMap<String, (usize, String)>>;

/// Files that reach each other.
type Circle = BTreeSet<String>;

/// What files use of others in their rooms. Tests do not count, nor does what a file lends with `pub use`: a `mod.rs` may
/// be the front of what its children define.
fn uses(files: &[(String, String)]) -> Uses {
    let parsed: Vec<_> = files
        .iter()
        .filter(|(path, _)| path != "main.rs")
        .filter_map(|(path, text)| Some((path.as_str(), super::module_of(path), syn::parse_file(text).ok()?)))
        .collect();
    let mut krate = Crate::default();
    for (path, module, file) in &parsed {
        krate.modules.entry(module.clone()).or_default().file = (*path).to_owned();
        krate.items(module, &file.items);
    }
    let mut uses = Uses::new();
    for (path, module, file) in &parsed {
        if !module.is_empty() && !krate.tests.iter().any(|test| module.starts_with(test)) {
            let mut walk = Walk { krate: &krate, path, module: module.clone(), found: BTreeMap::new() };
            walk.visit_file(file);
            uses.insert((*path).to_owned(), walk.found);
        }
    }
    uses
}

fn circles(uses: &Uses) -> BTreeSet<Circle> {
    let reached: BTreeMap<&str, Circle> = uses.keys().map(|file| (file.as_str(), reach(uses, file))).collect();
    let mutual =
        |file: &&str| reached[*file].iter().filter(|other| reached[other.as_str()].contains(*file)).cloned().collect();
    reached.keys().map(mutual).filter(|circle: &Circle| !circle.is_empty()).collect()
}

fn reach(uses: &Uses, from: &str) -> Circle {
    let mut reached = Circle::new();
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        for next in uses.get(file).into_iter().flat_map(BTreeMap::keys).filter(|next| uses.contains_key(*next)) {
            if reached.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    reached
}

/// The modules of the crate, and those that are only tests.
#[derive(Default)]
struct Crate {
    modules: HashMap<Module, Scope>,
    tests: Vec<Module>,
}

/// What a name may mean in one module.
#[derive(Default)]
struct Scope {
    file: String,
    items: BTreeSet<String>,
    imports: HashMap<String, Vec<String>>,
    globs: Vec<Vec<String>>,
}

impl Crate {
    fn items(&mut self, module: &Module, items: &[syn::Item]) {
        for item in items {
            let name = match item {
                syn::Item::Mod(item) => {
                    self.submodule(module, item);
                    continue;
                }
                syn::Item::Use(item) => {
                    self.imports(module, item);
                    continue;
                }
                syn::Item::Const(item) => &item.ident,
                syn::Item::Enum(item) => &item.ident,
                syn::Item::Fn(item) => &item.sig.ident,
                syn::Item::Static(item) => &item.ident,
                syn::Item::Struct(item) => &item.ident,
                syn::Item::Trait(item) => &item.ident,
                syn::Item::Type(item) => &item.ident,
                syn::Item::Union(item) => &item.ident,
                _ => continue,
            };
            self.scope(module).items.insert(name.to_string());
        }
    }

    fn submodule(&mut self, module: &Module, item: &syn::ItemMod) {
        let mut inner = module.clone();
        inner.push(item.ident.to_string());
        if is_test(&item.attrs) {
            self.tests.push(inner);
        } else if let Some((_, items)) = &item.content {
            self.scope(&inner).file = self.scope(module).file.clone();
            self.items(&inner, items);
        }
    }

    fn imports(&mut self, module: &Module, item: &syn::ItemUse) {
        for leaf in leaves(&item.tree) {
            let mut path: Vec<_> = leaf.path.into_iter().map(|name| name.text).collect();
            let scope = self.scope(module);
            if leaf.called == "*" {
                path.pop();
                scope.globs.push(path);
            } else {
                scope.imports.insert(leaf.called, path);
            }
        }
    }

    fn scope(&mut self, module: &Module) -> &mut Scope {
        self.modules.entry(module.clone()).or_default()
    }

    /// The file that defines what a path means in a module; none for other crates, and for a module itself.
    fn definer(&self, module: &Module, path: &[String], depth: u8) -> Option<&str> {
        let (first, rest) = path.split_first()?;
        let up = |at: &Module| self.definer_below(at, rest, depth);
        match first.as_str() {
            "crate" => up(&Module::new()),
            "self" => up(module),
            "super" => {
                let parent = &module[..module.len().checked_sub(1)?];
                match rest.first().is_some_and(|next| next == "super") {
                    true => self.definer(&parent.to_vec(), rest, depth),
                    false => up(&parent.to_vec()),
                }
            }
            _ => self.definer_below(module, path, depth),
        }
    }

    fn definer_below(&self, module: &Module, path: &[String], depth: u8) -> Option<&str> {
        let (name, rest) = path.split_first()?;
        let scope = self.modules.get(module).filter(|_| depth < 16)?;
        let child: Module = module.iter().chain([name]).cloned().collect();
        let known = self.modules.contains_key(&child);
        if !rest.is_empty() && known {
            return self.definer_below(&child, rest, depth);
        }
        if scope.items.contains(name) {
            return Some(&scope.file);
        }
        if let Some(import) = scope.imports.get(name).filter(|import| import.first() != Some(name) || known) {
            let full: Vec<String> = import.iter().chain(rest).cloned().collect();
            return self.definer(module, &full, depth + 1);
        }
        scope.globs.iter().filter(|glob| !glob.is_empty()).find_map(|glob| {
            let full: Vec<String> = glob.iter().chain(path).cloned().collect();
            self.definer(module, &full, depth + 1)
        })
    }
}

/// Walks through one file and notes which others of its room it uses.
struct Walk<'a> {
    krate: &'a Crate,
    path: &'a str,
    module: Module,
    found: BTreeMap<String, (usize, String)>,
}

impl Walk<'_> {
    fn name(&mut self, path: &[Name]) {
        let texts: Vec<String> = path.iter().map(|name| name.text.clone()).collect();
        let Some(to) = self.krate.definer(&self.module, &texts, 0) else { return };
        let room = |path: &str| super::module_of(path).first().cloned();
        if to != self.path && room(to) == room(self.path) {
            self.found.entry(to.to_owned()).or_insert_with(|| (path[0].line, texts.join("::")));
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        for found in inside(tokens) {
            if let Inside::Macro(path) | Inside::Path(path) = found {
                self.name(&path);
            }
        }
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes = match item {
            syn::Item::Const(syn::ItemConst { ident, .. }) | syn::Item::Static(syn::ItemStatic { ident, .. })
                if LISTS.iter().any(|list| ident == list) =>
            {
                return;
            }
            syn::Item::Const(item) => &item.attrs,
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Struct(item) => &item.attrs,
            syn::Item::Use(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_test(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !is_test(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    // To lend a name is not to use it.
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if matches!(item.vis, syn::Visibility::Inherited) {
            leaves(&item.tree).iter().for_each(|leaf| self.name(&leaf.path));
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.name(&names(path));
        visit::visit_path(self, path);
    }

    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.name(&names(&called.path));
        self.tokens(called.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            for token in list.tokens.clone() {
                if let TokenTree::Literal(literal) = token
                    && let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string())
                    && let Ok(path) = syn::parse_str::<syn::Path>(&text.value())
                {
                    self.name(&names(&path));
                }
            }
        }
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else { return false };
        attribute.path().is_ident("cfg") && list.tokens.to_string() == "test"
    })
}
