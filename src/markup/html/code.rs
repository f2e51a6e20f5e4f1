//! Blocks of code: coloured, and under the path of their file if they are one. Some are more than code.

use super::HtmlWriter;
use crate::base::escape;

impl HtmlWriter<'_> {
    /// Writes a block of code, and answers the place after it.
    pub(super) fn code_block(&mut self, info: &str, at: usize) -> usize {
        if let Some(html) = self.markup.host.block(self.nodes[at].1.start) {
            self.own_block(html);
            return self.after(at);
        }
        let (code, next) = self.plain_text(at);
        let (language, file) = (language(info), file(info));
        if let Some(file) = file {
            self.block("<figure class=\"code-file\"><figcaption>");
            escape::text(&mut self.out, file);
            self.out.push_str("</figcaption>");
        }
        self.block("<pre class=\"code\" tabindex=\"0\"><code");
        if !language.is_empty() {
            self.attribute("class", &format!("language-{language}"));
        }
        self.out.push('>');
        self.out.push_str(&self.highlighter.html(&code, language));
        self.out.push_str("</code></pre>");
        self.out.push_str(if file.is_some() { "</figure>\n" } else { "\n" });
        next
    }
}

/// The language that the line behind the first fence names: `rust` of `rust,ignore`, `js` of `js{3}`.
fn language(info: &str) -> &str {
    let end = info.find(|c: char| c.is_whitespace() || matches!(c, ',' | '{'));
    &info[..end.unwrap_or(info.len())]
}

/// The path of the file that the block shows: `book.toml` of `toml book.toml`, and nothing of `sh title=a.sh`.
fn file(info: &str) -> Option<&str> {
    let word = info.split_whitespace().nth(1)?;
    let is_path = |c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '-' | '_');
    let (_, extension) = word.rsplit_once('.')?;
    (word.chars().all(is_path) && extension.starts_with(char::is_alphabetic)).then_some(word)
}
