//! What `sdkb.yml` says of reports.

use jiff::tz::TimeZoneDatabase;

use super::schema;
use crate::model::field_type::Duration;
use crate::model::{Field, FieldProblem, FieldValues, Problems, ReportSettings, Zone};

const REHEARSAL: Duration = Duration { seconds: 180 * 86_400 };

/// Which reports there are, and what they are held to.
pub(super) fn report_settings(values: &FieldValues) -> ReportSettings {
    let written = values.get("reports").and_then(|entry| entry.value.object());
    let off: Vec<&str> =
        written.into_iter().flat_map(|fields| fields.texts("off")).map(|(name, _)| name).collect();
    let known = Field::at(&schema::CONFIG, "reports.off").map(|field| field.choices.clone());
    let names = known.unwrap_or_default().into_iter().filter(|name| !off.contains(&name.as_str()));
    let duration = |name: &str| written?.get(name)?.value.duration();
    ReportSettings {
        names: names.collect(),
        period: duration("period"),
        rehearsal: duration("rehearsal").unwrap_or(REHEARSAL),
    }
}

/// The zone of the project. The database is sdkb's own, so that every machine makes the same of it.
pub(super) fn zone(values: &FieldValues, problems: &mut Problems) -> Zone {
    let Some((name, entry)) = values.text("timezone").zip(values.get("timezone")) else {
        return Zone::default();
    };
    if let Ok(rules) = TimeZoneDatabase::bundled().get(name) {
        return Zone { name: name.to_owned(), rules };
    }
    problems.fields.push(FieldProblem::Invalid {
        location: entry.location.clone(),
        path: "timezone".to_owned(),
        expected: "the name of a time zone".to_owned(),
        found: format!("`{name}`"),
        example: "Europe/London".to_owned(),
        choices: Vec::new(),
    });
    Zone::default()
}
