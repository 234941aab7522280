//! Terms to the files of the index.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::DocumentTerms;
use super::facets::{Facet, facets};
use super::inverted::{DIGITS, Term, WEAK, WEIGHTS, backwards_in_code_units, invert};
use super::sections::sections;
use crate::graph::alert_url;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Document, DocumentId, DocumentState, Kind, OwnerRole};
use crate::report::reviews;
use crate::text::address::href;
use crate::text::digest::digest;

/// The folder of the index in a site.
pub const FOLDER: &str = "search";

/// The files of the index, by their addresses.
pub type Files = BTreeMap<String, Arc<[u8]>>;

/// The version of the format.
const VERSION: u32 = 1;

/// A file of terms is cut when it has this many bytes: as much as is there at once on a slow line.
const LARGEST: usize = 32 << 10;

/// More titles are no help for a jump, and too much to load for one.
const MOST_TITLES: usize = 1_500;

/// How many documents share a file of texts.
const BUCKET: usize = 3;

/// Cuts the index into files.
pub(super) fn files(base: &KnowledgeBase, terms: &[Arc<DocumentTerms>]) -> Files {
    let graph = &base.graph;
    let mut files = Files::new();
    let inverted = invert(terms);
    let lines = |terms: &[Term<'_>]| json_text(&lines(terms));
    let cut_terms = cut(&inverted);
    let terms_print = write(&mut files, "t", cut_terms.par_iter().map(|terms| lines(terms)));
    let terms_first: Vec<&str> = cut_terms.iter().map(|terms| terms[0].text).collect();
    let endings = endings(&inverted);
    let cut_endings = cut(&endings);
    let endings_print = write(&mut files, "e", cut_endings.par_iter().map(|terms| lines(terms)));
    let endings_first: Vec<String> =
        cut_endings.iter().map(|terms| terms[0].text.chars().rev().collect()).collect();
    drop((inverted, endings));

    let kinds = Kinds::of(base);
    let facets = facets(&base.kinds, graph);
    let documents: Vec<DocumentId> = base.graph.documents.keys().collect();
    let texts = documents.par_chunks(BUCKET).map(|documents| texts(base, &facets, documents));
    let texts_print = write(&mut files, "d", texts);
    let facet = |facet: &Facet| json_text(&json!({ "values": facet.values, "of": facet.of.raw }));
    let facets_print = write(&mut files, "f", facets.par_iter().map(facet));
    let known = json_text(&json!({
        "kind": digits(&kinds.of_documents),
        "length": digits(&terms.iter().map(|terms| size_class(terms.length)).collect::<Vec<_>>()),
        "flags": digits(&graph.documents.iter().map(|document| flags(base, document)).collect::<Vec<_>>()),
    }));
    let documents_print = write(&mut files, "m", rayon::iter::once(known));
    let jump = json_text(&jump(base, &kinds.of_documents));
    let jump_print = write(&mut files, "j", rayon::iter::once(jump));
    let lengths: usize = terms.iter().map(|terms| terms.length).sum();
    let index = json!({
        "version": VERSION,
        "count": terms.len(),
        "length": size_class(lengths / terms.len().max(1)),
        "kinds": kinds.named,
        "facets": facets.iter().map(|facet| (&facet.name, &facet.label)).collect::<Vec<_>>(),
        "bucket": BUCKET,
        "files": {
            "t": terms_print, "e": endings_print, "d": texts_print, "f": facets_print, "m": documents_print,
            "j": jump_print,
        },
        "terms": terms_first,
        "endings": endings_first,
        "weights": WEIGHTS,
        "weak": WEAK,
        "ask": ask(base),
    });
    files.insert(format!("{FOLDER}/index.js"), statement("index", &json_text(&index)));
    files
}

/// Digits of a fingerprint. A file has its number in its name too, so that no two can be called the same.
const PRINT: usize = 6;

/// Writes files of one sort, each given as what is in it. Returns their fingerprints, one behind the other. A content
/// is gone as soon as it is in its file: all together are as large as the documents.
fn write(files: &mut Files, sort: &str, contents: impl IndexedParallelIterator<Item = String>) -> String {
    let written = contents.enumerate().map(|(number, data)| {
        let mut print = format!("{:016x}", digest(data.as_bytes()));
        print.truncate(PRINT);
        let name = format!("{sort}{number}-{print}");
        let bytes = statement(&name, &data);
        (print, format!("{FOLDER}/{name}.js"), bytes)
    });
    let mut prints = String::new();
    for (print, url, bytes) in written.collect::<Vec<_>>() {
        prints.push_str(&print);
        files.insert(url, bytes);
    }
    prints
}

/// The kinds that have documents.
struct Kinds<'a> {
    /// Name, label, plural and rank of each.
    named: Vec<(&'a str, &'a str, &'a str, f64)>,
    /// For each document, the place of its kind.
    of_documents: Vec<usize>,
}

impl<'a> Kinds<'a> {
    fn of(base: &'a KnowledgeBase) -> Self {
        let documents = &base.graph.documents;
        let is_used = |kind: &&Arc<Kind>| documents.iter().any(|document| document.kind.id == kind.id);
        let used: Vec<&Arc<Kind>> = base.kinds.all.iter().filter(is_used).collect();
        let place = |document: &Arc<Document>| used.iter().position(|kind| kind.id == document.kind.id);
        Self {
            of_documents: documents.iter().map(|document| place(document).unwrap_or_default()).collect(),
            named: used
                .iter()
                .map(|kind| (kind.id.as_str(), kind.label.as_str(), kind.plural.as_str(), rank(kind)))
                .collect(),
        }
    }
}

/// How much more a document of a kind is worth than another that fits as well: what says what to do comes before
/// what tells of the past.
fn rank(kind: &Kind) -> f64 {
    match (kind.answers_alerts(), &kind.date_field) {
        (true, _) => 1.2,
        (false, Some(_)) => 0.85,
        (false, None) => 1.0,
    }
}

/// How long a text is, in steps that fit a digit: four to each doubling.
fn size_class(length: usize) -> usize {
    ((length.max(1) as f64).log2() * 4.0).round() as usize
}

/// Small numbers, a digit each.
fn digits(numbers: &[usize]) -> String {
    numbers.iter().map(|&number| char::from(DIGITS[number.min(63)])).collect()
}

/// The terms that a slip of the finger can be fixed to, in the order of their spelling backwards.
fn endings<'a>(terms: &[Term<'a>]) -> Vec<Term<'a>> {
    let is_word = |term: &&Term<'_>| term.text.len() >= 4 && term.text.contains(char::is_alphabetic);
    let words = terms.iter().filter(is_word);
    let mut words: Vec<Term<'a>> =
        words.map(|term| Term { text: term.text, postings: String::new() }).collect();
    words.par_sort_unstable_by(|a, b| backwards_in_code_units(a.text, b.text));
    words
}

