//! Which way a language is written, and what must be said of a text that runs the other way than what is around it.
//!
//! Scripts, languages and their regions are those of Unicode's CLDR 48: `scriptMetadata.txt` (RTL), and for what is
//! commonly written in them `likelySubtags.xml`.

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    Ltr,
    Rtl,
}

impl Direction {
    /// As HTML's `dir` has it.
    pub fn word(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }

    /// As HTML's `dir` has it, where it has to be said: not inside what runs the same way.
    pub fn inside(self, around: Direction) -> Option<&'static str> {
        (self != around).then(|| self.word())
    }
}

/// Which way a language is written (BCP 47): by its script if it is named (`az-Arab`, `ar-Latn`), else by the one it is
/// commonly written in, in its region if that is named (`pa-PK`).
pub fn direction(lang: &str) -> Direction {
    let lang = lang.trim().to_ascii_lowercase();
    let mut parts = lang.split(['-', '_']);
    let language = parts.next().unwrap_or("");
    // What stands behind a single letter says something else: `en-x-arab`.
    let rest: Vec<&str> = parts.take_while(|part| part.len() > 1 && language.len() > 1).collect();
    let is_word = |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    // A language may be named by two tags, `ar-arz`; a region has two letters.
    let script = rest.iter().copied().take_while(is_word).find(|part| part.len() == 4);
    let region = rest.iter().copied().find(|part| part.len() == 2);
    let is_rtl = match (script, region) {
        (Some(script), _) => SCRIPTS.binary_search(&script).is_ok(),
        (_, Some(region)) if ALSO.contains(&(language, region)) => true,
        (_, Some(region)) if EXCEPT.contains(&(language, region)) => false,
        _ => LANGUAGES.binary_search(&language).is_ok(),
    };
    if is_rtl { Direction::Rtl } else { Direction::Ltr }
}

/// Which way a text of others is read that stands among texts of `around`, if that has to be said, as `dir` has it.
///
/// From left to right goes what begins so. Among texts from right to left a text goes so if it has a letter of such a
/// script at all, for they begin with a name in Latin letters often enough; what has none, numbers too, is kept whole.
pub fn of_text(text: &str, around: Direction) -> Option<&'static str> {
    if around == Direction::Ltr && text.is_ascii() {
        return None;
    }
    // No letter below U+0590 is written from right to left, and none with such a first byte.
    let has_rtl = text.bytes().any(|byte| byte >= 0xd6) && text.chars().any(is_rtl);
    let is_ltr = |c: char| c.is_alphabetic() && !is_rtl(c);
    let direction = match around {
        Direction::Ltr if !has_rtl => return None,
        Direction::Ltr if text.chars().find(|c| c.is_alphabetic()).is_some_and(is_rtl) => Direction::Rtl,
        Direction::Ltr => Direction::Ltr,
        Direction::Rtl if text.trim().is_empty() || (has_rtl && !text.chars().any(is_ltr)) => return None,
        Direction::Rtl if has_rtl => Direction::Rtl,
        Direction::Rtl => Direction::Ltr,
    };
    Some(direction.word())
}

