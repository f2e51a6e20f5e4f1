//! Tests through the front door: the real binary on small books. They are one program, for linking costs more than they do.

mod support;

mod addresses;
mod any_bytes;
mod assets;
mod blocks;
mod build;
mod content;
mod countries;
mod diagnostics;
mod diff;
mod explain;
mod feed;
mod fixing;
mod formats;
mod history;
mod links;
mod markdown;
mod plain;
mod rename;
mod right_to_left;
mod rules;
mod scaffold;
mod schema;
mod search;
mod seeded;
#[cfg(feature = "serve")]
mod serve;
mod social_images;
mod themes;
mod tree_check;
mod unchanged;
mod version;
mod web;
mod writing;
