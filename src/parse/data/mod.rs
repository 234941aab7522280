//! Data files: rows by the schema of their set, as CSV or with an object in JSON a line.
//!
//! A value is read as one of front matter is, and what is wrong is said in the same words. Parts of a file are read side by
//! side.

mod append;
mod columns;
mod layout;
mod problems;
mod set_file;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use self::columns::{Builder, Faults};
use self::layout::{CSV, JSON_LINES, Layout};
use super::{FileCache, encoding, paths};
use crate::cache_slot::fingerprint;
use crate::model::data::{DataSet, DataSets, Row, Rows};
use crate::model::{Config, Location, MeantFile, Problems, ReadError, UnusedFile, left_out_by};
use crate::text::suggest;
use crate::world::World;

pub use append::{AppendError, row as append_row};
pub use columns::MOST_CAUSES;
pub use problems::Repeated;
pub use set_file::{FOLDER, sets};

/// What was read of one file.
#[derive(Debug)]
pub struct DataFile {
    /// Its rows, in parts.
    pub parts: Vec<Arc<Rows>>,
    /// What is wrong with it.
    problems: Problems,
    repeated: Vec<Repeated>,
}

/// What was read of all files.
#[derive(Debug, Default)]
pub struct DataFiles {
    /// For each set that has files, those in the order of their paths.
    pub sets: BTreeMap<String, Vec<Arc<DataFile>>>,
    /// The paths of those, and of files that can't be read.
    pub paths: BTreeMap<String, Vec<String>>,
    /// What is wrong in many rows.
    pub repeated: Vec<Repeated>,
    /// Paths of files that are of no set.
    pub others: Vec<String>,
    /// Changes when any file does.
    pub fingerprint: u64,
}

/// A larger file is better kept in parts.
const LARGEST: usize = 1 << 30;

/// About how many bytes are read by one thread at a time.
const PART: usize = 1 << 20;

/// Reads the data files of a project. A file that `cache` knows is not read again.
pub fn files(
    world: &dyn World,
    config: &Config,
    sets: &DataSets,
    cache: &FileCache<DataFile>,
) -> (DataFiles, Problems) {
    let (mut found, mut problems) = (DataFiles::default(), Problems::default());
    let Some(folder) = &config.data else { return (found, problems) };
    let listing = world.list(folder);
    problems.read_errors.extend(listing.read_errors);
    let is_meant = |path: &String| left_out_by(&config.ignore, &paths(config, path)).is_none();
    let mut meant: Vec<(String, &Arc<DataSet>)> = Vec::new();
    for path in listing.files.into_iter().filter(is_meant) {
        match set_of(folder, &path, sets) {
            FileIs::Of(set) => meant.push((path, set)),
            FileIs::Meant(file) => {
                problems.unused_files.push(UnusedFile { path, meant: MeantFile::Path(file) })
            }
            FileIs::Data => found.others.push(path),
            FileIs::Other => {}
        }
    }
    for (path, set) in &meant {
        found.paths.entry(set.id.clone()).or_default().push(path.clone());
    }
    let read = meant.par_iter().map(|(path, set)| {
        let setup = fingerprint(&(&set.id, sets.fingerprint));
        cache.get(world, path, setup, |bytes| read(path, bytes, set))
    });
    let read: Vec<Result<_, ReadError>> = read.collect();
    let mut kept = Vec::with_capacity(read.len());
    for ((_, set), file) in meant.iter().zip(read) {
        match file {
            Ok((key, file)) => {
                problems.extend(file.problems.clone());
                found.repeated.extend(file.repeated.iter().cloned());
                found.sets.entry(set.id.clone()).or_default().push(Arc::clone(&file));
                kept.push((key, file));
            }
            Err(error) => problems.read_errors.push(error),
        }
    }
    let keys: Vec<_> = kept.iter().map(|(key, _)| *key).collect();
    found.fingerprint = fingerprint(&keys);
    cache.keep(kept);
    (found, problems)
}

/// What a file in the folder of data is.
enum FileIs<'a> {
    /// Rows of this set.
    Of(&'a Arc<DataSet>),
    /// Nothing; it was probably meant to be at this path.
    Meant(String),
    /// Data of no set.
    Data,
    /// Something else.
    Other,
}

