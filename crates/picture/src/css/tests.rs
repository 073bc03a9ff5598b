//! Each table has what goes in and what comes out; the browser's view of the same
//! rules is checked where the engine is.

use super::urls::{replace_urls, urls};
use super::*;

fn all() -> Rewrite {
    let mut rewrite = Rewrite { root: true, ..Rewrite::default() };
    for name in ["hover", "focus-visible", "visited", "defined", "state", "valid"] {
        rewrite.states.insert(name);
    }
    rewrite
}

fn check(rewrite: &Rewrite, table: &[(&str, &str)]) {
    for (css, expected) in table {
        assert_eq!(rewrite.apply(css), *expected, "of {css}");
    }
}

fn is_untouched(rewrite: &Rewrite, table: &[&str]) {
    for css in table {
        assert!(matches!(rewrite.apply(css), Cow::Borrowed(same) if same == *css), "{css}");
    }
}

#[test]
fn a_state_becomes_an_attribute_wherever_selectors_are() {
    let table = [
        ("a:hover{}", r#"a[data-baton-is~="hover"]{}"#),
        ("a:HOVER , b {}", r#"a[data-baton-is~="hover"] , b {}"#),
        (
            "a:not(:hover, .b:hover) > i {}",
            r#"a:not([data-baton-is~="hover"], .b[data-baton-is~="hover"]) > i {}"#,
        ),
        (":host(:hover) {}", r#":host([data-baton-is~="hover"]) {}"#),
        ("::slotted(:hover) {}", r#"::slotted([data-baton-is~="hover"]) {}"#),
        ("a:hover::before {}", r#"a[data-baton-is~="hover"]::before {}"#),
        ("i::before, a:hover{}", r#"i::before, a[data-baton-is~="hover"]{}"#),
        ("@media print{a:hover{}}", r#"@media print{a[data-baton-is~="hover"]{}}"#),
        (
            "@layer x{@supports (a:b){a:hover{}}}",
            r#"@layer x{@supports (a:b){a[data-baton-is~="hover"]{}}}"#,
        ),
        (
            "a{color:red;&:hover{}b:hover{}}",
            r#"a{color:red;&[data-baton-is~="hover"]{}b[data-baton-is~="hover"]{}}"#,
        ),
        ("@scope (a:hover) to (b){c{}}", r#"@scope (a[data-baton-is~="hover"]) to (b){c{}}"#),
        (r".md\:x:hover {}", r#".md\:x[data-baton-is~="hover"] {}"#),
        ("a:visited{}", r#"a[data-baton-is~="visited"]{}"#),
        ("x-a:not(:defined){}", r#"x-a:not(:not([data-baton-is~="undefined"])){}"#),
        ("x-a:state(on) b{}", r#"x-a[data-baton-is~="state(on)"] b{}"#),
        ("@font-face{}a:hover{}", r#"@font-face{}a[data-baton-is~="hover"]{}"#),
        (
            "<!-- a:hover{} -->b:hover{}",
            r#"<!-- a[data-baton-is~="hover"]{} -->b[data-baton-is~="hover"]{}"#,
        ),
        ("a{}}b:hover{}", r#"a{}}b[data-baton-is~="hover"]{}"#),
    ];
    check(&all(), &table);
}

#[test]
fn what_only_looks_like_a_state_is_untouched() {
    let table = [
        r".md\:hover {}",
        r#"a[title=":hover"] {}"#,
        "a{transition:hover 1s;--x:hover;b:hover}",
        "a{--x:{a:hover{}};color:red}",
        "a{background:url(a:hover{}b)}",
        "/*a:hover{}*/ a{content:\":hover{\"}",
        "@supports selector(a:hover){b{}}",
        "@media (width:hover){a{}}",
        "@keyframes hover{from{}to{}}",
        "@page :first{}",
        "@unknown a:hover{a:hover{}}",
        "a:focus{}",
        "a::hover{}",
        "i::-webkit-scrollbar-thumb:hover, b::part(x):hover, b:before:hover{}",
        "x-a:state(\"on\"){}",
        "a:hover(x){}",
    ];
    is_untouched(&all(), &table);
    is_untouched(&Rewrite::default(), &["a:hover{width:1vw}:root{}"]);
}

#[test]
fn the_root_is_the_copied_html() {
    let table = [
        (":root,:host{--a:1}", "[data-baton-root],:host{--a:1}"),
        ("svg:not(:root){}", "svg:not([data-baton-root]){}"),
        (
            ":scope{}@scope (a){:scope :root{}}",
            "[data-baton-root]{}@scope (a){:scope [data-baton-root]{}}",
        ),
    ];
    check(&all(), &table);
}

#[test]
fn used_states_are_those_of_selectors() {
    let css = r#".a\:hover:focus{color:red} @media x{b:not(:VALID){}} c{d:active}
        x-a:state(on):state(off), x-a:state(on) {} p::before:modal {}"#;
    let names: Vec<&str> = states::used(css).names().collect();
    assert_eq!(names, ["focus", "state", "valid"]);
    assert_eq!(states::custom(css), ["state(on)", "state(off)"]);
    assert!(states::used(css).and(States::of_the_copy()).contains("valid"));
    assert!(!States::of_the_copy().contains("hover"));
    assert_eq!(states::question("defined"), (":not(:defined)".into(), "undefined".into()));
    assert_eq!(states::question("hover"), (":hover".into(), "hover".into()));
}

#[test]
fn parts_of_the_viewport_become_pixels() {
    let viewport = Some(Viewport { width: 1280.0, height: 805.0 });
    let rewrite = Rewrite { viewport, ..Rewrite::default() };
    let table = [
        ("a{width:100vw}", "a{width:1280px}"),
        ("width:50VH;height:.5vh", "width:402.5px;height:4.025px"),
        ("a{margin:-1.5e2vw +2vmin 3vmax}", "a{margin:-1920px +16.1px 38.4px}"),
        ("a{width:1e-1vw;height:33.333vh}", "a{width:1.28px;height:268.331px}"),
        ("a{width:calc(100dvw - 2svh - 1lvmin)}", "a{width:calc(1280px - 16.1px - 8.05px)}"),
        ("a{width:100vi;height:10vb}", "a{width:1280px;height:80.5px}"),
        ("a{--h:1vh;b{width:1vw}}", "a{--h:8.05px;b{width:12.8px}}"),
        ("@keyframes x{from{top:10vh}}", "@keyframes x{from{top:80.5px}}"),
    ];
    check(&rewrite, &table);
    let untouched = [
        ".foo-10vh{grid-area:foo-10vh;--x10vh:1px}",
        r".\31 0vh{}",
        "@media (min-width:10vw){a{}}",
        "a{content:'1vw';background:url(1vw.png)/*1vw*/;color:#10vh;width:1px-2vh}",
        "a{width:1vx;height:2xvw;margin:3 vw}",
    ];
    is_untouched(&rewrite, &untouched);
}

#[test]
fn rules_of_a_shadow_tree_are_kept_to_it() {
    let scope = Some(Scope::shadow(3, false));
    let rewrite = Rewrite { scope, ..all() };
    let table = [
        ("a b{}", r#"a:where([data-baton-tree="3"]) b:where([data-baton-tree="3"]){}"#),
        (
            "*,.a::before{}",
            r#"*:where([data-baton-tree="3"]),.a:where([data-baton-tree="3"])::before{}"#,
        ),
        ("a:hover:after{}", r#"a[data-baton-is~="hover"]:where([data-baton-tree="3"]):after{}"#),
        ("::selection{}", r#":where([data-baton-tree="3"])::selection{}"#),
        (
            "a > b + c{}",
            r#"a:where([data-baton-tree="3"]) > b:where([data-baton-tree="3"]) + c:where([data-baton-tree="3"]){}"#,
        ),
        (":host{}", r#"[data-baton-host="3"]{}"#),
        (
            ":host(.a:hover)::after{}",
            r#"[data-baton-host="3"]:is(.a[data-baton-is~="hover"])::after{}"#,
        ),
        (
            ":host(:not([x])) a{}",
            r#"[data-baton-host="3"]:is(:not([x])) a:where([data-baton-tree="3"]){}"#,
        ),
        (":host-context(.dark){}", r#"[data-baton-host="3"]:is(.dark,.dark *){}"#),
        (":host:not(.a){}", r#"[data-baton-host="3"]:not(.a){}"#),
        (
            ":is(:host,a) b{}",
            r#":is([data-baton-host="3"],a):where(:is([data-baton-tree="3"],[data-baton-host="3"])) b:where([data-baton-tree="3"]){}"#,
        ),
        (
            "a:not(b c){}",
            r#"a:not(b:where([data-baton-tree="3"]) c):where([data-baton-tree="3"]){}"#,
        ),
        (
            "a:has(> b){}",
            r#"a:has(> b:where([data-baton-tree="3"])):where([data-baton-tree="3"]){}"#,
        ),
        (
            "a:nth-child(2n + 1 of b c){}",
            r#"a:nth-child(2n + 1 of b:where([data-baton-tree="3"]) c):where([data-baton-tree="3"]){}"#,
        ),
        ("::slotted(.a){}", r#"[data-baton-slotted~="3"]:is(.a){}"#),
        (
            ".w > slot[name='x']::slotted(*)::before{}",
            r#".w:where([data-baton-tree="3"]) [data-baton-slotted~="3"][slot='x']:is(*)::before{}"#,
        ),
        ("slot:not([name])::slotted(p){}", r#"[data-baton-slotted~="3"]:not([slot]):is(p){}"#),
        (
            "a::part(b):hover{}",
            r#"a:where([data-baton-tree="3"]) :where([part~="b"])[data-baton-is~="hover"]{}"#,
        ),
        (
            "a{&:hover{}> b{}}",
            r#"a:where([data-baton-tree="3"]){&[data-baton-is~="hover"]{}> b:where([data-baton-tree="3"]){}}"#,
        ),
        (
            "@scope (a) to (b){c{}}",
            r#"@scope (a:where([data-baton-tree="3"])) to (b:where([data-baton-tree="3"])){c:where([data-baton-tree="3"]){}}"#,
        ),
    ];
    check(&rewrite, &table);
    is_untouched(
        &rewrite,
        &["@keyframes a{from{}}", "@font-face{font-family:a}", "@property --a{}"],
    );
}

#[test]
fn rules_of_the_document_reach_no_shadow_tree_but_its_parts() {
    let rewrite = Rewrite { scope: Some(Scope::document(false)), ..Rewrite::default() };
    let table = [
        ("a{}", "a:where(:not([data-baton-tree])){}"),
        ("a > b{}", "a > b:where(:not([data-baton-tree])){}"),
        (
            "a::part(b c)::after{}",
            r#"a:where(:not([data-baton-tree])) :where([part~="b"][part~="c"])::after{}"#,
        ),
        (":host{}", ":host:where(:not([data-baton-tree])){}"),
    ];
    check(&rewrite, &table);
}

#[test]
fn children_are_found_in_slots() {
    let rewrite = Rewrite { scope: Some(Scope::shadow(1, true)), ..Rewrite::default() };
    let table = [
        (
            "a>b{}",
            concat!(
                r#"a:where([data-baton-tree="1"]) > b:where([data-baton-tree="1"]),"#,
                r#"a:where([data-baton-tree="1"][data-baton-host]) "#,
                r#"b:where([data-baton-tree="1"][data-baton-slotted]){}"#,
            ),
        ),
        (
            "a:has(> b, c){}",
            concat!(
                r#"a:is(:has(> b:where([data-baton-tree="1"]),c:where([data-baton-tree="1"])),"#,
                r#":where([data-baton-host]):has( b:where([data-baton-tree="1"][data-baton-slotted]),"#,
                r#"c:where([data-baton-tree="1"]))):where([data-baton-tree="1"]){}"#,
            ),
        ),
        (":host>b{}", r#"[data-baton-host="1"] > b:where([data-baton-tree="1"]){}"#),
        (
            "a{>b{}}",
            concat!(
                r#"a:where([data-baton-tree="1"]){> b:where([data-baton-tree="1"]),"#,
                r#"&:where([data-baton-host]) b:where([data-baton-tree="1"][data-baton-slotted]){}}"#,
            ),
        ),
    ];
    check(&rewrite, &table);
    let list = rewrite.apply("a>b>c>d>e{}");
    assert_eq!(list.matches(',').count(), 7, "three of them are doubled");
}

#[test]
fn invalid_selectors_stay_invalid() {
    let rewrite = Rewrite { scope: Some(Scope::document(false)), ..Rewrite::default() };
    let table = [
        ("a,,b{}", "a:where(:not([data-baton-tree])),,b:where(:not([data-baton-tree])){}"),
        ("a >{}", "a > {}"),
        ("a > > b{}", "a >  > b:where(:not([data-baton-tree])){}"),
        ("{}", "{}"),
    ];
    check(&rewrite, &table);
}

#[test]
fn urls_are_those_that_are_fetched() {
    let css = r#"@import url(i.css); @namespace url(n); /* url(c) */
        a { content: "url(s)"; background: url( a.png ), URL("b\"\28 .png"), url(data:,x), url(#f) }
        b { background: -webkit-image-set("c.png" 1x, url('d.png') 2x, "e.png" type("t") 3x); src: src("f") }
        .url\(x { mask: url(g\).svg#m) "no" }"#;
    let found: Vec<String> = urls(css).map(|url| url.url).collect();
    assert_eq!(found, ["a.png", "b\"(.png", "c.png", "d.png", "e.png", "f", "g).svg#m"]);
    let resolved = replace_urls("a{b:url(x) image-set('y' 1x) url(z)}", |url| {
        (url != "z").then(|| ["https://h/", url, "\""].concat())
    });
    assert_eq!(resolved, r#"a{b:url("https://h/x\"") image-set(url("https://h/y\"") 1x) url(z)}"#);
    assert!(matches!(replace_urls(css, |_| None), Cow::Borrowed(same) if same == css));
}

#[test]
fn a_lost_value_is_an_empty_one() {
    for css in [
        "a { border-top-width: ; }",
        "@media x{a{top:}}",
        "top: /* */;left:1px",
        "a{b:0px initial !important}",
    ] {
        assert!(has_lost_values(css), "{css}");
    }
    assert_eq!(lost_values("a { color: red; margin-top: ; }"), ["margin-top"]);
    for css in
        ["a { --x: ; top: 1px; }", "a:hover{}", "a{content:''}", "a{b:initial !important}", "a{}"]
    {
        assert!(!has_lost_values(css), "{css}");
    }
}

/// The next number of a sequence that is the same at each run.
fn next(seed: &mut u64) -> usize {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    (*seed >> 11) as usize
}

#[test]
fn no_text_is_too_strange() {
    let pieces = [
        "a",
        ":hover",
        ":is(",
        ":host(",
        "::slotted(",
        "::part(",
        ")",
        "{",
        "}",
        ";",
        ",",
        ">",
        "&",
        "@media ",
        "@scope (",
        "@font-face{",
        "@keyframes x{",
        "@import ",
        "url(",
        "url(\"",
        "image-set(",
        "\"",
        "'",
        "\\",
        "\\66 ",
        "\\é",
        "/*",
        "*/",
        "[name",
        "]",
        "--x:",
        ":",
        " ",
        "\n",
        "é",
        "5vw",
        "-.5e-3dvh",
        "1e",
        ":nth-child(2 of ",
        ":not([name",
        "unicode-range:U+4??",
        "slot",
        "<!--",
        "\u{0}",
        "😀",
        "#",
        ":state(x)",
    ];
    let viewport = Some(Viewport { width: 10.0, height: f64::INFINITY });
    let scopes = [None, Some(Scope::document(true)), Some(Scope::shadow(7, true))];
    let rewrites = scopes.map(|scope| Rewrite { viewport, scope, ..all() });
    let mut seed = 0x9e37_79b9_7f4a_7c15;
    for _ in 0..30_000 {
        let length = next(&mut seed) % 24;
        let css: String = (0..length).map(|_| pieces[next(&mut seed) % pieces.len()]).collect();
        for rewrite in &rewrites {
            rewrite.apply(&css);
        }
        for url in urls(&css) {
            assert!(css.is_char_boundary(url.range.start) && css.is_char_boundary(url.range.end));
        }
        replace_urls(&css, |url| Some(url.to_owned()));
        has_lost_values(&css);
        states::custom(&css);
        // Nothing but the states has changed, and odd names.
        if css.contains('\\') {
            continue;
        }
        let rewritten = all().apply(&css).into_owned();
        let back = rewritten
            .replace("[data-baton-is~=\"hover\"]", ":hover")
            .replace("[data-baton-is~=\"state(x)\"]", ":state(x)");
        assert_eq!(back, css);
    }
}

#[test]
fn no_nesting_is_too_deep_and_no_selector_grows_without_bound() {
    let rewrite = Rewrite { scope: Some(Scope::shadow(1, true)), ..all() };
    for open in [
        "a{",
        ":is(",
        "[",
        "@media x{",
        "(",
        "a:not(",
        "::part(",
        ":host(",
        "\\",
        "a > b > c > d:is(",
    ] {
        let css = open.repeat(20_000);
        assert!(rewrite.apply(&css).len() < css.len() * 400, "{open}");
    }
}
