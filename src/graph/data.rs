//! Rows of data, with the documents that they name.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use super::{Ids, Resolution};
use crate::cache_slot::{CacheSlot, fingerprint};
use crate::model::data::{Column, DataSet, DataSets, Row, Rows};
use crate::model::{DocumentId, Kinds, Location, Reference};
use crate::parse::data::{DataFiles, MOST_CAUSES, Repeated, place};

/// The data of a project.
#[derive(Debug, Default)]
pub struct Data {
    /// The sets that there may be data of.
    pub sets: Arc<DataSets>,
    /// The sets that there is data of, by name.
    pub tables: Vec<Table>,
    /// What in them leads to no one document, each at its first row in a file.
    pub broken: Vec<(Reference, Resolution)>,
    /// What is wrong in many rows.
    pub repeated: Vec<Repeated>,
    /// Paths of files of data that are of no set.
    pub others: Vec<String>,
    /// The paths of the files of each set.
    paths: BTreeMap<String, Vec<String>>,
}

/// The rows of a set.
#[derive(Debug)]
pub struct Table {
    /// The set.
    pub set: Arc<DataSet>,
    /// The rows, by file and in their order.
    pub parts: Vec<Part>,
    duplicates: Arc<AllDuplicates>,
}

/// Rows of one file that stand one after another.
#[derive(Debug)]
pub struct Part {
    /// The rows.
    pub rows: Arc<Rows>,
    /// For each column of references and each of its texts, where that leads; empty for other columns.
    documents: Vec<Vec<Resolution>>,
}

/// A row, and the documents that it names.
#[derive(Debug, Clone, Copy)]
pub struct LinkedRow<'a> {
    row: Row<'a>,
    part: &'a Part,
}

/// The second row of two with one key.
#[derive(Debug, Clone, Copy)]
pub struct Duplicate {
    /// The part and the row of the first.
    first: (usize, usize),
    /// The part and the row of the second.
    second: (usize, usize),
    /// How many rows of the file repeat a key, this one and later ones.
    rows: usize,
}

/// For each set, the first row in each file that repeats a key.
pub type AllDuplicates = BTreeMap<String, Vec<Duplicate>>;

impl<'a> Deref for LinkedRow<'a> {
    type Target = Row<'a>;

    fn deref(&self) -> &Row<'a> {
        &self.row
    }
}

impl LinkedRow<'_> {
    /// The document that a column of references names, if it is one.
    pub fn document(&self, column: usize) -> Option<DocumentId> {
        let Column::Texts { rows, .. } = self.row.rows.columns.get(column)? else { return None };
        self.part.documents.get(column)?.get(rows[self.row.index] as usize)?.found()
    }
}

impl Data {
    /// Links the rows of `files` to documents. What depends on nothing that changed is taken from `cache`.
    pub fn link(
        sets: Arc<DataSets>,
        files: DataFiles,
        ids: &Ids,
        kinds: &Kinds,
        cache: &CacheSlot<AllDuplicates>,
    ) -> Self {
        let DataFiles { sets: by_set, paths, repeated, others, fingerprint: of_files } = files;
        let rows: BTreeMap<String, Vec<Arc<Rows>>> = by_set
            .iter()
            .map(|(set, files)| (set.clone(), files.iter().flat_map(|file| file.parts.clone()).collect()))
            .collect();
        let duplicates = cache.get(fingerprint(&(of_files, sets.fingerprint)), || {
            let found =
                rows.iter().filter_map(|(id, rows)| Some((id.clone(), duplicates(sets.get(id)?, rows))));
            found.collect()
        });
        let mut data = Self { repeated, others, paths, ..Self::default() };
        for (id, rows) in rows {
            let Some(set) = sets.get(&id) else { continue };
            let part = |rows: Arc<Rows>| Part { documents: documents(set, &rows, ids, kinds), rows };
            let parts: Vec<Part> = rows.into_iter().map(part).collect();
            data.add_broken(set, &parts);
            data.tables.push(Table { set: Arc::clone(set), parts, duplicates: Arc::clone(&duplicates) });
        }
        data.sets = sets;
        data
    }

