//! Blocks between fences that are more than code: what they list, and what is told of those that are wrong.

use insta::assert_snapshot;

use crate::support::Book;

const CONFIG: &str = r#"[book]
title = "T"

[collections.policies]
title = "Policies"
singular = "Policy"
fields.status = { type = "choice", values = { in-force = "In force", over = "Over" } }
fields.sectors = { type = "reference", to = "sectors", many = true, inverse = "Policies" }
fields.country = { type = "country", many = true }
fields.amount = { type = "quantity" }
fields.active = { type = "yes-no" }
fields.share = { type = "number" }
fields.basis = { type = "markdown" }

[collections.sectors]
title = "Sectors"
singular = "Sector"

[countries]
EU = { name = "European Union", members = ["DE", "FR"] }
"#;

/// Policies and sectors that differ in everything.
const ENTRIES: [(&str, &str); 7] = [
    ("book.toml", CONFIG),
    (
        "content/policies/alpha.md",
        "---\ntitle: Alpha\nsummary: The first.\ndate: 2015-05-19\nstatus: in-force\nsectors: [robots]\ncountry: CN\namount: 2 USD\nactive: true\nshare: 10\ntags: [Old]\n---\n\nText.\n",
    ),
    (
        "content/policies/beta.md",
        "---\ntitle: Beta\ndate: 2014/2016\nstatus: over\nsectors: [ships, robots]\ncountry: [EU, US]\nactive: false\nshare: 9\n---\n\nText.\n",
    ),
    ("content/policies/gamma.md", "---\ntitle: Gamma\ndate: 2020\ncountry: US\ntags: [old, new]\n---\n\nText.\n"),
    ("content/policies/held.md", "---\ntitle: Held\nstatus: over\ndraft: true\n---\n\nText.\n"),
    ("content/sectors/robots.md", "---\ntitle: Robots\naliases: [Machines]\n---\n\nText.\n"),
    ("content/sectors/ships.md", "---\ntitle: Ships\n---\n\nText.\n"),
];

/// A book of these entries and a page.
fn book(page: &str) -> Book {
    let book = Book::new(ENTRIES);
    book.write("content/lists.md", format!("# Lists\n\n{page}"));
    book
}

/// The text of the page of a book that is all right, behind its heading.
#[track_caller]
fn shown(book: &Book) -> String {
    let checked = book.run(&["check", "--strict"]);
    assert_eq!(checked.status, 0, "{}", checked.stdout);
    book.build(&[]);
    assert_eq!(book.problems(), [""; 0]);
    prose(book)
}

#[track_caller]
fn prose(book: &Book) -> String {
    let page = book.page("lists.html");
    let (_, text) = page.split_once("<div class=\"prose\">").expect("a text");
    let (text, _) = text.split_once("<footer class=\"entry-footer\"").expect("its end");
    let inner = text.trim_end().strip_suffix("</div>").and_then(|text| text.trim_end().strip_suffix("</div>"));
    inner.expect("two ends").trim().to_owned()
}

