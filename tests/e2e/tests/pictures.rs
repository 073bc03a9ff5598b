//! Several pictures of one case, as a customer adds and takes them out, and as the desk
//! gets them.

use std::path::Path;

use anyhow::{Context, Result};
use baton_e2e::demo::review_exception;
use baton_e2e::panel::Panel;
use baton_e2e::picture::Region;
use baton_e2e::{Desk, Host, Page, Picture, host::TAG, scenario};
use baton_packet::{Packet, ScreenshotMethod};
use serde_json::{Value, json};
use thirtyfour::By;

/// Finds something of the panel by its words and brings it out from under the footer.
const FIND: &str = "
    const root = document.querySelector('[data-baton-ui=\"widget\"]').shadowRoot;
    const words = element => (element.getAttribute('aria-label') || element.textContent).trim();
    const found = [...root.querySelectorAll('button, summary')]
        .find(element => words(element) === arguments[0] && !element.ariaDisabled && !element.disabled);
    found?.scrollIntoView({ block: 'center' });
    return found ?? null";

async fn click(page: &Page, words: &str) -> Result<()> {
    page.until(&format!("{words:?} in the panel"), async || {
        let found = page.web().execute(FIND.to_owned(), vec![words.into()]).await?;
        if found.json().is_null() {
            return Ok(None);
        }
        found.element()?.click().await?;
        Ok(Some(()))
    })
    .await
}

/// A PNG file of one colour.
fn image(folder: &Path, name: &str, color: [u8; 3]) -> Result<String> {
    let path = folder.join(name);
    image::RgbImage::from_pixel(60, 40, image::Rgb(color)).save(&path)?;
    Ok(path.to_str().context("no UTF-8")?.to_owned())
}

/// Chooses files for "Add an image", as the browser's own dialog would.
async fn choose(panel: Panel<'_>, paths: &str) -> Result<()> {
    panel.element("input[type=file]").await?.send_keys(paths).await?;
    Ok(())
}

async fn counted(panel: Panel<'_>, words: &str) -> Result<()> {
    panel.wait_for(words).await
}

fn methods(packet: &Packet) -> Vec<ScreenshotMethod> {
    packet.evidence.screenshots.iter().map(|shot| shot.method).collect()
}

#[test]
fn what_the_customer_adds_and_takes_out_is_what_the_desk_gets_and_shows() {
    scenario(async |page| {
        let folder = tempfile::tempdir()?;
        let desk = review_exception(page).await?;
        let panel = page.panel();
        counted(panel, "1 of 5").await?;
        click(page, "Add a picture").await?;
        choose(panel, &image(folder.path(), "red.png", [200, 20, 40])?).await?;
        counted(panel, "2 of 5").await?;
        // The same bytes once more: a picture of its own, and one file on the wire.
        click(page, "Add a picture").await?;
        choose(panel, &image(folder.path(), "again.png", [200, 20, 40])?).await?;
        counted(panel, "3 of 5").await?;
        let paste = "
            const root = document.querySelector('[data-baton-ui=\"widget\"]').shadowRoot;
            const canvas = Object.assign(document.createElement('canvas'), { width: 9, height: 9 });
            canvas.getContext('2d').fillRect(0, 0, 9, 9);
            const blob = await new Promise(done => canvas.toBlob(done));
            const carried = new DataTransfer();
            carried.items.add(new File([blob], 'pasted.png', { type: 'image/png' }));
            root.querySelector('.panel').dispatchEvent(new ClipboardEvent('paste',
                { clipboardData: carried, bubbles: true, composed: true, cancelable: true }))";
        page.js_async::<Value>(paste).await?;
        counted(panel, "4 of 5").await?;
        click(page, "Remove picture 1").await?;
        counted(panel, "3 of 5").await?;
        let id = panel.send().await?;

        let packet = desk.packet(&id).await?;
        assert_eq!(methods(&packet), [ScreenshotMethod::Upload; 3]);
        let names: Vec<_> = packet.attachments.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["screenshot-1.png", "screenshot-2.png", "screenshot-3.png"]);
        assert_eq!(packet.attachments[0].sha256, packet.attachments[1].sha256);
        for name in ["screenshot-1.png", "screenshot-2.png"] {
            let sent = Picture::decode(&desk.attachment(&id, name).await?)?;
            assert_eq!(sent.size(), (60, 40));
            assert_eq!(sent.mean(&sent.whole()).map(f64::round), [200.0, 20.0, 40.0]);
        }
        let gaps = json!(packet.evidence.gaps).to_string();
        assert!(gaps.contains("1 taken out by the customer"), "{gaps}");

        page.open(&format!("{}/desk", desk.url)).await?;
        page.element("#token").await?.send_keys("demo").await?;
        page.click("main button").await?;
        page.click(&format!("a.case[href$=\"{id}\"]")).await?;
        page.web().find(By::Css("#screenshots")).await?.scroll_into_view().await?;
        let all = "[...document.querySelectorAll('#screenshots img')]
            .filter(image => image.naturalWidth > 0).length === 3";
        page.until_js(all).await?;
        let shown = page.web().find(By::Css("#screenshots")).await?.text().await?;
        assert_eq!(shown.matches("Added by the customer").count(), 3, "{shown}");
        Ok(())
    });
}

