//! What schema.org calls the entries of a collection, as `book.toml` says it.

/// A type of schema.org.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SchemaType {
    pub name: &'static str,
    pub dating: Dating,
    /// Which entries it suits, for authors.
    pub help: &'static str,
}

/// What the date of an entry of a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dating {
    /// Nothing that the type has a property for.
    Unsaid,
    /// The time that a work tells of: `temporalCoverage`.
    Coverage,
    /// When it took place: `startDate` and `endDate`.
    Course,
    /// When a law was adopted or signed: `legislationDate`.
    Adoption,
}

impl SchemaType {
    /// The types that `book.toml` may name.
    pub const ALL: [SchemaType; 22] = [
        of("Article", Dating::Coverage, "The text itself, whatever it is about"),
        of("Book", Dating::Unsaid, "A book"),
        of("CollegeOrUniversity", Dating::Unsaid, "A college or university"),
        of("Corporation", Dating::Unsaid, "A company"),
        of("Country", Dating::Unsaid, "A country"),
        of("CreativeWork", Dating::Unsaid, "A work of another kind"),
        of("Dataset", Dating::Coverage, "Data"),
        of("DefinedTerm", Dating::Unsaid, "A term with its meaning"),
        of("Event", Dating::Course, "What happened at some time"),
        of("GovernmentOrganization", Dating::Unsaid, "A public body"),
        of("Legislation", Dating::Adoption, "A law, decree or treaty"),
        of("NGO", Dating::Unsaid, "An organization that is not the state's"),
        of("NewsMediaOrganization", Dating::Unsaid, "A newspaper, broadcaster or agency"),
        of("Organization", Dating::Unsaid, "An organization of any kind"),
        of("Person", Dating::Unsaid, "A person"),
        of("Place", Dating::Unsaid, "A place"),
        of("Product", Dating::Unsaid, "What is made or sold"),
        of("Project", Dating::Unsaid, "An undertaking with an aim"),
        of("Report", Dating::Unsaid, "A report that was published"),
        of("ResearchOrganization", Dating::Unsaid, "A research institute"),
        of("SoftwareApplication", Dating::Unsaid, "A program"),
        of("TechArticle", Dating::Unsaid, "The text itself: instructions, a manual"),
    ];

    /// The type of this name.
    pub fn named(name: &str) -> Option<SchemaType> {
        SchemaType::ALL.into_iter().find(|known| known.name == name)
    }
}

const fn of(name: &'static str, dating: Dating, help: &'static str) -> SchemaType {
    SchemaType { name, dating, help }
}

/// What schema.org calls the entries of a collection.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EntryTypes {
    /// All are of one type.
    One(SchemaType),
    /// They are of several, by the values of a choice: the place of that field, and for each of its values a type, or none.
    ByChoice(usize, Vec<Option<SchemaType>>),
}
