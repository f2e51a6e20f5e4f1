//! The open tabs: which page each of them shows, and what it must be told after a change.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::sync::watch;
use tokio::time::timeout;

use super::live_site::{Answer, LiveSite, ServedPage};

/// How long a tab may take to say what it shows, and to take what it is told.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most files of which a tab says that its page loads them.
const USES: usize = 500;

/// The paths that are open, each with how many tabs show it.
#[derive(Default)]
pub struct Tabs {
    open: Mutex<FxHashMap<String, usize>>,
}

impl Tabs {
    /// Makes every page that is open, so that tabs need not wait for each other; says how many there are.
    pub fn make(&self, shown: &LiveSite) -> usize {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let paths: Vec<&String> = open.keys().collect();
        paths.par_iter().for_each(|path| drop(shown.answer(path)));
        open.values().sum()
    }

    fn enter(self: &Arc<Tabs>, path: &str) -> Present {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner).entry(path.to_owned()).or_default() += 1;
        Present { tabs: self.clone(), path: path.to_owned() }
    }
}

/// A tab that is open for as long as this is kept.
struct Present {
    tabs: Arc<Tabs>,
    path: String,
}

impl Drop for Present {
    fn drop(&mut self) {
        let mut open = self.tabs.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.path) {
            *count -= 1;
        }
        open.retain(|_, count| *count > 0);
    }
}

/// What a tab says of itself.
#[derive(Deserialize)]
struct Hello {
    /// The path that it asked for.
    path: String,
    /// What told its page from others.
    hash: String,
    /// Whether nothing was found there.
    missing: bool,
    /// What told the theme's files from others.
    look: String,
    /// The style sheets, scripts and pictures that the page loads.
    uses: Vec<String>,
}

/// A tab, and what it knows.
struct Tab {
    path: String,
    hash: u64,
    is_missing: bool,
    /// Whether the page that it shows went away.
    is_gone: bool,
    uses: Vec<(String, Option<u64>)>,
    /// Whether it has loaded files of the search, and of which edition of the site.
    searches: bool,
    edition: u64,
    /// The problems that it shows, its page's own among them.
    problems: Option<(u64, Option<Value>)>,
}

impl Tab {
    /// A tab that has just come, and whether the theme is another one than it has.
    fn new(hello: Hello, shown: &LiveSite) -> (Tab, bool) {
        let number = |hex: &str| u64::from_str_radix(hex, 16).unwrap_or(0);
        let uses = hello.uses.into_iter().take(USES).map(|path| {
            let stamp = shown.stamp(&path);
            (path, stamp)
        });
        let tab = Tab {
            path: hello.path,
            hash: number(&hello.hash),
            is_missing: hello.missing,
            is_gone: false,
            uses: uses.collect(),
            searches: false,
            edition: shown.edition,
            problems: None,
        };
        // While there is nothing to show, what the tab has is better.
        (tab, shown.site().is_some() && number(&hello.look) != shown.theme_version())
    }

    /// What the tab does not know yet; none if it knows it all.
    fn news(&mut self, shown: &LiveSite) -> Option<Value> {
        let mut news = Map::new();
        let answer = shown.answer(&self.path);
        let page = match &answer {
            Answer::Page(page) => Some(page),
            Answer::Missing(page) => page.as_ref(),
            _ => None,
        };
        let is_missing = matches!(answer, Answer::Missing(_));
        self.see(page.map(|page| &**page), is_missing, &mut news);
        let mut others = Vec::new();
        for (path, known) in &mut self.uses {
            let stamp = shown.stamp(path);
            // What is not there cannot be shown.
            if stamp != *known && stamp.is_some() {
                *known = stamp;
                others.push(path.clone());
            }
        }
        if others.iter().any(|path| path.ends_with(".js")) {
            news.insert("reload".to_owned(), true.into());
        } else if !others.is_empty() {
            news.insert("files".to_owned(), others.into());
        }
        if self.searches && self.edition != shown.edition {
            news.insert("search".to_owned(), true.into());
        }
        self.edition = shown.edition;
        let failed = page.and_then(|page| page.failure.clone()).filter(|_| !is_missing);
        let problems = (shown.problems.hash, failed);
        if self.problems.as_ref() != Some(&problems) {
            let mut all: Value = serde_json::from_str(&shown.problems.json).unwrap_or_default();
            if let Some(finding) = &problems.1 {
                all["errors"] = (all["errors"].as_u64().unwrap_or(0) + 1).into();
                all["findings"].as_array_mut().into_iter().for_each(|all| all.insert(0, finding.clone()));
            }
            if let Some(source) = page.and_then(|page| page.source.as_ref()) {
                all["source"] = source.as_str().into();
            }
            news.insert("problems".to_owned(), all);
            self.problems = Some(problems);
        }
        (!news.is_empty()).then_some(Value::Object(news))
    }

