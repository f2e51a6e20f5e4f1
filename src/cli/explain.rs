//! `dossier explain` (a stand-in until the manual's pages are here).

pub struct Page {
    pub summary: &'static str,
    pub text: &'static str,
}

pub fn page(_name: &str) -> Page {
    Page { summary: "…", text: "…" }
}
