//! The text of a pattern to its program.
//!
//! The dialect is what RE2 and JavaScript (with the flag `u`) read alike: characters, `\` before one that has a
//! meaning, `.`, classes, `\d` and `\w` for ASCII, groups, `|`, `?`, `*`, `+` and `{m,n}`. A pattern always has to
//! fit the whole value, so `^` and `$` may stand at its ends and say nothing new.

use regex_syntax::ast::{
    self, Ast, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem, Error, ErrorKind, Flags, Group, GroupKind,
    Literal, LiteralKind, Position, Repetition, RepetitionKind, RepetitionOp, RepetitionRange,
    parse::ParserBuilder,
};
use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

use super::program::{Pattern, State};
use crate::model::Span;

/// How large a program may be, in numbers: about 16 KB on a page.
const LARGEST: usize = 4000;

/// How deep groups may be nested.
const DEEPEST: u32 = 50;

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternProblem {
    /// The culprit in the pattern.
    pub span: Span,
    /// What is wrong with it: `is not supported`.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

type Result<T> = std::result::Result<T, PatternProblem>;

/// Reads a pattern.
///
/// # Errors
///
/// If it is none, is not of the dialect, or is too large.
pub fn pattern(text: &str) -> Result<Pattern> {
    let whole = ast::Span::new(Position::new(0, 1, 1), Position::new(text.len(), 1, 1));
    let ast =
        ParserBuilder::new().nest_limit(DEEPEST).build().parse(text).map_err(|error| syntax(text, &error))?;
    let mut writer = Writer { text, whole, program: vec![State::End, State::End], size: 0 };
    let first = writer.alternatives(&ast)?;
    // Both ways lead to where the pattern begins.
    writer.program[START] = State::Split(first, first);
    Ok(Pattern { text: text.to_owned(), program: writer.program })
}

/// The place of the first state.
const START: usize = 0;

/// The place of the state in which a value fits.
const END: u32 = 1;

/// Writes a program from the end to the beginning, so that each state knows where it leads.
struct Writer<'a> {
    text: &'a str,
    whole: ast::Span,
    program: Vec<State>,
    size: usize,
}

