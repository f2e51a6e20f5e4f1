//! The house as `src/lib.rs` draws it, and which arrows it allows.

use std::collections::BTreeMap;

use super::reader::leaves;

/// The rooms and floors that `src/lib.rs` lists.
pub struct House {
    /// The floor of each room, counted from the top of the file.
    pub floors: BTreeMap<String, usize>,
    /// The room from which the root takes a name, so that `crate::Name` is an arrow to it.
    lent: BTreeMap<String, String>,
    last: usize,
}

impl House {
    // syn forgets blank lines, and they are what divides the floors: so the order is
    // read from the text, and syn then says whether the text was read rightly.
    pub fn read(lib: &str) -> Result<House, String> {
        let mut floors = BTreeMap::new();
        let (mut floor, mut inhabited) = (0, false);
        for line in lib.lines().map(str::trim) {
            if line.is_empty() {
                floor += usize::from(inhabited);
                inhabited = false;
            } else if let Some(room) = declared(line) {
                floors.insert(room.to_string(), floor);
                inhabited = true;
            }
        }
        let last = floors.values().copied().max().unwrap_or(0);

        let parsed = syn::parse_file(lib)
            .map_err(|error| format!("src/lib.rs:{}: cannot be parsed: {error}", error.span().start().line))?;
        let mut lent = BTreeMap::new();
        for item in &parsed.items {
            match item {
                syn::Item::Mod(module) if !floors.contains_key(&module.ident.to_string()) => {
                    let (line, room) = (module.ident.span().start().line, &module.ident);
                    return Err(format!(
                        "src/lib.rs:{line}: `{room}` must stand on a line of its own, as `mod {room};`"
                    ));
                }
                syn::Item::Use(item) => {
                    for leaf in leaves(&item.tree) {
                        let from = leaf
                            .path
                            .iter()
                            .map(|name| name.text.as_str())
                            .find(|name| !matches!(*name, "crate" | "self"));
                        lent.insert(leaf.called, from.unwrap_or_default().to_string());
                    }
                }
                _ => {}
            }
        }
        Ok(House { floors, lent, last })
    }

    /// What is wrong with an arrow from a room to a name of the crate's root.
    pub fn arrow(&self, from: &str, to: &str) -> Option<String> {
        let floor = *self.floors.get(from)?;
        let to = match self.lent.get(to) {
            Some(lender) if !self.floors.contains_key(to) => lender,
            _ => to,
        };
        match self.floors.get(to) {
            _ if from == to => None,
            Some(other) if *other < floor => None,
            Some(other) if *other == floor => {
                Some(format!("`{from}` uses `{to}`, its neighbour on the same floor of src/lib.rs"))
            }
            Some(_) => Some(format!("`{from}` uses `{to}`, which src/lib.rs lists on a later floor")),
            None if to == "*" => Some(format!("`{from}` takes the whole crate: name the modules it uses")),
            None if floor == self.last => None,
            None => Some(format!(
                "`{from}` uses `crate::{to}`, which is no module: only the last floor may use what src/lib.rs itself defines"
            )),
        }
    }
}

/// The room that a line of `lib.rs` declares: `pub(crate) mod base;` → `base`.
fn declared(line: &str) -> Option<&str> {
    let code = line.split("//").next()?.trim();
    let code = match code.strip_prefix("pub") {
        Some(rest) if rest.starts_with('(') => rest.split_once(')')?.1.trim_start(),
        Some(rest) => rest.trim_start(),
        None => code,
    };
    let name = code.strip_prefix("mod ")?.strip_suffix(';')?.trim();
    name.chars().all(|character| character.is_alphanumeric() || character == '_').then_some(name)
}
