use super::{Blank, assigned, blanks, slots};

fn found(block: &str) -> Vec<String> {
    let found = blanks(block).into_iter().map(|(place, blank)| match blank {
        Blank::Placeholder(name) => {
            assert_eq!(&block[place], format!("<{name}>"));
            format!("<{name}>")
        }
        Blank::Variable(name) => {
            assert!(block[place].starts_with('$'));
            format!("${name}")
        }
    });
    found.collect()
}

#[test]
fn finds_what_has_to_be_filled_in() {
    for (block, expected) in [
        ("kubectl -n <namespace> logs $POD", vec!["<namespace>", "$POD"]),
        ("curl \"https://${HOST}/x?q=<search term>\"", vec!["$HOST", "<search term>"]),
        ("jq '.a[$i]' < in.json > out.json", vec![]),
        ("awk '{ print $1, $NF }' \"$FILE\"", vec!["$FILE"]),
        ("cat <<EOF\n$NAME\nEOF", vec!["$NAME"]),
        ("cat <<'EOF'\n$NAME <x>\nEOF\necho $B", vec!["$B"]),
        ("# set $IT to <something>\ntrue # not $THAT", vec![]),
        ("$ get pods -n <ns>\npod-<hash>  $1  $OUT\n$ rm \\\n  $POD", vec!["<ns>", "$POD"]),
        ("echo $HOME ${X:-1} $(date) $$ $? $1 \\$Y", vec![]),
        ("curl -d '<query>a</query>' localhost", vec![]),
        ("sort <in >out; diff <(a) <(b)", vec![]),
        ("psql -c 'where a<b and c>d' # <https://a.example/>", vec![]),
        ("curl <https://a.example/x>", vec![]),
        ("jq .id <<<\"$JSON\"\nkubectl delete pod <pod>", vec!["$JSON", "<pod>"]),
        ("cat <<EOF\ndon't $A\nEOF\necho $B", vec!["$A", "$B"]),
        ("cat <<\\EOF\n$A\nEOF\necho $B", vec!["$B"]),
        ("mysql shop <dump.sql 2>&1; grep '<title>' x; echo '<br>'", vec![]),
        ("root@db-1:~# kubectl get svc\nweb  <none>  $OUT\nroot@db-1:~# rm $POD", vec!["$POD"]),
        ("echo $_ $BASH_SOURCE \"rate(x[$__rate_interval])\"", vec![]),
    ] {
        assert_eq!(found(&format!("```sh\n{block}\n```")), expected, "{block}");
    }
}

#[test]
fn knows_what_a_block_sets() {
    assert!(super::sources("```sh\n. ./env.sh\n```") && !super::sources("./env.sh"));
    let block = "# N=1\nA=1; export B C=2\nfor d in x y; do read -r E F; done; : ${H:=1}; printf -v I 1\nif [ $x = y ]; then G=$(x); fi";
    assert_eq!(assigned(block), ["A", "B", "C", "d", "E", "F", "I", "G", "H"]);
}

#[test]
fn knows_how_the_shell_reads_a_place() {
    use super::Quoting::{Bare, Double, Heredoc, Literal, Nested, Operation, Single};
    for (block, expected) in [
        ("rm $A --b=<car> x/${D}", vec![Bare, Bare, Bare]),
        ("echo \"$A\" '$B' \"it is <car>\"", vec![Double(None), Single(None), Double(None)]),
        ("q 'up{a=\"<bar>\"}' <car>", vec![Single(Some('"')), Bare]),
        ("q \"a = '$B' and c = $D\"", vec![Double(Some('\'')), Double(None)]),
        ("curl -d \"{\\\"a\\\": \\\"$B\\\"}\" $C", vec![Double(Some('"')), Bare]),
        ("x=\"$(get \"$A\" $B) $C\"", vec![Double(None), Bare, Double(None)]),
        ("x=$(get $(put '<aa>') $B) \"$C\"", vec![Single(None), Bare, Double(None)]),
        ("x=`get $A` $'<bar>' $C", vec![Nested, Nested, Bare]),
        ("cat <<EOF\n\"$A\" $(cat $B)\nEOF\necho $C", vec![Heredoc, Nested, Bare]),
        ("cat <<'EOF'\nit's <aa>\nEOF\necho $B", vec![Literal, Bare]),
        ("echo ${A%.*} ${B:-c} \"${D}\"", vec![Operation, Operation, Double(None)]),
        ("psql -c \"\n  select '$A'\n\" $B", vec![Double(Some('\'')), Bare]),
    ] {
        let found: Vec<_> = slots(block).into_iter().map(|slot| slot.quoting).collect();
        assert_eq!(found, expected, "{block}");
    }
}
