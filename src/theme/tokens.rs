//! The design tokens that a book sets for itself, over those of the theme.

use rustc_hash::FxHashMap;

use super::layers::Overlay;
use super::options::ThemeOptions;
use crate::base::diagnostic::Diagnostic;
use crate::base::suggest::near;

/// The style sheet that declares all tokens.
const TOKENS: &str = "css/tokens.css";

/// The function of CSS that chooses between two colours.
const BOTH: &str = "light-dark(";

/// The style sheet of the book's wishes; empty if it has none.
pub fn read(layers: &Overlay, wishes: &ThemeOptions, problems: &mut Vec<Diagnostic>) -> String {
    // The built-in styles go on asking for the tokens that a book's own sheet leaves out.
    let sheets = [layers.built_in_text(TOKENS), layers.text(TOKENS)];
    let declared: Vec<(&str, &str)> = sheets.into_iter().flatten().flat_map(declared).collect();
    let mut known: FxHashMap<&str, bool> = FxHashMap::default();
    let mut names: Vec<&str> = Vec::new();
    for (name, value) in declared {
        names.extend((!known.contains_key(name)).then_some(name));
        *known.entry(name).or_default() |= value.contains(BOTH);
    }
    let mut css = String::new();
    for (name, values) in wishes.tokens {
        let error = |message: String| Diagnostic::error("bad-config", wishes.path, name.span, message);
        match (known.get(name.value.as_str()), values.as_slice()) {
            (Some(_), [one]) => css.push_str(&format!("--{}:{one};", name.value)),
            (Some(true), [light, dark]) => css.push_str(&format!("--{}:{BOTH}{light},{dark});", name.value)),
            (Some(_), _) => problems.push(
                error(format!("\"{}\" is the same in light and dark", name.value))
                    .help("write one value: only colours have two"),
            ),
            (None, _) => {
                let told = error(format!("the theme has no design token \"{}\"", name.value));
                problems.push(match near(&name.value, names.iter().copied()) {
                    Some(near) => told.meant(&near),
                    None => told.help(format!("it has {}", names.join(", "))),
                });
            }
        }
    }
    if css.is_empty() { css } else { format!(":root{{{css}}}\n") }
}

/// What a design token is for light, as the style sheets declare it: the book's own before the built-in one.
pub fn light_values<'a>(layers: &'a Overlay, name: &str) -> impl Iterator<Item = &'a str> {
    let sheets = [layers.text(TOKENS), layers.built_in_text(TOKENS)];
    sheets.into_iter().flatten().filter_map(move |css| {
        let (_, value) = declared(css).find(|(declared, _)| *declared == name)?;
        Some(value.strip_prefix(BOTH).map_or(value, first_argument))
    })
}

/// The first of the values that a function of CSS is given: `#111` of `#111, #eee)`.
fn first_argument(arguments: &str) -> &str {
    let mut depth = 0;
    let end = arguments.find(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth < 0 || (depth == 0 && c == ',')
    });
    arguments[..end.unwrap_or(arguments.len())].trim()
}

/// The custom properties that a style sheet declares, and their values, in its order.
fn declared(css: &str) -> impl Iterator<Item = (&str, &str)> {
    css.split(['{', ';', '}']).filter_map(|part| {
        // A comment may stand before one.
        let part = part.rsplit("*/").next().unwrap_or(part).trim_start();
        let (name, value) = part.strip_prefix("--")?.split_once(':')?;
        Some((name.trim_end(), value.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_where_they_are_declared() {
        let css = "/* --no: 1 */\n:root {\n  --text: #111; /* a; --b: */\n  --gap: 1rem }\n@media print { :root { color: var(--text); } }";
        assert_eq!(declared(css).collect::<Vec<_>>(), [("text", "#111"), ("gap", "1rem")]);
    }

    #[test]
    fn the_light_value_is_the_first_of_two() {
        assert_eq!(first_argument("#111, #eee)"), "#111");
        assert_eq!(first_argument("rgb(1, 2, 3), rgb(4, 5, 6))"), "rgb(1, 2, 3)");
        assert_eq!(first_argument("#111"), "#111");
    }
}
