use super::super::highlight;

/// The pieces of `code` that have a class, as `class:text`.
fn pieces(code: &str) -> Vec<String> {
    let html = highlight("sh", code);
    let html = html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let pieces = html.split("<span class=\"tok-").skip(1).filter_map(|piece| {
        let (class, text) = piece.split_once("\">")?;
        Some(format!("{class}:{}", text.split_once("</span>")?.0.trim_end()))
    });
    pieces.collect()
}

#[test]
fn commands_are_read_by_their_roles() {
    for (code, expected) in [
        ("kubectl -n pay get pods", vec!["f:kubectl", "p:-n"]),
        (
            "ls | grep -v x && rm y; pwd &",
            vec!["f:ls", "k:|", "f:grep", "p:-v", "k:&&", "f:rm", "k:;", "f:pwd", "k:&"],
        ),
        (
            "A=1 B=\"x y\" run --c=\"$D\"e # f",
            vec!["l:A", "l:B", "s:\"x y\"", "f:run", "p:--c", "s:\"", "l:$D", "s:\"", "c:# f"],
        ),
        ("logs <pod name> --since=1h", vec!["f:logs", "p:--since"]),
        ("sort <in >>out 2>&1", vec!["f:sort", "k:<", "k:>>", "k:2>&"]),
        ("sudo -n timeout 10 systemctl stop x", vec!["f:sudo", "p:-n", "f:timeout", "f:systemctl"]),
        (
            "for pod in $(get pods); do kill \"$pod\"; done",
            vec![
                "k:for", "l:pod", "k:in $(", "f:get", "k:); do", "f:kill", "s:\"", "l:$pod", "s:\"",
                "k:; done",
            ],
        ),
        (
            "if [ -f x ] && ! [[ $a == b ]]; then y; fi",
            vec!["k:if [", "p:-f", "k:] && ! [[", "l:$a", "k:]]; then", "f:y", "k:; fi"],
        ),
        (
            "case $1 in\n  start) run ;;\n  *) exit 2 ;;\nesac",
            vec!["k:case", "l:$1", "k:in", "k:)", "f:run", "k:;;", "k:)", "f:exit", "k:;;\nesac"],
        ),
        (
            "n=$((n + 10)) list=(a b); say ${list[0]} ${x:-y}",
            vec![
                "l:n",
                "k:$((",
                "l:n",
                "k:+",
                "n:10",
                "k:))",
                "l:list",
                "k:(",
                "k:);",
                "f:say",
                "l:${list[0]}",
                "l:${x",
                "l::-y}",
            ],
        ),
        (
            "curl -d '{\"a\": 1}' \\\n  $'b\\n' \"c\\\"d\"",
            vec!["f:curl", "p:-d", "s:'{\"a\": 1}'", "e:\\", "s:$'b", "e:\\n", "s:' \"c", "e:\\\"", "s:d\""],
        ),
        ("cat <<EOF > x\na $B\nEOF\nls", vec!["f:cat", "k:<<", "k:>", "s:a", "l:$B", "k:EOF", "f:ls"]),
        (": \"${T:?it's gone}\"\nls", vec!["f::", "s:\"", "l:${T", "l::?it's gone}", "s:\"", "f:ls"]),
        (
            "case $1 in\n  -h|--help) use ;;\nesac",
            vec!["k:case", "l:$1", "k:in", "k:|", "k:)", "f:use", "k:;;\nesac"],
        ),
        (
            "[[ -n \"$a\" && -z $b && $c =~ ^(x|y)$ ]] || exit",
            vec![
                "k:[[", "p:-n", "s:\"", "l:$a", "s:\"", "k:&&", "p:-z", "l:$b", "k:&&", "l:$c", "k:]] ||",
                "f:exit",
            ],
        ),
        ("declare -a hosts=(web1 web2)\nls", vec!["f:declare", "p:-a", "k:(", "k:)", "f:ls"]),
        ("sudo -u postgres psql -l", vec!["f:sudo", "p:-u", "f:psql", "p:-l"]),
        ("xargs -I {} rm -r {}", vec!["f:xargs", "p:-I", "f:rm", "p:-r"]),
        ("function f { go >| x; }", vec!["k:function", "f:f", "k:{", "f:go", "k:>|", "k:; }"]),
        ("curl --silent --fail x", vec!["f:curl", "p:--silent", "p:--fail"]),
        (
            "cat <<EOF\n$(date \"+%s\") ${A} b\nEOF\nls",
            vec!["f:cat", "k:<<", "k:$(", "f:date", "s:\"+%s\"", "k:)", "l:${A}", "s: b", "k:EOF", "f:ls"],
        ),
        ("cat <<'EOF'\na $B\nEOF\nls", vec!["f:cat", "k:<<", "s:'EOF'\na", "s:$B", "k:EOF", "f:ls"]),
        (
            "deploy() { go; }\ndiff <(a) <(b)",
            vec!["f:deploy", "k:() {", "f:go", "k:; }", "f:diff", "k:<(", "f:a", "k:) <(", "f:b", "k:)"],
        ),
        (
            "echo `date -u` \"at $(date +%s)\" it\\'s",
            vec![
                "f:echo", "k:`", "f:date", "p:-u", "k:`", "s:\"at", "k:$(", "f:date", "k:)", "s:\"", "e:\\'",
            ],
        ),
        ("\"$KUBECTL\" get pods", vec!["s:\"", "l:$KUBECTL", "s:\""]),
    ] {
        assert_eq!(pieces(code), expected, "{code}");
    }
}

#[test]
fn whatever_is_open_no_letter_is_lost() {
    let letters =
        ["'", "\"", "$", "(", ")", "{", "}", "`", "\\", "\n", "<", ">", "<<E", " ", "é", "a", "#", "="];
    // Each way to put four of them together is a text.
    for number in 0..letters.len().pow(4) {
        let code: String = (0..4).map(|at| letters[number / letters.len().pow(at) % letters.len()]).collect();
        let html = highlight("sh", &code);
        let mut text = String::new();
        for piece in html.split('<') {
            text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
        }
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        assert_eq!(text, code, "{html}");
    }
}
