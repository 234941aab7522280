use proptest::prelude::*;

use super::*;

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(rewrite(text).text, *expected, "{text}");
    }
}

#[test]
fn githubs_own_dialect_is_borrowed() {
    for text in
        ["", "# A\n\ntext", "a\n===\n", "!!! so loud, so long", "[a](b) [[c]] ]](", "::\n", "{{ .Values.x }}"]
    {
        let rewritten = rewrite(text);
        assert!(matches!(rewritten.text, Cow::Borrowed(_)), "{text}");
        assert_eq!(rewritten.original(0..text.len()), 0..text.len());
    }
}

#[test]
fn mkdocs_admonitions_become_alerts() {
    check(&[
        ("!!! note\n    a\n\n    b\n\nc\n", "> [!NOTE]\n> a\n>\n> b\n>\n\nc\n"),
        ("!!! warning \"Mind *this*\"\n\ta\n", "> [!WARNING]\n> **Mind *this***\n>\n> a\n"),
        ("a\n??? danger\n    b\nc", "a\n\n> [!CAUTION]\n> **Danger**\n>\n> b\n\nc"),
        ("???+ tip \"\"\n    a\n", "> [!TIP]\n> a\n"),
        ("!!! note inline end \"A\"\n    a\n", "> [!NOTE]\n> **A**\n>\n> a\n"),
        // Two that follow each other stay two.
        ("!!! tip\n    a\n!!! important\n    b\n", "> [!TIP]\n> a\n\n> [!IMPORTANT]\n> b\n"),
        (
            "!!! note\n    !!! bug\n        a\n    b\n",
            "> [!NOTE]\n>\n> > [!CAUTION]\n> > **Bug**\n> >\n> > a\n>\n> b\n",
        ),
        // Code and lists inside keep their own indentation.
        (
            "!!! note\n    ```sh\n    if x\n      y\n\n    ```\n    - a\n        - b\n",
            "> [!NOTE]\n> ```sh\n> if x\n>   y\n>\n> ```\n> - a\n>     - b\n",
        ),
        ("1. a\n\n    !!! note\n        b\n\n2. c\n", "1. a\n\n    > [!NOTE]\n    > b\n    >\n\n2. c\n"),
        ("!!! note\r\n    a\r\nb\r\n", "> [!NOTE]\n> a\r\n\nb\r\n"),
        ("!!! note \"é\"", "> [!NOTE]\n> **é**\n>\n"),
    ]);
}

#[test]
fn anchors_of_other_generators_are_elements() {
    check(&[
        ("(new-cluster:aws)=\n\n# A\n", "<a id=\"new-cluster:aws\"></a>\n\n# A\n"),
        ("# A\n{: #v1-0 .x }\n", "# A\n<a id=\"v1-0\"></a>\n"),
        ("f(x)= y, (a b)=\n(a)= b\n", "f(x)= y, (a b)=\n(a)= b\n"),
    ]);
}

#[test]
fn addresses_of_liquid_are_whole() {
    check(&[
        ("[a]({{ '/b' | relative_url }}#c)", "[a](<{{ '/b' | relative_url }}#c>)"),
        ("[a]({% link b.md %}), [a]({{b}}/c) {{ d }}", "[a](<{% link b.md %}>), [a]({{b}}/c) {{ d }}"),
    ]);
}

#[test]
fn marked_text_is_an_element() {
    check(&[
        ("do ==not== do", "do <mark>not</mark> do"),
        ("==a **b** c==, (==d==) ==e==.", "<mark>a **b** c</mark>, (<mark>d</mark>) <mark>e</mark>."),
        ("==a `==` b== c", "<mark>a `==` b</mark> c"),
        ("| ==a== | b |\n|---|---|\n", "| <mark>a</mark> | b |\n|---|---|\n"),
        ("a==b and c==d, a == b == c, `==x==`, ==", "a==b and c==d, a == b == c, `==x==`, =="),
        ("    ==code==\n\n```\n==code==\n```\n", "    ==code==\n\n```\n==code==\n```\n"),
    ]);
}

