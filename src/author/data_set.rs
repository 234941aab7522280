//! What the rows of a set of data hold, as markdown.

use crate::model::Field;
use crate::model::data::DataSet;

/// What a set holds: its columns, and what its file says beside them.
pub fn data_set(set: &DataSet) -> String {
    let names = |columns: &[usize]| {
        let names: Vec<String> = columns.iter().map(|&at| format!("`{}`", set.fields[at].name)).collect();
        names.join(", ")
    };
    let mut text = format!("# {}\n\n{}", set.id, set.summary);
    if !set.key.is_empty() {
        text += &format!(" No two rows share {}.", names(&set.key));
    }
    text += "\n\n| column | holds | meaning |\n| --- | --- | --- |\n";
    for field in &set.fields {
        let required = if field.required { ", required" } else { "" };
        let help = field.help.replace('|', "\\|");
        text += &format!("| `{}` | {}{required} | {help} |\n", field.name, holds(field));
    }
    if !set.text.is_empty() {
        text += &format!("\n{}\n", set.text);
    }
    text
}

/// What a field holds: `a date`, `id of a service`.
pub fn holds(field: &Field) -> String {
    let one = match (field.to.as_slice(), field.choices.as_slice()) {
        ([], []) if field.is_reference() => "id of any document".to_owned(),
        ([], []) if field.is_text() => "text".to_owned(),
        ([], []) => field.expected(),
        ([], choices) => format!("`{}`", choices.join("`, `")),
        (to, _) => format!("id of a {}", to.join(" or a ")),
    };
    if field.many { format!("list: {one}") } else { one }
}
