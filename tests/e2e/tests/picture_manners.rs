//! Taking a picture is nothing a page could notice, and no page is too odd for one.

use anyhow::{Result, ensure};
use baton_e2e::picture::Region;
use baton_e2e::{Host, Page, Picture, host::TAG, scenario_within};
use serde_json::Value;

const LIMIT_SECONDS: u64 = 120;
/// What a private region becomes.
const GREY: [u8; 3] = [138, 143, 152];
const RED: [u8; 3] = [255, 0, 0];
const STYLE: &str = "<style>body { margin: 0; font: 16px sans-serif } .red { background: red;
    width: 200px; height: 100px }</style>";

async fn open(page: &Page, host: &Host, body: &str) -> Result<()> {
    host.page("/", &format!("{TAG}{STYLE}"), body);
    page.open(&host.url).await?;
    let still = "await Baton.hide(); await window.settled;
        for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)";
    page.js_async::<Value>(still).await?;
    Ok(())
}

/// Baton's picture.
async fn taken(page: &Page, options: &str) -> Result<Picture> {
    let call = format!(
        "const blob = await Baton.captureScreenshot({options});
         return [...new Uint8Array(await blob.arrayBuffer())]"
    );
    Picture::decode(&page.js_async::<Vec<u8>>(&call).await?)
}

/// What a packet says was not to be pictured.
async fn gaps(page: &Page) -> Result<String> {
    let call = "const { packet } = await Baton.buildPacket({ message: 'It is broken' })
        return JSON.stringify([packet.evidence.gaps, packet.evidence.screenshots])";
    page.js_async(call).await
}

/// Whether a region is of one colour, nearly.
fn is_of(picture: &Picture, x: u32, y: u32, [red, green, blue]: [u8; 3]) -> bool {
    let mean = picture.mean(&Region { x: x..x + 10, y: y..y + 10 });
    mean.iter().zip([red, green, blue]).all(|(mean, wanted)| (mean - f64::from(wanted)).abs() < 8.0)
}

#[test]
fn a_picture_leaves_no_trace_in_the_page() {
    let body = "<h1 id=h>Head</h1><input id=i value='some text'><textarea id=t>text</textarea>
        <div id=s style='height: 80px; overflow: auto'><p style='height: 400px'>scrolled</div>
        <x-a></x-a><iframe id=f srcdoc='<p>framed</p><input id=in>'></iframe>
        <dialog id=d>dialog</dialog><canvas id=c width=50 height=50></canvas>
        <img srcset='/none.png 1x'><div style='height: 3000px'>tall</div><script>
        document.querySelector('x-a').attachShadow({ mode: 'open' }).innerHTML = '<p>shadow</p>'
        s.scrollTop = 50; scrollTo(0, 40); i.focus(); i.setSelectionRange(2, 6)
        window.settled = new Promise(done => addEventListener('load', done))</script>";
    scenario_within(LIMIT_SECONDS, async |page| {
        page.log.expect("none.png");
        open(page, &Host::start().await?, body).await?;
        // Baton's own elements are there before it is watched.
        taken(page, "{}").await?;
        let watch = "window.records = []; window.shifts = []; window.told = []
            const all = { subtree: true, attributes: true, childList: true, characterData: true,
                attributeOldValue: true }
            const watch = new MutationObserver(list => records.push(...list.map(one =>
                one.type + ' ' + one.target.nodeName + ' ' + one.attributeName)))
            for (const root of [document, f.contentDocument, document.querySelector('x-a').shadowRoot])
                watch.observe(root, all)
            new PerformanceObserver(list => shifts.push(...list.getEntries().map(String)))
                .observe({ type: 'layout-shift' })
            for (const name of ['focus', 'blur', 'selectionchange', 'scroll', 'resize',
                'fullscreenchange', 'toggle', 'slotchange', 'load'])
                addEventListener(name, event => told.push(name), true)
            window.before = () => JSON.stringify([document.activeElement.id, i.selectionStart,
                i.selectionEnd, s.scrollTop, scrollY, f.contentWindow.scrollY,
                String(getSelection()), document.fonts.size, document.styleSheets.length,
                document.adoptedStyleSheets.length, document.documentElement.outerHTML.length])
            window.was = before()";
        page.js_async::<Value>(watch).await?;
        let targets = [
            "{}",
            "{ target: 'page' }",
            "{ target: '#h', scale: 2 }",
            "{ mask: '#h', format: 'webp' }",
        ];
        for target in targets {
            taken(page, target).await?;
        }
        let seen =
            "for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
            return [...records, ...shifts, ...told, ...(was === before() ? [] : [was, before()])]";
        let seen: Vec<String> = page.js_async(seen).await?;
        assert!(seen.is_empty(), "the page saw: {seen:?}");
        Ok(())
    });
}

