//! Addresses that stand in a text as they are, by the rules of GitHub (GFM 0.29, section 6.9).

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::fence::without_containers;
use super::mask::{Disguise, Mask};
use crate::base::cjk::is_east_asian;

/// An address in a text, and where it leads.
#[derive(Debug, PartialEq, Eq)]
pub struct Autolink {
    pub range: Range<usize>,
    /// What stands before the address, in what it leads to.
    pub scheme: &'static str,
}

/// Where the signs of a text begin of which every address has one, `://`, `www.` and `@`, in order.
pub fn signs(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut signs: Vec<usize> = memchr::memchr_iter(b'@', bytes).chain(WWW.find_iter(bytes)).collect();
    signs.extend(memchr::memchr_iter(b':', bytes).filter(|at| bytes[*at..].starts_with(b"://")));
    signs.sort_unstable();
    signs
}

/// Hides the signs of emphasis in addresses, as in `https://a.b/_c_/d`.
pub fn hide(mask: &mut Mask, signs: &[usize]) {
    let text = mask.text;
    if signs.is_empty() || memchr::memchr3(b'_', b'*', b'~', text.as_bytes()).is_none() {
        return;
    }
    for Autolink { range, .. } in Autolinks::new(text, 0..text.len(), signs) {
        // Of a definition, `[label]: https://…`, the parser tells nobody where it stands.
        let near = text.ceil_char_boundary(range.start.saturating_sub(LONGEST_LABEL));
        let line = text[near..range.start].rsplit(['\n', '\r']).next().unwrap_or("");
        if line.contains("]:") && without_containers(line).starts_with('[') {
            continue;
        }
        // What marks a text, or ends a link or code, ends the address.
        let ends = ["**", "~~", "](", "`"].iter().filter_map(|sign| text[range.clone()].find(sign)).min();
        let end = ends.map_or(range.end, |end| range.start + end);
        for sign in range.start..end {
            if matches!(text.as_bytes()[sign], b'_' | b'*' | b'~') {
                mask.hide(sign, Disguise::Punctuation);
            }
        }
    }
}

/// How far before an address it is looked for the label that it may define, in bytes: CommonMark has no longer ones
/// (0.31.2, section 4.7), and all of a text can stand in one line.
const LONGEST_LABEL: usize = 1_000;

static WWW: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"www."));

/// The addresses in a part of a text, in order.
#[derive(Default)]
pub struct Autolinks<'a> {
    /// Up to the end of the part.
    text: &'a str,
    /// Where the last address ends.
    at: usize,
    /// The signs that are not looked at yet.
    signs: &'a [usize],
}

impl<'a> Autolinks<'a> {
    /// Those in a part of a text that has these [`signs`].
    pub fn new(text: &'a str, part: Range<usize>, signs: &'a [usize]) -> Autolinks<'a> {
        let first = signs.partition_point(|sign| *sign < part.start);
        Autolinks { text: &text[..part.end], at: part.start, signs: &signs[first..] }
    }

    /// The last address that begins in a part of a text that has these [`signs`], and may end behind it.
    pub fn last(text: &str, part: Range<usize>, signs: &[usize]) -> Option<Autolink> {
        // An address can hold the signs of others: `https://www.a.b/?to=https://c.d`.
        const MOST: usize = 8;
        let end = signs.partition_point(|sign| *sign < part.end);
        let begins = signs[..end].iter().rev().take(MOST).take_while(|sign| **sign >= part.start);
        let of = |sign: &usize| Autolinks { text, at: part.start, signs: std::slice::from_ref(sign) }.next();
        begins.filter_map(of).next()
    }

    /// Whether there can be none.
    pub fn is_empty(&self) -> bool {
        self.signs.first().is_none_or(|sign| *sign >= self.text.len())
    }
}

impl Iterator for Autolinks<'_> {
    type Item = Autolink;

    fn next(&mut self) -> Option<Autolink> {
        while let Some((sign, rest)) = self.signs.split_first().filter(|(sign, _)| **sign < self.text.len()) {
            self.signs = rest;
            if *sign < self.at {
                continue;
            }
            let link = match self.text.as_bytes()[*sign] {
                b':' => url(self.text, self.at, *sign),
                b'@' => email(self.text, self.at, *sign),
                _ => www(self.text, *sign),
            };
            if let Some(link) = link {
                self.at = link.range.end;
                return Some(link);
            }
        }
        None
    }
}

