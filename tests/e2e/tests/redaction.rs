//! Secrets never leave the page: on no path, in no part of the stored packet.

use anyhow::{Context, Result};
use baton_e2e::picture::Region;
use baton_e2e::{Desk, Page, Picture, scenario};
use baton_packet::Packet;
use serde::Deserialize;
use serde_json::Value;

// In pieces, so that no scanner takes this file for a leak.
const JWT: &str = concat!(
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
    ".eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkRhbmEgUmV5ZXMifQ",
    ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
);
const BEARER: &str = concat!("q7Zp9xK2mVt4", "RbW8nYc3LdF6hJs1");
const VENDOR_KEY: &str = concat!("sk", "_live_", "4eC39HqLyjWDarjtT1zdp7dc");
const CARD: &str = "4242 4242 4242 4242";
const CARD_DIGITS: &str = "4242424242424242";
const URL_TOKEN: &str = concat!("9f8e7d6c5b4a", "39281706f5e4d3c2");
const PASSWORD: &str = "correct-horse-7-battery";
const API_KEY: &str = concat!("llk_live_", "7f3c9a2e51d84b06a9c2");

fn secrets() -> [&'static str; 8] {
    [JWT, BEARER, VENDOR_KEY, CARD, CARD_DIGITS, URL_TOKEN, PASSWORD, API_KEY]
}

fn assert_clean(what: &str, text: &str) {
    for secret in secrets() {
        assert!(!text.contains(secret), "{what} holds {secret:?}");
    }
    // A JWT cut in half would still be one.
    assert!(!text.contains("eyJzdWIiOiIx"), "{what} holds a part of the JWT");
}

fn masked(packet: &Packet, section: &str, kind: &str) -> u32 {
    let counts = packet.redactions.iter();
    counts
        .filter(|entry| entry.section.starts_with(section) && entry.kind == kind)
        .map(|entry| entry.count)
        .sum()
}

/// The page logs, requests, throws and holds every kind of secret.
async fn leak(page: &Page) -> Result<()> {
    page.log.expect("payment refused");
    let script = format!(
        "console.log('jwt of the session', '{JWT}');
         console.info('sending', {{ headers: {{ Authorization: 'Bearer {BEARER}' }} }});
         console.warn('stripe key {VENDOR_KEY} is in use');
         console.debug('card {CARD} and {CARD_DIGITS}');
         // As the page's own script: errors of foreign ones are muted by browsers.
         const thrower = document.createElement('script');
         thrower.textContent =
             \"throw new Error('payment refused for {CARD_DIGITS}, key {VENDOR_KEY}')\";
         document.head.append(thrower);
         Baton.setCustomData({{ debug: {{ password: '{PASSWORD}', note: 'jwt {JWT}' }} }});
         await fetch('/api/projects?page=2&token={URL_TOKEN}');
         history.replaceState(null, '', '?token={URL_TOKEN}' + location.hash);
         await new Promise(done => setTimeout(done, 50));"
    );
    page.js_async::<Value>(&script).await?;
    Ok(())
}

async fn to_settings(page: &Page) -> Result<()> {
    page.click_test_id("nav-settings").await?;
    page.element("[data-testid=password]").await?.send_keys(PASSWORD).await?;
    page.element("[data-testid=api-key]").await?.scroll_into_view().await?;
    Ok(())
}

fn assert_masked(packet: &Packet) {
    let console = &packet.evidence.console.records;
    let line = |start: &str| {
        let found = console.iter().find(|record| record.message.starts_with(start));
        found.map(|record| record.message.as_str()).unwrap_or_else(|| panic!("no line {start:?}"))
    };
    assert_eq!(line("jwt of"), "jwt of the session [token]");
    assert!(line("sending").contains("[token]"), "{}", line("sending"));
    assert_eq!(line("stripe key"), "stripe key [token] is in use");
    assert_eq!(line("card"), "card [card ••4242] and [card ••4242]");
    assert!(masked(packet, "evidence.console", "token") >= 3, "{:?}", packet.redactions);
    assert_eq!(masked(packet, "evidence.console", "card"), 2, "{:?}", packet.redactions);

    let error = packet.evidence.errors.records.iter().find(|e| e.message.contains("payment"));
    let error = error.map(|error| error.message.as_str()).unwrap_or_default();
    assert!(error.ends_with("payment refused for [card ••4242], key [token]"), "{error:?}");
    assert!(masked(packet, "evidence.errors", "card") >= 1, "{:?}", packet.redactions);

    let request = packet.evidence.network.records.iter().find(|r| r.url.contains("page=2"));
    let url = request.map(|request| request.url.as_str()).unwrap_or_default();
    assert!(url.ends_with("/api/projects?page=2&token=[token]"), "{url:?}");
    assert!(masked(packet, "evidence.network", "token") >= 1, "{:?}", packet.redactions);
    assert!(packet.environment.page_url.contains("token=[token]"));
    assert_eq!(packet.app.custom_data["debug"]["password"], "[password]");
    assert_eq!(packet.app.custom_data["debug"]["note"], "jwt [token]");
}

