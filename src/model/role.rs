//! What the engine takes the values of fields for. Kinds say it of their fields as `role:`.

use super::FieldType;

/// What the engine takes the value of a field for, whatever the field is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The kind of the document.
    Kind,
    /// The name that references use; in a group, its short name.
    Id,
    /// The title of the page; in a group, what the group is called.
    Title,
    /// One sentence for lists and search results.
    Summary,
    /// How far readers may rely on the document.
    Status,
    /// Earlier paths of the page, and names that references may use.
    Aliases,
    /// Words that readers search for.
    Keywords,
    /// Questions that readers search for.
    Questions,
    /// The place in lists.
    Weight,
    /// The alerts that the document is about.
    Alerts,
    /// The group of the two that follow.
    Review,
    /// The day of the last review.
    LastReviewed,
    /// How long a review stays good.
    ReviewInterval,
    /// A list of groups: findings that are not reported.
    Suppressions,
    /// In [`Role::Suppressions`]: the rule.
    Rule,
    /// In [`Role::Suppressions`]: the reason.
    Reason,
    /// In [`Role::Suppressions`]: the last day.
    Until,
    /// A list of groups: the values that commands or a text need.
    Variables,
    /// In [`Role::Variables`] and [`Role::Objectives`]: the name.
    Name,
    /// In [`Role::Variables`]: what a value has to fit.
    Pattern,
    /// In [`Role::Variables`]: a value to start from.
    Default,
    /// In [`Role::Variables`]: a value that would be right.
    Example,
    /// In [`Role::Variables`]: the label of an alert that holds the value.
    Label,
    /// Whether what happens at the level of the document pages a person.
    Pages,
    /// The entity of a catalog that the document is about.
    Entity,
    /// A list of groups: what the service promises.
    Objectives,
    /// In [`Role::Objectives`]: the share of good events, in percent.
    Target,
    /// In [`Role::Objectives`]: the length of time in which it is counted.
    Window,
    /// In [`Role::Objectives`]: what is counted.
    Indicator,
}

impl Role {
    /// All roles, and what schemas call them.
    pub const ALL: [(Self, &str); Self::Indicator as usize + 1] = [
        (Self::Kind, "kind"),
        (Self::Id, "id"),
        (Self::Title, "title"),
        (Self::Summary, "summary"),
        (Self::Status, "status"),
        (Self::Aliases, "aliases"),
        (Self::Keywords, "keywords"),
        (Self::Questions, "questions"),
        (Self::Weight, "weight"),
        (Self::Alerts, "alerts"),
        (Self::Review, "review"),
        (Self::LastReviewed, "last-reviewed"),
        (Self::ReviewInterval, "review-interval"),
        (Self::Suppressions, "suppressions"),
        (Self::Rule, "rule"),
        (Self::Reason, "reason"),
        (Self::Until, "until"),
        (Self::Variables, "variables"),
        (Self::Name, "name"),
        (Self::Pattern, "pattern"),
        (Self::Default, "default"),
        (Self::Example, "example"),
        (Self::Label, "label"),
        (Self::Pages, "pages"),
        (Self::Entity, "entity"),
        (Self::Objectives, "objectives"),
        (Self::Target, "target"),
        (Self::Window, "window"),
        (Self::Indicator, "indicator"),
    ];

    /// The role that schemas call `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(role, _)| role)
    }

    /// The types that a field with the role may have. Of another type, its value would not be read.
    pub fn types(self) -> &'static [FieldType] {
        match self {
            Self::Kind
            | Self::Id
            | Self::Title
            | Self::Summary
            | Self::Name
            | Self::Rule
            | Self::Reason
            | Self::Label
            | Self::Entity
            | Self::Indicator => &[FieldType::Text, FieldType::Choice],
            Self::Aliases | Self::Keywords | Self::Questions => &[FieldType::Text, FieldType::Choice],
            Self::Status => &[FieldType::Choice, FieldType::Text],
            Self::Default | Self::Example => &[FieldType::Text, FieldType::Choice, FieldType::Number],
            Self::Weight => &[FieldType::Number, FieldType::Text],
            Self::Alerts => &[FieldType::Alert],
            Self::LastReviewed | Self::Until => &[FieldType::Date],
            Self::ReviewInterval | Self::Window => &[FieldType::Duration],
            Self::Pages => &[FieldType::Boolean],
            Self::Target => &[FieldType::Number],
            Self::Pattern => &[FieldType::Pattern],
            Self::Review | Self::Suppressions | Self::Variables | Self::Objectives => &[FieldType::Object],
        }
    }

    /// Whether a field with the role may hold a list.
    pub fn may_be_many(self) -> bool {
        matches!(
            self,
            Self::Aliases
                | Self::Keywords
                | Self::Questions
                | Self::Alerts
                | Self::Suppressions
                | Self::Variables
                | Self::Objectives
        )
    }
}