impl Writer<'_> {
    /// The pattern as a whole, with `^` and `$` at the ends of its alternatives.
    fn alternatives(&mut self, ast: &Ast) -> Result<u32> {
        let branches = match ast {
            Ast::Alternation(alternation) => alternation.asts.as_slice(),
            one => std::slice::from_ref(one),
        };
        self.any(branches, |writer, branch| {
            let parts = match branch {
                Ast::Concat(concat) => concat.asts.as_slice(),
                one => std::slice::from_ref(one),
            };
            let is =
                |part: &Ast, sign: &str| matches!(part, Ast::Assertion(_)) && writer.at(part.span()) == sign;
            let from = usize::from(parts.first().is_some_and(|part| is(part, "^")));
            let to = parts.len() - usize::from(parts.last().is_some_and(|part| is(part, "$")));
            match parts.get(from..to) {
                None | Some([]) => Err(writer.empty()),
                Some(parts) => writer.sequence(parts, END),
            }
        })
    }

    /// One of several.
    fn any(&mut self, branches: &[Ast], mut one: impl FnMut(&mut Self, &Ast) -> Result<u32>) -> Result<u32> {
        let mut rest = None;
        for branch in branches.iter().rev() {
            let first = one(self, branch)?;
            rest = Some(match rest {
                Some(rest) => self.push(State::Split(first, rest))?,
                None => first,
            });
        }
        rest.ok_or_else(|| self.empty())
    }

    /// One after the other, and then `next`.
    fn sequence(&mut self, parts: &[Ast], next: u32) -> Result<u32> {
        parts.iter().rev().try_fold(next, |next, part| self.part(part, next))
    }

    /// Writes a part that goes on to the state `next`; returns where it begins.
    fn part(&mut self, ast: &Ast, next: u32) -> Result<u32> {
        match ast {
            Ast::Empty(_) => Err(self.empty()),
            Ast::Literal(literal) => {
                let letter = self.literal(literal, false)?;
                self.take(next, &ClassUnicode::new([ClassUnicodeRange::new(letter, letter)]))
            }
            Ast::Dot(_) => {
                let ends = ['\n', '\r', '\u{2028}', '\u{2029}'];
                let mut class = ClassUnicode::new(ends.map(|end| ClassUnicodeRange::new(end, end)));
                class.negate();
                self.take(next, &class)
            }
            Ast::ClassPerl(perl) => {
                let class = self.perl(perl)?;
                self.take(next, &class)
            }
            Ast::ClassBracketed(bracketed) => {
                let mut ranges = Vec::new();
                self.class(&bracketed.kind, &mut ranges)?;
                let mut class = ClassUnicode::new(ranges);
                if bracketed.negated {
                    class.negate();
                }
                self.take(next, &class)
            }
            Ast::Repetition(repetition) => self.repetition(repetition, next),
            Ast::Group(group) => self.group(group, next),
            Ast::Alternation(alternation) => {
                self.any(&alternation.asts, |writer, ast| writer.part(ast, next))
            }
            Ast::Concat(concat) => self.sequence(&concat.asts, next),
            Ast::Flags(flags) => Err(self.flags(&flags.span, &flags.flags)),
            Ast::Assertion(assertion) => {
                let help = match self.at(&assertion.span) {
                    "^" | "$" => "leave it out: a pattern always has to fit the whole value",
                    _ => "leave it out, and write the characters that may stand there",
                };
                let what = match self.at(&assertion.span) {
                    "^" | "$" => "stands inside of the pattern",
                    _ => UNSUPPORTED,
                };
                Err(problem(&assertion.span, what, help))
            }
            Ast::ClassUnicode(class) => {
                Err(problem(&class.span, UNSUPPORTED, "write the characters, such as `[A-Za-z]`"))
            }
        }
    }

    fn group(&mut self, group: &Group, next: u32) -> Result<u32> {
        let mut head = group.span;
        head.end = group.ast.span().start;
        match &group.kind {
            GroupKind::CaptureIndex(_) => {}
            GroupKind::NonCapturing(flags) if flags.items.is_empty() => {}
            GroupKind::NonCapturing(flags) => return Err(self.flags(&head, flags)),
            GroupKind::CaptureName { .. } => {
                return Err(problem(&head, UNSUPPORTED, "write `(`: a group needs no name"));
            }
        }
        if matches!(*group.ast, Ast::Empty(_)) {
            return Err(self.empty());
        }
        self.part(&group.ast, next)
    }

    fn repetition(&mut self, Repetition { op, greedy, ast, .. }: &Repetition, next: u32) -> Result<u32> {
        if !greedy {
            return Err(problem(
                &op.span,
                UNSUPPORTED,
                "leave out the last `?`: it means nothing where all has to fit",
            ));
        }
        if matches!(**ast, Ast::Repetition(_)) {
            return Err(problem(&op.span, "repeats a repetition", "put what it repeats into `(` and `)`"));
        }
        let (least, most) = self.bounds(op)?;
        let mut first = next;
        match most {
            // The last one may come again.
            None => {
                let again = self.push(State::End)?;
                let body = self.part(ast, again)?;
                self.program[again as usize] = State::Split(body, next);
                first = if least == 0 { again } else { body };
            }
            Some(most) => {
                for _ in least..most {
                    let body = self.part(ast, first)?;
                    first = self.push(State::Split(body, next))?;
                }
            }
        }
        let before = if most.is_none() { least.saturating_sub(1) } else { least };
        for _ in 0..before {
            first = self.part(ast, first)?;
        }
        Ok(first)
    }

    fn bounds(&self, op: &RepetitionOp) -> Result<(u32, Option<u32>)> {
        let (least, most) = match &op.kind {
            RepetitionKind::ZeroOrOne => (0, Some(1)),
            RepetitionKind::ZeroOrMore => (0, None),
            RepetitionKind::OneOrMore => (1, None),
            RepetitionKind::Range(RepetitionRange::Exactly(times)) => (*times, Some(*times)),
            RepetitionKind::Range(RepetitionRange::AtLeast(least)) => (*least, None),
            RepetitionKind::Range(RepetitionRange::Bounded(least, most)) => (*least, Some(*most)),
        };
        match most {
            Some(0) => Err(problem(&op.span, "lets nothing stand there", "leave out what it repeats")),
            _ => Ok((least, most)),
        }
    }

    /// Adds what a class in brackets holds to `ranges`.
    fn class(&self, set: &ClassSet, ranges: &mut Vec<ClassUnicodeRange>) -> Result<()> {
        match set {
            ClassSet::Item(ClassSetItem::Union(union)) => {
                union.items.iter().try_for_each(|item| self.item(item, ranges))
            }
            ClassSet::Item(item) => self.item(item, ranges),
            ClassSet::BinaryOp(op) => {
                Err(problem(&op.span, UNSUPPORTED, "list the characters themselves, with `\\-` for a dash"))
            }
        }
    }

    fn item(&self, item: &ClassSetItem, ranges: &mut Vec<ClassUnicodeRange>) -> Result<()> {
        match item {
            ClassSetItem::Empty(_) => {}
            ClassSetItem::Literal(literal) => {
                let letter = self.literal(literal, true)?;
                ranges.push(ClassUnicodeRange::new(letter, letter));
            }
            ClassSetItem::Range(range) => {
                let (first, last) = (self.literal(&range.start, true)?, self.literal(&range.end, true)?);
                ranges.push(ClassUnicodeRange::new(first, last));
            }
            ClassSetItem::Perl(perl) => ranges.extend(self.perl(perl)?.ranges()),
            ClassSetItem::Ascii(_) | ClassSetItem::Unicode(_) => {
                return Err(problem(item.span(), UNSUPPORTED, "write the characters, such as `A-Za-z`"));
            }
            ClassSetItem::Bracketed(_) | ClassSetItem::Union(_) => {
                return Err(problem(item.span(), "is a class in a class", "write `\\[` for the sign itself"));
            }
        }
        Ok(())
    }

    /// `\d` and `\w`, which are ASCII in JavaScript.
    fn perl(&self, perl: &ClassPerl) -> Result<ClassUnicode> {
        let ranges: &[(char, char)] = match perl.kind {
            ClassPerlKind::Digit => &[('0', '9')],
            ClassPerlKind::Word => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
            ClassPerlKind::Space if perl.negated => {
                return Err(problem(
                    &perl.span,
                    UNSUPPORTED,
                    "write the characters, such as `[A-Za-z0-9._:/-]`",
                ));
            }
            ClassPerlKind::Space => return Err(problem(&perl.span, UNSUPPORTED, "write a space")),
        };
        let mut class =
            ClassUnicode::new(ranges.iter().map(|(first, last)| ClassUnicodeRange::new(*first, *last)));
        if perl.negated {
            class.negate();
        }
        Ok(class)
    }

    /// A character that stands for itself. A backslash may stand only before one that has a meaning there.
    fn literal(&self, literal: &Literal, is_in_class: bool) -> Result<char> {
        let letter = literal.c;
        let has_meaning = r"\.+*?()|[]{}^$/".contains(letter) || (is_in_class && letter == '-');
        match literal.kind {
            // JavaScript takes neither for itself.
            LiteralKind::Verbatim if letter == ']' || (letter == '}' && !is_in_class) => Err(problem(
                &literal.span,
                "closes nothing",
                &format!("write `\\{letter}` for the sign itself"),
            )),
            LiteralKind::Verbatim => Ok(letter),
            LiteralKind::Meta | LiteralKind::Superfluous if has_meaning => Ok(letter),
            LiteralKind::Meta | LiteralKind::Superfluous => {
                Err(problem(&literal.span, "needs no backslash", &format!("write `{letter}`")))
            }
            _ if letter.is_control() => {
                Err(problem(&literal.span, UNSUPPORTED, "leave it out: a value is one line of text"))
            }
            _ => Err(problem(&literal.span, UNSUPPORTED, &format!("write `{letter}`"))),
        }
    }

    fn flags(&self, head: &ast::Span, flags: &Flags) -> PatternProblem {
        let help = match self.at(&flags.span) {
            "i" => "write both cases, such as `[A-Za-z]`",
            _ => "leave the flags out",
        };
        problem(head, UNSUPPORTED, help)
    }

    fn take(&mut self, next: u32, class: &ClassUnicode) -> Result<u32> {
        self.push(State::Take(
            next,
            class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
        ))
    }

    fn push(&mut self, state: State) -> Result<u32> {
        // What is still to be written over is a split.
        self.size += state.size().max(2);
        if self.size > LARGEST {
            let help = "write `+` or `*` in place of large numbers";
            return Err(problem(&self.whole, "is too large to be checked on a page", help));
        }
        self.program.push(state);
        Ok(u32::try_from(self.program.len() - 1).unwrap_or(u32::MAX))
    }

    fn empty(&self) -> PatternProblem {
        problem(&self.whole, "has an empty part", "write `(a|b)?` for a part that may be missing")
    }

    fn at(&self, span: &ast::Span) -> &str {
        self.text.get(span.start.offset..span.end.offset).unwrap_or_default()
    }
}

