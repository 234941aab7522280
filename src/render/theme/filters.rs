//! The filters that templates have beside those of Tera.

use tera::{Kwargs, State, Tera, Value};

use crate::text::escape;

/// Adds them to `tera`.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("inline", inline);
    tera.register_filter("only", only);
    tera.register_filter("except", except);
}

/// Plain text whose words in backticks become code.
fn inline(text: &str, _: Kwargs, _: &State) -> Value {
    let mut html = String::with_capacity(text.len() + 16);
    // An odd backtick opens nothing.
    let pairs = text.matches('`').count() / 2;
    for (index, part) in text.split('`').enumerate() {
        let is_code = index % 2 == 1 && index < pairs * 2;
        if index > pairs * 2 {
            html.push('`');
        }
        html.push_str(if is_code { "<code>" } else { "" });
        escape::text(part, &mut html);
        html.push_str(if is_code { "</code>" } else { "" });
    }
    Value::safe_string(&html)
}

/// Those of some things with a `name` that have one of `names`, in the order of those.
fn only(things: &[Value], arguments: Kwargs, _: &State) -> Result<Vec<Value>, tera::Error> {
    let names: &[Value] = arguments.must_get("names")?;
    let named =
        names.iter().flat_map(|wanted| things.iter().filter(move |thing| name(thing) == Some(wanted)));
    Ok(named.cloned().collect())
}

/// Those of some things with a `name` that have none of `names`.
fn except(things: &[Value], arguments: Kwargs, _: &State) -> Result<Vec<Value>, tera::Error> {
    let names: &[Value] = arguments.must_get("names")?;
    let others = things.iter().filter(|thing| !name(thing).is_some_and(|name| names.contains(name)));
    Ok(others.cloned().collect())
}

fn name(thing: &Value) -> Option<&Value> {
    thing.as_map()?.get(&"name".into())
}

#[cfg(test)]
mod tests {
    use tera::{Context, Tera};

    #[test]
    fn backticks_make_code_and_nothing_else_is_markup() {
        let mut tera = Tera::default();
        super::register(&mut tera);
        tera.add_raw_template("a.html", "{{ text | inline }}").unwrap();
        for (text, html) in [
            ("run `kubectl <x>` now", "run <code>kubectl &lt;x&gt;</code> now"),
            ("one ` only", "one ` only"),
            ("`a` and ` b", "<code>a</code> and ` b"),
        ] {
            let mut context = Context::new();
            context.insert("text", text);
            assert_eq!(tera.render("a.html", &context).unwrap(), html);
        }
    }
}
