//! What is put into a page as it is served, and never into a built site: the script that keeps it up to date.

use super::live_site::ServedPage;
use crate::base::escape::attribute;

/// The page's policy, as the theme writes it, allows connections to where it came from. Older browsers do not take
/// `'self'` for WebSockets.
const CONNECT: &str = "connect-src 'self'";

/// What the script must know of the page that it stands in.
pub struct LiveReloadTag<'a> {
    /// The path that was asked for.
    pub path: &'a str,
    /// Whether nothing was found there.
    pub is_missing: bool,
    /// What tells the theme's files from what they were.
    pub look: u64,
    /// The name and port under which the browser asked.
    pub host: &'a str,
}

impl LiveReloadTag<'_> {
    /// The page's HTML with the script in it.
    pub fn put_on(&self, page: &ServedPage) -> String {
        let LiveReloadTag { path, is_missing, look, host } = self;
        let mut script = "<script src=\"/.dossier/live.js\" data-path=\"".to_owned();
        attribute(&mut script, path);
        let missing = if *is_missing { " data-missing" } else { "" };
        script.push_str(&format!("\" data-hash=\"{:x}\" data-look=\"{look:x}\"{missing}></script>\n", page.hash));
        // At whatever depth nothing was found, the page for that is written for the top.
        let base = if *is_missing && !page.html.contains("<base ") { "<base href=\"/\">\n" } else { "" };
        let mut html = page.html.clone();
        if let Some(at) = html.find(CONNECT) {
            html.insert_str(at + CONNECT.len(), &format!(" ws://{host} wss://{host}"));
        }
        // As early as can be: it puts things where they were before anything is drawn.
        let head = html.find("<head>").map(|at| at + "<head>".len());
        if let Some(at) = head {
            html.insert_str(at, base);
        }
        let end = html.find("</head>").unwrap_or(html.len());
        html.insert_str(end, &script);
        html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dressed(html: &str, is_missing: bool) -> String {
        let page = ServedPage { html: html.to_owned(), hash: 0xab, source: None, failure: None };
        LiveReloadTag { path: "a\"b.html", is_missing, look: 1, host: "localhost:3000" }.put_on(&page)
    }

    #[test]
    fn the_script_comes_at_the_end_of_the_head_and_may_connect() {
        let html = dressed("<head><meta content=\"connect-src 'self'; x\"></head><body>", false);
        let script =
            "<script src=\"/.dossier/live.js\" data-path=\"a&quot;b.html\" data-hash=\"ab\" data-look=\"1\"></script>";
        let meta = "<meta content=\"connect-src 'self' ws://localhost:3000 wss://localhost:3000; x\">";
        assert_eq!(html, format!("<head>{meta}{script}\n</head><body>"));
        assert!(dressed("no head", false).starts_with("no head<script"));
    }

    #[test]
    fn a_page_for_what_is_missing_finds_its_styles_at_any_depth() {
        let html = dressed("<head></head>", true);
        assert!(html.starts_with("<head><base href=\"/\">\n"), "{html}");
        assert!(html.contains(" data-missing>"), "{html}");
    }
}
