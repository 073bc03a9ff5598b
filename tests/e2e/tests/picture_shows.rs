//! What markup and sheets alone do not say is in the picture as the browser shows it.

use anyhow::Result;
use baton_e2e::picture::Region;
use baton_e2e::{Host, Page, Picture, host::TAG, scenario_within};
use serde_json::Value;

/// Where the features of a page are, and how far its two pictures may be apart there.
const STAGE: Region = Region { x: 0..640, y: 0..400 };
const LIKE: f64 = 1.5;

const STYLE: &str = "<style>
    body { margin: 0; font: 16px/1.5 sans-serif; background: rgb(240, 240, 250) }
    .a { width: 300px; height: 60px; background: rgb(20, 107, 83); color: white }
    .bands { height: 600px; background: repeating-linear-gradient(red 0 40px, blue 40px 80px) }
</style>";

/// A name, and the body of a page.
type Feature = (&'static str, &'static str);

/// Baton's picture.
async fn taken(page: &Page, options: &str) -> Result<Picture> {
    let call = format!(
        "const blob = await Baton.captureScreenshot({options});
         return [...new Uint8Array(await blob.arrayBuffer())]"
    );
    Picture::decode(&page.js_async::<Vec<u8>>(&call).await?)
}

/// Fails unless each page is pictured as the browser shows it.
async fn are_pictured(page: &Page, host: &Host, features: &[Feature]) -> Result<()> {
    for (name, body) in features {
        host.page("/", &format!("{TAG}{STYLE}"), body);
        page.open(&host.url).await?;
        let still = "await Baton.hide(); await window.settled;
            for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)";
        page.js_async::<Value>(still).await?;
        let seen = page.picture().await?;
        assert!(seen.colours(&STAGE) > 1, "{name}: the page is empty");
        let picture = taken(page, "{}").await?;
        picture.assert_like(&seen, &format!("picture {name}"), &STAGE, LIKE);
    }
    Ok(())
}

#[test]
fn shadow_trees_are_pictured_with_their_slots_and_sheets() {
    let features = [
        (
            "adopted sheets",
            "<x-a><b>slotted</b></x-a><p class=in>outside</p><script>
            const sheet = new CSSStyleSheet()
            sheet.replaceSync(`:host { display: block; padding: 20px; background: #fc8 }
                .in { background: rgb(10, 20, 200); color: white } ::slotted(b) { color: #a0a }`)
            const root = document.querySelector('x-a').attachShadow({ mode: 'open' })
            root.adoptedStyleSheets = [sheet]
            root.innerHTML = '<p class=in>inside</p><slot></slot>'</script>",
        ),
        (
            "what surrounds wins",
            "<style>x-b { background: rgb(0, 160, 60); display: block; height: 50px }
                x-b::part(p) { color: white }</style><x-b id=one class=two></x-b><script>
            document.querySelector('x-b').attachShadow({ mode: 'open' }).innerHTML =
                `<style>:host(#one.two) { background: red; height: 300px }
                p#inner.inner { color: black }</style><p part=p id=inner class=inner>part</p>`
            </script>",
        ),
        (
            "slots of slots",
            "<style>b { color: red }</style><x-outer><b>document</b></x-outer><script>
            customElements.define('x-inner', class extends HTMLElement { constructor() { super()
                this.attachShadow({ mode: 'open' }).innerHTML = `<style>i { background: red }
                section { border: 8px solid #36c; padding: 10px }</style>
                <section><slot></slot></section>` } })
            customElements.define('x-outer', class extends HTMLElement { constructor() { super()
                this.attachShadow({ mode: 'open' }).innerHTML = `<style>i { background: gold;
                display: block; height: 60px } x-inner { display: block }</style>
                <x-inner><i>outer</i><slot></slot></x-inner>` } })</script>",
        ),
    ];
    scenario_within(120, async |page| are_pictured(page, &Host::start().await?, &features).await);
}

#[test]
fn what_only_scripts_have_said_is_pictured() {
    let features = [
        (
            "inserted rules",
            "<style id=s></style><div class=a style='--p: 20px'>text</div><script>
            s.sheet.insertRule(`.a { padding: var(--p) 40px; padding-left: 2px;
                border: var(--b, 8px solid gold); border-top-width: 30px }`)</script>",
        ),
        (
            "an animation in a shadow tree",
            "<x-a></x-a><script>
            const root = document.querySelector('x-a').attachShadow({ mode: 'open' })
            root.innerHTML = '<div style=\"width: 90px; height: 90px; background: #06c\"></div>'
            const moved = root.firstChild.animate([{ transform: 'none' },
                { transform: 'translate(400px, 200px) rotate(90deg)' }], 1000)
            moved.pause(); moved.currentTime = 500</script>",
        ),
        (
            "the room of a closed tree",
            "<x-a></x-a> after <x-b></x-b><p class=a>below</p><script>
            const box = '<div style=\"width: 90px; height: 90px\"></div>'
            customElements.define('x-a', class extends HTMLElement { constructor() { super()
                this.attachShadow({ mode: 'closed' }).innerHTML = box } })
            customElements.define('x-b', class extends HTMLElement { constructor() { super()
                this.attachShadow({ mode: 'closed' }).innerHTML =
                    `<style>:host { display: block }</style>${box}` } })</script>",
        ),
    ];
    scenario_within(120, async |page| are_pictured(page, &Host::start().await?, &features).await);
}

