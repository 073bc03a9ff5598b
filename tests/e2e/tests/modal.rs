//! The panel while the page has a modal dialog open: everything else is inert then.

use anyhow::Result;
use baton_e2e::{Host, Page, host::TAG, scenario};
use serde_json::Value;
use thirtyfour::Key;

const ESCAPE: &str = "\u{e00c}";
const BODY: &str = "
    <button id=\"show\">Delete the project</button>
    <dialog id=\"own\" style=\"padding: 40px\">
        <input id=\"field\"><button id=\"help\">Help</button><button id=\"confirm\">Delete</button>
    </dialog>
    <script src=\"/page.js\"></script>";
const PAGE_JS: &str = "
    window.seen = [];
    const own = document.getElementById('own');
    document.getElementById('show').onclick = () => own.showModal();
    document.getElementById('confirm').onclick = () => seen.push('confirmed');
    for (const type of ['cancel', 'close']) own.addEventListener(type, () => seen.push(type));
    for (const type of ['keydown', 'keyup'])
        document.addEventListener(type, event => seen.push(type + ' ' + event.key), true);
    Baton.attachTo('#help');";
/// Whether the element with the focus is in the panel, and what it is.
const FOCUS: &str = "
    const host = document.activeElement;
    return host.dataset.batonUi == 'widget' ? 'panel ' + host.shadowRoot.activeElement?.localName
        : host.id || host.localName";
const IS_RAISED: &str = "document.querySelector('[data-baton-ui=widget]')?.shadowRoot
    .querySelector('dialog').matches(':modal')";

async fn host(page: &Page, head: &str, body: &str) -> Result<Host> {
    let host = Host::with_page(head, body).await?;
    host.file("/page.js", PAGE_JS);
    page.open(&host.url).await?;
    Ok(host)
}

async fn focus(page: &Page) -> Result<String> {
    page.js(FOCUS, &[]).await
}

async fn draft(page: &Page) -> Result<String> {
    let composer = page.panel().element(".composer textarea").await?;
    Ok(composer.prop("value").await?.unwrap_or_default())
}

/// Types where the focus is.
async fn keys(page: &Page, text: &str) -> Result<()> {
    Ok(page.web().action_chain().send_keys(text).perform().await?)
}

#[test]
fn help_in_a_modal_dialog_opens_a_panel_that_works_and_escape_closes_only_it() {
    scenario(async |page| {
        let _host = host(page, TAG, BODY).await?;
        page.click("#show").await?;
        assert!(page.panel().launcher().await?.click().await.is_err(), "the launcher is inert");
        page.click("#help").await?;
        let panel = page.panel();
        panel.wait_open().await?;
        assert_eq!(focus(page).await?, "panel textarea");
        keys(page, "Is this final?").await?;
        assert_eq!(draft(page).await?, "Is this final?");
        panel.element(".send").await?.click().await?;
        panel.wait_for("Is this final?").await?;
        assert_eq!(draft(page).await?, "", "the button works by mouse, too");

        page.js::<Value>("return seen.splice(0)", &[]).await?;
        keys(page, ESCAPE).await?;
        page.until_js("document.querySelector('[data-baton-ui=widget]').hidden").await?;
        assert!(page.js::<bool>("return own.open", &[]).await?, "the page stays open");
        assert_eq!(focus(page).await?, "help");
        let heard: Vec<String> = page.js("return seen", &[]).await?;
        // What the browser sends to the window first is heard there.
        assert!(
            !heard.iter().any(|it| it == "cancel" || it == "close" || it == "keyup Escape"),
            "{heard:?}"
        );
        page.click("#confirm").await?;
        assert_eq!(page.js::<String>("return seen.at(-1)", &[]).await?, "confirmed");
        // And the next Escape is the page's.
        keys(page, ESCAPE).await?;
        page.until_js("!own.open").await
    });
}

