//! What templates see. `themes/README.md` describes it for authors of themes.
//!
//! Addresses are written from the site's root; a template puts `page.root` before them.

mod alert;
mod cached;
mod collected;
mod document;
mod drawing;
mod list;
mod page;
mod report;
mod value;

pub use alert::{AlertRuleView, SeverityView};
pub use cached::CachedValue;
pub use collected::{Collected, CollectedItem};
pub use document::{DocumentView, FirstCommand, MomentView, OwnerView, Record};
pub use drawing::{Caption, Drawing, Neighbourhood, Node};
pub use list::{Card, DurationView, Expected, FacetChoice, Group, Rank, ReviewView};
pub use page::{Frame, KindView, PageView, SiteView, SourceView};
pub use report::{
    BarView, CellView, ChartView, DotView, LaneView, ReportFigure, RowView, TableView, TickView,
};
pub use value::{FacetView, Fact, FieldView, Link, Moment, TocEntry, ValueView};