    /// Compares the page that the tab shows with the one that there is now.
    fn see(&mut self, page: Option<&ServedPage>, is_missing: bool, news: &mut Map<String, Value>) {
        let Some(page) = page else { return };
        match (self.is_missing, is_missing) {
            // The page is no longer there: it stays on the screen.
            (false, true) => {
                if !self.is_gone {
                    news.insert("gone".to_owned(), true.into());
                }
                self.is_gone = true;
                return;
            }
            _ if self.hash == page.hash && self.is_missing == is_missing => {
                if self.is_gone {
                    news.insert("gone".to_owned(), false.into());
                }
            }
            _ => {
                news.insert("reload".to_owned(), true.into());
            }
        }
        (self.is_gone, self.is_missing, self.hash) = (false, is_missing, page.hash);
    }
}

/// Serves one tab until it closes, or nothing more is to be told.
pub async fn attend(mut socket: WebSocket, tabs: Arc<Tabs>, mut shown: watch::Receiver<Arc<LiveSite>>, run: u64) {
    let Ok(Some(Ok(Message::Text(hello)))) = timeout(PATIENCE, socket.recv()).await else { return };
    let Ok(hello) = serde_json::from_str::<Hello>(&hello) else { return };
    let _present = tabs.enter(&hello.path);
    let now = shown.borrow_and_update().clone();
    let (mut tab, is_other) = Tab::new(hello, &now);
    let mut first = json!({ "run": format!("{run:x}") });
    if is_other {
        first["reload"] = true.into();
    }
    if tell(&mut socket, first).await.is_err() {
        return;
    }
    loop {
        let now = shown.borrow_and_update().clone();
        // Making a page takes time that other tabs need not wait for.
        let looked = tokio::task::spawn_blocking(move || {
            let news = tab.news(&now);
            (tab, news)
        });
        let Ok((same, news)) = looked.await else { return };
        tab = same;
        if let Some(news) = news
            && tell(&mut socket, news).await.is_err()
        {
            return;
        }
        loop {
            tokio::select! {
                changed = shown.changed() => match changed {
                    Ok(()) => break,
                    Err(_) => return,
                },
                said = socket.recv() => match said {
                    // It begins to search.
                    Some(Ok(Message::Text(text))) if text.as_str() == "\"search\"" => tab.searches = true,
                    Some(Ok(_)) => {}
                    _ => return,
                },
            }
        }
    }
}

async fn tell(socket: &mut WebSocket, news: Value) -> Result<(), ()> {
    let sent = timeout(PATIENCE, socket.send(Message::Text(news.to_string().into()))).await;
    sent.map_err(drop)?.map_err(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(hash: u64) -> ServedPage {
        ServedPage { html: String::new(), hash, source: None, failure: None }
    }

    /// What a tab that shows page 1 is told when these pages stand there, one after the other; 0 is that for what is
    /// missing.
    fn told(first: u64, pages: &[u64]) -> Vec<String> {
        let mut tab = Tab {
            path: String::new(),
            hash: first,
            is_missing: first == 0,
            is_gone: false,
            uses: Vec::new(),
            searches: false,
            edition: 0,
            problems: None,
        };
        let mut see = |hash: &u64| {
            let mut news = Map::new();
            tab.see(Some(&page(*hash)), *hash == 0, &mut news);
            Value::Object(news).to_string()
        };
        pages.iter().map(&mut see).collect()
    }

    #[test]
    fn a_tab_is_told_of_its_own_page_alone() {
        assert_eq!(told(1, &[1, 2, 2, 1]), ["{}", r#"{"reload":true}"#, "{}", r#"{"reload":true}"#]);
    }

    #[test]
    fn a_page_that_goes_stays_on_the_screen_until_it_comes_back() {
        assert_eq!(told(1, &[0, 0, 1]), [r#"{"gone":true}"#, "{}", r#"{"gone":false}"#]);
        assert_eq!(told(1, &[0, 2]), [r#"{"gone":true}"#, r#"{"reload":true}"#]);
    }

    #[test]
    fn a_page_that_was_missing_comes() {
        assert_eq!(told(0, &[0, 1]), ["{}", r#"{"reload":true}"#]);
    }
}
