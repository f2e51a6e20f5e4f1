//! Revisions that somebody names.

use anyhow::{Result, anyhow, bail};

use super::git::Git;
use super::moved_book;

/// A commit, and how somebody called it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// As it was given: `main`, `HEAD~2`.
    pub name: String,
    /// Its hash.
    pub id: String,
    /// The folder of the repository that the book stood in then, if it was another one: `docs/kb/`, or "" for its root.
    pub folder: Option<String>,
}

impl Revision {
    /// What it is called among people: its name, and what says more.
    pub fn title(&self) -> String {
        let more: Vec<String> = self.hash().map(str::to_owned).into_iter().chain(self.place()).collect();
        match more.is_empty() {
            true => self.name.clone(),
            false => format!("{} ({})", self.name, more.join(", ")),
        }
    }

    /// The beginning of its hash, where that is not its name.
    pub fn hash(&self) -> Option<&str> {
        (!self.id.starts_with(&self.name)).then(|| self.id.get(..12).unwrap_or(&self.id))
    }

    /// Where the book stood then, if it was elsewhere.
    pub fn place(&self) -> Option<String> {
        Some(match self.folder.as_ref()?.trim_end_matches('/') {
            "" => "in the root of the repository".to_owned(),
            folder => format!("in {folder}"),
        })
    }
}

/// What is compared: a revision with another, or with the files as they stand on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revisions {
    pub before: Revision,
    pub after: Option<Revision>,
}

impl Git {
    /// The revisions that words on a command line name: `A` is compared with the files on disk, `A B` and `A..B` with
    /// each other, and `A...B` is B against where both parted. A side of `..` that is left out is HEAD.
    ///
    /// Errors: there is no such revision.
    pub fn revisions(&self, words: &[String]) -> Result<Revisions> {
        let or_head = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
        match words {
            [one] => match (one.split_once("..."), one.split_once("..")) {
                (Some((a, b)), _) => self.since_parted(&or_head(a), &or_head(b)),
                (None, Some((a, b))) => self.between(&or_head(a), &or_head(b)),
                (None, None) => Ok(Revisions { before: self.revision(one)?, after: None }),
            },
            [a, b] => self.between(a, b),
            _ => bail!("one revision is compared with the files on disk, or two with each other"),
        }
    }

    fn between(&self, a: &str, b: &str) -> Result<Revisions> {
        Ok(Revisions { before: self.revision(a)?, after: Some(self.revision(b)?) })
    }

    fn since_parted(&self, a: &str, b: &str) -> Result<Revisions> {
        let Revisions { before, after } = self.between(a, b)?;
        let tip = after.as_ref().map_or("", |after| after.id.as_str());
        let base = self.ask(&["merge-base", &before.id, tip]).map_err(|_| {
            anyhow!(
                "{a} and {b} have no commit in common{}; compare them as they are, with {a}..{b}",
                self.if_shallow()
            )
        })?;
        let id = String::from_utf8_lossy(&base).trim().to_owned();
        Ok(Revisions { before: self.named(format!("{a}...{b}"), id), after })
    }

    /// The commit that a name stands for.
    ///
    /// Errors: there is none.
    pub fn revision(&self, name: &str) -> Result<Revision> {
        // It would be an option.
        if name.starts_with('-') {
            bail!("\"{name}\" is no revision: none begins with \"-\"");
        }
        let found = self.ask(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")]);
        let id = found.map(|id| String::from_utf8_lossy(&id).trim().to_owned()).unwrap_or_default();
        if id.is_empty() && name == "HEAD" {
            bail!("this repository has no commit to compare with yet; git commit makes the first one");
        }
        if id.is_empty() {
            bail!(
                "there is no revision \"{name}\" in this repository{}; a revision is a branch, a tag or a commit, as git log shows them",
                self.if_shallow()
            );
        }
        Ok(self.named(name.to_owned(), id))
    }

    fn named(&self, name: String, id: String) -> Revision {
        Revision { folder: moved_book::in_revision(self, &id), name, id }
    }

    /// What to say of a commit that is not there, if the repository has only the last ones.
    fn if_shallow(&self) -> &'static str {
        match self.ask(&["rev-parse", "--is-shallow-repository"]) {
            Ok(answer) if answer.trim_ascii() == b"true" => {
                ", which is a shallow clone: git fetch --unshallow brings the rest, and fetch-depth: 0 in a workflow"
            }
            _ => "",
        }
    }
}
