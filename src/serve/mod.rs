//! A book served while it is written: read anew after each change, its pages made when they are asked for, and the
//! tabs told that show them.
//!
//! ```text
//! watch --sounds--> quiet --paths--> change --Change--> Workspace --Snapshot--> shown --news--> tabs
//!                                                                                 |
//!                                                                                 +--pages--> http
//! ```
//!
//! One thread, the keeper, goes the upper way. The server reads what is shown, and never waits for the keeper.

mod bind;
mod classify;
mod clients;
mod debounce;
mod events;
mod http;
mod inject;
mod live_site;
mod media_type;
mod problems;
mod route;
mod session;
mod watch;

use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use axum::serve::ListenerExt;

use crate::workspace::Options;
use bind::Bound;
pub use classify::Difference;
use clients::Tabs;
pub use events::{EventHandler, Latency, ServerEvent};
use http::AppState;
use live_site::LiveSite;
use session::{Session, Subscribers};

/// Where to serve a book.
pub struct ServeOptions {
    pub host: String,
    /// 0 is any that is free.
    pub port: u16,
    /// Opens a browser.
    pub open: bool,
}

/// Serves a book until it is asked to stop: by Ctrl-C, or as the system ends programs.
///
/// Errors: there is no such folder, no port can be opened.
pub fn serve(root: &Path, options: Options, wishes: &ServeOptions, told: EventHandler) -> Result<()> {
    let listening = Bound::open(&wishes.host, wishes.port)?;
    if let Some(port) = listening.taken {
        told(ServerEvent::Taken { port, instead: listening.port });
    }
    let (sender, shown) = tokio::sync::watch::channel(Arc::new(LiveSite::nothing()));
    let tabs = Arc::new(Tabs::default());
    let told: Arc<dyn Fn(ServerEvent) + Send + Sync> = Arc::from(told);
    let keeper = {
        let told = told.clone();
        let told: EventHandler = Box::new(move |news: ServerEvent| told(news));
        Session::begin(root, options, Subscribers { shown: sender, tabs: tabs.clone(), told })?
    };
    let root = root.canonicalize().with_context(|| format!("there is no folder {}", root.display()))?;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let url = listening.url();
    let is_public = listening.hosts.is_public();
    let mut ended = shown.clone();
    let house =
        AppState { root: Arc::new(root), hosts: Arc::new(listening.hosts), shown, tabs, run: since.as_nanos() as u64 };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(8).build();
    let runtime = runtime.context("cannot start the server")?;
    let done = runtime.block_on(async {
        let stop = stop()?;
        let listener = tokio::net::TcpListener::from_std(listening.listener).context("cannot listen")?;
        // What tabs are told is short, and must not wait for more.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let server = axum::serve(listener, http::router(house));
        std::thread::Builder::new().name("keeper".to_owned()).spawn(|| keeper.keep()).context("cannot begin")?;
        told(ServerEvent::Ready { url: &url, is_public });
        if wishes.open {
            // Without a browser the address is there to be copied.
            let _ = open::that_detached(&url);
        }
        tokio::select! {
            () = stop => Ok(()),
            done = async { server.await } => done.context("the server has failed"),
            // Only a mistake of ours ends it.
            () = async { while ended.changed().await.is_ok() {} } => bail!("the book can no longer be read, by a mistake of this program"),
        }
    });
    // Nobody waits for tabs that are open still.
    runtime.shutdown_background();
    done
}

/// Waits for Ctrl-C, or for the system's wish that the program ends; both are heard from now on.
#[cfg(unix)]
fn stop() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let hear = |kind| signal(kind).context("cannot hear of signals");
    let (mut interrupt, mut end) = (hear(SignalKind::interrupt())?, hear(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = end.recv() => {}
        }
    })
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
fn stop() -> Result<impl Future<Output = ()>> {
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}
