//! The order and the names of pages in the navigation of a site.

use std::collections::BTreeMap;

/// A place in an order: thousandths, so that `1.5` is between `1` and `2`.
pub type Position = i64;

/// The place of what says nothing about its order: behind all that does.
pub const UNPLACED: Position = 1_000_000_000_000;

/// What the settings of a site say of the order and the names of its pages and folders.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Navigation {
    /// Pages, by address.
    pub pages: BTreeMap<String, NavigationEntry>,
    /// Folders, by path from the project's folder.
    pub folders: BTreeMap<String, NavigationEntry>,
}

/// The place and the name of a page or a folder in the navigation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct NavigationEntry {
    /// Its place; nothing if it has none of its own.
    pub position: Option<Position>,
    /// Its name, if the navigation has another than the page.
    pub title: Option<String>,
    /// Whether the place is among all pages, so that the first page of a folder is the place of that folder.
    pub is_global: bool,
}

impl Navigation {
    /// Adds a page behind all that are listed. One that is listed already stays where it is.
    pub fn list(&mut self, address: String, title: Option<String>) {
        let position = Some(self.next());
        let entry = NavigationEntry { position, title, is_global: true };
        self.pages.entry(address).or_insert(entry);
    }

    /// The place behind all that are listed.
    pub fn next(&self) -> Position {
        i64::try_from(self.pages.len() + self.folders.len()).unwrap_or(UNPLACED) * 1000
    }
}

/// The place that a number says; nothing for what is none.
pub fn position(number: &str) -> Option<Position> {
    let number = number.trim().parse::<f64>().ok().filter(|number| number.is_finite())?;
    Some((number * 1000.0) as Position)
}
