//! How large an output is, where hosts and systems have limits.

use serde::{Deserialize, Serialize};

/// What GitHub Pages takes, and from where on a site is near that, in bytes.
const HOST: u64 = 1_000_000_000;
const NEAR: u64 = 900_000_000;

/// What Windows takes as a path, and how much of that a path in an output may have before the folder of a checkout makes it
/// too long, in UTF-16 units.
const WINDOWS: usize = 260;
const LONG: usize = 200;

/// How large an output is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputSize {
    bytes: u64,
    /// How many paths are long, and the longest of them.
    long_paths: usize,
    longest: Option<Box<str>>,
    /// How many names Windows does not take, and the first path with one.
    unfit_names: usize,
    first_unfit: Option<Box<str>>,
}

/// The signs that Windows has in no name. GitHub takes no file with one of them into an artifact, either.
const UNFIT: &[char] = &['"', ':', '<', '>', '|', '*', '?', '\\'];

/// Whether Windows takes a path: no part of it has an unfit sign, or ends with a full stop or a space.
fn is_fit(path: &str) -> bool {
    !path.contains(UNFIT) && !path.split('/').any(|part| part.ends_with(['.', ' ']))
}

impl OutputSize {
    /// That of an output of files with these paths and lengths.
    pub fn of<'a>(files: impl Iterator<Item = (&'a str, u64)>) -> OutputSize {
        let mut size = OutputSize::default();
        let mut most = LONG;
        for (path, length) in files {
            size.bytes += length;
            if !is_fit(path) {
                size.unfit_names += 1;
                size.first_unfit.get_or_insert_with(|| path.into());
            }
            // No text has more units than bytes.
            if path.len() <= LONG {
                continue;
            }
            let units = path.encode_utf16().count();
            size.long_paths += usize::from(units > LONG);
            if units > most {
                (most, size.longest) = (units, Some(path.into()));
            }
        }
        size
    }

    /// Which limits it is near, a line for each.
    pub fn warnings(&self) -> Vec<String> {
        let mut told = Vec::new();
        if self.bytes >= NEAR {
            let (megabytes, host) = (self.bytes / 1_000_000, HOST / 1_000_000);
            told.push(format!("the site has {megabytes} MB, and GitHub Pages takes {host} MB"));
        }
        if let Some(first) = &self.first_unfit {
            let what = match self.unfit_names {
                1 => "a file in the site has a name".to_owned(),
                many => format!("{many} files in the site have names"),
            };
            told.push(format!("{what} that Windows does not take, nor GitHub as part of an artifact: {first}"));
        }
        if let Some(longest) = &self.longest {
            let units = longest.encode_utf16().count();
            let what = match self.long_paths {
                1 => format!("the path of a file in the site has {units} characters"),
                many => format!(
                    "the paths of {many} files in the site have more than {LONG} characters, the longest {units}"
                ),
            };
            told.push(format!("{what}: {longest}; with the folder around the site Windows takes {WINDOWS}"));
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(files: &[(&str, u64)]) -> String {
        OutputSize::of(files.iter().copied()).warnings().join("\n")
    }

    #[test]
    fn a_site_that_is_near_a_limit_says_so_once() {
        let (short, long, longer) = ("a".repeat(200), "b".repeat(201), "c/".repeat(110));
        assert_eq!(told(&[("index.html", 500_000_000), (&short, 399_999_999)]), "");
        assert_eq!(
            told(&[("index.html", 500_000_000), ("a.html", 400_000_000)]),
            "the site has 900 MB, and GitHub Pages takes 1000 MB"
        );
        assert_eq!(
            told(&[(&long, 1)]),
            format!(
                "the path of a file in the site has 201 characters: {long}; with the folder around the site Windows takes 260"
            )
        );
        assert_eq!(
            told(&[(&long, 1), (&longer, 1), (&long, 1)]),
            format!(
                "the paths of 3 files in the site have more than 200 characters, the longest 220: {longer}; with the folder around the site Windows takes 260"
            )
        );
        assert_eq!(
            told(&[("a/b: c.png", 1), ("d.png", 1), ("e./f.png", 1)]),
            "2 files in the site have names that Windows does not take, nor GitHub as part of an artifact: a/b: c.png"
        );
        // Three bytes each are one unit.
        assert_eq!(told(&[(&"中".repeat(200), 1)]), "");
    }
}
