//! The addresses in a style sheet.

use cssparser::{Parser, Token};

use super::tree::{May, Reference};

pub fn read(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    walk(&mut Parser::new(text), None, &mut found);
    found
}

/// Walks through a block; `of` is the function or at-rule whose strings are addresses.
fn walk(parser: &mut Parser, of: Option<&str>, found: &mut Vec<Reference>) {
    let mut of = of.map(String::from);
    loop {
        let line = u64::from(parser.current_source_location().line) + 1;
        let Ok(token) = parser.next().cloned() else {
            return;
        };
        let mut note = |place: &str, address: &str| {
            let may = if place == "@import" { May::Stay } else { May::BeData };
            found.push(Reference { line, place: place.into(), address: address.into(), may });
        };
        let inner = match &token {
            Token::UnquotedUrl(address) => {
                let place = if of.as_deref() == Some("@import") { "@import" } else { "url()" };
                note(place, address);
                continue;
            }
            Token::QuotedString(address) => {
                if let Some(place) = &of {
                    note(place, address);
                }
                continue;
            }
            Token::BadUrl(address) => {
                note("url()", address);
                continue;
            }
            Token::AtKeyword(name) => {
                of = name.eq_ignore_ascii_case("import").then(|| "@import".into());
                continue;
            }
            Token::Semicolon => {
                of = None;
                continue;
            }
            Token::Function(name) => match name.to_ascii_lowercase().as_str() {
                "url" | "src" if of.as_deref() == Some("@import") => of.clone(),
                name @ ("url" | "src" | "image" | "image-set" | "-webkit-image-set") => Some(format!("{name}()")),
                _ => None,
            },
            Token::CurlyBracketBlock | Token::ParenthesisBlock | Token::SquareBracketBlock => {
                of = None;
                None
            }
            _ => continue,
        };
        let _ = parser.parse_nested_block(|parser| {
            walk(parser, inner.as_deref(), found);
            Ok::<(), cssparser::ParseError<()>>(())
        });
    }
}