#[test]
fn tabs_become_quotes_with_a_title() {
    check(&[
        (
            "=== \"Linux\"\n\n    apt\n\n=== \"Mac\"\n    brew\nend\n",
            "> **Linux**\n>\n>\n> apt\n>\n\n> **Mac**\n>\n> brew\n\nend\n",
        ),
        (
            "import Tabs from '@theme/Tabs';\n\n<Tabs groupId=\"os\">\n  <TabItem value=\"a\" label=\"Linux\" default>\n\n  apt\n\n  </TabItem>\n  <TabItem value='Mac'>brew</TabItem>\n</Tabs>\nend\n",
            "\n\n\n  > **Linux**\n  >\n  >\n  > apt\n  >\n\n  > **Mac**\n  >\n  > brew\n\n\nend\n",
        ),
        ("<Tabs><TabItem value=\"a\">b</TabItem></Tabs> c\n", "> **a**\n>\n> b\n\nc\n"),
        ("<Tabs><TabItem value=\"a\">\nb\n</TabItem></Tabs>c\n", "> **a**\n>\n> b\n\nc\n"),
        ("<Tabs items={['a', 'b']}>\n<Tab>c</Tab>\n", "<Tabs items={['a', 'b']}>\n<Tab>c</Tab>\n"),
        // What is no tab stays.
        ("<Table>\n<TabItem value=\"a\">\n", "<Table>\n<TabItem value=\"a\">\n"),
    ]);
}

#[test]
fn colon_fences_become_alerts() {
    check(&[
        (":::note\na\n\nb\n:::\nc\n", "> [!NOTE]\n> a\n>\n> b\n\nc\n"),
        (":::tip[A *b*]\na\n:::\n", "> [!TIP]\n> **A *b***\n>\n> a\n\n"),
        ("::: warning Title\na\n:::\n", "> [!WARNING]\n> **Title**\n>\n> a\n\n"),
        (":::{danger} Title\na\n:::\n", "> [!CAUTION]\n> **Title**\n>\n> a\n\n"),
        ("::::note\n:::tip\na\n:::\nb\n::::\n", "> [!NOTE]\n>\n> > [!TIP]\n> > a\n>\n> b\n\n"),
        // What is not known stays, and its end with it.
        (":::note\n::: foo.bar\na\n:::\nb\n:::\n", "> [!NOTE]\n> ::: foo.bar\n> a\n> :::\n>\n> b\n\n"),
    ]);
}

#[test]
fn blocks_of_gitbook_become_alerts_and_tabs() {
    check(&[
        ("{% hint style=\"danger\" %}\na\n{% endhint %}\nb\n", "> [!CAUTION]\n> a\n\nb\n"),
        ("{% hint %}\na\n{% endhint %}\n", "> [!NOTE]\n> a\n\n"),
        (
            "{% tabs %}\n{% tab title=\"A b\" %}\na\n{% endtab %}\n{% endtabs %}\n",
            "\n> **A b**\n>\n> a\n\n\n",
        ),
        ("{% stepper %}\n{% step %}\n### a\n{% endstep %}\n{% endstepper %}\n", "\n\n### a\n\n\n"),
        (
            "a\n{% code title=\"x.sh\" lineNumbers=\"true\" %}\n```sh\nb\n```\n{% endcode %}\n",
            "a\n\n**x.sh**\n\n```sh\nb\n```\n\n",
        ),
        ("{% file src=\".gitbook/a_b.pdf\" %}\n", "[a&#95;b.pdf](<.gitbook/a_b.pdf>)\n\n"),
        ("a\n{% comment %}\n[b](c)\n\n{% endcomment %}\nd\n", "a\n\n\n\nd\n"),
        ("{%- raw -%}\na\n{%- endraw -%}\n", "\na\n\n"),
        // Without an end, and within a line, it is text.
        ("{% hint style=\"info\" %}\na\n", "{% hint style=\"info\" %}\na\n"),
        (
            "{% include a.html %}\nb {% hint %} {% endhint %}\n",
            "{% include a.html %}\nb {% hint %} {% endhint %}\n",
        ),
        ("```\n{% hint %}\n{% endhint %}\n```\n", "```\n{% hint %}\n{% endhint %}\n```\n"),
    ]);
}

#[test]
fn diagrams_between_colons_become_fences() {
    check(&[
        ("a\n::: mermaid\ngraph LR\n  a --> b\n:::\nc\n", "a\n\n```mermaid\ngraph LR\n  a --> b\n```\nc\n"),
        (":::mermaid\na [b](c)\n:::\n", "```mermaid\na [b](c)\n```\n"),
        ("- a\n  ::: mermaid\n  b\n  :::\n", "- a\n\n  ```mermaid\n  b\n  ```\n"),
        ("::: mermaid\na\n", "::: mermaid\na\n"),
    ]);
}