const UNSUPPORTED: &str = "is not supported";

fn problem(span: &ast::Span, message: &str, help: &str) -> PatternProblem {
    let span = Span::new(span.start.offset..span.end.offset);
    PatternProblem { span, message: message.to_owned(), help: help.to_owned() }
}

/// What does not read as a regular expression at all.
fn syntax(text: &str, error: &Error) -> PatternProblem {
    use ErrorKind as Kind;
    let (message, help) = match error.kind() {
        Kind::ClassUnclosed => {
            ("is not closed", "write `]` at the end of the class, or `\\[` for the sign itself")
        }
        Kind::GroupUnclosed => {
            ("is not closed", "write `)` at the end of the group, or `\\(` for the sign itself")
        }
        Kind::GroupUnopened => ("closes nothing", "write `\\)` for the sign itself"),
        Kind::RepetitionMissing => ("repeats nothing", "write a backslash before it for the sign itself"),
        Kind::RepetitionCountInvalid => ("has its numbers in the wrong order", "write the smaller one first"),
        Kind::RepetitionCountUnclosed | Kind::RepetitionCountDecimalEmpty | Kind::DecimalEmpty => {
            ("is no number of times", "write for example `{2,4}`, or `\\{` for the sign itself")
        }
        Kind::DecimalInvalid => ("is too large", "write `+` or `*` in place of large numbers"),
        Kind::ClassRangeInvalid => {
            ("is a range in the wrong order", "write the lower one first, as in `[a-z]`")
        }
        Kind::ClassRangeLiteral => ("can't begin or end a range", "write `\\-` for the sign itself"),
        Kind::UnsupportedLookAround => (UNSUPPORTED, "write what the value is, not what stands around it"),
        Kind::UnsupportedBackreference => (UNSUPPORTED, "write the group once more"),
        Kind::NestLimitExceeded(_) => ("is nested too deeply", "write it with fewer groups"),
        Kind::EscapeUnexpectedEof => ("escapes nothing", "write `\\\\` for the sign itself"),
        Kind::EscapeUnrecognized | Kind::ClassEscapeInvalid => (UNSUPPORTED, "write the character itself"),
        _ => (UNSUPPORTED, "write `(` and `)` around a group, and nothing else"),
    };
    let mut problem = problem(error.span(), message, help);
    // Some errors have a place and no extent.
    if problem.span.start == problem.span.end {
        let letter = text[problem.span.range().start..].chars().next();
        problem.span.end += letter.map_or(0, |letter| letter.len_utf8() as u32);
    }
    problem
}
