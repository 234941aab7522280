//! Reads a search index as `docs/search.md` says, which is what the browser does.

use std::collections::BTreeMap;

use sdkb::search::Files;
use serde_json::Value;

/// A search index, whole.
pub struct Index {
    /// How many documents it knows.
    pub count: usize,
    /// The postings of each term: document, section and how it stands there.
    pub terms: BTreeMap<String, Vec<[usize; 3]>>,
}

const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Reads an index. Panics where it is not what the format says.
pub fn read(files: &Files) -> Index {
    let index = data(files, "index");
    let count = number(&index["count"]);
    let bucket = number(&index["bucket"]);
    let mut used = 1;
    let mut all = |sort: &str| {
        let prints = index["files"][sort].as_str().expect("fingerprints");
        assert_eq!(prints.len() % 6, 0);
        let prints = (0..prints.len() / 6).map(|at| &prints[at * 6..at * 6 + 6]);
        let found: Vec<Value> =
            prints.enumerate().map(|(at, print)| data(files, &format!("{sort}{at}-{print}"))).collect();
        used += found.len();
        found
    };
    let (terms, endings) = (all("t"), all("e"));
    let (texts, facets, documents, jump) = (all("d"), all("f"), all("m"), all("j"));
    assert_eq!(used, files.len(), "files that nothing leads to");

    let sections = sections(&texts, count, bucket);
    let postings = |line: &str| {
        let (term, postings) = line.split_once(' ').expect("a term and its postings");
        (term.to_owned(), self::postings(postings, &sections))
    };
    let lines = lines(&terms, &index["terms"], &|line| line.split(' ').next().unwrap_or_default().to_owned());
    let terms: Vec<_> = lines.iter().map(|line| postings(line)).collect();
    judge_order(terms.iter().map(|(term, _)| term.encode_utf16().collect()));
    let backwards = |line: &str| line.chars().rev().collect::<String>();
    let endings = self::lines(&endings, &index["endings"], &backwards);
    judge_order(endings.iter().map(|term| backwards(term).encode_utf16().collect()));

    for facet in &facets {
        let values = facet["values"].as_array().expect("values").len();
        let of = facet["of"].as_array().expect("documents");
        assert_eq!(of.len(), count);
        let places = of.iter().flat_map(|places| places.as_array().expect("places"));
        places.for_each(|place| assert!(number(place) < values));
    }
    let kinds = index["kinds"].as_array().expect("kinds").len();
    for digits in ["kind", "length", "flags"].map(|name| documents[0][name].as_str().expect("digits")) {
        assert_eq!(digits.len(), count);
        assert!(digits.chars().all(|digit| DIGITS.contains(digit)));
    }
    for line in jump[0]["titles"].as_str().expect("titles").lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        assert!(fields.len() == 3 && fields[2].parse::<usize>().is_ok_and(|kind| kind < kinds), "{line:?}");
    }
    Index { count, terms: terms.into_iter().collect() }
}

/// What a file of the index hands to the reader.
fn data(files: &Files, name: &str) -> Value {
    let file = files.get(&format!("search/{name}.js")).unwrap_or_else(|| panic!("no {name}"));
    let text = std::str::from_utf8(file).expect("files are text");
    let data =
        text.strip_prefix(&format!("sdkbSearch(\"{name}\",")).and_then(|text| text.strip_suffix(");\n"));
    serde_json::from_str(data.expect("a statement")).expect("JSON")
}

/// How many sections each document has.
fn sections(texts: &[Value], count: usize, bucket: usize) -> Vec<usize> {
    let of = |document: usize| {
        let text = texts[document / bucket][document.to_string()].as_array().expect("a document's text");
        assert_eq!(text.len(), 4);
        text[2].as_array().expect("sections").len()
    };
    (0..count).map(of).collect()
}

/// The lines of files, which begin as the index says.
fn lines(files: &[Value], first: &Value, shown: &dyn Fn(&str) -> String) -> Vec<String> {
    let first = first.as_array().expect("first terms");
    assert_eq!(first.len(), files.len());
    let mut lines = Vec::new();
    for (file, first) in files.iter().zip(first) {
        let text = file.as_str().expect("lines");
        assert!(text.ends_with('\n'));
        assert_eq!(shown(text.split('\n').next().unwrap_or_default()), first.as_str().expect("a term"));
        lines.extend(text[..text.len() - 1].split('\n').map(str::to_owned));
    }
    lines
}

fn postings(text: &str, sections: &[usize]) -> Vec<[usize; 3]> {
    let (mut numbers, mut number, mut shift) = (Vec::new(), 0, 0);
    for digit in text.chars() {
        let digit = DIGITS.find(digit).expect("a digit");
        number |= (digit & 31) << shift;
        shift += 5;
        if digit < 32 {
            numbers.push(number);
            (number, shift) = (0, 0);
        }
    }
    assert_eq!((shift, numbers.len() % 3), (0, 0), "half a posting: {text}");
    assert!(!numbers.is_empty(), "a term that stands nowhere");
    let mut document = 0;
    let postings = numbers.chunks(3).map(|posting| {
        document += posting[0];
        assert!(posting[1] < sections[document], "no section {} of document {document}", posting[1]);
        assert!(posting[2] < 4096 && posting[2] & 0b111_1000_1111 != 0, "{posting:?} stands nowhere");
        [document, posting[1], posting[2]]
    });
    let postings: Vec<_> = postings.collect();
    assert!(postings.is_sorted_by(|a, b| (a[0], a[1]) < (b[0], b[1])), "{postings:?}");
    postings
}

/// The reader looks terms up by halving.
fn judge_order(terms: impl Iterator<Item = Vec<u16>>) {
    let terms: Vec<_> = terms.collect();
    assert!(terms.is_sorted_by(|a, b| a < b), "terms are out of order");
    assert!(terms.iter().all(|term| !term.is_empty()), "an empty term");
}

fn number(value: &Value) -> usize {
    value.as_u64().and_then(|value| usize::try_from(value).ok()).expect("a number")
}
