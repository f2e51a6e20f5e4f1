//! Texts as YAML: plain where they read back as they are, in double quotes where they would not.

use std::borrow::Cow;

use crate::base::span::Span;
use crate::parse::yaml::{Style, Trivia, YamlValue, parse};

/// A value as a key's line has it. `2015` stays as it is, and its field's type says what it means.
pub fn value(text: &str) -> Cow<'_, str> {
    match is_plain(text, false) {
        true => text.into(),
        false => quoted(text).into(),
    }
}

/// The same for a text: what other readers of YAML would take for a number, a date or a yes is quoted, too.
pub fn text(text: &str) -> Cow<'_, str> {
    match is_typed(text) {
        true => quoted(text).into(),
        false => value(text),
    }
}

/// Values as a list in brackets.
pub fn list(values: &[&str]) -> String {
    format!("[{}]", values.iter().map(|value| list_item(value)).collect::<Vec<_>>().join(", "))
}

/// A value between brackets.
pub fn list_item(value: &str) -> String {
    if is_plain(value, true) { value.to_owned() } else { quoted(value) }
}

/// A text in the place of another in a scalar, of which it is the whole or a part: as it is, in quotes, or none if it
/// cannot stand there. `written` is what stood there.
pub fn instead(text: &str, written: &str, is_whole: bool) -> Option<String> {
    let is_quoted = written.starts_with(['"', '\'']);
    match is_whole {
        true if is_quoted || !is_plain(text, true) || !is_plain(text, false) => Some(quoted(text)),
        true => Some(text.to_owned()),
        // Whatever stands around it, letters and the signs of paths and links mean nothing to YAML.
        false => {
            let means_nothing = |c: char| c.is_alphanumeric() || " -_./#%~()+^|=;@!*&$".contains(c);
            (text.chars().all(means_nothing) && !text.contains(" #")).then(|| text.to_owned())
        }
    }
}

/// Whether the text reads back as it is where it stands between other keys. Our own reader is asked, so that it can
/// never disagree.
fn is_plain(text: &str, in_list: bool) -> bool {
    let document = if in_list { format!("a: [{text}, x]\nb: x\n") } else { format!("a: {text}  # x\nb: x\n") };
    let node = parse(&document, Span::new(0..document.len()), &mut Trivia::default());
    let Ok(Some(YamlValue::Map(pairs))) = node.map(|node| node.map(|node| node.data)) else { return false };
    let [(_, value), _] = pairs.as_slice() else { return false };
    let value = match &value.data {
        YamlValue::List(items) if in_list && items.len() == 2 => &items[0].data,
        value => value,
    };
    matches!(value, YamlValue::Scalar { text: read, style: Style::Plain } if read == text) && !text.contains(is_hidden)
}

/// Words and numbers of YAML 1.1 as of 1.2, which other tools still read.
fn is_typed(text: &str) -> bool {
    const WORDS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "true", "false"];
    WORDS.contains(&text.to_lowercase().as_str())
        || text.parse::<f64>().is_ok()
        || (text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
            && text.chars().all(|c| c.is_ascii_hexdigit() || "+-.:_oxTZ ".contains(c)))
}

/// What no reader need show or keep: controls, separators of lines, the mark at a file's start, non-characters.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if is_hidden(c) => quoted.push_str(&format!("\\u{:04X}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::tests::cases;
    use proptest::prelude::*;

    /// What our reader finds under the first key.
    fn read(document: &str) -> YamlValue {
        let node = parse(document, Span::new(0..document.len()), &mut Trivia::default());
        match node.expect(document).expect(document).data {
            YamlValue::Map(mut pairs) => pairs.swap_remove(0).1.data,
            other => panic!("{document}: {other:?}"),
        }
    }

    #[test]
    fn only_what_would_be_misread_stands_in_quotes() {
        for (written, expected) in [
            ("The plan is signed", "The plan is signed"),
            ("中国制造2025", "中国制造2025"),
            ("Don't, or do (50%)", "Don't, or do (50%)"),
            ("a#b c:d", "a#b c:d"),
            ("Yes: no", r#""Yes: no""#),
            ("# x", r##""# x""##),
            ("x # y", r#""x # y""#),
            ("- a", r#""- a""#),
            ("\"q\"", r#""\"q\"""#),
            ("a\\b: c", r#""a\\b: c""#),
            ("@x", r#""@x""#),
            ("*x", r#""*x""#),
            ("[x]", r#""[x]""#),
            ("2025", r#""2025""#),
            ("2015-05-19", r#""2015-05-19""#),
            ("1_000", r#""1_000""#),
            ("NO", r#""NO""#),
            ("null", r#""null""#),
            ("~", r#""~""#),
            ("", r#""""#),
            ("a\nb", r#""a\nb""#),
        ] {
            assert_eq!(text(written), expected);
        }
        assert_eq!(value("2015-05"), "2015-05");
        assert_eq!(list(&["CN", "a, b", "null"]), r#"[CN, "a, b", "null"]"#);
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof!["[a-c0-9:\\-\\[\\]{}&*|> \n\t'\"#中\r,?!%@\\\\~.=<]{0,12}", any::<String>()]
    }

    proptest! {
        #![proptest_config(cases(256))]

        #[test]
        fn any_text_is_read_back(one in any_text(), two in any_text()) {
            for written in [value(&one), text(&one)] {
                let read = read(&format!("a: {written}\nb: x\n"));
                prop_assert!(matches!(&read, YamlValue::Scalar { text, .. } if *text == one), "{} {:?}", written, read);
            }
            let written = format!("a: {}  # x\nb: x\n", list(&[&one, &two]));
            let YamlValue::List(items) = read(&written) else { panic!("{written}") };
            let items: Vec<_> = items.iter().map(|item| item.as_text()).collect();
            prop_assert_eq!(items, [Some(one.as_str()), Some(two.as_str())]);
        }
    }
}
