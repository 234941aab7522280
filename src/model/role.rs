//! What the engine takes the values of fields for. Kinds say it of their fields as `role:`.

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
    /// In [`Role::Variables`]: the name.
    Name,
    /// In [`Role::Variables`]: what a value has to fit.
    Pattern,
    /// In [`Role::Variables`]: a value to start from.
    Default,
    /// In [`Role::Variables`]: a value that would be right.
    Example,
}

impl Role {
    /// All roles, and what schemas call them.
    pub const ALL: [(Self, &str); Self::Example as usize + 1] = [
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
    ];

    /// The role that schemas call `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(role, _)| role)
    }
}
