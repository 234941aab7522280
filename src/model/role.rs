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
    /// In [`Role::Variables`]: the name.
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
    /// The moment at which harm began.
    Started,
    /// The moment at which it was noticed. A kind with such a field tells of incidents.
    Detected,
    /// The moment at which a person took it up.
    Acknowledged,
    /// The moment at which the harm stopped.
    Mitigated,
    /// The moment at which nothing was left to do.
    Resolved,
    /// The document that says how bad it was.
    Level,
    /// The sort of cause.
    Cause,
    /// Who or what noticed first.
    DetectedBy,
    /// The ways of failing that were seen.
    FailureModes,
    /// What made it possible or worse.
    Factors,
    /// A list of groups: what will be done so that it does not happen again.
    Actions,
    /// In [`Role::Actions`]: the document of those who do it.
    Assignee,
    /// In [`Role::Actions`]: the day by which it is to be done.
    Due,
    /// In [`Role::Actions`]: the day on which it was done or dropped.
    Done,
    /// A list of groups: documents that were followed, and what they did for those who followed them.
    Used,
    /// In [`Role::Used`]: the document that was followed.
    Guide,
    /// In [`Role::Used`]: what it did. The field says with `outcomes` what its choices mean.
    Outcome,
    /// A list of groups: messages that were sent while it lasted.
    Updates,
    /// In [`Role::Updates`]: the moment of the message.
    Sent,
    /// In [`Role::Updates`]: who got it. Its choices are the names of the fields in [`Role::Cadence`].
    Audience,
    /// The messages that were sent while it lasted: the documents that they were made from.
    Messages,
    /// The group with the longest time between two messages, a field for each audience.
    Cadence,
    /// A list of groups: when it was rehearsed.
    Rehearsals,
    /// In [`Role::Rehearsals`]: the day.
    RehearsedOn,
    /// The day on which it was last followed in practice.
    LastRehearsed,
    /// Where to see who is on call.
    OnCall,
    /// A list of groups: service level objectives.
    Objectives,
    /// A list of groups: where health can be seen.
    Dashboards,
}

impl Role {
    /// All roles, and what schemas call them.
    pub const ALL: [(Self, &str); Self::Dashboards as usize + 1] = [
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
        (Self::Started, "started"),
        (Self::Detected, "detected"),
        (Self::Acknowledged, "acknowledged"),
        (Self::Mitigated, "mitigated"),
        (Self::Resolved, "resolved"),
        (Self::Level, "level"),
        (Self::Cause, "cause"),
        (Self::DetectedBy, "detected-by"),
        (Self::FailureModes, "failure-modes"),
        (Self::Factors, "factors"),
        (Self::Actions, "actions"),
        (Self::Assignee, "assignee"),
        (Self::Due, "due"),
        (Self::Done, "done"),
        (Self::Used, "used"),
        (Self::Guide, "guide"),
        (Self::Outcome, "outcome"),
        (Self::Updates, "updates"),
        (Self::Sent, "sent"),
        (Self::Audience, "audience"),
        (Self::Messages, "messages"),
        (Self::Cadence, "cadence"),
        (Self::Rehearsals, "rehearsals"),
        (Self::RehearsedOn, "rehearsed-on"),
        (Self::LastRehearsed, "last-rehearsed"),
        (Self::OnCall, "on-call"),
        (Self::Objectives, "objectives"),
        (Self::Dashboards, "dashboards"),
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
            | Self::Label => &[FieldType::Text, FieldType::Choice],
            Self::Aliases | Self::Keywords | Self::Questions => &[FieldType::Text, FieldType::Choice],
            Self::Status => &[FieldType::Choice, FieldType::Text],
            Self::Default | Self::Example => &[FieldType::Text, FieldType::Choice, FieldType::Number],
            Self::Weight => &[FieldType::Number, FieldType::Text],
            Self::Alerts => &[FieldType::Alert],
            Self::LastReviewed
            | Self::Until
            | Self::Due
            | Self::Done
            | Self::RehearsedOn
            | Self::LastRehearsed => &[FieldType::Date],
            Self::Started
            | Self::Detected
            | Self::Acknowledged
            | Self::Mitigated
            | Self::Resolved
            | Self::Sent => &[FieldType::DateTime],
            Self::Level | Self::Assignee | Self::Guide | Self::FailureModes | Self::Messages => {
                &[FieldType::Reference]
            }
            Self::Cause | Self::DetectedBy | Self::Outcome | Self::Audience => {
                &[FieldType::Choice, FieldType::Text]
            }
            Self::Factors => &[FieldType::Text],
            Self::OnCall => &[FieldType::Url],
            Self::ReviewInterval => &[FieldType::Duration],
            Self::Pages => &[FieldType::Boolean],
            Self::Pattern => &[FieldType::Pattern],
            Self::Review
            | Self::Suppressions
            | Self::Variables
            | Self::Actions
            | Self::Used
            | Self::Updates
            | Self::Cadence
            | Self::Rehearsals
            | Self::Objectives
            | Self::Dashboards => &[FieldType::Object],
        }
    }

    /// Whether reports are about what has a field with the role.
    pub fn is_reported(self) -> bool {
        matches!(self, Self::Detected | Self::Actions | Self::Rehearsals | Self::LastRehearsed | Self::OnCall)
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
                | Self::FailureModes
                | Self::Messages
                | Self::Factors
                | Self::Actions
                | Self::Used
                | Self::Updates
                | Self::Rehearsals
                | Self::Objectives
                | Self::Dashboards
        )
    }
}
