//! Han, kana and Hangul in a text of another script, marked with their language: fonts and
//! voices depend on it.

use std::borrow::Cow;

use memchr::memchr3;

use super::direction::{Direction, direction};
use super::escape;

/// What `write` writes, which for most texts is the text itself.
pub fn html<'a>(text: &'a str, lang: &str, han: &str) -> Cow<'a, str> {
    if text.is_ascii() && memchr3(b'&', b'<', b'>', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut html = String::with_capacity(text.len() + 32);
    write(&mut html, text, lang, han);
    Cow::Owned(html)
}

/// Writes text between tags, with a `<span lang>` around what is in another East Asian language
/// than `lang`; `han` is the language of Han letters without kana among them.
pub fn write(out: &mut String, text: &str, lang: &str, han: &str) {
    // No letter below U+1100, the first Hangul, begins with such a byte.
    if text.is_ascii() || text.bytes().all(|byte| byte < 0xe1) {
        return escape::text(out, text);
    }
    let mut rest = text;
    while let Some((start, end, script)) = next_run(rest) {
        let (before, run) = (&rest[..start], &rest[start..end]);
        escape::text(out, before);
        let run_lang = match script {
            Script::Han => han,
            Script::Kana => "ja",
            Script::Hangul => "ko",
        };
        if is_read_as(script, run_lang, lang) {
            escape::text(out, run);
        } else {
            out.push_str("<span lang=\"");
            escape::attribute(out, run_lang);
            out.push('"');
            if direction(lang) == Direction::Rtl {
                out.push_str(" dir=\"ltr\"");
            }
            out.push('>');
            escape::text(out, run);
            out.push_str("</span>");
        }
        rest = &rest[end..];
    }
    escape::text(out, rest);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Han,
    /// With Han letters among them or not.
    Kana,
    Hangul,
}

/// Whether a reader of `lang` reads the script as it should be. Japanese and Korean write Han
/// letters of their own.
fn is_read_as(script: Script, run_lang: &str, lang: &str) -> bool {
    let primary = |lang: &str| lang.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    let lang = primary(lang);
    lang == primary(run_lang) || (script == Script::Han && matches!(lang.as_str(), "zh" | "ja" | "ko" | "yue" | "lzh"))
}

/// Whether a letter is of a script that writes words in a letter or two and puts no space between them; Hangul, which
/// has spaces, joins its endings to the word.
pub fn is_cjk(c: char) -> bool {
    script(c).is_some()
}

/// Whether a character belongs to a script that puts no space between words, or is a sign that is written with them
/// (East Asian Width W, F or H, Unicode Annex 11, but for emoji).
pub fn is_east_asian(c: char) -> bool {
    is_cjk(c)
        || matches!(c,
            '\u{3000}'..='\u{33ff}' | '\u{a000}'..='\u{a4cf}' | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe6f}'
            | '\u{ff01}'..='\u{ffee}' | '\u{1b000}'..='\u{1b2ff}')
}

/// The first run of one language: where it starts and ends in bytes.
fn next_run(text: &str) -> Option<(usize, usize, Script)> {
    let mut chars = text.char_indices();
    let (start, mut script, mut end) = chars.find_map(|(at, c)| Some((at, script(c)?, at + c.len_utf8())))?;
    for (at, c) in chars {
        match self::script(c) {
            Some(next) => match (script, next) {
                (Script::Han, _) => script = next,
                (_, Script::Han) => {}
                _ if script != next => break,
                _ => {}
            },
            // Punctuation belongs to the run only if the run goes on after it.
            None if joins(c) => continue,
            None => break,
        }
        end = at + c.len_utf8();
    }
    Some((start, end, script))
}

fn script(c: char) -> Option<Script> {
    // Most letters are of none.
    if c < FIRST {
        return None;
    }
    match c {
        '\u{4e00}'..='\u{9fff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{3005}'
        | '\u{3007}'
        | '\u{2e80}'..='\u{2fdf}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}' => Some(Script::Han),
        '\u{3041}'..='\u{309f}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{ff66}'..='\u{ff9f}' => Some(Script::Kana),
        '\u{1100}'..='\u{11ff}'
        | '\u{3131}'..='\u{318e}'
        | '\u{a960}'..='\u{a97c}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{d7b0}'..='\u{d7fb}' => Some(Script::Hangul),
        _ => None,
    }
}

/// The first letter of them all.
const FIRST: char = '\u{1100}';

/// What may stand inside a run: spaces, digits, and East Asian punctuation.
fn joins(c: char) -> bool {
    matches!(c, ' ' | '\n' | '0'..='9' | '\u{b7}' | '\u{3000}'..='\u{303f}' | '\u{30a0}' | '\u{30fb}' | '\u{ff01}'..='\u{ff65}')
        || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—')
}

#[cfg(test)]
mod tests {
    fn html(text: &str, lang: &str) -> String {
        super::html(text, lang, "zh-Hans").into_owned()
    }

    #[test]
    fn a_foreign_script_has_its_language() {
        for (text, expected) in [
            ("Plan", "Plan"),
            ("é – “x”", "é – “x”"),
            ("The 中国制造2025 plan", "The <span lang=\"zh-Hans\">中国制造</span>2025 plan"),
            ("（中国、制造2025计划）", "（<span lang=\"zh-Hans\">中国、制造2025计划</span>）"),
            ("トヨタ自動車 & Co", "<span lang=\"ja\">トヨタ自動車</span> &amp; Co"),
            ("日本の経済", "<span lang=\"ja\">日本の経済</span>"),
            ("한국 경제, x", "<span lang=\"ko\">한국 경제</span>, x"),
            ("ひらがな 한글", "<span lang=\"ja\">ひらがな</span> <span lang=\"ko\">한글</span>"),
        ] {
            assert_eq!(html(text, "en"), expected);
        }
    }

    #[test]
    fn a_text_in_its_own_script_is_left_alone() {
        assert_eq!(html("中国制造", "zh-CN"), "中国制造");
        assert_eq!(html("日本銀行", "ja"), "日本銀行");
        assert_eq!(html("خطة 中国", "ar"), "خطة <span lang=\"zh-Hans\" dir=\"ltr\">中国</span>");
        assert_eq!(html("ひらがな中国", "zh"), "<span lang=\"ja\">ひらがな中国</span>");
    }
}