#[test]
fn where_a_policy_forbids_the_picture_the_customer_gives_one_and_the_desk_gets_it() {
    scenario(async |page| {
        page.log.expect("img-src");
        let folder = tempfile::tempdir()?;
        let host = Host::start().await?;
        let desk = Desk::start_for(&[&host.url]).await?;
        let tag = TAG.replace("/v1/handoffs", &format!("{}/v1/handoffs", desk.url));
        host.page("/", &tag, "<h1>Strict</h1>");
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
             connect-src 'self' {}; img-src 'self'; style-src 'self'",
            desk.url
        );
        host.header("content-security-policy", &policy)?;
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("This page is broken, I get an error").await?;
        panel.review().await?;
        panel.wait_for("This page could not be pictured.").await?;
        panel.wait_for("img-src").await?;
        // The ways around it are in sight, without another click.
        panel.wait_for("Share your screen").await?;
        choose(panel, &image(folder.path(), "mine.png", [20, 90, 200])?).await?;
        counted(panel, "1 of 5").await?;
        let id = panel.send().await?;
        let packet = desk.packet(&id).await?;
        assert_eq!(methods(&packet), [ScreenshotMethod::Upload]);
        let sent = Picture::decode(&desk.attachment(&id, "screenshot-1.png").await?)?;
        assert_eq!(sent.mean(&sent.whole()).map(f64::round), [20.0, 90.0, 200.0]);
        let gap = packet.evidence.gaps.iter().find(|gap| gap.stage == "screenshot");
        assert!(gap.is_some_and(|gap| gap.reason.contains("img-src")), "{:?}", packet.evidence);
        Ok(())
    });
}

#[test]
fn five_pictures_go_at_most_and_the_sixth_is_told() {
    scenario(async |page| {
        let folder = tempfile::tempdir()?;
        let host = Host::with_page(TAG, "<h1>Many</h1>").await?;
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("This page is broken, it is a bug").await?;
        panel.review().await?;
        let mut paths = Vec::new();
        for shade in 0..5 {
            paths.push(image(folder.path(), &format!("{shade}.png"), [shade * 40, 0, 0])?);
        }
        click(page, "Add a picture").await?;
        choose(panel, &paths.join("\n")).await?;
        counted(panel, "5 of 5").await?;
        panel.wait_for("no more can be added").await?;
        assert_eq!(panel.count(".add").await?, 0, "there is nothing to add with");
        panel.send().await?;
        let arrival = host.receiver.arrivals().pop().context("nothing arrived")?;
        assert_eq!(
            (host.receiver.accepted()[0].evidence.screenshots.len(), arrival.files.len()),
            (5, 5)
        );
        Ok(())
    });
}