#[test]
fn frames_of_the_page_are_pictured_in_each_other() {
    let features = [(
        "frames",
        "<iframe style='width: 500px; height: 300px; border: 4px solid #446' srcdoc=\"
            <body style='margin: 0; background: #fed'><p style='color: #a00'>One</p>
            <iframe style='border: 0; width: 300px; height: 150px' srcdoc='
                <body style=&quot;background: #cfc&quot;><input id=i value=old>
                <script>i.value = &quot;typed&quot;</script>'></iframe>\"></iframe>",
    )];
    scenario_within(120, async |page| are_pictured(page, &Host::start().await?, &features).await);
}

#[test]
fn the_top_layer_is_pictured_above_the_page() {
    let text = "<div class=a>behind</div>";
    let dialog = "<style>dialog { inset: 40px auto auto 100px; margin: 0; border: 0;
        background: gold } dialog::backdrop { background: rgba(10, 30, 80, .5) }</style>
        <dialog><p>Modal</p></dialog><div style='overflow: hidden; height: 20px;
        transform: translate(0)'><div popover=manual style='inset: 120px auto auto 200px;
        margin: 0; background: #8df; border: 0; width: 200px; height: 80px'>Popover</div></div>
        <script>document.querySelector('dialog').showModal()
        document.querySelector('[popover]').showPopover()</script>";
    let body: &'static str = Box::leak([text, dialog].concat().into_boxed_str());
    scenario_within(120, async |page| {
        are_pictured(page, &Host::start().await?, &[("top layer", body)]).await
    });
}

#[test]
fn what_the_customer_did_is_pictured() {
    let features = [
        (
            "text area",
            "<textarea id=t style='width: 500px; height: 200px; font: 20px/1.5 monospace;
            scrollbar-width: none'></textarea><script>t.value = Array.from({ length: 60 },
            (_, line) => 'x'.repeat(1 + line * 7 % 40)).join('\\n'); t.scrollTop = 777</script>",
        ),
        (
            "scrolled boxes and what sticks in them",
            "<div id=s style='width: 500px; height: 300px; overflow: auto; scrollbar-width: none'>
            <h2 style='position: sticky; top: 0; margin: 0; background: gold'>Sticks</h2>
            <div class=bands></div></div><script>s.scrollTop = 133</script>",
        ),
        (
            "details",
            "<details id=d><summary>Opened by script</summary><p class=a>inside</p></details>
            <details open id=e><summary>Closed</summary><p class=a>inside</p></details>
            <script>d.open = true; e.open = false</script>",
        ),
        (
            "fields",
            "<input id=i><p><input type=checkbox id=c><input type=radio id=r></p>
            <select id=s><option>one<option>two</select><script>i.value = 'typed'
            c.checked = r.checked = true; s.selectedIndex = 1</script>",
        ),
    ];
    scenario_within(120, async |page| are_pictured(page, &Host::start().await?, &features).await);
}

#[test]
fn what_is_drawn_or_played_is_pictured() {
    let features = [
        (
            "canvas",
            "<canvas id=c width=300 height=200 style='border-radius: 40px'></canvas>
            <canvas width=80 height=80 style='background: gold'></canvas><script>
            const paint = c.getContext('2d'); paint.fillStyle = 'rgb(200, 30, 30)'
            paint.fillRect(0, 0, 300, 200); paint.clearRect(100, 50, 80, 80)</script>",
        ),
        (
            "film",
            "<canvas id=c width=320 height=180 hidden></canvas>
            <video id=v muted style='width: 480px; height: 270px'></video><script>
            const paint = c.getContext('2d')
            setInterval(() => { paint.fillStyle = 'rgb(30, 30, 200)'; paint.fillRect(0, 0, 320, 180)
                paint.fillStyle = 'rgb(230, 200, 20)'; paint.fillRect(20, 20, 100, 100) }, 20)
            v.srcObject = c.captureStream(); v.play()
            window.settled = new Promise(done => v.requestVideoFrameCallback(() =>
                setTimeout(done, 300)))</script>",
        ),
        (
            "the source that was chosen",
            "<img id=i width=200 height=100><script>const color = (name, size) => 'data:image/svg+xml,'
                + encodeURIComponent(`<svg xmlns='http://www.w3.org/2000/svg' width='${size}'
                height='${size}'><rect width='100%' height='100%' fill='${name}'/></svg>`)
            i.srcset = `${color('green', 100)} 1x, ${color('red', 200)} 2x`
            window.settled = i.decode()</script>",
        ),
    ];
    scenario_within(120, async |page| are_pictured(page, &Host::start().await?, &features).await);
}

