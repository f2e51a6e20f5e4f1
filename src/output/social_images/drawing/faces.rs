//! The faces that cards are written in: those of the book, and where they lack a letter the built-in ones.

use std::sync::Arc;

use resvg::usvg::fontdb::{Database, FaceInfo, ID, Language, Source, Stretch, Style, Weight};
use rustc_hash::FxHashMap;
use skrifa::instance::{Location, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::base::diagnostic::Diagnostic;
use crate::base::path::SourcePath;
use crate::output::social_images::renderer::FontFile;

/// Noto, subsets under the SIL Open Font License (`fonts/`).
const BUILT_IN: [&[u8]; 2] = [include_bytes!("fonts/NotoSerif-Bold.ttf"), include_bytes!("fonts/NotoSans-Regular.ttf")];

/// From which weight on a face is for titles rather than for small texts.
const BOLD: f32 = 600.0;

/// What a text is on a card, which decides its face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextRole {
    Title,
    Small,
}

impl TextRole {
    /// How bold it is where a face can be of any weight.
    pub fn weight(self) -> u16 {
        match self {
            TextRole::Title => 700,
            TextRole::Small => 400,
        }
    }
}

/// A letter as a text of some role shows it.
#[derive(Clone, Copy)]
pub struct Glyph {
    /// The place of its face.
    pub face: usize,
    /// How far it takes its line, in parts of the type's size.
    pub advance: f32,
}

/// All faces, and which of them shows each letter.
pub struct Faces {
    database: Arc<Database>,
    titles: FxHashMap<char, Glyph>,
    small: FxHashMap<char, Glyph>,
}

/// A face before it is known what it is used for.
struct ReadFace {
    data: Arc<dyn AsRef<[u8]> + Send + Sync>,
    is_bold: bool,
    is_built_in: bool,
}

impl Faces {
    /// The faces of the book's fonts and the built-in ones. What is no font is told, as wrong in the file `told_in`.
    pub fn new(fonts: Vec<FontFile>, told_in: &SourcePath, problems: &mut Vec<Diagnostic>) -> Faces {
        let mut faces = Vec::new();
        for FontFile { path, bytes } in fonts {
            match ReadFace::new(Arc::new(bytes), false) {
                Some(face) => faces.push(face),
                None => {
                    let message = format!("{} is no font that can be drawn with", path.value);
                    let help = "name a TrueType or OpenType file (.ttf, .otf); of WOFF make one with fonttools";
                    problems.push(Diagnostic::error("bad-config", told_in, path.span, message).help(help));
                }
            }
        }
        let built_in = BUILT_IN.iter().filter_map(|bytes| ReadFace::new(Arc::new(*bytes), true));
        faces.extend(built_in);
        let mut database = Database::new();
        for (place, face) in faces.iter().enumerate() {
            database.push_face_info(face.info(place));
        }
        let [titles, small] = [TextRole::Title, TextRole::Small].map(|role| glyphs(&faces, role));
        Faces { database: Arc::new(database), titles, small }
    }

    pub fn database(&self) -> Arc<Database> {
        self.database.clone()
    }

    /// Whether one of them has a letter.
    pub fn has(&self, letter: char) -> bool {
        self.titles.contains_key(&letter)
    }

    /// How a letter is shown; none if no face has it.
    pub fn glyph(&self, role: TextRole, letter: char) -> Option<Glyph> {
        let glyphs = match role {
            TextRole::Title => &self.titles,
            TextRole::Small => &self.small,
        };
        glyphs.get(&letter).copied()
    }
}

/// What a face is called among all: by its place.
pub fn family(place: usize) -> String {
    format!("face-{place}")
}

/// Which face shows each letter in texts of a role: one of the book before those that are built in, and of these the first
/// one of the right weight.
fn glyphs(faces: &[ReadFace], role: TextRole) -> FxHashMap<char, Glyph> {
    let mut order: Vec<usize> = (0..faces.len()).collect();
    order.sort_by_key(|place| {
        let face = &faces[*place];
        (face.is_built_in, face.is_bold != (role == TextRole::Title))
    });
    let mut glyphs = FxHashMap::default();
    for place in order {
        faces[place].each_letter(role, |letter, advance| {
            glyphs.entry(letter).or_insert(Glyph { face: place, advance });
        });
    }
    glyphs
}

impl ReadFace {
    /// None if the bytes are no font with outlines.
    fn new(data: Arc<dyn AsRef<[u8]> + Send + Sync>, is_built_in: bool) -> Option<ReadFace> {
        let font = first_face((*data).as_ref())?;
        let has_outlines = font.outline_glyphs().format().is_some();
        let is_bold = font.attributes().weight.value() >= BOLD;
        let is_usable =
            has_outlines && (16..=16_384).contains(&font.metrics(Size::unscaled(), &Location::default()).units_per_em);
        is_usable.then_some(ReadFace { data, is_bold, is_built_in })
    }

    /// It as the library knows it, under a name that no other has.
    fn info(&self, place: usize) -> FaceInfo {
        FaceInfo {
            id: ID::dummy(),
            source: Source::Binary(self.data.clone()),
            index: 0,
            families: vec![(family(place), Language::English_UnitedStates)],
            post_script_name: family(place),
            style: Style::Normal,
            weight: Weight::NORMAL,
            stretch: Stretch::Normal,
            monospaced: false,
        }
    }

    /// Tells each of its letters, and how far that takes its line in texts of a role.
    fn each_letter(&self, role: TextRole, mut tell: impl FnMut(char, f32)) {
        let Some(font) = first_face((*self.data).as_ref()) else { return };
        let location = font.axes().location([("wght", f32::from(role.weight()))]);
        let metrics = GlyphMetrics::new(&font, Size::new(1.0), &location);
        for (code, glyph) in font.charmap().mappings() {
            if let Some(letter) = char::from_u32(code).filter(|_| glyph != GlyphId::NOTDEF) {
                tell(letter, metrics.advance_width(glyph).unwrap_or_default());
            }
        }
    }
}

/// The face of a file, or the first one of a collection.
fn first_face(bytes: &[u8]) -> Option<FontRef<'_>> {
    FontRef::from_index(bytes, 0).ok()
}