#[test]
fn the_page_captured_again_is_pictured_as_it_is_then() {
    scenario(async |page| {
        let body =
            "<div id=\"state\" style=\"position:fixed;inset:0;background:rgb(250,240,200)\"></div>";
        let host = Host::with_page(TAG, body).await?;
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("This page is broken, it is a bug").await?;
        panel.review().await?;
        page.js::<Value>("state.style.background = 'rgb(10, 150, 90)'; return null", &[]).await?;
        click(page, "Add a picture").await?;
        click(page, "Capture this page again").await?;
        counted(panel, "2 of 5").await?;
        // A change of the host's own keeps them: the draft is made anew.
        page.js_async::<Value>("await Baton.identify('u7')").await?;
        panel.review().await?;
        counted(panel, "2 of 5").await?;
        panel.send().await?;
        let arrival = host.receiver.arrivals().pop().context("nothing arrived")?;
        let packet = &host.receiver.accepted()[0];
        let mut means = Vec::new();
        for file in &packet.attachments {
            let bytes = arrival.files.get(&file.sha256).context("a file is missing")?;
            let picture = Picture::decode(bytes)?;
            means.push(picture.mean(&Region { x: 0..200, y: 0..200 }).map(f64::round));
        }
        assert_eq!(means, [[250.0, 240.0, 200.0], [10.0, 150.0, 90.0]]);
        assert_eq!(methods(packet), [ScreenshotMethod::Engine; 2]);
        Ok(())
    });
}

#[test]
fn a_report_of_a_tester_takes_further_pictures_along() {
    scenario(async |page| {
        let folder = tempfile::tempdir()?;
        let desk = Desk::start().await?;
        page.open(&desk.url).await?;
        let panel = page.panel();
        page.js_async::<Value>("await Baton.open({ mode: 'qa' })").await?;
        panel.element(".qa .pictures canvas").await?;
        panel.element(".qa textarea").await?.send_keys("It is red").await?;
        click(page, "Add a picture").await?;
        choose(panel, &image(folder.path(), "red.png", [200, 20, 40])?).await?;
        counted(panel, "2 of 5").await?;
        let written = panel.element(".qa textarea").await?.prop("value").await?;
        assert_eq!(written.as_deref(), Some("It is red"));
        let packet = desk.packet(&panel.send().await?).await?;
        assert_eq!(methods(&packet), [ScreenshotMethod::Engine, ScreenshotMethod::Upload]);
        assert_eq!(packet.summary.problem, "It is red");
        Ok(())
    });
}

#[test]
fn a_picture_by_call_needs_no_widget() {
    scenario(async |page| {
        let body =
            "<div id=\"box\" style=\"width:120px;height:50px;background:rgb(120,20,160)\"></div>";
        let host = Host::with_page(TAG, body).await?;
        page.open(&host.url).await?;
        let sizes: Value = page
            .js_async(
                "const size = async options => {
                     const bitmap = await createImageBitmap(await Baton.captureScreenshot(options));
                     return [bitmap.width, bitmap.height] };
                 const region = { x: 0, y: 0, width: 30, height: 20 };
                 return [await size({ target: '#box' }), await size({ target: region, scale: 2 }),
                     (await Baton.captureScreenshot({ format: 'webp', maxBytes: 4000 })).size <= 4000]",
            )
            .await?;
        assert_eq!(sizes, json!([[120, 50], [60, 40], true]));
        assert_eq!(page.status().await?["widget"], "not_loaded");
        let loaded: Vec<String> = page
            .js(
                "return performance.getEntriesByType('resource').map(one => new URL(one.name).pathname)
                     .filter(path => path.endsWith('.wasm'))",
                &[],
            )
            .await?;
        assert!(loaded.iter().all(|path| path.contains("/screenshot/")), "{loaded:?}");
        Ok(())
    });
}