#[test]
fn no_secret_of_page_or_customer_is_stored_or_shown_in_the_review() {
    scenario(async |page| {
        let desk = Desk::start().await?;
        page.open(&desk.url).await?;
        page.until_js("document.querySelector('[data-testid=project-card]')").await?;
        to_settings(page).await?;
        leak(page).await?;
        let panel = page.panel();
        panel.open().await?;
        panel
            .say(&format!("Paying with card {CARD} fails with an error, my token is {JWT}"))
            .await?;
        panel.review().await?;
        assert_clean("the review", &serde_json::to_string(&panel.review_items().await?)?);
        let id = panel.send().await?;

        let stored = String::from_utf8(desk.packet_bytes(&id).await?)?;
        assert_clean("the stored packet", &stored);
        let packet = desk.packet(&id).await?;
        assert_masked(&packet);
        let said = &packet.conversation.transcript[1].text;
        assert_eq!(said, "Paying with card [card ••4242] fails with an error, my token is [token]");
        assert_eq!(masked(&packet, "conversation", "card"), 1, "{:?}", packet.redactions);
        assert_eq!(masked(&packet, "conversation", "token"), 1, "{:?}", packet.redactions);
        Ok(())
    });
}

#[test]
fn a_handoff_by_the_page_is_redacted_like_one_by_the_panel() {
    scenario(async |page| {
        let desk = Desk::start().await?;
        page.open(&desk.url).await?;
        page.until_js("document.querySelector('[data-testid=project-card]')").await?;
        to_settings(page).await?;
        leak(page).await?;
        let script = format!(
            "const message = 'My card {CARD} was charged twice, token {JWT}';
             const built = await Baton.buildPacket({{ message }});
             const receipt = await Baton.handoff({{ message, consent: true }});
             return [JSON.stringify(built.packet), receipt.id]"
        );
        let (built, id): (String, String) = page.js_async(&script).await?;
        assert_clean("the built packet", &built);
        let stored = String::from_utf8(desk.packet_bytes(&id).await?)?;
        assert_clean("the stored packet", &stored);
        assert_masked(&desk.packet(&id).await?);
        assert_masked(&serde_json::from_str(&built)?);
        Ok(())
    });
}

/// A place on the page, in CSS pixels of the viewport.
#[derive(Deserialize)]
struct Place {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Place {
    /// Without its border.
    fn inside(&self) -> Region {
        let range = |start: f64, length: f64| (start + 3.0) as u32..(start + length - 3.0) as u32;
        Region { x: range(self.x, self.width), y: range(self.y, self.height) }
    }
}

/// The picture of a fresh packet.
async fn shoot(page: &Page, desk: &Desk) -> Result<(Picture, Packet)> {
    let call = "return (await Baton.handoff({ message: 'This page is broken', consent: true })).id";
    let id: String = page.js_async(call).await?;
    let packet = desk.packet(&id).await?;
    let shot = packet.evidence.screenshots.first().context("no screenshot")?;
    let picture = Picture::decode(&desk.attachment(&id, &shot.attachment).await?)?;
    Ok((picture, packet))
}

#[test]
fn private_fields_look_the_same_in_the_picture_whatever_they_hold() {
    scenario(async |page| {
        let desk = Desk::start().await?;
        page.open(&desk.url).await?;
        // Without the guide all fields are in sight, unscrolled.
        page.click_test_id("guide-hide").await?;
        to_settings(page).await?;
        assert_eq!(page.js::<f64>("return scrollY", &[]).await?, 0.0);
        let places: Vec<Place> = page
            .js(
                "return ['password', 'api-key', 'settings-form'].map(id => document
                    .querySelector(`[data-testid=${id}]`).getBoundingClientRect().toJSON())",
                &[],
            )
            .await?;
        let seen = page.picture().await?;
        let (first, packet) = shoot(page, &desk).await?;
        let change = "for (const [id, value] of [['password', 'x'], ['api-key', 'short']])
            document.querySelector(`[data-testid=${id}]`).value = value; return null";
        page.js::<Value>(change, &[]).await?;
        let seen_later = page.picture().await?;
        let (second, _) = shoot(page, &desk).await?;

        for (name, place) in ["password", "API key"].iter().zip(&places) {
            let region = place.inside();
            let told = seen.difference(&seen_later, &region);
            assert!(told > 0.5, "{name}: nothing to hide at {region:?}, {told:.2}");
            let leaked = first.difference(&second, &region);
            // Encoders spread noise of other places; one changed letter is 0.3 and more.
            assert!(leaked < 0.1, "{name}: tells values apart by {leaked:.2} at {region:?}");
        }
        // What is not private is there.
        let form = places[2].inside();
        let form = Region { x: form.x, y: form.y.start..form.y.end.min(first.size().1) };
        first.assert_like(&seen, "settings form", &form, 3.0);
        assert!(first.colours(&form) > 20, "the form is blank");
        assert!(packet.evidence.screenshots[0].gaps.is_empty(), "{:?}", packet.evidence);
        Ok(())
    });
}
