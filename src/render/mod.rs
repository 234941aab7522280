//! Graph to pages: what templates see, and how their bytes come about.

mod card;
mod chart;
mod collected;
mod commands;
mod context;
pub mod highlight;
pub mod html;
mod lists;
mod neighbourhood;
mod page;
mod page_cache;
mod report_figures;
pub mod sanitize;
mod theme;
mod times;
mod unused_files;
mod values;
mod view;

pub use context::{Pages, Shared};
pub use page::{Body, Content};
pub use page_cache::PageCache;
pub use theme::{OversizedTemplates, Theme, ThemeCache};
pub use view::{
    AlertRuleView, BarView, CachedValue, Caption, Card, CellView, ChartView, Collected, CollectedItem,
    DocumentView, DotView, Drawing, DurationView, Expected, FacetChoice, FacetView, Fact, FieldView,
    FirstCommand, Frame, Group, KindView, LaneView, Link, Moment, MomentView, Neighbourhood, Node, OwnerView,
    PageView, Rank, Record, ReportFigure, ReviewView, RowView, SeverityView, SiteView, SourceView, TableView,
    TickView, TocEntry, ValueView,
};
