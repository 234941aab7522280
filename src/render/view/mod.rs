//! What templates see. `themes/README.md` describes it for authors of themes.
//!
//! Addresses are written from the site's root; a template puts `page.root` before them.

mod cached;
mod document;
mod drawing;
mod list;
mod page;

mod value;
mod work;

pub use cached::CachedValue;
pub use document::{DocumentView, FirstCommand, MomentView, OwnerView, Record};
pub use drawing::{Caption, Drawing, Neighbourhood, Node};
pub use list::{AlertView, Card, DurationView, Expected, FacetChoice, Group, ReviewView};
pub use page::{KindView, PageView, SiteView, SourceView};
pub use value::{FacetView, Fact, FieldView, Link, Moment, TocEntry, ValueView};
pub use work::{Attention, Collected, CollectedItem, Deadline, Gap};