/// What the file at `path` is, by its name: `deployments.csv`, `deployments/2026-03.jsonl`.
fn set_of<'a>(folder: &str, path: &str, sets: &'a DataSets) -> FileIs<'a> {
    let inside = path[folder.len()..].trim_start_matches('/');
    let first = inside.split('/').next().unwrap_or_default();
    let (stem, ending) = inside.rsplit_once('.').unwrap_or((inside, ""));
    let name = if first == inside { stem } else { first };
    let is_data = is_data_file(path);
    match sets.get(name) {
        Some(set) if is_data => FileIs::Of(set),
        Some(_) if ending.eq_ignore_ascii_case(CSV) || ["tsv", "xlsx"].contains(&ending) => {
            FileIs::Meant(format!("{folder}/{stem}.{CSV}"))
        }
        None if is_data => match suggest::closest(name, sets.all.iter().map(|set| set.id.as_str())) {
            Some(close) => FileIs::Meant(format!("{folder}/{close}{}", &inside[name.len()..])),
            None => FileIs::Data,
        },
        _ => FileIs::Other,
    }
}

/// Whether the name of a file says that rows of data can be read from it.
pub fn is_data_file(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == CSV || JSON_LINES.contains(&ending))
}

/// The place of the value in a column of a row; where there is none, that of the row.
pub fn place(set: &DataSet, row: Row<'_>, column: usize) -> Location {
    let Row { rows, index } = row;
    rows.source.at(layout::place(&rows.source, rows.starts[index] as usize, &set.fields[column].name))
}

/// Reads one file.
fn read(path: &str, bytes: Vec<u8>, set: &DataSet) -> DataFile {
    let mut file = DataFile { parts: Vec::new(), problems: Problems::default(), repeated: Vec::new() };
    let (source, problem) = encoding::decode_up_to(LARGEST, path, bytes);
    if let Some(problem) = problem {
        file.problems.add_syntax(&source, problem);
        return file;
    }
    let layout = match Layout::of(&source) {
        Ok(layout) => layout,
        Err(problem) => {
            file.problems.add_syntax(&source, problem);
            return file;
        }
    };
    let has: Vec<bool> = match &layout {
        Layout::Csv { names, .. } => {
            set.fields.iter().map(|field| names.iter().any(|name| name == field.name)).collect()
        }
        Layout::JsonLines => vec![true; set.fields.len()],
    };
    let parts = parts(&source.text, &layout).into_par_iter().map(|part| {
        let mut builder = Builder::new(set, &has);
        let column = |name: &str| set.column(name);
        layout.each(&source.text, part, set.fields.len(), &column, &mut |start, row| builder.add(start, row));
        builder.finish(&source)
    });
    let mut faults = Faults::default();
    for (rows, found) in parts.collect::<Vec<(Rows, Faults)>>() {
        faults.extend(found);
        if !rows.starts.is_empty() {
            file.parts.push(Arc::new(rows));
        }
    }
    let last = file.parts.last().and_then(|rows| rows.starts.last()).map_or(0, |start| *start as usize);
    (file.problems, file.repeated) = problems::problems(&source, &layout, set, &faults);
    if let Some(problem) = problems::open_quote(&source, &layout, last) {
        // Whatever else is wrong with that row comes from it.
        file.problems = Problems::default();
        file.problems.add_syntax(&source, problem);
    }
    file
}

/// Parts of a text that can be read by themselves. In quotes, a line may end within a row.
fn parts(text: &str, layout: &Layout) -> Vec<Range<usize>> {
    let mut start = layout.rows();
    if matches!(layout, Layout::Csv { .. }) && text.contains('"') {
        return std::iter::once(start..text.len()).collect();
    }
    let mut parts = Vec::new();
    while start < text.len() {
        let least = text.ceil_char_boundary((start + PART).min(text.len()));
        let end = text[least..].find('\n').map_or(text.len(), |at| least + at + 1);
        parts.push(start..end);
        start = end;
    }
    parts
}
