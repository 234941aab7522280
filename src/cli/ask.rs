//! The dialogue with an author on a terminal. It is held on stderr, so that stdout has the result alone.

use std::fmt;

use anyhow::Result;
use inquire::error::InquireError;
use inquire::list_option::ListOption;
use inquire::validator::Validation;
use inquire::{MultiSelect, Select, Text};
use jiff::Zoned;

use crate::author::{Candidate, Question, wrong};
use crate::model::Kind;
use crate::text::control::escaped;
use crate::text::slug;

/// How many of the values to choose from are shown at once.
const PAGE: usize = 10;

/// Asks for the title. None if the author leaves.
pub(super) fn title(kind: &Kind) -> Result<Option<String>> {
    let check = |text: &str| {
        let is_name = !slug::file_name(text).is_empty();
        Ok(if is_name { Validation::Valid } else { Validation::Invalid("give it a word or two".into()) })
    };
    let help = format!("{} Esc to leave.", escaped(&kind.summary));
    ended(Text::new("Title:").with_help_message(&help).with_validator(check).prompt())
}

/// Asks for what the document has to say. None if the author leaves.
pub(super) fn answer(question: &Question, now: &Zoned) -> Result<Option<Vec<String>>> {
    let field = &question.field;
    if field.is_reference() {
        return choose(question, options(&question.candidates), true);
    }
    match field.values().as_slice() {
        [] => write(question, now),
        values => choose(question, words(values), true),
    }
}

/// Asks for what it may say: nothing is an answer too. None if the author leaves.
pub(super) fn offer(question: &Question) -> Result<Option<Vec<String>>> {
    choose(question, options(&question.candidates), false)
}

/// One of several values to choose from.
struct Choice {
    value: String,
    shown: String,
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&escaped(&self.shown))
    }
}

fn words(words: &[String]) -> Vec<Choice> {
    words.iter().map(|word| Choice { value: word.clone(), shown: word.clone() }).collect()
}

/// Documents by name, with their titles where those say more.
fn options(candidates: &[Candidate]) -> Vec<Choice> {
    let width = candidates.iter().map(|candidate| candidate.name.chars().count()).max().unwrap_or_default();
    let shown = |Candidate { name, title }: &Candidate| {
        let says_more = slug::file_name(title) != slug::file_name(name);
        if says_more { format!("{name:width$}  {title}") } else { name.clone() }
    };
    candidates
        .iter()
        .map(|candidate| Choice { value: candidate.name.clone(), shown: shown(candidate) })
        .collect()
}

fn choose(question: &Question, options: Vec<Choice>, is_required: bool) -> Result<Option<Vec<String>>> {
    let label = format!("{}:", escaped(&question.label));
    let about = escaped(&question.help);
    if !question.is_many {
        let help = format!("{about} Type to filter, enter to choose, Esc to leave.");
        let mut options = options;
        if !is_required {
            options.push(Choice { value: String::new(), shown: "none for now".to_owned() });
        }
        let prompt = Select::new(&label, options).with_help_message(&help).with_page_size(PAGE);
        let prompt =
            prompt.with_formatter(&|option: ListOption<&Choice>| escaped(&option.value.value).into_owned());
        let chosen = ended(prompt.prompt())?.map(|choice| choice.value);
        return Ok(chosen.map(|value| if value.is_empty() { Vec::new() } else { vec![value] }));
    }
    let done = if is_required { "enter when done" } else { "enter when done or to pass" };
    let help = format!("{about} Type to filter, space to choose, {done}, Esc to leave.");
    let check = move |chosen: &[ListOption<&Choice>]| {
        let is_enough = !is_required || !chosen.is_empty();
        let advice = "choose at least one with the space bar, then press enter";
        Ok(if is_enough { Validation::Valid } else { Validation::Invalid(advice.into()) })
    };
    let names = |chosen: &[ListOption<&Choice>]| {
        let names: Vec<&str> = chosen.iter().map(|option| option.value.value.as_str()).collect();
        if names.is_empty() { "none".to_owned() } else { escaped(&names.join(", ")).into_owned() }
    };
    let prompt = MultiSelect::new(&label, options)
        .with_help_message(&help)
        .with_keep_filter(false)
        .with_page_size(PAGE);
    let chosen = ended(prompt.with_validator(check).with_formatter(&names).prompt())?;
    Ok(chosen.map(|chosen| chosen.into_iter().map(|choice| choice.value).collect()))
}

fn write(question: &Question, now: &Zoned) -> Result<Option<Vec<String>>> {
    let label = format!("{}:", escaped(&question.label));
    let (field, is_many) = (question.field.clone(), question.is_many);
    let split = move |text: &str| -> Vec<String> {
        if !is_many {
            return vec![text.trim().to_owned()];
        }
        text.split(',').map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
    };
    let format = field.field_type.definition().now;
    let initial = format.map(|format| now.strftime(format).to_string()).unwrap_or_default();
    let several = if is_many { " Several with commas." } else { "" };
    let help = format!("{}{several} Esc to leave.", escaped(&question.help));
    let check = move |text: &str| {
        let values = split(text);
        let reason = if values.is_empty() {
            wrong("", &field)
        } else {
            values.iter().find_map(|value| wrong(value, &field))
        };
        Ok(reason.map_or(Validation::Valid, |reason| Validation::Invalid(escaped(&reason).as_ref().into())))
    };
    let prompt = Text::new(&label).with_initial_value(&initial).with_help_message(&help);
    Ok(ended(prompt.with_validator(check).prompt())?.map(|text| split(&text)))
}

/// What came of a prompt; none if the author left it.
fn ended<T>(answer: Result<T, InquireError>) -> Result<Option<T>> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(InquireError::OperationCanceled | InquireError::OperationInterrupted) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