/// Terms in groups, each as large as a file.
fn cut<'t, 'a>(terms: &'t [Term<'a>]) -> Vec<&'t [Term<'a>]> {
    let mut groups = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, term) in terms.iter().enumerate() {
        let length = line(term).map(str::len).iter().sum::<usize>();
        if at > start && size + length > LARGEST {
            groups.push(&terms[start..at]);
            (start, size) = (at, 0);
        }
        size += length;
    }
    if start < terms.len() {
        groups.push(&terms[start..]);
    }
    groups
}

fn lines(terms: &[Term<'_>]) -> String {
    let mut text = String::with_capacity(LARGEST);
    text.extend(terms.iter().flat_map(line));
    text
}

/// A term and where it stands, as a line in its pieces.
fn line<'a>(Term { text, postings }: &'a Term<'a>) -> [&'a str; 4] {
    [text, if postings.is_empty() { "" } else { " " }, postings, "\n"]
}

/// The texts of some documents, with what a result says of them.
fn texts<'a>(base: &'a KnowledgeBase, facets: &'a [Facet], documents: &[DocumentId]) -> String {
    let graph = &base.graph;
    let text = |&document: &DocumentId| {
        let sections = sections(&graph.documents[document]).map(|section| {
            let (anchor, heading) = section.heading.map_or(("", ""), |it| (&it.slug, &it.text));
            (anchor, heading, section.text())
        });
        let sections: Vec<_> = sections.collect();
        // Only what others refer to is worth showing beside a title.
        let named = facets.iter().filter(|facet| base.kinds.get(&facet.name).is_some());
        let labels = |facet: &'a Facet| -> Vec<&'a str> {
            facet.of[document].iter().map(|&value| facet.values[value].1.as_str()).collect()
        };
        let named = named.map(|facet| (&facet.name, labels(facet)));
        let named: Vec<_> = named.filter(|(_, labels)| !labels.is_empty()).collect();
        let url = href(&graph.routes.documents[document]);
        (usize::from(document).to_string(), (url, &graph.documents[document].title, sections, named))
    };
    json_text(&documents.iter().map(text).collect::<BTreeMap<_, _>>())
}

fn flags(base: &KnowledgeBase, document: &Document) -> usize {
    let state = document.state();
    let is_stale = reviews::due(document).is_some_and(|due| due < base.today);
    usize::from(state == Some(DocumentState::Retired))
        + 2 * usize::from(is_stale)
        + 4 * usize::from(state == Some(DocumentState::Unfinished))
}

/// Titles and alerts, to jump to before anything else has loaded.
fn jump(base: &KnowledgeBase, kinds: &[usize]) -> serde_json::Value {
    let graph = &base.graph;
    let line = |text: &str| text.replace(['\t', '\n', '\r'], " ");
    let titles = graph.documents.iter().zip(kinds).zip(&graph.routes.documents).take(MOST_TITLES);
    let titles: String = titles
        .map(|((document, kind), url)| format!("{}\t{}\t{kind}\n", line(&document.title), href(url)))
        .collect();
    let alert = |(name, url): (&String, &String)| match href(url) {
        // Nearly all, so the address need not be said.
        url if url == alert_url(name) => format!("{name}\n"),
        url => format!("{}\t{url}\n", line(name)),
    };
    let alerts: String = graph.routes.alerts.iter().map(alert).collect();
    json!({ "titles": titles, "alerts": alerts })
}

/// The page that says whom to ask: the index of those who own.
fn ask(base: &KnowledgeBase) -> Option<(String, String)> {
    let fields = base.kinds.all.iter().flat_map(|kind| &kind.fields);
    let mut owners =
        fields.filter(|field| field.owner == Some(OwnerRole::Direct)).flat_map(|field| &field.to);
    owners.find_map(|owner| {
        let kind = base.kinds.get(owner)?;
        let url = kind.index_url();
        base.graph.routes.pages.contains_key(&url).then(|| (kind.plural.clone(), href(&url)))
    })
}

fn json_text(value: &impl Serialize) -> String {
    // Neither text nor numbers can fail to be written.
    serde_json::to_string(value).unwrap_or_default()
}

fn statement(name: &str, data: &str) -> Arc<[u8]> {
    ["sdkbSearch(\"", name, "\",", data, ");\n"].concat().into_bytes().into()
}