    /// The rows of the set `id`, if there are any files of it.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.set.id == id)
    }

    /// The paths of the files of the set `id`.
    pub fn files(&self, id: &str) -> &[String] {
        self.paths.get(id).map_or(&[], Vec::as_slice)
    }

    /// Adds the references in a table that lead to no one document.
    fn add_broken(&mut self, set: &DataSet, parts: &[Part]) {
        let mut found: BTreeMap<(&str, usize, &str), (Row<'_>, &Resolution, usize)> = BTreeMap::new();
        for part in parts {
            for (column, resolved) in part.documents.iter().enumerate() {
                if resolved.iter().all(|resolution| resolution.found().is_some()) {
                    continue;
                }
                for index in 0..part.rows.starts.len() {
                    let row = Row { rows: &part.rows, index };
                    let Column::Texts { texts, rows } = &part.rows.columns[column] else { continue };
                    let Some(resolution) = resolved.get(rows[index] as usize) else { continue };
                    if resolution.found().is_none() {
                        let key = (&*part.rows.source.path, column, &*texts[rows[index] as usize]);
                        found.entry(key).or_insert((row, resolution, 0)).2 += 1;
                    }
                }
            }
        }
        let mut listed: BTreeMap<&str, usize> = BTreeMap::new();
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort_by_key(|((path, column, _), (row, _, _))| (*path, row.rows.starts[row.index], *column));
        for ((path, column, text), (row, resolution, rows)) in found {
            let count = listed.entry(path).or_default();
            *count += 1;
            if *count > MOST_CAUSES {
                continue;
            }
            let field = &set.fields[column];
            let location = place(set, row, column);
            if rows > 1 {
                self.repeated.push(Repeated { location: location.clone(), rows, unlisted: 0 });
            }
            let (field, path, text) = (Arc::clone(field), field.name.clone(), text.to_owned());
            self.broken.push((Reference { field, path, text, location }, resolution.clone()));
        }
    }
}

/// For each column of references, where its texts lead.
fn documents(set: &DataSet, rows: &Rows, ids: &Ids, kinds: &Kinds) -> Vec<Vec<Resolution>> {
    let columns = set.fields.iter().zip(&rows.columns).map(|(field, column)| match column {
        Column::Texts { texts, .. } if field.is_reference() => {
            texts.iter().map(|text| ids.find(text, &field.to, kinds)).collect()
        }
        _ => Vec::new(),
    });
    columns.collect()
}

/// The first row in each file whose key is that of an earlier row.
fn duplicates(set: &DataSet, parts: &[Arc<Rows>]) -> Vec<Duplicate> {
    let mut found: Vec<Duplicate> = Vec::new();
    if set.key.is_empty() {
        return found;
    }
    let mut seen: FxHashMap<u64, (usize, usize)> = FxHashMap::default();
    seen.reserve(parts.iter().map(|rows| rows.starts.len()).sum());
    for (at, rows) in parts.iter().enumerate() {
        for index in 0..rows.starts.len() {
            let Some(hash) = hash(set, Row { rows, index }) else { continue };
            let first = *seen.entry(hash).or_insert((at, index));
            let row = |(part, index): (usize, usize)| Row { rows: &parts[part], index };
            if first == (at, index) || !have_one_key(set, row(first), row((at, index))) {
                continue;
            }
            let path = |part: usize| &parts[part].source.path;
            match found.last_mut().filter(|last| path(last.second.0) == path(at)) {
                Some(last) => last.rows += 1,
                None => found.push(Duplicate { first, second: (at, index), rows: 1 }),
            }
        }
    }
    found
}

