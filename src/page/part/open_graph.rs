//! What the Open Graph protocol calls languages.

/// The region under which readers of the protocol know a language that is written without one, where that is not the
/// language's own name: `fr` is `fr_FR`, and `ja` is `ja_JP`.
const REGIONS: &[(&str, &str)] = &[
    ("cs", "CZ"),
    ("da", "DK"),
    ("el", "GR"),
    ("en", "US"),
    ("fa", "IR"),
    ("he", "IL"),
    ("hi", "IN"),
    ("ja", "JP"),
    ("ko", "KR"),
    ("nb", "NO"),
    ("sv", "SE"),
    ("uk", "UA"),
    ("ur", "PK"),
    ("vi", "VN"),
    ("zh", "CN"),
];

/// The same for those whose name it is.
const OWN: &[&str] = &[
    "ar", "bg", "de", "es", "fi", "fr", "hr", "hu", "id", "it", "lt", "lv", "nl", "pl", "pt", "ro", "ru", "sk", "th",
    "tr",
];

/// What the protocol calls a language (BCP 47): `de-AT` is `de_AT`, `zh-Hant` is `zh_TW`. None for one that its readers
/// may not know.
pub fn locale(language: &str) -> Option<String> {
    let mut parts = language.split(['-', '_']);
    let primary = parts.next()?.to_lowercase();
    let is_region = |part: &&str| part.len() == 2 && part.chars().all(|c| c.is_ascii_alphabetic());
    let rest: Vec<&str> = parts.collect();
    let region = match rest.iter().copied().find(is_region) {
        Some(region) => region.to_uppercase(),
        None if primary == "zh" && rest.iter().any(|part| part.eq_ignore_ascii_case("Hant")) => "TW".to_owned(),
        None if OWN.contains(&&*primary) => primary.to_uppercase(),
        None => REGIONS.iter().find(|(known, _)| *known == primary)?.1.to_owned(),
    };
    Some(format!("{primary}_{region}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_a_region_or_the_one_under_which_it_is_known() {
        let told = |language| locale(language).unwrap_or_default();
        for (language, expected) in [
            ("en", "en_US"),
            ("en-GB", "en_GB"),
            ("de", "de_DE"),
            ("zh", "zh_CN"),
            ("zh-Hans", "zh_CN"),
            ("zh-Hant", "zh_TW"),
            ("zh-Hant-HK", "zh_HK"),
            ("ar", "ar_AR"),
            ("tlh", ""),
            ("", ""),
        ] {
            assert_eq!(told(language), expected, "{language}");
        }
    }
}
