//! The places in commands that values are put into, and which values each of them takes.
//!
//! The text of a command is read by a shell, and often once more by what that runs: another shell, another host, `awk`.
//! So a place takes any value, quoted, only where it is proven that nothing but one argument of a program that takes
//! data comes of it. Everywhere else it takes plain words, which mean themselves to all of those readers.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::accepted_values::{AcceptedValues, PLAIN, Reason, Statement};
use super::lexer::Read;
use super::placeholder::Placeholder;
use super::programs::{self, Reading};
use super::raw_slot::Quoting;
use super::surrounding::{Inner, NameReader, Surrounding};
use super::token::{Command, Role, Word};

/// A place in a command that a value can be put into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot<'a> {
    /// The bytes that the value replaces.
    pub span: Range<usize>,
    /// What stands there.
    pub placeholder: Placeholder<'a>,
    /// How a value is written there.
    pub quoting: Quoting,
    /// Whether it is a variable with an operation: the copied text sets the variable first.
    pub is_operation: bool,
    /// Which values it takes.
    pub accepts: AcceptedValues,
    /// Why not all.
    pub reason: Option<Reason>,
    /// Whether the value is part of a text in double quotes within those of the shell, as in JSON.
    pub in_inner_quotes: bool,
    /// Whether a bare word needs quotes whatever it is, so that it means nothing to the shell. Double quotes end and begin
    /// again before the value, so that a variable there ends too.
    pub needs_quotes: bool,
    /// Characters that the value must not contain.
    pub excludes: String,
    /// Characters that it must not begin with.
    pub excludes_first: String,
    /// The line that ends the here-document around it, if the value could become that line.
    pub end: Option<Cow<'a, str>>,
}

/// What all slots of a variable accept together.
#[derive(Debug)]
struct Shared {
    accepts: AcceptedValues,
    reason: Option<Reason>,
    excludes: BTreeSet<char>,
    excludes_first: BTreeSet<char>,
}

/// Lets places with an operation take only what every other place of their variable takes: the copied text sets the
/// variable, and so all of them read it.
pub(super) fn share<'a>(slots: &mut [Slot<'a>]) {
    let mut shared: BTreeMap<&'a str, Shared> = BTreeMap::new();
    let is_set: BTreeSet<&str> =
        slots.iter().filter(|slot| slot.is_operation).map(|slot| slot.placeholder.name()).collect();
    for slot in slots.iter() {
        let Placeholder::Variable(name) = slot.placeholder else { continue };
        if !is_set.contains(name) {
            continue;
        }
        let all = shared.entry(name).or_insert_with(|| Shared {
            accepts: AcceptedValues::Any,
            reason: None,
            excludes: BTreeSet::new(),
            excludes_first: BTreeSet::new(),
        });
        if slot.accepts < all.accepts {
            (all.accepts, all.reason) = (slot.accepts, slot.reason.clone());
        }
        all.excludes.extend(slot.excludes.chars());
        all.excludes_first.extend(slot.excludes_first.chars());
    }
    for slot in slots.iter_mut().filter(|slot| slot.is_operation) {
        if let Some(all) = shared.get(slot.placeholder.name()) {
            (slot.accepts, slot.reason) = (all.accepts, all.reason.clone());
            slot.excludes = all.excludes.iter().collect();
            slot.excludes_first = all.excludes_first.iter().collect();
        }
    }
}

/// The places of a block as slots.
pub(super) fn slots<'a>(code: &str, read: &Read<'a>) -> Vec<Slot<'a>> {
    let statements = statements(code, &read.commands);
    let has_numbers = read.commands.iter().any(declares_number);
    let surrounding = |place| Surrounding { code, read, statements: &statements, place, has_numbers };
    read.raw_slots.iter().map(surrounding).map(|surrounding| slot(&surrounding)).collect()
}

/// The statements of a block, by their numbers.
fn statements(code: &str, commands: &[Command]) -> Vec<Statement> {
    let mut statements = vec![Statement::default(); commands.last().map_or(0, |last| last.statement + 1)];
    for command in commands {
        let statement = &mut statements[command.statement];
        // What they print may become an argument of a program that gets its arguments from a pipe.
        statement.passes_arguments |=
            command.words.iter().any(|word| ["parallel", "xargs"].contains(&word.text.as_str()));
        // Others get their program from an argument, and data from a pipe.
        let reads_program = |word: &Word| {
            let name = programs::base(&word.text);
            programs::EVALUATORS.contains(&name) && !programs::READ_DATA.contains(&name)
        };
        statement.evaluates |= command.words.iter().any(reads_program);
        let reason = match programs::reading(&command.words) {
            Reading::Language => {
                statement.has_language = true;
                None
            }
            Reading::Data => None,
            Reading::Again(program) => Some(Reason::ReadAgain(program)),
            Reading::Unknown(program) => Some(Reason::Unknown(program)),
        };
        let reason = reason.or_else(|| writes_file(code, command).then_some(Reason::File));
        statement.reason = statement.reason.take().or(reason);
    }
    statements
}

