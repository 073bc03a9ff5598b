//! The host page is not harmed, and does not harm.

use baton_e2e::{Host, host::TAG, scenario};
use serde_json::Value;

const MEASURE: &str = "
    const root = document.querySelector('[data-baton-ui=widget]').shadowRoot;
    const launcher = document.querySelector('[data-baton-ui=launcher]').shadowRoot;
    const box = element => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        return { x, y, width, height, size: style.fontSize, colour: style.color,
            background: style.backgroundColor, display: style.display, family: style.fontFamily };
    };
    return ['.panel', 'h2', '.bubble', 'textarea', '.send'].map(css => box(root.querySelector(css)))
        .concat(box(launcher.querySelector('button')))";

#[test]
fn keys_typed_in_the_panel_are_nobodys_shortcut_outside() {
    scenario(async |page| {
        let hotkeys = "<script>
            window.pressed = [];
            for (const type of ['keydown', 'keyup', 'keypress'])
                document.addEventListener(type, event => pressed.push(event.key));
        </script>";
        let host = Host::with_page(&format!("{TAG}{hotkeys}"), "<input id=\"own\">").await?;
        page.open(&host.url).await?;
        page.element("#own").await?.send_keys("k").await?;
        let pressed: Vec<String> = page.js("return pressed.splice(0)", &[]).await?;
        assert!(pressed.contains(&"k".to_owned()), "the page's own hotkeys do not work");
        let panel = page.panel();
        panel.open().await?;
        panel.say("jk? The export of invoices is broken, it shows an error\u{e007}").await?;
        panel.wait_for("I am bringing in").await?;
        let pressed: Vec<String> = page.js("return pressed", &[]).await?;
        assert_eq!(pressed, [""; 0]);
        Ok(())
    });
}

#[test]
fn the_pages_style_does_not_reach_the_panel_nor_the_panels_the_page() {
    scenario(async |page| {
        let plain = Host::with_page(TAG, "<p id=\"own\">Own text</p>").await?;
        page.open(&plain.url).await?;
        let own = "const s = getComputedStyle(document.getElementById('own'));
            return [s.fontSize, s.color, s.fontFamily, s.margin]";
        let before: Value = page.js(own, &[]).await?;
        page.panel().open().await?;
        let expected: Value = page.js(MEASURE, &[]).await?;
        assert_eq!(page.js::<Value>(own, &[]).await?, before);

        let hostile = "<style>
            * { all: unset !important; font-size: 40px !important; color: red !important;
                display: block !important; position: static !important }
            div { display: none !important } button { transform: rotate(7deg) !important }
        </style>";
        let hostile = Host::with_page(&format!("{TAG}{hostile}"), "<p>Own text</p>").await?;
        page.open(&hostile.url).await?;
        page.panel().launcher().await?.click().await?;
        page.panel().element("textarea").await?;
        let found: Value = page.js(MEASURE, &[]).await?;
        assert_eq!(found, expected);
        Ok(())
    });
}

#[test]
fn the_pages_own_functions_stay_as_they_were() {
    scenario(async |page| {
        let remember = "<script>window.was = { log: console.log, fetch, open: XMLHttpRequest.prototype.open }</script>";
        let host = Host::with_page(&format!("{remember}{TAG}"), "<h1>Host</h1>").await?;
        host.file("/data.json", "{\"ok\":true}");
        page.open(&host.url).await?;
        let seen: Value = page
            .js_async(
                "const same = (a, b) => a.name === b.name && a.length === b.length
                     && String(a).includes('[native code]');
                 const answer = await (await fetch('/data.json')).json();
                 const failed = await fetch('http://127.0.0.1:1/').catch(error => error.name);
                 const globals = Object.keys(window).filter(key => /baton/i.test(key));
                 return { log: same(console.log, was.log), fetch: same(fetch, was.fetch),
                     open: same(XMLHttpRequest.prototype.open, was.open), answer, failed, globals,
                     cookie: document.cookie, stored: localStorage.length + sessionStorage.length }",
            )
            .await?;
        page.log.expect("http://127.0.0.1:1/");
        for name in ["log", "fetch", "open"] {
            assert_eq!(seen[name], true, "{name} looks changed");
        }
        assert_eq!(seen["answer"]["ok"], true);
        assert_eq!(seen["failed"], "TypeError");
        assert_eq!(seen["globals"], serde_json::json!(["Baton"]));
        assert_eq!((&seen["cookie"], &seen["stored"]), (&"".into(), &0.into()));
        Ok(())
    });
}

#[test]
fn opening_by_keyboard_puts_the_focus_into_the_composer() {
    scenario(async |page| {
        let host = Host::with_page(TAG, "<h1>Keys</h1>").await?;
        page.open(&host.url).await?;
        page.panel().launcher().await?.send_keys("\u{e007}").await?;
        page.panel().wait_open().await?;
        page.until_js(
            "document.activeElement.dataset.batonUi == 'widget'
                && document.activeElement.shadowRoot.activeElement.tagName == 'TEXTAREA'",
        )
        .await
    });
}

#[test]
fn escape_closes_the_panel_and_gives_the_focus_back() {
    scenario(async |page| {
        let host = Host::with_page(TAG, "<h1>Keys</h1>").await?;
        page.open(&host.url).await?;
        page.panel().open().await?;
        page.panel().element("textarea").await?.send_keys("\u{e00c}").await?;
        page.until_js("document.querySelector('[data-baton-ui=widget]').hidden").await?;
        page.until_js("document.activeElement.dataset.batonUi == 'launcher'").await
    });
}

#[test]
fn after_destroy_nothing_of_baton_is_left_and_the_page_goes_on() {
    scenario(async |page| {
        let remember = "<script>window.was = { log: console.log, fetch }</script>";
        let host = Host::with_page(&format!("{remember}{TAG}"), "<h1>Host</h1>").await?;
        page.open(&host.url).await?;
        page.panel().open().await?;
        let left: Value = page
            .js_async(
                "await Baton.destroy();
                 return { elements: document.querySelectorAll('[data-baton-ui]').length,
                     log: console.log === was.log, fetch: fetch === was.fetch,
                     api: 'Baton' in window }",
            )
            .await?;
        assert_eq!(
            left,
            serde_json::json!({ "elements": 0, "log": true, "fetch": true, "api": false })
        );
        Ok(())
    });
}
