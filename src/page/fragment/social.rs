//! What stands for a page where it is shared.

use super::FragmentWriter;
use crate::base::escape;
use crate::page::view::PageView;

impl FragmentWriter {
    /// Open Graph, and the kind of card that others make of it; empty where the page has none. `parts/social.html`
    pub fn social(&self, page: &PageView, site: &str) -> String {
        let mut out = String::new();
        let (Some(card), Some(url)) = (&page.card, &page.canonical) else { return out };
        let mut property = |name: &str, value: &str| {
            out.push_str("\n<meta property=\"og:");
            out.push_str(name);
            out.push_str("\" content=\"");
            escape::quoted(&mut out, value);
            out.push_str("\">");
        };
        property("type", card.kind);
        property("title", &page.full_title);
        property("url", url);
        property("site_name", site);
        property("description", &page.meta_description);
        card.locale.iter().for_each(|locale| property("locale", locale));
        let Some(image) = &card.image else {
            out.push_str("\n<meta name=\"twitter:card\" content=\"summary\">");
            return out;
        };
        property("image", &image.url);
        if let Some(size) = image.size {
            property("image:width", &size.width.to_string());
            property("image:height", &size.height.to_string());
        }
        if !image.alt.is_empty() {
            property("image:alt", image.alt);
        }
        out.push_str("\n<meta name=\"twitter:card\" content=\"summary_large_image\">");
        out
    }
}
