//! `[text](../policies/x.md#heading)`, reference links, and `<https://…>`.

use super::{RawTarget, Syntax, split_fragment};
use crate::base::path::decode;
use crate::parse::markdown::LinkKind;

pub const MARKDOWN: Syntax = Syntax {
    kind: LinkKind::Markdown,
    target: |text| {
        if has_scheme(text) || text.starts_with("//") {
            return RawTarget::Url(text.into());
        }
        let (path, fragment) = split_fragment(text);
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        RawTarget::Path { path: decode(path).into(), fragment: fragment.map(|fragment| decode(fragment).into()) }
    },
};

/// Whether a text begins with the scheme of a URL (RFC 3986, section 3.1). One letter is a
/// Windows drive rather than a scheme, and neither is an address of the site.
fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(path: &str, fragment: Option<&str>) -> RawTarget {
        RawTarget::Path { path: path.into(), fragment: fragment.map(Into::into) }
    }

    #[test]
    fn a_destination_is_a_path_or_somewhere_else() {
        assert_eq!((MARKDOWN.target)("../a%20b.md#c%C3%A9"), path("../a b.md", Some("cé")));
        assert_eq!((MARKDOWN.target)("a.md?x=1"), path("a.md", None));
        assert_eq!((MARKDOWN.target)("#top"), path("", Some("top")));
        for url in ["https://a.b/c#d", "mailto:a@b.c", "//a.b", "javascript:alert(1)"] {
            assert_eq!((MARKDOWN.target)(url), RawTarget::Url(url.into()));
        }
    }
}