/// `http://…`, `https://…` or `ftp://…`, of which the colon stands at a place.
fn url(text: &str, from: usize, colon: usize) -> Option<Autolink> {
    let after = text[colon..].strip_prefix("://")?;
    let letters = text[from..colon].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    let start = colon - letters;
    if !["http", "https", "ftp"].iter().any(|scheme| text[start..colon].eq_ignore_ascii_case(scheme)) {
        return None;
    }
    let host = colon + "://".len();
    let domain = domain_end(after)?;
    Some(Autolink { range: start..path_end(text, host, host + domain), scheme: "" })
}

/// `www.…` at a place.
fn www(text: &str, start: usize) -> Option<Autolink> {
    let after = text[start..].strip_prefix("www.")?;
    let before = text[..start].chars().next_back();
    if !before.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '(')) {
        return None;
    }
    let domain = "www.".len() + domain_end(after)?;
    Some(Autolink { range: start..path_end(text, start, start + domain), scheme: "http://" })
}

/// How long the domain is that a text begins with. Its last two parts have no `_`.
fn domain_end(text: &str) -> Option<usize> {
    let is_part = |c: char| (c.is_alphanumeric() || matches!(c, '-' | '_')) && !c.is_whitespace();
    let end = text.find(|c| !is_part(c) && c != '.').unwrap_or(text.len());
    let domain = text[..end].trim_end_matches('.');
    let has_underscore = domain.rsplit('.').take(2).any(|part| part.contains('_'));
    let begins = domain.starts_with(|c: char| c.is_alphanumeric());
    (begins && !has_underscore).then_some(domain.len())
}

/// Where an address ends whose host begins at `start` and ends at `at`.
fn path_end(text: &str, start: usize, at: usize) -> usize {
    // Such signs end a sentence in a text without spaces.
    let ends = |c: char| {
        c.is_whitespace()
            || c == '<'
            || (is_east_asian(c) && !c.is_alphanumeric())
            || matches!(c, '،' | '؛' | '؟' | '۔')
    };
    let mut end = text[at..].find(ends).map_or(text.len(), |end| at + end);
    let mut unopened = {
        let count = |sign: u8| memchr::memchr_iter(sign, &text.as_bytes()[start..end]).count();
        count(b')').saturating_sub(count(b'('))
    };
    while end > at {
        let address = &text[start..end];
        end -= match address.as_bytes()[address.len() - 1] {
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' => 1,
            b')' if unopened > 0 => {
                unopened -= 1;
                1
            }
            b';' => match address[..address.len() - 1].rfind('&') {
                Some(sign)
                    if address.len() - sign > 2
                        && address[sign + 1..address.len() - 1].bytes().all(|b| b.is_ascii_alphanumeric()) =>
                {
                    address.len() - sign
                }
                _ => break,
            },
            _ => break,
        };
    }
    end.max(at)
}