/// A hash of the key of a row; none if a part of the key is absent.
fn hash(set: &DataSet, row: Row<'_>) -> Option<u64> {
    let mut hasher = FxHasher::default();
    for &column in &set.key {
        match &row.rows.columns[column] {
            Column::Texts { .. } => row.text(column)?.hash(&mut hasher),
            Column::Times(times) => {
                row.time(column)?;
                times[row.index].hash(&mut hasher);
            }
            Column::Numbers(_) => row.number(column)?.to_bits().hash(&mut hasher),
            Column::Booleans(_) => row.boolean(column)?.hash(&mut hasher),
        }
    }
    Some(hasher.finish())
}

/// Whether two rows have the same values in the columns of the key, all of them.
fn have_one_key(set: &DataSet, one: Row<'_>, other: Row<'_>) -> bool {
    let value = |row: Row<'_>, column| row.shown(column);
    set.key.iter().all(|&column| value(one, column).is_some_and(|one| Some(one) == value(other, column)))
}

impl Table {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.parts.iter().map(|part| part.rows.starts.len()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// All rows, by file and in their order.
    pub fn rows(&self) -> impl Iterator<Item = LinkedRow<'_>> {
        self.parts.iter().flat_map(|part| {
            let row = |index| LinkedRow { row: Row { rows: &part.rows, index }, part };
            (0..part.rows.starts.len()).map(row)
        })
    }

    /// For each file with rows that repeat a key: the first such row, the one that it repeats, and how many there are.
    pub fn duplicates(&self) -> impl Iterator<Item = (Row<'_>, Row<'_>, usize)> {
        let row = |(part, index): (usize, usize)| Row { rows: &self.parts[part].rows, index };
        let found = self.duplicates.get(&self.set.id).map_or(&[][..], Vec::as_slice);
        found.iter().map(move |duplicate| (row(duplicate.first), row(duplicate.second), duplicate.rows))
    }

    /// The rows whose key is that of `row`, which is none of them.
    pub fn like(&self, row: Row<'_>) -> Option<LinkedRow<'_>> {
        let wanted = hash(&self.set, row)?;
        self.rows()
            .find(|other| hash(&self.set, **other) == Some(wanted) && have_one_key(&self.set, row, **other))
    }

    /// The rows that `names` name: by the last column of the key, or by all of them with `/` between.
    pub fn named<'a>(&self, names: &BTreeSet<&'a str>) -> FxHashMap<&'a str, Vec<LinkedRow<'_>>> {
        let mut found: FxHashMap<&str, Vec<LinkedRow<'_>>> = FxHashMap::default();
        let Some(last) = self.set.key.last() else { return found };
        // A key may hold slashes itself.
        let mut wanted: FxHashMap<&str, Vec<&'a str>> = FxHashMap::default();
        for &name in names {
            let ends = name.match_indices('/').map(|(at, _)| &name[at + 1..]);
            std::iter::once(name).chain(ends).for_each(|end| wanted.entry(end).or_default().push(name));
        }
        for row in self.rows() {
            let Some(names) = row.text(*last).and_then(|id| wanted.get(id)) else { continue };
            for &name in names {
                let is_named = row.text(*last) == Some(name) || self.name(*row) == name;
                if is_named {
                    found.entry(name).or_default().push(row);
                }
            }
        }
        found
    }

    /// The name of a row among all of the set: its key, with `/` between.
    pub fn name(&self, row: Row<'_>) -> String {
        let parts: Vec<String> = self.set.key.iter().filter_map(|&column| row.shown(column)).collect();
        parts.join("/")
    }

    /// The first and the last moment of the rows.
    pub fn period(&self) -> Option<(jiff::Timestamp, jiff::Timestamp)> {
        let time = self.set.time?;
        let mut times = self.rows().filter_map(|row| row.time(time));
        let first = times.next()?;
        Some(times.fold((first, first), |(first, last), time| (first.min(time), last.max(time))))
    }

    /// The place of the value in a column of a row; where there is none, that of the row.
    pub fn place(&self, row: Row<'_>, column: usize) -> Location {
        place(&self.set, row, column)
    }
}
