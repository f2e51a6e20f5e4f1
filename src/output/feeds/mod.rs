//! Feeds: what is new in a book for those who follow it, and its timeline for their calendars.
//!
//! Nothing in them is from the clock. What an entry is known by is the first address that it had, so that one that moves
//! is not new.

mod atom;
mod calendar;
mod channel;
mod id;
mod json_feed;

use std::sync::Arc;

use super::{Artifact, File, Output, Rendered, Site};
use crate::base::diagnostic::Diagnostic;
use crate::base::fingerprint::Fingerprint;
use crate::config::FeedFormat;
use crate::page::{SiteContent, Trace, feed};
use channel::Channel;

pub const OUTPUT: Output = Output {
    name: "feeds",
    owns: feed::is_file,
    reserved: feed::files,
    needs_address: true,
    files: |site| {
        let feeds = site.content().feeds().iter().enumerate();
        Arc::new(feeds.map(|(place, feed)| File::new(feed.url.file(), FeedFile(place))).collect())
    },
};

/// The file of a feed, by its place among those of the site.
struct FeedFile(usize);

impl Artifact for FeedFile {
    fn render(&self, site: &Site, _: &mut Trace) -> Result<Rendered, Box<Diagnostic>> {
        Ok(Rendered::Bytes(self.text(site.content()).into_bytes()))
    }

    /// Its text is as soon made as anything that would tell of it.
    fn fingerprint(&self, site: &Site, _: &Trace) -> Option<Fingerprint> {
        Some(Fingerprint::of(&self.text(site.content())))
    }
}

impl FeedFile {
    fn text(&self, content: &SiteContent) -> String {
        let feed = &content.feeds()[self.0];
        match feed.format {
            FeedFormat::Atom => atom::write(&Channel::of(content, feed)),
            FeedFormat::Json => json_feed::write(&Channel::of(content, feed)),
            FeedFormat::Calendar => calendar::write(content, feed),
        }
    }
}
