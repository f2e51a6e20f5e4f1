//! What a browser does with a file that is opened as a page of its own: by its name, and by how it begins.

/// What opening a file comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// It is shown, played or saved.
    Inert,
    /// SVG: it is shown, and what it holds may run.
    Drawing,
    /// What it holds runs, with all that the site may do.
    Runs,
    /// Servers do not agree on what it is. Where they say nothing, browsers go by how it begins.
    Unknown,
}

/// Kinds of files that every server knows, and that run nothing.
const INERT: [&str; 53] = [
    "7z", "aac", "apng", "avif", "bmp", "bz2", "css", "csv", "doc", "docx", "eot", "epub", "flac", "gif", "gz", "ico",
    "ics", "jpeg", "jpg", "json", "m4a", "m4v", "mov", "mp3", "mp4", "odp", "ods", "odt", "oga", "ogg", "ogv", "opus",
    "otf", "pdf", "png", "ppt", "pptx", "rtf", "tar", "tif", "tiff", "tsv", "ttf", "txt", "wasm", "wav", "webm",
    "webp", "woff", "woff2", "xls", "xlsx", "zip",
];

/// HTML, XML and what is one of them under another name; scripts; pages that plug-ins and servers run.
const RUNS: [&str; 44] = [
    "asp", "aspx", "atom", "cfm", "cgi", "cjs", "hta", "htc", "htm", "html", "js", "jsp", "jspx", "mathml", "mht",
    "mhtml", "mjs", "mml", "phar", "php", "php3", "php4", "php5", "php7", "php8", "phps", "pht", "phtml", "rdf", "rss",
    "shtm", "shtml", "stm", "svgz", "swf", "vml", "wsdl", "xht", "xhtm", "xhtml", "xml", "xsd", "xsl", "xslt",
];

/// What opening a file of this name comes to.
pub fn opened(name: &str) -> Opened {
    // "page.html.bak" is HTML to a server that does not know the last of its endings.
    let mut endings = name.split('.').skip(1).map(|ending| ending.trim().to_lowercase()).filter(|it| !it.is_empty());
    let Some(last) = endings.clone().last() else { return Opened::Unknown };
    let mut has_one_that_runs = || endings.any(|ending| RUNS.contains(&ending.as_str()) || ending == "svg");
    match last.as_str() {
        "svg" => Opened::Drawing,
        // "gz" says how a file is packed, and what stands before it what is in there.
        last if INERT.contains(&last) && last != "gz" => Opened::Inert,
        _ if has_one_that_runs() => Opened::Runs,
        "gz" => Opened::Inert,
        _ => Opened::Unknown,
    }
}

/// How much of a file browsers look at, in bytes (MIME Sniffing, section 5.2).
pub const HEAD: usize = 1445;

/// Whether browsers could take for HTML or XML what begins so (MIME Sniffing, section 7.1).
pub fn begins_as_markup(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    matches!(head, [b'<', next, ..] if next.is_ascii_alphabetic() || matches!(next, b'!' | b'?'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_whether_a_file_runs() {
        for name in [
            "a.html",
            "A.HTM",
            "a.xhtml",
            "a.b.xml",
            "a.js",
            "a.mjs",
            "a.svgz",
            "a.SVG.gz",
            "a.html.bak",
            "a.html.",
            "a.xsl",
            "a.swf",
            "a.hta",
            "a.mht",
            "a.html~.html",
            "a.php",
            "a.html .x",
        ] {
            assert_eq!(opened(name), Opened::Runs, "{name}");
        }
        for name in ["a.png", "three.js.png", "a.PDF", "a.xlsx", "a.tar.gz", "a.min.css"] {
            assert_eq!(opened(name), Opened::Inert, "{name}");
        }
        for name in ["a.svg", "a.html.svg", "A.SVG"] {
            assert_eq!(opened(name), Opened::Drawing, "{name}");
        }
        for name in ["LICENSE", "html", "a.rs", "a.html~", "a."] {
            assert_eq!(opened(name), Opened::Unknown, "{name}");
        }
    }

    #[test]
    fn what_begins_with_a_tag_is_markup() {
        for head in ["<html>", " \n<!doctype html>", "\u{feff}<?xml?>", "<b>x", "<!-- x -->"] {
            assert!(begins_as_markup(head.as_bytes()), "{head}");
        }
        for head in ["", "x <b>", "< b", "<3", "#!/bin/sh"] {
            assert!(!begins_as_markup(head.as_bytes()), "{head}");
        }
    }
}
