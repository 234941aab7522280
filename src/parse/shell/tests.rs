use super::{AcceptedValues, Placeholder, Script, read};

fn script(block: &str) -> Script<'_> {
    read("sh", block).unwrap()
}

fn found(block: &str) -> Vec<String> {
    let found = script(block).unfilled().into_iter().map(|(place, placeholder)| match placeholder {
        Placeholder::Angle(name) => {
            assert_eq!(&block[place], format!("<{name}>"));
            format!("<{name}>")
        }
        Placeholder::Variable(name) => {
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
        assert_eq!(found(block), expected, "{block}");
    }
}

#[test]
fn knows_what_a_block_sets() {
    assert!(script(". ./env.sh").sources() && !script("./env.sh").sources());
    let block = "# N=1\nA=1; export B C=2\nfor d in x y; do read -r E F; done; : ${H:=1}; printf -v I 1\nif [ $x = y ]; then G=$(x); fi";
    assert_eq!(script(block).assigned(), ["A", "B", "C", "d", "E", "F", "I", "G", "H"]);
}

#[test]
fn a_value_becomes_no_part_of_a_variable_before_it() {
    for (block, expected) in [
        ("ls $HOME$A \"$HOME$A\" \"a$A\" $A", vec!["quoted", "quoted", "", ""]),
        ("sh -c \"ls \\$HOME$A $HOME$A\"", vec!["refused", "quoted"]),
        ("sh -c 'ls $HOME$A $A'", vec!["refused", ""]),
        ("sh <<E\nls $HOME$A \\$HOME$A $A\nE", vec!["refused", "refused", ""]),
        // A command of the history, and the first argument with what is behind it.
        ("ls !$A \"!$A\" 'x!'$A ! $A", vec!["refused", "refused", "refused", ""]),
    ] {
        let slots = script(block).slots().into_iter().map(|slot| match slot.excludes_first.contains('a') {
            true => "refused",
            false if slot.needs_quotes => "quoted",
            false => "",
        });
        assert_eq!(slots.collect::<Vec<_>>(), expected, "{block}");
    }
}

#[test]
fn values_of_commands_that_are_repeated_are_plain_words() {
    for block in [
        "ls \"$A\"\nls \"!$B\"",
        "ls a/$A\nrm !$:t",
        "ls a/$A; rm ${_##*/}",
        "ls $A; ls $_",
        "ls a$A\n^a^",
        "ls '$A'\nls !-1:$ !ls !?a?",
    ] {
        let slots = script(block).slots();
        assert!(slots[0].accepts == AcceptedValues::Word && slots[0].excludes_first.contains('-'), "{block}");
    }
    for block in
        ["ls \"$A\"\necho Done! \"Done!\"", "ls \"$A\"\n[ ! -e x ] && ! ls", "ls \"$A\"\nawk '!x[$0]++' y"]
    {
        assert_eq!(script(block).slots()[0].accepts, AcceptedValues::Any, "{block}");
    }
}

#[test]
fn behind_a_redirection_to_what_is_not_filled_in_nothing_is_proven() {
    // A shell at a prompt gives up on the first line, and reads the second one as a command.
    let slots = script("cat <<<<v>\\\nwatch $A.y\nls $A").slots();
    assert!(slots.iter().all(|slot| slot.accepts == AcceptedValues::Word));
}

#[test]
fn what_may_become_an_argument_later_is_no_option() {
    for block in [
        "echo x | sed \"s/x/$A/\" | xargs ls",
        "echo a/$A | cut -d/ -f2 | xargs ls",
        "ls $(sed \"s/x/$A/\" y)",
    ] {
        assert!(script(block).slots()[0].excludes_first.contains('-'), "{block}");
    }
}

#[test]
fn behind_control_characters_nothing_is_proven() {
    for block in ["ss\th h $A", "ls a\tb\nls $A", "ls x\r\nls $A"] {
        assert_eq!(script(block).slots()[0].accepts, AcceptedValues::Word, "{block:?}");
    }
    assert_eq!(script("ls x |\n\tgrep $A\n").slots()[0].accepts, AcceptedValues::Any);
}

#[test]
fn what_is_calculated_is_a_number() {
    for block in [
        "ls $((1 + $A))",
        "ls $[ $A + 1 ]",
        "ls \"$[ x[0] - $A ]\"",
        "let N=$A",
        "ls ${x:$A:1}",
        "declare -i n=$A",
        "integer n; n=$A",
        "local -ri n; n=x$A",
    ] {
        let slots = script(block).slots();
        assert_eq!(slots.last().unwrap().accepts, AcceptedValues::Number, "{block}");
    }
    assert_eq!(script("ls $[ 1 ] $A").slots()[0].accepts, AcceptedValues::Word);
}

#[test]
fn a_value_behind_a_dollar_sign_is_no_digit() {
    for block in ["bash -c 'ls $'$A''", "sh -c \"ls \\$$A\"", "sh <<'E'\nls $$A\nE"] {
        let slots = script(block).slots();
        assert!(slots.iter().all(|slot| slot.excludes_first.contains('1')), "{block}");
    }
}

#[test]
fn a_variable_that_the_copied_text_sets_takes_what_all_its_places_take() {
    let block = "ls ${A%.*} ${B%.*} \"$B\"; (( $A > 1 )); ls ${c[@]:$D} ${D%x}";
    assert_eq!(accepts(block), ["number", "word", "word", "number", "word", "number", "number"]);
    let slots = script("ls x${A%.*} {y,$A}").slots();
    assert!(slots[0].excludes.contains(',') && slots[0].excludes_first.contains('-'));
}

/// How the places of a block take values: `any`, `word` or `number`, and whether that is in inner quotes.
fn accepts(block: &str) -> Vec<&'static str> {
    let accepts = script(block).slots().into_iter().map(|slot| match slot.accepts {
        AcceptedValues::Any if slot.in_inner_quotes => "inner",
        AcceptedValues::Any => "any",
        AcceptedValues::Word => "word",
        AcceptedValues::Number => "number",
    });
    accepts.collect()
}

#[test]
fn takes_any_value_only_where_that_is_proven() {
    for (block, expected) in [
        ("grep $A --b=<car> x/${D} | head", vec!["any", "any", "any"]),
        ("echo \"$A\" '$B' \"it is <car>\"", vec!["any", "any", "any"]),
        ("kubectl -n <ns> logs \"$POD\"", vec!["any", "any"]),
        ("kubectl exec $POD -- sh -c 'ls <folder>'", vec!["word", "word"]),
        ("logcli query 'up{a=\"<bar>\"}' ; cat <car>", vec!["inner", "any"]),
        ("echo \"a = '$B' and c = $D\"", vec!["word", "word"]),
        ("curl -d \"{\\\"a\\\": \\\"$B\\\", \\\"n\\\": $C}\" x", vec!["inner", "word"]),
        ("cat \"$(ls \"$A\" $B) $C\"", vec!["any", "any", "word"]),
        ("x=$(get $A)", vec!["word"]),
        ("cat `ls $A` $'<bar>' $C", vec!["word", "word", "word"]),
        ("cat <<EOF\n\"$A\"\nEOF\necho $C", vec!["word", "any"]),
        ("cat <<EOF\n$(cat $B)\nEOF\necho $C", vec!["word", "word"]),
        ("echo ${A%.*} ${B:-c} \"${D}\"", vec!["word", "word", "word"]),
        ("ssh db-1 uptime; echo $A", vec!["any"]),
        ("echo $A | sh", vec!["word"]),
        ("echo $A > x.sh", vec!["word"]),
        ("echo $A 2> /dev/null", vec!["any"]),
        ("incidentctl open --title \"$T\"", vec!["word"]),
        ("echo $(( $N + 1 )); [[ $M -gt 5 ]]", vec!["number", "word"]),
        ("if [ -f $A ]; then cat $A; fi", vec!["word", "word"]),
        ("# it's here\ncat '<v>'", vec!["word"]),
        ("# the file\ncat '<v>'", vec!["any"]),
        ("printf '%s' $A; printf '%d' $B; printf $C", vec!["any", "word", "word"]),
        ("f() { eval $1; }; cat $A", vec!["word"]),
        ("ls {a,$A} {1..$B}", vec!["word", "number"]),
        ("cat $A 'open", vec!["word"]),
        // Behind what it can't read, a shell at a prompt goes on with the next line.
        ("ls <{v><w>\\\nfor i in '$A'; do ls $i; done", vec!["word", "word", "word"]),
        ("ls < x $A\nls >; ls $B", vec!["any", "word"]),
        ("ls $A & ls pod!s\nls x", vec!["word"]),
        // Lines that become one within a word.
        ("ls \\\n$A \\\n  $B\nls $HOME\\\n$C", vec!["any", "any", "word"]),
    ] {
        assert_eq!(accepts(block), expected, "{block}");
    }
}

#[test]
fn a_value_that_a_program_evaluates_is_a_name_or_a_number() {
    for (block, expected) in [
        ("awk 'a $A' x", vec![true]),
        ("awk '/a/ {print \"<car>\"; print <bar>}' $FILE", vec![false, true, false]),
        ("psql -h $HOST -c \"SELECT 1 FROM t WHERE a = $A AND b = '$B'\"", vec![false, true, false]),
        (
            "kubectl exec deploy/x -- psql -d $DB -c \"DELETE FROM t WHERE id = $ID AND tenant = 5\"",
            vec![false, true],
        ),
        ("psql <<SQL\nSELECT '$A', $B\nSQL", vec![false, true]),
        ("python3 -c 'print($A)'; python3 $FILE", vec![true, false]),
        ("sed -n 's/$A/b/p' x", vec![false]),
        ("curl \"https://x/$A/_alias\" | jq .; echo \"$B\" | awk '{print $1}'", vec![false, false]),
        ("echo \"SELECT 1 WHERE a = $A AND b = '$B'\" | psql; echo $C | python3", vec![true, false, true]),
    ] {
        let slots = script(block).slots().into_iter().map(|slot| slot.excludes.contains('-'));
        assert_eq!(slots.collect::<Vec<_>>(), expected, "{block}");
    }
}

#[test]
fn a_value_that_may_begin_a_word_does_not_begin_with_a_dash() {
    for (block, expected) in [
        ("ls $A x$A $1$A \"$1$A\" $(x)$A x$1$A", vec![true, false, true, true, true, false]),
        (
            "ls $A$B <car><bar> '<car><bar>' \"\"$A 'x'$A",
            vec![true, true, true, true, true, true, true, false],
        ),
        ("sh <<E\nls $A$B x$A$B $1$A --x=$A$B\nE", vec![true, true, false, false, true, false, false]),
        ("X=$A$B; Y=x$A; eval $X $Y", vec![true, true, false]),
        (
            "export X=$A Y='$A'; env Z=\"$A\" sh; make X+=$A y.z=$A --w=$A",
            vec![true, true, true, true, false, false],
        ),
        ("grep --x=$A -- \"a $A\"", vec![false, false]),
        ("ls \\\n$A\nls x\\\n$B \\\n  $C", vec![true, false, true]),
        // What follows a variable of another reader may begin a word there.
        ("sh <<E\nls \\$D$A \\$HOME$PWD$B \\$HOME/$C\nE", vec![true, true, false]),
        // Flags of zsh stand before a name.
        ("kubectl get $=V$A $~V$B $^^V$C x=V$D", vec![true, true, true, false]),
        ("sh -c 'ls $HOME$A $@$B ${HOME}$C $HOME:t$D $HOME/$E'", vec![true, true, true, true, false]),
    ] {
        let slots = script(block).slots().into_iter().map(|slot| slot.excludes_first.contains('-'));
        assert_eq!(slots.collect::<Vec<_>>(), expected, "{block}");
    }
    // `1-x` would become the variable `$1`, and an option.
    for block in ["kubectl get $=$A", "{ ls ${$A}; }", "{ ls ${x$A}; }", "{ ls ${(f)$A}; }"] {
        assert!(script(block).slots().last().is_some_and(|slot| slot.excludes.contains('-')), "{block}");
    }
    assert!(script("sh -c 'ls $'$A").slots()[0].excludes.contains('-'));
}