/// An address of e-mail, with `mailto:` or `xmpp:` before it or not, of which the `@` stands at a place.
fn email(text: &str, from: usize, sign: usize) -> Option<Autolink> {
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+');
    let start = sign - text[from..sign].bytes().rev().take_while(is_local).count();
    let is_domain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let after = &text[sign + 1..];
    let domain = after[..after.find(|c| !is_domain(c)).unwrap_or(after.len())].trim_end_matches('.');
    let is_valid = start < sign && domain.contains('.') && !domain.contains("..") && !domain.starts_with('.');
    if !is_valid || domain.ends_with(['-', '_']) {
        return None;
    }
    let mut range = start..sign + 1 + domain.len();
    let before = &text[from..start];
    for scheme in ["mailto:", "xmpp:"] {
        let has = before.len() >= scheme.len()
            && before.is_char_boundary(before.len() - scheme.len())
            && before[before.len() - scheme.len()..].eq_ignore_ascii_case(scheme);
        if has {
            range.start -= scheme.len();
            if scheme == "xmpp:" && text[range.end..].starts_with('/') {
                let is_resource = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.');
                let resource = &text[range.end + 1..];
                let end = resource.find(|c| !is_resource(c)).unwrap_or(resource.len());
                let resource = resource[..end].trim_end_matches('.');
                range.end += if resource.is_empty() { 0 } else { 1 + resource.len() };
            }
            return Some(Autolink { range, scheme: "" });
        }
    }
    Some(Autolink { range, scheme: "mailto:" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let signs = signs(text);
        let links = Autolinks::new(text, 0..text.len(), &signs);
        links.map(|link| format!("{}{}", link.scheme, &text[link.range])).collect()
    }

    /// The examples of the specification, and what is like them.
    #[test]
    fn an_address_is_a_link_as_github_has_it() {
        for (text, links) in [
            ("www.commonmark.org", "http://www.commonmark.org"),
            ("Visit www.commonmark.org/help for more", "http://www.commonmark.org/help"),
            ("Visit www.commonmark.org.", "http://www.commonmark.org"),
            ("Visit www.commonmark.org/a.b.", "http://www.commonmark.org/a.b"),
            ("www.google.com/search?q=Markup+(business)", "http://www.google.com/search?q=Markup+(business)"),
            ("www.google.com/search?q=Markup+(business)))", "http://www.google.com/search?q=Markup+(business)"),
            ("(www.google.com/search?q=Markup+(business))", "http://www.google.com/search?q=Markup+(business)"),
            ("(www.google.com/search?q=Markup+(business)", "http://www.google.com/search?q=Markup+(business)"),
            ("www.google.com/search?q=(business))+ok", "http://www.google.com/search?q=(business))+ok"),
            ("www.google.com/search?q=commonmark&hl=en", "http://www.google.com/search?q=commonmark&hl=en"),
            ("www.google.com/search?q=commonmark&hl;", "http://www.google.com/search?q=commonmark"),
            ("www.commonmark.org/he<lp", "http://www.commonmark.org/he"),
            ("http://commonmark.org", "http://commonmark.org"),
            (
                "(Visit https://encrypted.google.com/search?q=Markup+(business))",
                "https://encrypted.google.com/search?q=Markup+(business)",
            ),
            ("foo@bar.baz", "mailto:foo@bar.baz"),
            ("hello@mail+xyz.example isn't valid, but hello+xyz@mail.example is.", "mailto:hello+xyz@mail.example"),
            ("a.b-c_d@a.b", "mailto:a.b-c_d@a.b"),
            ("a.b-c_d@a.b.", "mailto:a.b-c_d@a.b"),
            ("a.b-c_d@a.b-", ""),
            ("a.b-c_d@a.b_", ""),
            ("mailto:foo@bar.baz", "mailto:foo@bar.baz"),
            ("mailto:a.b-c_d@a.b.", "mailto:a.b-c_d@a.b"),
            ("mailto:a.b-c_d@a.b-", ""),
            ("mailto:a.b-c_d@a.b/", "mailto:a.b-c_d@a.b"),
            ("xmpp:foo@bar.baz", "xmpp:foo@bar.baz"),
            ("xmpp:foo@bar.baz/txt", "xmpp:foo@bar.baz/txt"),
            ("xmpp:foo@bar.baz/txt@bin.com", "xmpp:foo@bar.baz/txt@bin.com"),
            ("xmpp:foo@bar.baz/txt/bin", "xmpp:foo@bar.baz/txt"),
            ("http://localhost:3000/x and xhttp://a.b awww.a.b", "http://localhost:3000/x"),
            ("见https://a.b/中文。然后", "https://a.b/中文"),
            ("http://a_b.c http://a.b_c http:// www. www.a_b.c", ""),
            ("HTTPS://A.B \"https://a.b\" 'https://a.b'", "HTTPS://A.B https://a.b https://a.b"),
            ("@ : a@ @b a@b w", ""),
        ] {
            assert_eq!(found(text).join(" "), links, "{text}");
        }
    }
}