#[test]
fn a_dialog_that_comes_up_while_the_customer_writes_takes_neither_words_nor_focus() {
    scenario(async |page| {
        let _host = host(page, TAG, BODY).await?;
        let panel = page.panel();
        panel.open().await?;
        for close in ["own.close()", "own.remove()"] {
            keys(page, "half a sen").await?;
            page.js::<Value>("own.showModal(); return null", &[]).await?;
            page.until_js(IS_RAISED).await?;
            assert_eq!(focus(page).await?, "panel textarea");
            keys(page, "tence").await?;
            page.js::<Value>(&format!("{close}; return null"), &[]).await?;
            page.until_js(&format!("!({IS_RAISED})")).await?;
            assert_eq!(focus(page).await?, "panel textarea", "after {close}");
            keys(page, ".").await?;
            assert_eq!(draft(page).await?, "half a sentence.", "after {close}");
            let composer = panel.element(".composer textarea").await?;
            composer.clear().await?;
            composer.click().await?;
        }
        // The page is as alive as before.
        page.js::<Value>(
            "own.removeAttribute('open'); document.body.append(own); return null",
            &[],
        )
        .await?;
        page.click("#show").await?;
        page.until_js("own.open").await
    });
}

#[test]
fn a_dialog_that_the_customer_has_opened_is_on_top_until_the_panel_is_asked_for() {
    scenario(async |page| {
        let _host =
            host(page, &TAG.replace("data-", "data-shortcut=\"Alt+Shift+H\" data-"), BODY).await?;
        page.panel().open().await?;
        page.click("#show").await?;
        page.click("#confirm").await?;
        assert_eq!(page.js::<String>("return seen.at(-1)", &[]).await?, "confirmed");
        assert!(!page.js::<bool>(&format!("return {IS_RAISED}"), &[]).await?);

        let chord = page.web().action_chain().key_down(Key::Alt).key_down(Key::Shift);
        chord.send_keys("h").key_up(Key::Shift).key_up(Key::Alt).perform().await?;
        page.until_js(IS_RAISED).await?;
        page.until_js("document.activeElement.dataset.batonUi == 'widget'").await?;
        keys(page, "help").await?;
        assert_eq!(draft(page).await?, "help");
        // A click beside the panel gives the page's dialog back; what was written stays.
        page.web().action_chain().move_to(30, 30).click().perform().await?;
        page.until_js(&format!("!({IS_RAISED})")).await?;
        page.click("#confirm").await?;
        page.js_async::<Value>("await Baton.open()").await?;
        page.until_js(IS_RAISED).await?;
        assert_eq!(draft(page).await?, "help");
        // Taken away, the panel leaves nothing modal behind.
        page.js_async::<Value>("await Baton.close()").await?;
        page.click("#confirm").await
    });
}

#[test]
fn a_dialog_in_a_shadow_tree_is_no_obstacle() {
    scenario(async |page| {
        let body = "<x-app></x-app><script src=\"/app.js\"></script>";
        let host = Host::with_page(TAG, body).await?;
        host.file(
            "/app.js",
            "const root = document.querySelector('x-app').attachShadow({ mode: 'open' });
             root.innerHTML = '<dialog><button>Help</button></dialog>';
             Baton.attachTo(root.querySelector('button'));
             root.querySelector('dialog').showModal()",
        );
        page.open(&host.url).await?;
        let app = page.element("x-app").await?.get_shadow_root().await?;
        app.find(thirtyfour::By::Css("button")).await?.click().await?;
        page.panel().wait_open().await?;
        keys(page, "hello").await?;
        assert_eq!(draft(page).await?, "hello");
        Ok(())
    });
}

#[test]
fn a_page_that_keeps_the_focus_in_a_dialog_of_its_own_making_lets_the_customer_write() {
    scenario(async |page| {
        let body = "<div id=\"trap\"><input id=\"in\"></div><script src=\"/trap.js\"></script>";
        let host = Host::with_page(TAG, body).await?;
        host.file(
            "/trap.js",
            "const trap = document.getElementById('trap');
             for (const type of ['focus', 'focusin']) document.addEventListener(type, event => {
                 if (!trap.contains(event.target)) document.getElementById('in').focus();
             }, true)",
        );
        page.open(&host.url).await?;
        page.js_async::<Value>("await Baton.open()").await?;
        page.panel().wait_open().await?;
        page.panel().element(".composer textarea").await?.click().await?;
        keys(page, "trapped?").await?;
        assert_eq!(draft(page).await?, "trapped?");
        Ok(())
    });
}
