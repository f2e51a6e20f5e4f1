//! The real server over a small book, and its clients: one that asks for pages, and tabs that are kept up to date.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

/// How long something that should happen is waited for: the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// `dossier serve`, stopped when it is dropped.
pub struct Server {
    child: Child,
    pub port: u16,
    said: Arc<Mutex<String>>,
}

/// An answer to a request.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// In lower case, one header a line.
    pub headers: String,
    pub body: String,
}

/// Waits until something holds.
#[track_caller]
pub fn wait(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < PATIENCE, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

impl Server {
    /// Serves the book in a folder with these arguments, on any port if they name none.
    pub fn start(folder: &Path, args: &[&str]) -> Server {
        let port: &[&str] = if args.contains(&"--port") { &[] } else { &["--port", "0"] };
        let mut child = Command::new(env!("CARGO_BIN_EXE_dossier"))
            .args([&["serve", "."], port, args].concat())
            .current_dir(folder)
            .env("NO_COLOR", "1")
            .env_remove("SOURCE_DATE_EPOCH")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let said = Arc::new(Mutex::new(String::new()));
        let streams: [Box<dyn Read + Send>; 2] = [
            Box::new(child.stdout.take().expect("an output")),
            Box::new(child.stderr.take().expect("an error output")),
        ];
        for stream in streams {
            let said = said.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    *said.lock().unwrap() += &(line + "\n");
                }
            });
        }
        let mut server = Server { child, port: 0, said };
        wait("the server begins", || server.said().contains("Ctrl-C stops"));
        let said = server.said();
        let url = said.split_whitespace().find_map(|word| word.strip_prefix("http://")).expect("an address");
        server.port = url.trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        server
    }

    /// All that it printed.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// The lines that say what has changed.
    pub fn changes(&self) -> Vec<String> {
        let said = self.said();
        let is_change = |line: &&str| ["Changed ", "Added ", "Removed "].iter().any(|verb| line.starts_with(verb));
        let lines = said.lines().filter(is_change);
        lines.map(|line| line.rsplit_once(" (").map_or(line, |(what, _)| what).to_owned()).collect()
    }

    /// Waits until it has printed a text.
    #[track_caller]
    pub fn says(&self, text: &str) {
        let start = Instant::now();
        while !self.said().contains(text) {
            assert!(start.elapsed() < PATIENCE, "it does not say {text:?}, but:\n{}", self.said());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &format!("localhost:{}", self.port), "")
    }

    /// Any request; `more` are whole lines of headers.
    pub fn ask(&self, method: &str, path: &str, host: &str, more: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        let host = if host.is_empty() { String::new() } else { format!("Host: {host}\r\n") };
        write!(stream, "{method} {path} HTTP/1.1\r\n{host}{more}Connection: close\r\n\r\n").expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").expect("headers");
        let (line, headers) = head.split_once("\r\n").unwrap_or((head, ""));
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, headers: headers.to_lowercase(), body: body.to_owned() }
    }

    /// The text of a page, which is there.
    #[track_caller]
    pub fn page(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}\n{}", answer.body, self.said());
        answer.body
    }

    /// Opens a page as a tab does.
    pub fn tab(&self, path: &str) -> Tab {
        let hello = self.hello(path);
        let mut tab = self.connect(&format!("http://localhost:{}", self.port)).expect("the tab connects");
        tab.say(&hello);
        assert!(tab.hear()["run"].is_string());
        tab
    }

    /// What a tab says of itself.
    pub fn hello(&self, path: &str) -> Value {
        let page = self.get(path).body;
        let script = page.split("<script src=\"/.dossier/live.js\"").nth(1).expect("the page has the script");
        let script = script.split('>').next().unwrap_or("");
        let value = |name: &str| {
            let rest = script.split(&format!("data-{name}=\"")).nth(1).expect("the script says it");
            rest.split('"').next().unwrap_or("").to_owned()
        };
        let uses: Vec<String> = ["src=\"", "href=\""]
            .iter()
            .flat_map(|name| page.split(name).skip(1).filter_map(|rest| rest.split('"').next()))
            .filter(|path| [".css", ".js", ".png"].iter().any(|end| path.ends_with(end)) && !path.starts_with('/'))
            .map(|used| match used.strip_prefix("../") {
                Some(used) => used.to_owned(),
                None => format!("{}{used}", &path[1..=path.rfind('/').unwrap_or(0)]),
            })
            .collect();
        json!({
            "path": value("path"), "hash": value("hash"), "look": value("look"),
            "missing": script.contains("data-missing"), "uses": uses,
        })
    }

    /// A tab that has said nothing yet, on a page from some origin.
    pub fn connect(&self, origin: &str) -> Result<Tab, String> {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).map_err(|error| error.to_string())?;
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        let request = tungstenite::http::Request::builder()
            .uri(format!("ws://localhost:{}/.dossier/socket", self.port))
            .header("Host", format!("localhost:{}", self.port))
            .header("Origin", origin)
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .body(())
            .expect("a request");
        let (socket, _) = tungstenite::client(request, stream).map_err(|error| error.to_string())?;
        Ok(Tab { socket })
    }

    /// Asks it to stop as a terminal or the system does, and gives its exit code.
    #[cfg(unix)]
    pub fn stop(&mut self, signal: &str) -> Option<i32> {
        let id = self.child.id().to_string();
        Command::new("kill").args([signal, &id]).status().expect("a signal is sent");
        let mut done = None;
        wait("the server stops", || {
            done = self.child.try_wait().expect("the server can be waited for");
            done.is_some()
        });
        done?.code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An open page.
pub struct Tab {
    socket: WebSocket<TcpStream>,
}

impl Tab {
    pub fn say(&mut self, hello: &Value) {
        self.socket.send(Message::text(hello.to_string())).expect("the server listens");
    }

    /// The next thing that it is told.
    #[track_caller]
    pub fn hear(&mut self) -> Value {
        loop {
            match self.socket.read() {
                Ok(Message::Text(text)) => return serde_json::from_str(&text).expect("JSON"),
                Ok(_) => {}
                Err(error) => panic!("the tab is told nothing: {error}"),
            }
        }
    }

    /// The next thing that it is told, with a key.
    #[track_caller]
    pub fn hear_of(&mut self, key: &str) -> Value {
        loop {
            let news = self.hear();
            if news.get(key).is_some() {
                return news[key].clone();
            }
        }
    }
}
