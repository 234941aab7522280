//! Paths and patterns of paths, as settings have them.

use globset::{Glob, GlobBuilder, GlobMatcher};

use crate::model::{FieldProblem, Location, Problems};

/// A folder of the project without `.` and empty parts; none if it leads out.
pub(super) fn normal(folder: &str) -> Option<String> {
    let parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    (!parts.contains(&"..") && !folder.starts_with('/')).then(|| parts.join("/"))
}

pub(super) fn matcher(pattern: &str) -> Result<GlobMatcher, globset::Error> {
    let pattern = pattern.trim_start_matches("./").trim_start_matches('/');
    // A folder means all that is in it.
    let is_folder = !pattern.contains(['*', '?', '[', '{']) && !pattern.ends_with(".md");
    let folder = format!("{}/**", pattern.trim_end_matches('/'));
    let pattern = if is_folder { &folder } else { pattern };
    let built: Glob = GlobBuilder::new(pattern).literal_separator(true).build()?;
    Ok(built.compile_matcher())
}

pub(super) fn glob(
    pattern: &str,
    path: &str,
    location: &Location,
    problems: &mut Problems,
) -> Option<GlobMatcher> {
    matcher(pattern)
        .inspect_err(|error| problems.fields.push(no_pattern(path, location, &error.kind().to_string())))
        .ok()
}

pub(super) fn no_pattern(path: &str, location: &Location, reason: &str) -> FieldProblem {
    FieldProblem::Invalid {
        location: location.clone(),
        path: path.to_owned(),
        expected: "a pattern".to_owned(),
        found: reason.to_owned(),
        example: "alerts/**".to_owned(),
        choices: Vec::new(),
    }
}
