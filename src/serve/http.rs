//! Requests in, answers out: pages from memory, pictures from where they stand, and nothing else.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State, WebSocketUpgrade};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use tokio::sync::watch;
use tower_http::services::ServeFile;
use xxhash_rust::xxh3::xxh3_64;

use super::bind::{HostPolicy, is_same_origin};
use super::clients::{self, Tabs};
use super::inject::LiveReloadTag;
use super::live_site::{Answer, LiveSite, PLAIN, ServedPage};
use super::media_type;
use super::route::path_of;
use crate::base::opened::{Opened, opened};
use crate::base::path::{SourcePath, encode};
use crate::markup::{Drawing, clean_drawing};

/// The longest message that a tab may send, in bytes.
const LONGEST: usize = 256 * 1024;

/// What a file of the book may do that is opened as a page: be shown, and no more.
const UNTRUSTED: &str = "default-src 'none'; img-src 'self' data:; media-src 'self'; font-src 'self' data:; \
                         style-src 'self' 'unsafe-inline'; sandbox";

/// The same of a file that the book lists: what is in it runs, and nothing is loaded from elsewhere.
const TRUSTED: &str = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:";

/// What answers need.
#[derive(Clone)]
pub struct AppState {
    /// The book's folder, as it is really called.
    pub root: Arc<PathBuf>,
    pub hosts: Arc<HostPolicy>,
    pub shown: watch::Receiver<Arc<LiveSite>>,
    pub tabs: Arc<Tabs>,
    /// Tells one run of the server from another.
    pub run: u64,
}

/// All that is answered.
pub fn router(house: AppState) -> Router {
    Router::new()
        .route("/.dossier/live.js", any(async || script()))
        .route("/.dossier/plain.css", any(async || ours("plain.css", include_str!("plain.css"))))
        .route("/.dossier/socket", any(socket))
        .fallback(page)
        .layer(from_fn_with_state(house.clone(), guard))
        .with_state(house)
}

/// Lets in who asks for this server by one of its names, and only wants to read.
async fn guard(State(house): State<AppState>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    if !host_of(headers).is_some_and(|host| house.hosts.knows(host)) {
        let message =
            "This server answers to localhost and to the host that it was started with, and to no other name.\n";
        return plain(StatusCode::FORBIDDEN, message);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut refused = plain(StatusCode::METHOD_NOT_ALLOWED, "Pages can be read, and no more.\n");
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refused;
    }
    let known = headers.get(header::IF_NONE_MATCH).cloned();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // No page of another site may load what is served here.
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let is_known = known.is_some() && headers.get(header::ETAG) == known.as_ref();
    if is_known && response.status() == StatusCode::OK {
        let headers = std::mem::take(response.headers_mut());
        let mut same = StatusCode::NOT_MODIFIED.into_response();
        *same.headers_mut() = headers;
        same.headers_mut().remove(header::CONTENT_LENGTH);
        return same;
    }
    response
}

fn host_of(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST)?.to_str().ok()
}

/// A tab that wants to be kept up to date.
async fn socket(State(house): State<AppState>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let host = host_of(&parts.headers).unwrap_or("");
    // Programs that are no browsers send none.
    let origin = parts.headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or(""));
    if origin.is_some_and(|origin| !is_same_origin(origin, host)) {
        return plain(StatusCode::FORBIDDEN, "This page is none of this server's.\n");
    }
    match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => {
            let AppState { shown, tabs, run, .. } = house;
            let upgrade = upgrade.max_message_size(LONGEST).max_frame_size(LONGEST);
            upgrade.on_upgrade(move |socket| clients::attend(socket, tabs, shown, run))
        }
        Err(refused) => refused.into_response(),
    }
}

/// A file of the site.
async fn page(State(house): State<AppState>, request: Request) -> Response {
    let Some(path) = path_of(request.uri().path()) else {
        return plain(StatusCode::BAD_REQUEST, "This is no path of a site.\n");
    };
    let host = host_of(request.headers()).unwrap_or("").to_owned();
    let query = request.uri().query().map_or(String::new(), |query| format!("?{query}"));
    let shown = house.shown.borrow().clone();
    let answered = tokio::task::spawn_blocking(move || answer(&house.root, &shown, &path, &host, &query)).await;
    match answered {
        Ok(Reply::Whole(response)) => response,
        Ok(Reply::File { path, kind, policy }) => with_policy(file(path, kind, request.into_parts().0).await, policy),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "This page cannot be made.\n"),
    }
}

/// What is answered.
enum Reply {
    Whole(Response),
    /// A file as it is, or as much of it as was asked for: a film is played from its middle.
    File {
        path: PathBuf,
        kind: &'static str,
        policy: &'static str,
    },
}