/// The titles of the entries that a block lists.
#[track_caller]
fn listed(block: &str) -> String {
    let text = shown(&book(&format!("```entries\n{block}\n```\n")));
    assert!(text.starts_with("<ul class=\"listing\">") || text.contains("No entries."), "{text}");
    let titles = text.split(".html\">").skip(1).filter_map(|rest| rest.split_once("</a>"));
    titles.map(|(title, _)| title).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_block_lists_the_entries_of_a_collection_by_what_their_fields_say() {
    for (block, titles) in [
        ("from: policies", "Alpha Beta Gamma"),
        ("from: Policies\nsort: -title", "Gamma Beta Alpha"),
        ("from: policies\nsort: date\nlimit: 2", "Beta Alpha"),
        ("from: policies\nsort: -date", "Gamma Alpha Beta"),
        // What says nothing comes last either way.
        ("from: policies\nsort: share", "Beta Alpha Gamma"),
        ("from: policies\nsort: -share", "Alpha Beta Gamma"),
        ("from: policies\nsort: status", "Alpha Beta Gamma"),
        ("from: policies\nwhere: { status: in-force }", "Alpha"),
        ("from: policies\nwhere: { status: In Force }", "Alpha"),
        ("from: policies\nwhere: { status: [in-force, over] }", "Alpha Beta"),
        ("from: policies\nwhere:\n  status: over\n  active: true", ""),
        ("from: policies\nwhere: { sectors: robots }", "Alpha Beta"),
        ("from: policies\nwhere: { sectors: [machines] }", "Alpha Beta"),
        ("from: policies\nwhere: { sectors: '[[sectors/ships]]' }", "Beta"),
        ("from: policies\nwhere: { country: US }", "Beta Gamma"),
        ("from: policies\nwhere: { country: united states }", "Beta Gamma"),
        ("from: policies\nwhere: { country: [European Union, china] }", "Alpha Beta"),
        ("from: policies\nwhere: { tags: old }", "Alpha Gamma"),
        ("from: policies\nwhere: { title: gamma }", "Gamma"),
        ("from: policies\nwhere: { active: no }", "Beta"),
        ("from: policies\nwhere: { share: 10.0 }", "Alpha"),
        ("from: policies\nwhere: { amount: 2 USD }", "Alpha"),
        // What lasted through a time was within it, and what is not known so exactly may not have been.
        ("from: policies\nwhere: { date: 2015 }", "Alpha Beta"),
        ("from: policies\nwhere: { date: 2015-05-19 }", "Alpha Beta"),
        ("from: policies\nwhere: { date: 2020-05 }", ""),
        ("from: policies\nwhere: { date: 2016/2021 }", "Beta Gamma"),
        ("from: policies\nwhere: { date: ../2014 }", "Beta"),
        ("from: sectors", "Robots Ships"),
        ("from: policies\nwhere:\nsort:\nlimit:", "Alpha Beta Gamma"),
        ("from: &x policies # what is listed\nwhere: { title: [*x, beta] }", "Beta"),
    ] {
        assert_eq!(listed(block), titles, "{block}");
    }
}

#[test]
fn a_block_shows_titles_dates_and_summaries_and_says_that_there_is_nothing() {
    let list = "```entries\nfrom: policies\nwhere: { status: [in-force] }\n```\n";
    let none = "~~~ entries\nfrom: policies\nwhere: { title: none }\n~~~\n";
    assert_snapshot!(shown(&book(&format!("{list}\n{none}"))));
}

#[test]
fn a_block_stands_in_quotes_and_items_beside_html_and_is_code_in_a_longer_fence() {
    let page = "> ```entries\n> from: sectors\n> limit: 1\n> ```\n\n- item\n\n  ```entries\n  from: sectors\n  limit: 1\n  ```\n\n\
                <details>\n<summary>More</summary>\n\n```entries\nfrom: sectors\n```\n\n</details>\n\n\
                <div id=\":block-0\"></div>\n\n````markdown\n```entries\nfrom: sectors\n```\n````\n\n\
                ```entries yaml\nfrom: sectors\n```\n\n    from: sectors\n";
    assert_snapshot!(shown(&book(page)));
}

#[test]
fn pages_of_a_plain_section_are_listed_by_what_their_front_matter_says() {
    let book = Book::new([
        ("notes/a.md", "---\nstatus: done\nrating: 10\ntags: x\n---\n# A\n"),
        ("notes/b.md", "---\nstatus: [Done, x]\nrating: 9\n---\n# B\n"),
        ("notes/c.md", "# C\n"),
        ("other/d.md", "# D\n"),
        (
            "lists.md",
            "# Lists\n\n```entries\nfrom: notes\nwhere: { status: done }\nsort: rating\n```\n\n```entries\nfrom: /\n```\n",
        ),
    ]);
    book.write("book.toml", "");
    let text = shown(&book);
    let titles: Vec<&str> = text.split("html\">").skip(1).filter_map(|rest| Some(rest.split_once("</a>")?.0)).collect();
    assert_eq!(titles, ["B", "A", "Lists"]);
}

#[test]
fn what_is_listed_is_no_link_and_no_word_of_the_text() {
    let block = |conditions: &str| format!("```entries\nfrom: policies\n{conditions}```\n\n");
    let book = book(&format!("Words.\n\n{}{}", block(""), block("where: { sectors: robots }\n")));
    shown(&book);
    let robots = book.page("sectors/robots.html");
    let (_, backlinks) = robots.split_once("class=\"backlinks\"").expect("policies lead there");
    assert!(backlinks.contains("policies/alpha.html") && !backlinks.contains("lists.html"), "{backlinks}");
    assert!(!book.page("policies/alpha.html").contains("What links here"));
    let search = book.tree().into_iter().filter(|path| path.starts_with("search/")).collect::<Vec<_>>();
    assert!(!search.is_empty());
    assert!(book.page("lists.html").contains("<meta name=\"description\" content=\"Words.\">"));
    // A name in a block is none that its text mentions, nor does it keep an entry from being an orphan.
    book.write("book.toml", format!("{CONFIG}\n[check]\norphan-entry = \"warn\"\n"));
    let told = book.run(&["check"]).stdout;
    assert!(told.contains("no other entry refers to \"Gamma\""), "{told}");
}

#[test]
fn a_field_with_markup_has_blocks_too() {
    let book = book("Text.\n");
    book.write(
        "content/policies/delta.yaml",
        "title: Delta\nbasis: |\n  All of them:\n\n  ```entries\n  from: sectors\n  ```\nbody: |\n  ```entries\n  from: sectors\n  limit: 1\n  ```\n",
    );
    shown(&book);
    let page = book.page("policies/delta.html");
    assert_eq!(page.matches("<ul class=\"listing\">").count(), 2, "{page}");
    assert_eq!(page.matches("href=\"../sectors/robots.html\">Robots</a>").count(), 2, "{page}");
    book.write(
        "content/policies/delta.yaml",
        "title: Delta\nbasis: |\n  All of them:\n\n  ```entries\n  from: sektors\n  ```\nbody: \"```entries\\nform: x\\n```\\n\"\n",
    );
    let told = book.run(&["check"]).stdout;
    assert_snapshot!(told.split("\nChecked").next().unwrap());
}

#[test]
fn what_is_wrong_with_a_block_is_told_in_its_place_and_shown_as_code() {
    let book = book("Text.\n");
    let block = "> ```entries\n> form: policies\n> from: [policies]\n> ```\n\n- ```entries\n  from: policies\n  where:\n    stauts: over\n    status: [ovr, in-force]\n    country: [Atlantis]\n    sectors: [robotz, alpha]\n    basis: x\n    summary: x\n    active:\n    amount: some\n    date: May\n  sort: -dat\n  limit: 0\n  ```\n";
    let more = "\n```entries\n```\n\n```entries\n- a\n```\n\n```entries\nfrom: policies\nfrom: policies\n```\n\n```entries\nfrom: policies\nwhere: status\nsort: sectors\n```\n\n```entries\nfrom: 'policies\n```\n\n```entries\nfrom: polices\n```\n";
    book.write("content/policies/delta.md", format!("---\ntitle: Delta\n---\n\n{block}{more}"));
    let told = book.run(&["check", "--verbose"]);
    assert_eq!(told.status, 1);
    assert_snapshot!(told.stdout.split("\nChecked").next().unwrap());
    let output = book.build(&["--keep-going"]);
    assert_eq!(book.problems(), [""; 0], "{}", output.stderr);
    let page = book.page("policies/delta.html");
    assert_eq!((page.matches("<code class=\"language-entries\">").count(), page.matches("listing").count()), (8, 0));
    // What another tool makes of such a block is shown, too.
    book.remove("content/policies/delta.md");
    book.write("content/lists.md", "# Lists\n\n```entries\nTABLE x FROM y\n```\n");
    let output = book.build(&[]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert!(prose(&book).contains("TABLE x FROM y"));
}

#[test]
fn a_reference_to_a_draft_lists_nothing_and_shows_no_word_of_it() {
    let book = book("```entries\nfrom: policies\nwhere: { sectors: secret }\n```\n");
    book.write("content/sectors/secret.md", "---\ntitle: Secret\ndraft: true\n---\n\nText.\n");
    let output = book.build(&["--verbose"]);
    assert_eq!(output.status, 0);
    assert!(output.stderr.contains("this is a draft, and nothing is listed for it"), "{}", output.stderr);
    assert_eq!(prose(&book), "<p class=\"listing-empty\">No entries.</p>");
}

#[test]
fn a_reference_in_a_block_follows_a_new_address_and_is_mended() {
    let book = book("> ```entries\n> from: policies\n> where:\n>   sectors: [sectors/robots, ships]\n> ```\n");
    let done = book.run(&["rename", "sectors/robots", "machines-2"]);
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert!(
        book.source("content/lists.md").contains("sectors: [sectors/machines-2, ships]"),
        "{}",
        book.source("content/lists.md")
    );
    let slip = book.source("content/lists.md").replace("policies", "polices").replace("ships", "shps-x");
    book.write("content/lists.md", slip.replace("shps-x", "ship"));
    let fixed = book.run(&["check", "--fix"]);
    assert!(book.source("content/lists.md").contains("from: policies\n"), "{}", fixed.stdout);
}

#[test]
fn a_list_in_a_text_of_another_language_says_which_it_is_in() {
    let book = book("Text.\n");
    book.write("content/lists.md", "---\ntitle: Lists\nlang: ar\n---\n\n```entries\nfrom: sectors\nlimit: 1\n```\n\n```entries\nfrom: sectors\nwhere: { title: x }\n```\n");
    let text = shown(&book);
    assert!(text.contains("<ul class=\"listing\" lang=\"en\" dir=\"ltr\">"), "{text}");
    assert!(text.contains("<p class=\"listing-empty\" lang=\"en\" dir=\"ltr\">"), "{text}");
}

#[test]
fn a_template_of_a_books_own_shows_a_block_or_is_told() {
    let book = book("```entries\nfrom: sectors\n```\n\n<b>x</b>\n");
    let config = format!("{CONFIG}\n[theme]\nname = \"mine\"\n");
    book.write("book.toml", &config);
    book.write("themes/mine/templates/blocks/entries.html", "<svg><text>{{ items | length }}</text></svg>\n");
    book.build(&[]);
    assert!(prose(&book).starts_with("<svg><text>2</text></svg>"), "{}", prose(&book));
    book.write("themes/mine/templates/blocks/entries.html", "{{ nothing.at.all }}\n");
    let output = book.build(&[]);
    assert_eq!(output.status, 1, "{}", output.stderr);
    assert!(output.stderr.contains("themes/mine/templates/blocks/entries.html:1:4"), "{}", output.stderr);
}