#[test]
fn nothing_is_asked_of_another_origin_with_credentials() {
    scenario_within(LIMIT_SECONDS, async |page| {
        let (host, other) = (Host::start().await?, Host::start().await?);
        // Another port is another origin of the same site: cookies are shared.
        let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='100'>
            <rect width='200' height='100' fill='red'/></svg>";
        other.file("/red.svg", drawing);
        other.file("/look.css", ".red { outline: 1px solid red }");
        other.header("access-control-allow-origin", "*")?;
        // Else the cache would answer.
        other.header("cache-control", "no-store")?;
        let url = &other.url;
        let body = format!(
            "<script>document.cookie = 'session=secret'</script><img src='{url}/red.svg'>
            <div style='background: url({url}/red.svg?bg); height: 50px'></div>
            <link rel=stylesheet href='{url}/look.css'><script>
            window.settled = new Promise(done => addEventListener('load', done))</script>"
        );
        open(page, &host, &body).await?;
        let picture = taken(page, "{}").await?;
        ensure!(is_of(&picture, 50, 50, RED), "the picture lacks what its server lets be read");
        let asked = other.asked();
        // As the page asks, with them: so that the check below can fail.
        ensure!(asked.iter().any(|one| one.mode == "no-cors" && one.has_cookie), "{asked:?}");
        let ours: Vec<_> = asked.iter().filter(|one| one.mode == "cors").collect();
        ensure!(ours.len() >= 3, "{ours:?}");
        assert!(!ours.iter().any(|one| one.has_cookie), "{ours:?}");
        Ok(())
    });
}

#[test]
fn private_and_masked_parts_are_painted_over_in_every_tree() {
    let part = "<div class=red style=\"width: 200px; height: 100px; background: red\"";
    let body = format!(
        "<style>.told::before {{ content: attr(title); color: red; position: absolute;
        inset: 0; display: block !important; background: red !important }}</style>
        {part} data-baton-block></div><x-a></x-a><iframe id=f style='border: 0; width: 200px;
        height: 100px; display: block'></iframe><x-b data-baton-mask></x-b>{part} id=m></div>
        {part} id=no></div>{part}></div>
        <p class=told title=SECRET data-baton-mask style='position: relative; margin: 0;
        width: 200px; height: 100px'></p><script>
        const part = `{part} data-baton-mask></div>`
        document.querySelector('x-a').attachShadow({{ mode: 'open' }}).innerHTML = part
        document.querySelector('x-b').attachShadow({{ mode: 'open' }}).innerHTML =
            `{part}></div>`
        f.srcdoc = '<body style=\"margin: 0\">' + part
        window.settled = new Promise(done => {{ f.onload = done }})</script>"
    );
    scenario_within(LIMIT_SECONDS, async |page| {
        open(page, &Host::start().await?, &body).await?;
        let options = "{ mask: ['#m'], filter: element => element.id !== 'no' }";
        let picture = taken(page, options).await?;
        for (name, top) in [
            ("block", 0),
            ("shadow tree", 100),
            ("frame", 200),
            ("around a tree", 300),
            ("option", 400),
        ] {
            ensure!(is_of(&picture, 90, top + 40, GREY), "{name} is not painted over");
        }
        ensure!(is_of(&picture, 90, 640, GREY), "what a sheet writes there is shown");
        // One further up, in the place of what the filter leaves out.
        ensure!(is_of(&picture, 90, 540, RED), "the filter leaves nothing out");
        Ok(())
    });
}

#[test]
fn baton_itself_is_in_no_picture() {
    scenario_within(LIMIT_SECONDS, async |page| {
        host_with_open_panel(page).await?;
        let picture = taken(page, "{}").await?;
        assert_eq!(picture.colours(&picture.whole()), 1);
        Ok(())
    });
}

async fn host_with_open_panel(page: &Page) -> Result<()> {
    let host = Host::with_page(&format!("{TAG}{STYLE}"), "").await?;
    page.open(&host.url).await?;
    page.js_async::<Value>("await Baton.open()").await?;
    let seen = page.picture().await?;
    ensure!(seen.colours(&seen.whole()) > 10, "the panel is not open");
    Ok(())
}

#[test]
fn custom_elements_are_not_made_again() {
    let body = "<x-once class=red style='display: block'></x-once><x-once></x-once><script>
        window.made = window.connected = 0
        customElements.define('x-once', class extends HTMLElement {
            constructor() { super(); if (++made > 2) throw new Error('only two') }
            connectedCallback() { connected++ } })</script>";
    scenario_within(LIMIT_SECONDS, async |page| {
        open(page, &Host::start().await?, body).await?;
        let picture = taken(page, "{}").await?;
        ensure!(is_of(&picture, 90, 50, RED), "the element is not pictured");
        let made: [u32; 2] = page.js("return [made, connected]", &[]).await?;
        assert_eq!(made, [2, 2]);
        Ok(())
    });
}

