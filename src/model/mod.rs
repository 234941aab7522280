//! What sdkb knows: plain types. They look things up in themselves, and a field type reads and describes single values.

mod alert_rule;
mod body;
mod config;
pub mod data;
mod definitions;
mod display;
mod document;
mod entity;
pub mod event;
pub mod field_type;
mod ignore;
mod index;
mod kind;
mod navigation;
mod node;
mod origin;
mod pattern;
mod problem;
mod reference;
mod role;
mod source;
mod span;
mod suppression;
mod value;

pub use self::ignore::{IgnorePattern, left_out_by};
pub use alert_rule::{AlertRule, Expression, Pair, WrittenText, is_template};
pub use body::{
    Body, CommandBlock, DroppedForm, DroppedHtml, ForeignSyntax, Heading, Link, LinkForm, Misread, Section,
    Shortcode,
};
pub use config::{
    AlertSettings, Collection, Config, External, FieldName, Level, ReportSettings, RuleSetting, SourceFiles,
    ValueName, Zone,
};
pub use definitions::{Definitions, UnreadReason, UnreadSource};
pub use display::{Display, DocumentState, HomePart, Outcome, Outcomes, States};
pub use document::{Document, DocumentFingerprints, Publication, Variable};
pub use entity::{Entity, Objective, Record};
pub use field_type::FieldType;
pub use index::{DocumentId, KindId, PerDocument, PerKind};
pub use kind::{Elapsed, Expectation, Field, Infer, Kind, Kinds, OwnerRole, label};
pub use navigation::{Navigation, NavigationEntry, Position, UNPLACED, position};
pub use node::{Content, Node};
pub use origin::{HoldsBack, Origin, OtherPages, within};
pub use pattern::{Pattern, PatternProblem, State, pattern};
pub use problem::{
    FieldProblem, MeantFile, Problems, ReadError, ReadErrorKind, SyntaxProblem, TemplateProblem, UnusedFile,
};
pub use reference::Reference;
pub use role::Role;
pub use source::{Location, Source};
pub use span::Span;
pub use suppression::Suppression;
pub use value::{Entry, FieldValues, Value};
