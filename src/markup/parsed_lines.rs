//! Lines of code as grammars read them, each once: code repeats its lines, and a grammar takes a hundred searches for one.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use syntect::parsing::{ParseState, ParsingError, ScopeStackOp, SyntaxSet};

/// A line longer than this, in bytes, is hardly one that comes again.
const LONGEST: usize = 100;

/// How many lines a thread keeps before it starts anew.
const MOST_LINES: usize = 1024;

/// In how many states a line is kept.
const MOST_STATES: usize = 4;

/// Where scopes begin and end in a line.
type ScopeChanges = Rc<[(usize, ScopeStackOp)]>;

/// What a line is, where it begins in a state.
struct ParsedLine {
    before: ParseState,
    changes: ScopeChanges,
    after: ParseState,
}

thread_local! {
    static KNOWN: RefCell<FxHashMap<Box<str>, Vec<ParsedLine>>> = RefCell::default();
}

/// Reads a line, and leaves the state behind it. A state that remembers what an earlier line said, like the number of
/// signs that end a text, is like no other: such lines are read each time.
pub fn parse(line: &str, state: &mut ParseState, syntaxes: &SyntaxSet) -> Result<ScopeChanges, ParsingError> {
    if line.len() > LONGEST {
        return Ok(state.parse_line(line, syntaxes)?.into());
    }
    KNOWN.with_borrow_mut(|known| {
        let states = known.get(line).into_iter().flatten();
        if let Some(parsed) = states.clone().find(|parsed| parsed.before == *state) {
            *state = parsed.after.clone();
            return Ok(parsed.changes.clone());
        }
        let before = state.clone();
        let changes: ScopeChanges = state.parse_line(line, syntaxes)?.into();
        if known.len() >= MOST_LINES {
            known.clear();
        }
        let states = known.entry(line.into()).or_default();
        if states.len() >= MOST_STATES {
            states.clear();
        }
        states.push(ParsedLine { before, changes: changes.clone(), after: state.clone() });
        Ok(changes)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_known_is_what_it_was() {
        let syntaxes = two_face::syntax::extra_newlines();
        let syntax = syntaxes.find_syntax_by_token("rs").unwrap();
        let code = ["/*\n", "a\n", "*/\n", "a\n", "r##\"\n", "\"#;\n", "\"##;\n", "r#\"\n", "\"#;\n"];
        let (mut state, mut expected) = (ParseState::new(syntax), ParseState::new(syntax));
        for line in code.iter().cycle().take(3 * code.len()) {
            let changes = parse(line, &mut state, &syntaxes).unwrap();
            assert_eq!(*changes, expected.parse_line(line, &syntaxes).unwrap());
        }
    }
}