#[test]
fn hugo_shortcodes_become_alerts_and_paths() {
    check(&[
        ("{{< hint info >}}\na\n{{< /hint >}}\nb\n", "> [!NOTE]\n> **Info**\n>\n> a\n> \n\nb\n"),
        ("{{% notice warning %}}a{{% /notice %}}", "> [!WARNING]\n> a\n\n"),
        (
            "{{% alert title=\"A b\" color=\"danger\" %}}\na\n{{% /alert %}} c\n",
            "> [!CAUTION]\n> **A b**\n>\n> a\n> \n\nc\n",
        ),
        ("{{< note >}}\na\n{{< /note >}}\n", "> [!NOTE]\n> a\n> \n\n"),
        ("{{< callout type=tip >}}\na\n{{</callout>}}\n", "> [!TIP]\n> a\n> \n\n"),
        ("[a]({{< ref \"./x.md\" >}})", "[a](./x.md)"),
        ("[a]({{% relref 'x.md#y' %}}) {{< ref `z.md` >}} {{<ref x>}}", "[a](x.md#y) z.md x"),
        ("[a]({{< ref path=\"a b.md\" lang=\"en\" >}})", "[a](<a b.md>)"),
        ("{{< figure src=\"/x y.png\" alt=\"A\" >}}", "![A](</x y.png>)"),
        (
            "{{< figure title=\"T\" caption=\"C d\" src=\"x.png\" link=\"z\" >}} b",
            "![](<x.png>)<br>T<br>C d b",
        ),
        ("{{< figure alt=\"x\" >}}", "{{&#60; figure alt=\"x\" >}}"),
        ("{{< details \"More\" >}}\na\n{{< /details >}}\n", "> [!NOTE]\n> **More**\n>\n> a\n> \n\n"),
        ("{{% details summary=\"More\" %}}\na\n{{% /details %}}\n", "> [!NOTE]\n> **More**\n>\n> a\n> \n\n"),
        (
            "{{< tabs \"x\" >}}\n{{< tab \"A\" >}}\na\n{{< /tab >}}\n{{< /tabs >}}\n",
            "\n> **A**\n>\n> a\n> \n\n\n",
        ),
        ("a {{< toc >}} b", "a {{&#60; toc >}} b"),
        ("{{<tabs a_b=\"*\">}}", "{{&#60;tabs a&#95;b=\"&#42;\">}}"),
        // Without an end it is no callout.
        ("{{< hint >}}\na", "{{&#60; hint >}}\na"),
        ("{{</* ref \"x\" */>}} {{< >}} {{<", "{{</* ref \"x\" */>}} {{< >}} {{<"),
    ]);
}

#[test]
fn code_and_comments_stay_as_they_are() {
    for text in [
        "```\n!!! note\n    a\n{{< ref x >}}\n```\n",
        "~~~md\n:::note\n```\n:::\n~~~\n",
        "- a\n  ```\n  {{< x >}}\n  ```\n",
        "- ```\n  {{< x >}}\n  ```\n",
        "> ```\n> {{< x >}}\n> ```\n",
        "a\n\n    !!! note\n        {{< x >}}\n",
        "`{{< x >}}` and ``a ` {{< x >}}``",
        "<!-- {{< x >}} -->",
        "<!--\n!!! note\n    a\n{{< x >}}\n-->\n",
        "`[[1]](x)`",
    ] {
        let rewritten = rewrite(text);
        assert_eq!(rewritten.text, text);
        assert_eq!(rewritten.shortcodes, []);
    }
    // A fence ends with the item or the quote it stands in.
    assert_eq!(rewrite("- ```\n\n{{< ref x >}}").text, "- ```\n\nx");
    assert_eq!(rewrite("> ```\n{{< ref x >}}").text, "> ```\nx");
    assert_eq!(rewrite("- a\n```\nb\n```\n{{< ref x >}}").text, "- a\n```\nb\n```\nx");
}

#[test]
fn links_with_bracketed_text_are_no_wiki_links() {
    check(&[
        ("[[1]](http://x) [[a]] [[[b]](c)", "[\\[1\\]](http://x) [[a]] [[\\[b\\]](c)"),
        ("[[a\\|b]](", "[\\[a\\|b\\]]("),
    ]);
}

#[test]
fn unknown_shortcodes_are_recorded_once_where_they_are() {
    let text = "é {{< gist src=\"x\" >}}\n{{% panes %}}\na\n{{% /panes %}}\n{{< multi\n line >}}\n";
    let found: Vec<_> = rewrite(text)
        .shortcodes
        .into_iter()
        .map(|found| (found.name, text[found.range].to_string()))
        .collect();
    let expected =
        [("gist", "{{< gist src=\"x\" >}}"), ("panes", "{{% panes %}}"), ("multi", "{{< multi\n line >}}")];
    assert_eq!(found, expected.map(|(name, text)| (name.to_string(), text.to_string())));
}