#[test]
fn what_cannot_be_read_costs_a_gap_and_no_picture() {
    scenario_within(LIMIT_SECONDS, async |page| {
        let (host, other) = (Host::start().await?, Host::start().await?);
        other.file("/red.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>");
        let url = &other.url;
        let body = format!(
            "<style>@font-face {{ font-family: Gone; src: url(/gone.woff2) }}
            a:visited {{ color: red }}</style><a href=/ style='position: absolute'>link</a>
            <div class=red style='font-family: Gone, serif'>text</div>
            <canvas id=c width=200 height=100></canvas><img id=i src='{url}/red.svg'><script>
            window.settled = i.decode().then(() => {{ const paint = c.getContext('2d')
                paint.fillRect(0, 0, 9, 9); paint.drawImage(i, 0, 0) }})</script>"
        );
        page.log.expect("gone.woff2");
        page.log.expect("red.svg");
        open(page, &host, &body).await?;
        let picture = taken(page, "{}").await?;
        ensure!(is_of(&picture, 90, 60, RED), "the rest is missing");
        let gaps = gaps(page).await?;
        for gap in ["canvas or video", "1 image or font could not be read", "visited links"] {
            ensure!(gaps.contains(gap), "no {gap}: {gaps}");
        }
        Ok(())
    });
}

#[test]
fn a_page_of_50_000_nodes_is_pictured_within_the_time() {
    let body = "<div class=red></div><script>document.body.insertAdjacentHTML('beforeend',
        '<div class=card><b>Order</b><span>open</span><i></i></div>'.repeat(12500))</script>";
    scenario_within(LIMIT_SECONDS, async |page| {
        open(page, &Host::start().await?, body).await?;
        let picture = taken(page, "{ timeoutMs: 10000 }").await?;
        ensure!(is_of(&picture, 90, 50, RED), "its top is missing");
        Ok(())
    });
}

#[test]
fn a_page_of_30_000_pixels_is_one_picture_or_several_tiles() {
    let body = "<div class=red></div><div style='height: 29900px'></div>";
    scenario_within(LIMIT_SECONDS, async |page| {
        open(page, &Host::start().await?, body).await?;
        let picture = taken(page, "{ target: 'page' }").await?;
        let (_, height) = picture.size();
        ensure!((30_000..30_100).contains(&height), "{height} pixels high");
        ensure!(is_of(&picture, 60, 30, RED), "its top is missing");
        let call = "return Baton.captureScreenshot({ target: 'page', tiles: 5 })
            .then(blobs => Promise.all(blobs.map(blob => createImageBitmap(blob))))
            .then(tiles => tiles.map(tile => tile.height))";
        let heights: Vec<u32> = page.js_async(call).await?;
        ensure!(heights.len() > 1 && heights.iter().all(|one| *one <= 16_383), "{heights:?}");
        ensure!(heights.iter().sum::<u32>() == height, "{heights:?}");
        Ok(())
    });
}

#[test]
fn a_window_without_size_is_refused_with_the_reason() {
    scenario_within(LIMIT_SECONDS, async |page| {
        let host = Host::start().await?;
        host.page("/inner", TAG, "<p>inside</p>");
        open(
            page,
            &host,
            "<iframe id=f src='/inner' width=0 height=0 style='border: 0'></iframe>
            <script>window.settled = new Promise(done => { f.onload = done })</script>",
        )
        .await?;
        let call = "return f.contentWindow.Baton.captureScreenshot().then(() => 'a picture',
            error => error.message)";
        let said: String = page.js_async(call).await?;
        ensure!(said.contains("viewport is empty"), "{said}");
        Ok(())
    });
}

#[test]
fn trusted_types_and_another_base_are_no_obstacle() {
    scenario_within(LIMIT_SECONDS, async |page| {
        let host = Host::start().await?;
        host.header("content-security-policy", "require-trusted-types-for 'script'")?;
        let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='100'>
            <rect width='200' height='100' fill='red'/></svg>";
        host.file("/files/red.svg", drawing);
        let base =
            "<base href='/files/'><style>#b { background: url(red.svg); height: 100px }</style>";
        host.page(
            "/",
            &format!("{base}{TAG}{STYLE}"),
            "<img src=red.svg style='display: block'><div id=b></div>",
        );
        page.open(&host.url).await?;
        page.js_async::<Value>("await Baton.hide()").await?;
        let picture = taken(page, "{}").await?;
        for top in [0, 100] {
            ensure!(is_of(&picture, 90, top + 40, RED), "nothing at {top}");
        }
        Ok(())
    });
}
