//! The design tokens that a book sets for itself, over those of the theme.

use rustc_hash::FxHashSet;

use super::Wishes;
use super::layers::Layers;
use crate::base::diagnostic::Diagnostic;
use crate::base::near::nearest;

/// The style sheet that declares all tokens.
const TOKENS: &str = "css/tokens.css";

/// The style sheet of the book's wishes; empty if it has none.
pub fn read(layers: &Layers, wishes: &Wishes, problems: &mut Vec<Diagnostic>) -> String {
    // The built-in styles go on asking for the tokens that a book's own sheet leaves out.
    let sheets = [layers.built_in_text(TOKENS), layers.text(TOKENS)];
    let mut known: Vec<&str> = sheets.into_iter().flatten().flat_map(declared).collect();
    let mut seen = FxHashSet::default();
    known.retain(|name| seen.insert(*name));
    let mut css = String::new();
    for (name, value) in wishes.tokens {
        if known.contains(&name.value.as_str()) {
            css.push_str(&format!("--{}:{value};", name.value));
            continue;
        }
        let message = format!("the theme has no design token \"{}\"", name.value);
        let told = Diagnostic::error("bad-config", wishes.path, name.span, message);
        problems.push(match nearest(&name.value, known.iter().copied()) {
            Some(near) => told.help(format!("did you mean \"{near}\"?")).fix(near),
            None => told.help(format!("it has {}", known.join(", "))),
        });
    }
    if css.is_empty() { css } else { format!(":root{{{css}}}\n") }
}

/// The custom properties that a style sheet declares, in its order.
fn declared(css: &str) -> Vec<&str> {
    let declarations = css.split(['{', ';', '}']).filter_map(|part| {
        // A comment may stand before one.
        let part = part.rsplit("*/").next().unwrap_or(part).trim_start();
        Some(part.strip_prefix("--")?.split_once(':')?.0.trim_end())
    });
    declarations.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_where_they_are_declared() {
        let css = "/* --no: 1 */\n:root {\n  --text: #111; /* a; --b: */\n  --gap: 1rem }\n@media print { :root { color: var(--text); } }";
        assert_eq!(declared(css), ["text", "gap"]);
    }
}
