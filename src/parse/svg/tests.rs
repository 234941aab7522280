use super::{Drawing, ELEMENTS, sanitize};

fn drawing(inner: &str) -> Drawing {
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">{inner}</svg>"
    );
    sanitize(svg.as_bytes()).unwrap_or_else(|problem| panic!("{inner}: {problem}"))
}

fn inner(drawing: &Drawing) -> &str {
    let inner = drawing.svg.strip_prefix("<svg xmlns=\"http://www.w3.org/2000/svg\">");
    inner.and_then(|svg| svg.strip_suffix("</svg>")).unwrap_or(&drawing.svg)
}

#[test]
fn elements_are_in_order() {
    assert!(ELEMENTS.is_sorted());
}

#[test]
fn what_draws_stays_as_it_is() {
    for svg in [
        r#"<g id="é 1" role="img" aria-label="Größe"><title>T</title><text>a<tspan>b</tspan><tspan>c</tspan> d</text></g>"#,
        r#"<text xml:space="preserve" class="a">x  y &amp; &lt;z&gt;</text>"#,
        r#"<style>.a&gt;.b{fill:url(#g);font:12px "DejaVu Sans"}</style><rect fill="url(#g)" width="1"/>"#,
        r##"<use href="#a"/><image href="data:image/png;base64,AAAA"/>"##,
        r#"<a href="https://kb.example/"><circle r="1"/></a>"#,
        r#"<animate attributeName="opacity" from="0" to="1" dur="1s"/>"#,
    ] {
        let drawing = drawing(svg);
        assert_eq!(inner(&drawing), svg);
        assert!(drawing.dropped.is_empty(), "{:?}", drawing.dropped);
    }
}

#[test]
fn what_runs_or_loads_goes_and_is_named() {
    for (svg, left, dropped) in [
        ("<script>alert(1)</script><g/>", "<g/>", "<script>"),
        ("<SCRIPT>1</SCRIPT>", "", "<SCRIPT>"),
        ("<s:script xmlns:s=\"http://www.w3.org/2000/svg\">1</s:script>", "", "<script>"),
        ("<g onload=\"alert(1)\" ONCLICK=\"x\"/>", "<g/>", "onload ONCLICK"),
        (
            "<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">x</p></foreignObject>",
            "",
            "<foreignObject>",
        ),
        ("<h:iframe xmlns:h=\"http://www.w3.org/1999/xhtml\" src=\"x\"/>", "", "<iframe>"),
        ("<a href=\"javascript:alert(1)\"><g/></a>", "<a><g/></a>", "href=\"javascript:alert(1)\""),
        ("<a xlink:href=\" java&#10;script:alert(1)\"/>", "<a/>", "href=\"java\nscript:alert(1)\""),
        ("<a href=\"page.html\"/>", "<a/>", "href=\"page.html\""),
        ("<use href=\"https://evil.example/x.svg#a\"/>", "<use/>", "href=\"https://evil.example/x.svg#a\""),
        ("<use href=\"data:image/svg+xml,x#a\"/>", "<use/>", "href=\"data:image/svg+xml,x#a\""),
        (
            "<image xlink:href=\"data:image/svg+xml;base64,AA\"/>",
            "<image/>",
            "href=\"data:image/svg+xml;base64,AA\"",
        ),
        ("<image href=\"//evil.example/a.png\"/>", "<image/>", "href=\"//evil.example/a.png\""),
        ("<set attributeName=\"href\" to=\"javascript:1\"/>", "", "<set>"),
        ("<animate attributeName=\" xlink:HREF \" values=\"javascript:1\"/>", "", "<animate>"),
        (
            "<set xmlns:x=\"u\" x:attributeName=\"fill\" attributeName=\"href\" to=\"javascript:1\"/>",
            "",
            "<set>",
        ),
        ("<set attributeName=\"onclick\" to=\"alert(1)\"/>", "", "<set>"),
        (
            "<rect fill=\"url(//evil.example#a)\"/>",
            "<rect fill=\"url(#)\"/>",
            "fill=\"url(//evil.example#a)\"",
        ),
        ("<style>@import 'x';.a{}</style>", "<style>.a{}</style>", "url(…)"),
        ("<handler>1</handler><listener/><iframe/>", "", "<handler> <listener> <iframe>"),
        ("<metadata><script>1</script></metadata><!-- x --><x:y xmlns:x=\"u\" onload=\"1\"/>", "", ""),
    ] {
        let drawing = drawing(svg);
        assert_eq!(inner(&drawing), left, "{svg}");
        let names: Vec<&str> = drawing.dropped.iter().map(|dropped| dropped.name.as_str()).collect();
        assert_eq!(names.join(" "), dropped, "{svg}");
        // What was written is what was checked.
        let again = sanitize(drawing.svg.as_bytes()).expect("what is written is a drawing");
        assert!(again.dropped.is_empty(), "{svg}");
        let empty = |svg: &str| svg.replace("></svg>", "/>").replace("></a>", "/>");
        assert_eq!(empty(&again.svg), empty(&drawing.svg), "{svg}");
    }
}

#[test]
fn entities_and_instructions_bring_nothing_in() {
    let svg = "<?xml version=\"1.0\"?><?xml-stylesheet href=\"x.xsl\" type=\"text/xsl\"?>\
               <!DOCTYPE svg [<!ENTITY ns \"http://www.w3.org/2000/svg\"><!ENTITY x \"<script>1</script>\">]>\
               <svg xmlns=\"&ns;\"><text>&x;a</text></svg>";
    let drawing = sanitize(svg.as_bytes()).expect("a drawing");
    assert_eq!(inner(&drawing), "<text>a</text>");
    let names: Vec<&str> = drawing.dropped.iter().map(|dropped| dropped.name.as_str()).collect();
    assert_eq!(names, ["<?xml-stylesheet?>", "<script>"]);
    let plain = "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"svg11.dtd\"><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    assert_eq!(sanitize(plain.as_bytes()).expect("a drawing").dropped, []);
}

#[test]
fn what_is_no_drawing_is_refused() {
    let many = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {}/>", "a='' ".repeat(100_000));
    for svg in [
        "",
        "<svg/>",
        "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><g></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=alert(1)>",
        "<!DOCTYPE svg [<!ENTITY a \"&a;\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>",
        &many,
    ] {
        assert!(sanitize(svg.as_bytes()).is_err(), "{svg}");
    }
    assert!(sanitize(b"\xff\xfe<\0s\0v\0g\0").is_err());
}

#[test]
fn depth_costs_nothing() {
    let deep = format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000));
    assert_eq!(inner(&drawing(&deep)), deep.replace("<g></g>", "<g/>"));
}
