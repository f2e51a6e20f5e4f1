//! What stands for a page where it is shared, besides what the page says of itself.

use serde::Serialize;

use crate::page::social_image::ImageSize;

/// What stands for a page where its address is shared, as the Open Graph protocol has it, besides what the page says of
/// itself.
#[derive(Serialize)]
pub struct CardView<'a> {
    /// `article`, or `website` for the home page and lists.
    pub kind: &'static str,
    /// The language of the page, as `de_DE`; none where the protocol has no name for it.
    pub locale: Option<String>,
    /// The picture that stands for it, if there is one.
    pub image: Option<CardImageView<'a>>,
}

/// A picture on a card.
#[derive(Serialize)]
pub struct CardImageView<'a> {
    /// Its absolute address.
    pub url: String,
    /// What it shows, for those who do not see it; it may be empty.
    pub alt: &'a str,
    /// How many dots it has from side to side and from top to bottom, where that is known.
    pub size: Option<ImageSize>,
}