#[test]
fn places_lead_back_to_the_original() {
    let text = "é\n!!! note \"Títle\"\n\n\tsee [x]({{< ref \"é.md\" >}}) now\r\n\nend [y](y.md)\n";
    let rewritten = rewrite(text);
    for word in ["é\n", "Títle", "see [x]", "é.md", " now\r\n", "end [y](y.md)", "y.md"] {
        let start = rewritten.text.find(word).unwrap();
        let range = rewritten.original(start..start + word.len());
        assert_eq!(&text[range], word);
    }
    assert_eq!(rewritten.titles, [rewritten.text.find("**").unwrap()]);
    // What was inserted lies where it was inserted.
    let marker = rewritten.text.find("[!NOTE]").unwrap();
    let range = rewritten.original(marker..marker + 7);
    assert_eq!(range.start, text.find("Títle").unwrap());
    assert!(range.is_empty());
}

fn fragments() -> impl Strategy<Value = String> {
    #[rustfmt::skip]
    let pieces = prop::sample::select(vec![
        "!!! note", "??? tip \"é\"", "=== \"a\"", "<Tabs>", "<TabItem value=\"b\">", "</TabItem>", ":::note", ":::x", ":::", "{{< hint >}}", "{{< /hint >}}",
        "{{< ref \"x\" >}}", "{{% x %}}", "{{<", ">}}", "[[a]](b)", "[a](b)", "`", "```", "~~~", "<!--", "-->",
        "{% hint style=\"info\" %}", "{% endhint %}", "{% tab title=\"é\" %}", "{% endtab %}", "{% comment %}", "{% endcomment %}",
        "{% embed url=\"https://a.b\" %}", "::: mermaid", "{{< figure alt=\"é\" src=\"x\" >}}", "{{< tab \"a\" >}}", "{{< /tabs >}}",
        "- ", "1. ", "> ", "    ", "\t", "  ", "\n", "\r\n", "\n\n", "é", "a", "**", "|", "<a href=x>",
    ]);
    prop_oneof![prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat()), any::<String>()]
}

proptest! {
    #[test]
    fn the_way_back_is_monotone_and_in_bounds(text in fragments()) {
        let rewritten = rewrite(&text);
        let mut last = 0..0;
        for start in 0..=rewritten.text.len() {
            let here = rewritten.original(start..start);
            prop_assert!(here.start >= last.start && here.end >= last.end);
            prop_assert!(text.get(here.clone()).is_some());
            for end in [start + 1, start + 7, rewritten.text.len()] {
                let range = rewritten.original(start..end.max(start).min(rewritten.text.len()));
                prop_assert!(range.start == here.start && range.end >= here.end);
                prop_assert!(text.get(range).is_some());
            }
            last = here;
        }
    }

    #[test]
    fn what_was_copied_is_found_again(text in fragments()) {
        let rewritten = rewrite(&text);
        for copied in &rewritten.map {
            let range = copied.new..copied.new + copied.len;
            prop_assert_eq!(&rewritten.text[range.clone()], &text[rewritten.original(range)]);
        }
    }
}

#[test]
fn obsidian_callouts_become_alerts() {
    check(&[
        ("> [!abstract] Sum *it*\n> Text\n", "> [!NOTE]\n> **Sum *it***\n>\n> Text\n"),
        ("> [!warning]- Folded\n> Text\n", "> [!WARNING]\n> **Folded**\n>\n> Text\n"),
        ("> [!bug]\n> a\n", "> [!CAUTION]\n> **Bug**\n>\n> a\n"),
        ("> [!NOTE] Mind\n> a\n", "> [!NOTE]\n> **Mind**\n>\n> a\n"),
        ("> [!tip]+\r\n> a\r\n", "> [!TIP]\n> a\r\n"),
        ("- > [!info] I\n  > a\n", "- > [!NOTE]\n  > **I**\n  >\n  > a\n"),
        ("> > [!todo] T\n> > a\n", "> > [!NOTE]\n> > **T**\n> >\n> > a\n"),
        // GitHub's own, pictures, and what no dialect has.
        ("> [!NOTE]\n> a\n> [!odd] b\n> [!note](c) d\n", "> [!NOTE]\n> a\n> [!odd] b\n> [!note](c) d\n"),
        ("[![a](b)](c)\n```\n> [!bug] x\n```\n", "[![a](b)](c)\n```\n> [!bug] x\n```\n"),
    ]);
}

#[test]
fn tables_may_have_tabs() {
    check(&[
        ("|a\t|b\t|\n|---\t|:--\t|\n|c\t|d|\n", "|a\t|b\t|\n|---|:--|\n|c\t|d|\n"),
        ("```\n|---\t|---\t|\n```\n-\tx\n", "```\n|---\t|---\t|\n```\n-\tx\n"),
    ]);
}
