//! Where a source stands on the page of all sources.

use crate::base::path::encode;

/// The anchor of a source, by its key.
pub fn of(key: &str) -> String {
    // An id has no spaces.
    format!("source:{}", encode(key))
}

/// The link to a source on the page of all sources, given the link to that.
pub fn href(sources: Option<String>, key: &str) -> Option<String> {
    Some(format!("{}#{}", sources?, encode(&of(key))))
}