/// Whether a command declares variables to which only numbers are assigned: `declare -i`, `integer`.
fn declares_number(command: &Command) -> bool {
    let Some((program, args)) = programs::program(&command.words) else { return false };
    let declares = ["declare", "export", "local", "readonly", "typeset"].contains(&program);
    let is_number = |word: &Word| word.text.starts_with(['-', '+']) && word.text.contains(['i', 'E', 'F']);
    ["float", "integer"].contains(&program) || declares && args.iter().any(is_number)
}

/// Whether the output of a command goes to a file.
fn writes_file(code: &str, command: &Command) -> bool {
    command.words.iter().any(|word| {
        let signs = code[..word.span.start].trim_end_matches([' ', '\t']);
        let is_output = signs.ends_with('>') || signs.ends_with(">|");
        word.role == Role::Redirection && is_output && word.text != "/dev/null"
    })
}

/// Programs whose own language takes texts apart.
const EDITORS: [&str; 6] = ["awk", "gawk", "mawk", "perl", "ruby", "sed"];

/// What would make an expression of a name or number.
const OPERATORS: &str = "-+%/,:@=";

fn slot<'a>(surrounding: &Surrounding<'_, 'a>) -> Slot<'a> {
    let Surrounding { code, place, .. } = *surrounding;
    let (accepts, reason) = match surrounding.reason() {
        None => (AcceptedValues::Any, None),
        Some(Reason::Calculation) => (AcceptedValues::Number, Some(Reason::Calculation)),
        Some(reason) => (AcceptedValues::Word, Some(reason)),
    };
    let (before, after) = (&code[..place.span.start], &code[place.span.end..]);
    let is_program = reason == Some(Reason::Program);
    let is_proven = accepts == AcceptedValues::Any;
    let run = surrounding.run();
    let (mut excludes, mut excludes_first) = (String::new(), String::new());
    if is_program
        || place.is_number
        || !is_proven && (surrounding.is_tested() || surrounding.begins_command())
    {
        excludes.push('=');
    }
    if run.contains(['{', '}']) {
        excludes.push_str(",.");
    }
    // `1--` ends a statement of SQL there, and `x--` counts in awk.
    if !is_proven && surrounding.is_evaluated() {
        excludes.push_str(OPERATORS);
    }
    // With a `$` before it the value is the name of a variable, and what is behind that begins a word.
    if !is_proven && surrounding.names_variable() {
        excludes.push_str(PLAIN);
        // `$1e` is `$1` and `e`.
        excludes_first.extend('0'..='9');
    }
    if place.in_double || surrounding.is_multiline() {
        // Where a history is kept, no quotes protect this here.
        excludes.push_str("!^");
    }
    excludes.push_str(&surrounding.delimiter());
    // A brace makes words of its parts.
    let statement = surrounding.statements.get(place.statement);
    // A language takes texts apart, and what is left may begin with the value.
    let may_be_argument = statement.is_some_and(|statement| {
        let is_edited =
            matches!(&statement.reason, Some(Reason::ReadAgain(program)) if EDITORS.contains(&program.as_str()));
        statement.has_language || statement.passes_arguments || is_edited
    });
    if surrounding.is_first(is_proven)
        || surrounding.read.recalls
        || may_be_argument
        || run.contains(['{', '}'])
    {
        excludes_first.push('-');
        if surrounding.program().is_some_and(|program| programs::READ_FILES.contains(&program.as_str())) {
            excludes_first.push('@');
        }
        if !is_proven {
            excludes_first.push_str("%+@=,");
        }
    }
    let name = surrounding.extended_name();
    if !is_proven && name == Some(NameReader::Another) || surrounding.names_history() {
        excludes_first.extend(('0'..='9').chain('A'..='Z').chain(['_']).chain('a'..='z'));
    }
    if surrounding.names_history() {
        excludes_first.push_str(PLAIN);
    }
    let is_tight = before.ends_with(['<', '>', '{', '}', '[', '=', '~'])
        || after.starts_with(['<', '>', '{', '}', '[', '('])
        || run.contains(['{', '}']);
    Slot {
        span: place.span.clone(),
        placeholder: place.placeholder,
        quoting: place.quoting,
        is_operation: place.is_operation,
        accepts,
        reason,
        in_inner_quotes: is_proven && surrounding.inner() == Inner::Quoted,
        needs_quotes: match place.quoting {
            Quoting::Bare => is_program || is_tight || name.is_some(),
            Quoting::Double => name == Some(NameReader::Shell),
            _ => false,
        },
        excludes,
        excludes_first,
        end: place.end.clone().filter(|end| surrounding.may_become(end)),
    }
}