#[test]
fn symbols_of_another_file_are_pictured() {
    let features = [(
        "symbols",
        "<svg width=200 height=200 fill=teal><use href='/icons.svg#star'/></svg>
        <svg width=100 height=100 fill=purple><use xlink:href='/icons.svg#dot'/></svg>
        <script>window.settled = new Promise(done => setTimeout(done, 300))</script>",
    )];
    scenario_within(120, async |page| {
        let host = Host::start().await?;
        host.file(
            "/icons.svg",
            "<svg xmlns='http://www.w3.org/2000/svg'><symbol id='star' viewBox='0 0 24 24'>
            <path d='M12 2l3 7 7 1-5 5 2 7-7-4-6 4 2-7-5-5 7-1z'/></symbol>
            <symbol id='dot' viewBox='0 0 10 10'><circle cx='5' cy='5' r='4'/></symbol></svg>",
        );
        are_pictured(page, &host, &features).await
    });
}

#[test]
fn markup_that_is_no_xml_is_pictured() {
    let features = [
        (
            "odd names",
            "<style>[\\@click] { border: 6px solid #083 } my\\:tag { display: block;
            background: #fc9; height: 60px }</style><div @click=go :class={} x-on:a.b=c
            class=a>attributes</div><my:tag>a colon</my:tag>",
        ),
        (
            "characters",
            "<p class=a id=p></p><p class=a title='&#1;'>&#8; control ]]&gt;</p><script>
            p.textContent = 'null \\u0000 escape \\u001b lone \\ud800 end \\u000b'
            p.setAttribute('data-x', '\\u0002<&>\"')</script>",
        ),
        (
            "contents",
            "<style>.g { display: grid; grid: auto / 1fr 1fr; width: 500px }
            .r { display: contents; color: #a22; background: red } .r > * { background: #fff }
            </style><div class=g><div class=r><p>one</p><p>two</p></div></div>",
        ),
        (
            "the same id twice",
            "<style>#x { background: #8df; padding: 10px } #x + #x {
            background: #fd8 }</style><div id=x>one</div><div id=x>two</div>",
        ),
    ];
    scenario_within(120, async |page| are_pictured(page, &Host::start().await?, &features).await);
}

#[test]
fn a_page_without_a_doctype_is_pictured_with_its_quirks() {
    scenario_within(120, async |page| {
        let host = Host::start().await?;
        host.file(
            "/",
            &[
                "<html><head>",
                TAG,
                "<style>.mixed { background: #fc9 } #Upper { background: #9fc }
                body { margin: 0; font: 24px sans-serif }</style></head><body>
                <table border=1 width=400 height=50%><tr><td>Old text in a table<td></table>
                <p class=Mixed>class</p><p id=uPPER>id</p>
                <div style='width: 200; height: 40; background: #9cf'>no unit</div>
                <table cellpadding=0 cellspacing=0><tr><td><img width=40 height=7
                    src='data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
                    style='background: red'><tr><td>below</table>",
            ]
            .concat(),
        );
        page.open(&host.url).await?;
        let still = "await Baton.hide(); await new Promise(requestAnimationFrame)";
        page.js_async::<Value>(still).await?;
        let seen = page.picture().await?;
        let picture = taken(page, "{}").await?;
        picture.assert_like(&seen, "picture quirks", &Region { x: 0..640, y: 0..700 }, LIKE);
        Ok(())
    });
}

#[test]
fn what_a_sheet_that_nobody_may_read_styles_is_pictured_as_computed() {
    scenario_within(120, async |page| {
        let (host, other) = (Host::start().await?, Host::start().await?);
        other.file(
            "/look.css",
            ".a { background: rgb(200, 40, 120); padding: 20px; border-radius: 20px }
            .a::before { content: 'Before: '; font-weight: bold } li:nth-child(odd) {
            background: #dfd } button { border: 0; background: #06c; color: #fff; padding: 9px }
            ul { padding: 0; list-style: square inside }",
        );
        let link = format!("<link rel=stylesheet href={}/look.css>", other.url);
        let body = "<div class=a>block</div><ul><li>one<li>two<li>three</ul><button>Pay</button>
            <input value=plain>";
        host.page("/", &format!("{TAG}{STYLE}{link}"), body);
        page.open(&host.url).await?;
        let still = "await Baton.hide(); await new Promise(requestAnimationFrame)";
        page.js_async::<Value>(still).await?;
        let seen = page.picture().await?;
        let picture = taken(page, "{}").await?;
        page.log.expect("look.css");
        picture.assert_like(&seen, "picture foreign sheet", &STAGE, LIKE);
        let gaps = "return JSON.stringify((await Baton.buildPacket({ message: 'It is broken' }))
            .packet.evidence.screenshots)";
        let gaps: String = page.js_async(gaps).await?;
        assert!(gaps.contains("style sheet of another origin is unreadable"), "{gaps}");
        Ok(())
    });
}
