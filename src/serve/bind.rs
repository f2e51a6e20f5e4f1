//! Where the server listens, and which names it answers to.

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs};

use anyhow::{Context, Result, bail};

/// How many ports after the one that was asked for are tried.
const TRIES: u16 = 100;

/// An open port, and its names.
pub struct Bound {
    pub listener: TcpListener,
    pub hosts: HostPolicy,
    /// The port that was asked for, if another program has it.
    pub taken: Option<u16>,
    pub port: u16,
}

impl Bound {
    /// Opens a port of a host, or the next one that is free; port 0 is any that is.
    ///
    /// Errors: there is no such host, or none of its ports can be opened.
    pub fn open(host: &str, port: u16) -> Result<Bound> {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let found = (bare, port).to_socket_addrs().with_context(|| format!("there is no host \"{host}\""))?;
        let Some(address) = found.into_iter().next() else { bail!("there is no host \"{host}\"") };
        for next in port..=port.saturating_add(if port == 0 { 0 } else { TRIES }) {
            match TcpListener::bind(SocketAddr::new(address.ip(), next)) {
                Ok(listener) => {
                    listener.set_nonblocking(true).context("cannot listen")?;
                    let hosts = HostPolicy { given: bare.to_lowercase(), ip: address.ip() };
                    let open = listener.local_addr().map_or(next, |address| address.port());
                    return Ok(Bound { listener, hosts, taken: (next != port).then_some(port), port: open });
                }
                Err(error) if error.kind() == ErrorKind::AddrInUse => {}
                Err(error) => return Err(error).with_context(|| format!("cannot listen on {host}, port {next}")),
            }
        }
        bail!("the ports {port} to {} of {host} are all taken; give another with --port", port.saturating_add(TRIES))
    }

    /// The address to type into a browser.
    pub fn url(&self) -> String {
        let host = match self.hosts.ip {
            ip if ip.is_unspecified() => "127.0.0.1".to_owned(),
            _ if self.hosts.given.contains(':') => format!("[{}]", self.hosts.given),
            _ => self.hosts.given.clone(),
        };
        format!("http://{host}:{}/", self.port)
    }
}

/// The names under which a browser may ask.
///
/// A page of another site can have a name of its own lead to this computer (DNS rebinding), and would then read what is
/// served here. The name in `Host` gives it away. The port is no matter: whoever forwards one may choose it.
#[derive(Clone, Debug)]
pub struct HostPolicy {
    /// The host as it was given, in lower case, without brackets.
    given: String,
    ip: IpAddr,
}

impl HostPolicy {
    /// Whether others than this computer can come here.
    pub fn is_public(&self) -> bool {
        !self.ip.is_loopback()
    }

    /// Whether a `Host` header is one of ours.
    pub fn knows(&self, header: &str) -> bool {
        let Some(name) = name_of(header) else { return false };
        if name == "localhost" || name == self.given {
            return true;
        }
        // An address is no name, and nobody can have it lead elsewhere.
        name.parse::<IpAddr>().is_ok_and(|ip| ip == self.ip || ip.is_loopback() || self.ip.is_unspecified())
    }
}

/// The name in a `Host` header, in lower case, without port and brackets.
fn name_of(header: &str) -> Option<String> {
    let (name, port) = match header.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => header.split_at(header.find(':').unwrap_or(header.len())),
    };
    let is_port = |port: &str| port.parse::<u16>().is_ok() && port.bytes().all(|byte| byte.is_ascii_digit());
    (port.is_empty() || port.strip_prefix(':').is_some_and(is_port)).then(|| name.to_lowercase())
}

/// Whether the page that asks is one of ours: browsers say in `Origin` where it came from.
pub fn is_same_origin(origin: &str, host: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| origin.strip_prefix(scheme) == Some(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(given: &str, ip: &str) -> HostPolicy {
        HostPolicy { given: given.to_owned(), ip: ip.parse().unwrap() }
    }

    #[test]
    fn this_computer_answers_to_its_own_names() {
        let local = hosts("127.0.0.1", "127.0.0.1");
        for header in ["localhost", "localhost:3000", "LOCALHOST:80", "127.0.0.1:3000", "[::1]:3000", "127.0.0.2"] {
            assert!(local.knows(header), "{header}");
        }
        for header in [
            "evil.example",
            "evil.example:3000",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "",
            "localhost:x",
            "localhost:+80",
            "localhost:80:80",
            "[::1",
            "192.168.0.7",
            "localhost@evil.example",
            "0.0.0.0",
        ] {
            assert!(!local.knows(header), "{header}");
        }
    }

    #[test]
    fn a_host_that_is_given_answers_to_its_name_and_its_address() {
        let named = hosts("desk.lan", "192.168.0.7");
        assert!(named.knows("desk.lan:3000") && named.knows("192.168.0.7:3000") && named.knows("localhost:3000"));
        assert!(!named.knows("192.168.0.8") && !named.knows("other.lan"));
        let all = hosts("0.0.0.0", "0.0.0.0");
        assert!(all.knows("192.168.0.7:3000") && all.is_public());
        assert!(!all.knows("desk.lan"), "a name could be anybody's");
    }

    #[test]
    fn a_page_of_another_site_is_no_page_of_ours() {
        assert!(is_same_origin("http://localhost:3000", "localhost:3000"));
        for origin in ["http://localhost:3001", "http://evil.example", "null", "localhost:3000", ""] {
            assert!(!is_same_origin(origin, "localhost:3000"), "{origin}");
        }
    }

    #[test]
    fn a_port_that_is_taken_gives_the_next_one() {
        let first = Bound::open("127.0.0.1", 0).unwrap();
        let second = Bound::open("127.0.0.1", first.port).unwrap();
        assert_eq!(second.taken, Some(first.port));
        assert!(second.port > first.port);
        assert!(Bound::open("no host", 0).is_err());
    }
}