/// A file of the disk.
async fn file(path: PathBuf, kind: &'static str, asked: Parts) -> Response {
    let kind = kind.parse().unwrap_or(mime::APPLICATION_OCTET_STREAM);
    let mut service = ServeFile::new_with_mime(path, &kind);
    let mut ask = async |asked: Parts| {
        let found = service.try_call(Request::from_parts(asked, Body::empty())).await;
        found.map_or_else(|_| unreadable(), |found| found.map(Body::new))
    };
    // Of other units than bytes, and of several parts at once, all is answered (RFC 9110, section 14.2).
    let is_one = |range: &HeaderValue| range.to_str().is_ok_and(|it| it.starts_with("bytes=") && !it.contains(','));
    let mut asked = asked;
    if !asked.headers.get(header::RANGE).is_none_or(is_one) {
        asked.headers.remove(header::RANGE);
    }
    let part = ask(asked.clone()).await;
    // A part of what it was before is of no use (RFC 9110, section 13.1.5).
    let other = asked.headers.get(header::IF_RANGE).is_some_and(|tag| part.headers().get(header::ETAG) != Some(tag));
    // What is empty has no part, and no range can be said of it (RFC 9110, section 14.4).
    let is_empty = part.headers().get(header::CONTENT_RANGE).is_some_and(|range| range.as_bytes().ends_with(b"/0"));
    let is_part = matches!(part.status(), StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE);
    if !(is_part && (other || is_empty)) {
        return part;
    }
    let mut whole = asked;
    whole.headers.remove(header::RANGE);
    ask(whole).await
}

fn answer(root: &Path, shown: &LiveSite, path: &str, host: &str, query: &str) -> Reply {
    let dressed = |page: &ServedPage, is_missing: bool| {
        let html = LiveReloadTag { path, is_missing, look: shown.theme_version(), host }.put_on(page);
        let status = if is_missing { StatusCode::NOT_FOUND } else { StatusCode::OK };
        with_bytes(status, media_type::HTML, html.into_bytes())
    };
    Reply::Whole(match shown.answer(path) {
        Answer::Page(page) => dressed(&page, false),
        Answer::Missing(Some(page)) => dressed(&page, true),
        // An error would be one of the server's.
        Answer::Missing(None) => {
            let page = ServedPage { html: PLAIN.to_owned(), hash: 0, source: None, failure: None };
            let html = LiveReloadTag { path, is_missing: true, look: shown.theme_version(), host }.put_on(&page);
            with_bytes(StatusCode::SERVICE_UNAVAILABLE, media_type::HTML, html.into_bytes())
        }
        Answer::Bytes(path, bytes) => with_bytes(StatusCode::OK, media_type::of(path.as_str()), bytes),
        Answer::Copy(path, source, is_trusted) => {
            // The folder of the entries may be a link to one that stands elsewhere.
            let src = shown.site().and_then(|site| root.join(&site.book.config.src).canonicalize().ok());
            let folders = [Some(root), src.as_deref()];
            return copy(&folders, &source, media_type::of(path.as_str()), is_trusted);
        }
        Answer::Folder(path) => {
            let parts: Vec<String> = path.split('/').map(encode).collect();
            let to = HeaderValue::from_str(&format!("/{}{query}", parts.join("/")));
            let mut moved = plain(StatusCode::FOUND, "");
            if let Ok(to) = to {
                moved.headers_mut().insert(header::LOCATION, to);
            }
            moved
        }
    })
}

/// A file of the book, as long as it is one: since the book was read a link may stand in its place that leads out.
/// What could run in a drawing is taken out of it as it is now, unless it `is_trusted`.
fn copy(folders: &[Option<&Path>; 2], source: &SourcePath, kind: &'static str, is_trusted: bool) -> Reply {
    let policy = if is_trusted { TRUSTED } else { UNTRUSTED };
    let find = || {
        let real = folders[0]?.join(source.as_str()).canonicalize().ok()?;
        let is_ours = real.is_file() && folders.iter().flatten().any(|folder| real.starts_with(folder));
        is_ours.then_some(real)
    };
    let Some(path) = find() else { return Reply::Whole(unreadable()) };
    if is_trusted || opened(source.file_name()) != Opened::Drawing {
        return Reply::File { path, kind, policy };
    }
    match std::fs::read(&path).map(|bytes| clean_drawing(&bytes)) {
        Ok(Ok(Drawing::AsItIs)) => Reply::File { path, kind, policy },
        Ok(Ok(Drawing::Without { svg, .. })) => {
            Reply::Whole(with_policy(with_bytes(StatusCode::OK, kind, svg.into_bytes()), policy))
        }
        Ok(Err(_)) | Err(_) => Reply::Whole(unreadable()),
    }
}

fn with_policy(mut response: Response, policy: &'static str) -> Response {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}

fn unreadable() -> Response {
    plain(StatusCode::NOT_FOUND, "This file cannot be read.\n")
}

/// The script of each page, with the style of what it shows.
fn script() -> Response {
    static SCRIPT: OnceLock<String> = OnceLock::new();
    let script = SCRIPT.get_or_init(|| {
        let style = serde_json::Value::from(include_str!("live.css")).to_string();
        include_str!("live.js").replacen("\"STYLE\"", &style, 1)
    });
    ours("live.js", script)
}

/// A file that is no site's but the server's own.
fn ours(path: &str, text: &str) -> Response {
    with_bytes(StatusCode::OK, media_type::of(path), text.as_bytes().to_vec())
}

fn with_bytes(status: StatusCode, kind: &'static str, bytes: Vec<u8>) -> Response {
    let tag = format!("\"{:x}\"", xxh3_64(&bytes));
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    with_bytes(status, media_type::TEXT, text.as_bytes().to_vec())
}