/// Whether a letter is of a script that is written from right to left: the blocks that Unicode keeps for them
/// (`DerivedBidiClass.txt`, R and AL).
pub fn is_rtl(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c,
            '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// In order, in small letters.
const SCRIPTS: [&str; 42] = [
    "adlm", "arab", "aran", "armi", "avst", "chrs", "cprt", "elym", "gara", "hatr", "hebr", "hung", "khar", "lydi",
    "mand", "mani", "mend", "merc", "mero", "narb", "nbat", "nkoo", "orkh", "ougr", "palm", "phli", "phlp", "phlv",
    "phnx", "prti", "rohg", "samr", "sarb", "sidt", "sogd", "sogo", "syrc", "syre", "syrj", "syrn", "thaa", "yezi",
];

/// Languages that are commonly written in one of them, in order.
const LANGUAGES: [&str; 286] = [
    "aao", "abh", "abv", "acm", "acq", "acw", "acx", "adf", "ae", "aeb", "aec", "aee", "aeq", "afb", "aib", "aii",
    "aij", "aiq", "ajp", "ajt", "aju", "amw", "apc", "apd", "ar", "ara", "arb", "arc", "arq", "ars", "ary", "arz",
    "ask", "atn", "auj", "auz", "avd", "ave", "avl", "ayh", "ayl", "ayn", "ayp", "azb", "bal", "bcc", "bdz", "bej",
    "bft", "bgn", "bgp", "bhe", "bhm", "bhn", "bjf", "bjm", "bqi", "brh", "brk", "bsh", "bsk", "chg", "cja", "ckb",
    "cld", "clh", "czk", "dcc", "def", "deh", "dgl", "div", "dmk", "dml", "drw", "dv", "ecy", "esh", "fa", "fas",
    "fay", "faz", "fia", "fub", "gbz", "ggg", "gha", "ghr", "gig", "gjk", "gju", "glh", "glk", "grr", "gwc", "gwf",
    "gwt", "gzi", "hac", "haz", "hbo", "he", "heb", "hkh", "hnd", "hno", "hoh", "hrt", "hrz", "hss", "huy", "isk",
    "itk", "iw", "jad", "jat", "jbe", "jbn", "jdg", "ji", "jnd", "jog", "jpa", "jpr", "jrb", "jye", "kas", "kbu",
    "kby", "kcy", "kfm", "khw", "klj", "kmz", "kqd", "ks", "ktl", "kvx", "kxp", "kzh", "lad", "lah", "lhs", "lki",
    "lrc", "lrk", "lrl", "lsa", "lsd", "lss", "luv", "luz", "mby", "mde", "mey", "mfa", "mfi", "mhj", "mid", "mki",
    "mnj", "mve", "mvy", "myz", "mzb", "mzn", "nli", "nlm", "nqo", "ntz", "nyq", "oar", "obm", "odk", "oru", "ota",
    "otk", "oui", "pal", "pbt", "pbu", "per", "pes", "pgd", "phl", "phn", "phr", "phv", "plk", "pmu", "pnb", "prc",
    "prd", "prs", "prx", "ps", "psh", "psi", "pst", "pus", "qxq", "rdb", "rhg", "rmt", "sam", "sbn", "scl", "sd",
    "sdb", "sdf", "sdg", "sdh", "sds", "sgl", "sgr", "sgy", "shd", "shm", "shu", "shv", "siy", "siz", "skr", "smp",
    "smy", "snd", "sog", "sqo", "sqt", "srh", "srz", "ssh", "sts", "swb", "syc", "syn", "syr", "tjo", "tks", "tmr",
    "tnf", "tov", "tra", "trg", "trm", "trw", "ug", "uig", "ur", "urd", "ush", "uzs", "vaf", "vgr", "vmh", "wbk",
    "wlo", "wne", "wni", "wsv", "xco", "xhe", "xka", "xkc", "xkj", "xkp", "xld", "xly", "xmn", "xmr", "xna", "xpr",
    "xsa", "xsd", "xvi", "ydd", "ydg", "yhd", "yi", "yid", "yih", "yud", "zba", "zdj", "zrp", "zum",
];

/// Languages that are so in a region only.
const ALSO: [(&str, &str); 16] = [
    ("az", "iq"),
    ("az", "ir"),
    ("ha", "cm"),
    ("ha", "sd"),
    ("kk", "af"),
    ("kk", "cn"),
    ("kk", "ir"),
    ("kk", "mn"),
    ("ku", "iq"),
    ("ku", "ir"),
    ("ku", "lb"),
    ("ky", "cn"),
    ("ms", "cc"),
    ("pa", "pk"),
    ("tg", "pk"),
    ("uz", "af"),
];

/// Languages that are not so in a region.
const EXCEPT: [(&str, &str); 3] = [("sd", "in"), ("ug", "kz"), ("ug", "mn")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_a_direction() {
        for lang in [
            "ar",
            "AR",
            "ar-EG",
            "ar_EG",
            "he",
            "he-IL",
            "iw",
            "fa",
            "fa-AF",
            "prs",
            "ur",
            "yi",
            "ps",
            "sd",
            "ug",
            "dv",
            "ckb",
            "ku-Arab",
            "KU-ARAB",
            "az-Arab",
            "az-arab-IR",
            "az-IR",
            "pa-Arab",
            "pa-PK",
            "ms-Arab",
            "ks",
            "arz",
            "arc",
            "syr",
            "nqo",
            "en-Hebr",
            "ff-Adlm",
            "und-Syrc",
            "und-Thaa",
            "und-Nkoo",
            "rhg-Rohg",
            "uz-AF",
            "ar-arz",
            "zh-min-Arab",
            "ar-x-latn",
            "ar-u-nu-latn",
        ] {
            assert_eq!(direction(lang), Direction::Rtl, "{lang}");
        }
        for lang in [
            "",
            "en",
            "de",
            "zh-Hans",
            "ar-Latn",
            "AR-LATN-EG",
            "he-Latn",
            "ku",
            "az",
            "az-Latn",
            "pa",
            "pa-IN",
            "ms",
            "ur-Deva",
            "sd-IN",
            "sd-Deva",
            "ug-Cyrl",
            "ug-KZ",
            "en-x-arab",
            "en-a-arab",
            "x-arab",
            "arabic",
            "hebrew",
            "ar-Latn-x-arab",
            "-",
            "é",
        ] {
            assert_eq!(direction(lang), Direction::Ltr, "{lang}");
        }
    }

    #[test]
    fn what_is_looked_up_is_in_order() {
        assert!(SCRIPTS.is_sorted());
        assert!(LANGUAGES.is_sorted());
    }

    #[test]
    fn a_text_says_its_direction_where_it_must() {
        for (text, ltr, rtl) in [
            ("Plan", None, Some("ltr")),
            ("Größe", None, Some("ltr")),
            ("中国", None, Some("ltr")),
            ("−5", None, Some("ltr")),
            ("2015–2020", None, Some("ltr")),
            ("", None, None),
            ("خطة", Some("rtl"), None),
            ("خطة ٢٠٢٥", Some("rtl"), None),
            ("(תוכנית)", Some("rtl"), None),
            ("خطة Made in China", Some("rtl"), Some("rtl")),
            ("iPhone في الصين", Some("ltr"), Some("rtl")),
            ("𞤀𞤣𞤤𞤢𞤥", Some("rtl"), None),
        ] {
            assert_eq!(of_text(text, Direction::Ltr), ltr, "{text}");
            assert_eq!(of_text(text, Direction::Rtl), rtl, "{text}");
        }
    }
}
