//! A customer edits the picture of the page in the review, and what they took out of it
//! does not leave.

use anyhow::{Context, Result};
use baton_e2e::picture::Region;
use baton_e2e::{Host, Page, Picture, host::TAG, scenario};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

const BODY: &str = "<div id=\"box\" style=\"position:fixed;left:100px;top:100px;width:300px;\
    height:120px;background:rgb(120,20,160)\"></div>";
/// Finds a button of the panel or of the editor.
const FIND: &str = "
    const [kind, name] = arguments;
    const root = document.querySelector(`[data-baton-ui='${kind}']`)?.shadowRoot;
    const words = one => one.dataset.do || one.getAttribute('aria-label') || one.textContent.trim();
    const found = [...root?.querySelectorAll('button') ?? []]
        .find(one => words(one) === name && !one.ariaDisabled && !one.disabled);
    found?.scrollIntoView({ block: 'center' });
    return found ?? null";
/// What listeners of the page hear of hands.
const LISTEN: &str = "
    window.heard = [];
    for (const name of ['keydown', 'keyup', 'pointerdown', 'pointerup', 'mousedown', 'click', 'input'])
        document.addEventListener(name, event => heard.push(event.type), true);
    return null";

async fn find(page: &Page, kind: &str, name: &str) -> Result<WebElement> {
    page.until(&format!("{name:?} in {kind}"), async || {
        let found = page.web().execute(FIND.to_owned(), vec![kind.into(), name.into()]).await?;
        if found.json().is_null() { Ok(None) } else { Ok(Some(found.element()?)) }
    })
    .await
}

/// Opens the editor of the case's picture.
async fn edit(page: &Page, host: &Host) -> Result<()> {
    page.open(&host.url).await?;
    let panel = page.panel();
    panel.open().await?;
    panel.say("This page is broken, it is a bug").await?;
    panel.review().await?;
    find(page, "widget", "Edit picture 1").await?.click().await?;
    find(page, "annotate", "done").await?;
    page.js::<Value>(LISTEN, &[]).await?;
    Ok(())
}

/// Sends the case; its first picture as it arrived, and what is said of it.
async fn sent(page: &Page, host: &Host) -> Result<(Picture, Value)> {
    page.until_js("!document.querySelector('[data-baton-ui=annotate]')").await?;
    page.panel().wait_for("The picture was changed").await?;
    page.panel().send().await?;
    let arrival = host.receiver.arrivals().pop().context("nothing arrived")?;
    let packet = &host.receiver.accepted()[0];
    let name = &packet.attachments.first().context("no picture")?.sha256;
    let bytes = arrival.files.get(name).context("its file is missing")?;
    let record = json!(packet.evidence.screenshots)[0].clone();
    Ok((Picture::decode(bytes)?, record))
}

#[test]
fn cancelling_leaves_the_picture_and_the_panel_as_they_were() {
    scenario(async |page| {
        let host = Host::with_page(TAG, BODY).await?;
        edit(page, &host).await?;
        find(page, "annotate", "cancel").await?.click().await?;
        page.until_js("!document.querySelector('[data-baton-ui=annotate]')").await?;
        // A frame later the browser tells the editor's observers of its end.
        page.js_async::<Value>("await new Promise(done => setTimeout(done, 300)); return null")
            .await?;
        page.panel().send().await?;
        let packet = &host.receiver.accepted()[0];
        assert!(packet.evidence.screenshots[0].annotations.is_empty());
        Ok(())
    });
}

#[test]
fn what_is_blacked_out_with_the_mouse_does_not_leave() {
    scenario(async |page| {
        let host = Host::with_page(TAG, BODY).await?;
        edit(page, &host).await?;
        find(page, "annotate", "blackout").await?.click().await?;
        // The whole picture is seen, in the middle of the stage.
        let place = "
            const root = document.querySelector('[data-baton-ui=annotate]').shadowRoot;
            const stage = root.querySelector('canvas').getBoundingClientRect();
            const scale = Math.min(stage.width / innerWidth, stage.height / innerHeight);
            const left = stage.left + (stage.width - innerWidth * scale) / 2;
            const top = stage.top + (stage.height - innerHeight * scale) / 2;
            return [left + 90 * scale, top + 90 * scale, left + 410 * scale, top + 230 * scale]
                .map(Math.round)";
        let [left, top, right, bottom]: [i64; 4] = page.js(place, &[]).await?;
        let hand = page.web().action_chain().move_to(left, top).click_and_hold();
        hand.move_to(right, bottom).release().perform().await?;
        find(page, "annotate", "done").await?.click().await?;
        assert_eq!(page.js::<Value>("return heard", &[]).await?, json!([]));
        let (picture, record) = sent(page, &host).await?;
        assert_eq!(picture.mean(&Region { x: 100..400, y: 100..220 }), [0.0; 3]);
        assert_eq!(record["removed"], 1);
        Ok(())
    });
}

#[test]
fn the_keyboard_alone_blacks_out_and_the_page_hears_no_key() {
    scenario(async |page| {
        let host = Host::with_page(TAG, BODY).await?;
        edit(page, &host).await?;
        let keys = |key: Key, times: usize| vec![char::from(key); times].into_iter();
        // From the arrow to black-out, to the picture, and a square on it.
        let typed: String = keys(Key::Right, 6).chain([' ']).collect();
        page.web().action_chain().send_keys(typed).perform().await?;
        let back = page.web().action_chain().key_down(Key::Shift).send_keys(Key::Tab);
        back.key_up(Key::Shift).perform().await?;
        let typed: String = keys(Key::Enter, 1)
            .chain(keys(Key::Right, 5))
            .chain(keys(Key::Down, 5))
            .chain(keys(Key::Enter, 1))
            .collect();
        page.web().action_chain().send_keys(typed).perform().await?;
        let back = page.web().action_chain().key_down(Key::Shift).send_keys(Key::Tab);
        back.key_up(Key::Shift).send_keys(Key::Enter).perform().await?;
        let (picture, record) = sent(page, &host).await?;
        assert_eq!(
            page.js::<Value>("return heard.filter(one => one[0] === 'k')", &[]).await?,
            json!([])
        );
        let (width, height) = picture.size();
        let middle =
            Region { x: width / 2 + 5..width / 2 + 40, y: height / 2 + 5..height / 2 + 40 };
        assert_eq!(picture.mean(&middle), [0.0; 3]);
        assert_eq!(record["removed"], 1);
        Ok(())
    });
}
