//! The page of a packet, opened from disk as a person does.

use std::io::Cursor;

use anyhow::Result;
use baton_e2e::{Page, scenario};
use baton_packet::Packet;
use serde_json::{Value, json};
use thirtyfour::{By, Key};

use crate::hostile::poison;

const FULL: &str = include_str!("../../../crates/packet/tests/fixtures/packets/1.0-full.json");
const TABS: [&str; 8] = [
    "timeline",
    "network",
    "steps",
    "screenshots",
    "conversation",
    "environment",
    "privacy",
    "exports",
];

fn full() -> Value {
    serde_json::from_str(FULL).unwrap_or_default()
}

fn picture() -> Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbaImage::new(40, 30).write_to(&mut bytes, image::ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

/// Writes the page to a file and opens that. The folder lives as long as the page.
async fn open(page: &Page, packet: &Value) -> Result<tempfile::TempDir> {
    let packet: Packet = serde_json::from_value(packet.clone())?;
    let picture = picture()?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("index.html");
    std::fs::write(&file, baton_evidence::viewer::page(&packet, &|_| Some(picture.clone())))?;
    page.open(&format!("file://{}", file.display())).await?;
    page.element("[role=tablist]").await?;
    Ok(folder)
}

async fn text(page: &Page, css: &str) -> Result<String> {
    Ok(page.web().find(By::Css(css.to_owned())).await?.text().await?)
}

/// The visible records of the timeline.
async fn records(page: &Page) -> Result<Vec<String>> {
    let body = "return [...document.querySelectorAll('.records li')]
        .filter(row => row.offsetParent).map(row => row.querySelector('.text').textContent)";
    page.js(body, &[]).await
}

#[test]
fn a_file_tells_what_led_to_the_error() {
    scenario(async |page| {
        let mut packet = full();
        let quiet = json!({ "at": "2026-11-24T21:05:12.000Z", "ms": 90.0, "level": "info", "message": "started" });
        let lines = &mut packet["evidence"]["console"]["records"];
        *lines = json!([quiet, lines[0].clone()]);
        let _folder = open(page, &packet).await?;

        assert!(text(page, "h1").await?.contains("The invoice export fails"));
        assert!(text(page, ".overview .trouble").await?.contains("rows is undefined"));
        // The quiet line did not lead to the error; one click shows it.
        assert_eq!(records(page).await?.len(), 5);
        page.click(".outcome button").await?;
        let all = records(page).await?;
        assert_eq!(all.len(), 6);
        assert_eq!(all.first().map(String::as_str), Some("started"));

        // Filters by kind and by words.
        page.click(".chip[name=step]").await?;
        assert_eq!(records(page).await?.len(), 5);
        let search = page.element("input[type=search]").await?;
        search.send_keys("FAILED to fetch").await?;
        assert_eq!(records(page).await?, ["/api/me"]);
        search.clear().await?;

        // The list is walked by keys; the details follow.
        page.click(".overview .trouble").await?;
        let details = text(page, "aside").await?;
        assert!(details.contains("at export (app.js:12:8)"), "{details}");
        let list = page.element(".records").await?;
        list.send_keys(Key::Home + "").await?;
        assert!(text(page, "aside").await?.contains("started"));
        list.send_keys(Key::Escape + "").await?;
        page.until_js("document.querySelector('aside').hidden").await?;

        // The waterfall sorts, and its rows open the same details.
        page.click("#network-tab").await?;
        page.click(".waterfall thead th:nth-child(2) button").await?;
        assert!(text(page, ".waterfall tbody tr").await?.contains("/api/me"), "failures first");
        page.click(".waterfall tbody button").await?;
        assert!(text(page, "aside").await?.contains("Failed to fetch"));

        let asked = "return performance.getEntriesByType('resource').map(it => it.name)
            .filter(name => !name.startsWith('data:'))";
        assert_eq!(page.js::<Vec<String>>(asked, &[]).await?, Vec::<String>::new());
        Ok(())
    });
}

#[test]
fn a_screenshot_is_enlarged_by_mouse_and_keys() {
    scenario(async |page| {
        let _folder = open(page, &full()).await?;
        page.click(".overview .thumbnail").await?;
        page.until_js("document.querySelector('dialog output').textContent === '100 %'").await?;
        let frame = page.element("dialog .frame").await?;
        frame.send_keys("++").await?;
        assert_eq!(text(page, "dialog output").await?, "156 %");
        frame.send_keys("0").await?;
        assert_eq!(text(page, "dialog output").await?, "100 %");
        frame.send_keys(Key::Escape + "").await?;
        page.until_js("!document.querySelector('dialog')").await
    });
}

#[test]
fn the_exports_are_files_to_keep_and_text_to_copy() {
    scenario(async |page| {
        let _folder = open(page, &full()).await?;
        page.click("#exports-tab").await?;
        let button = async |name: &str, which: &str| {
            let path = format!("//li[.//code='{name}']//button[.='{which}']");
            page.web().find(By::XPath(path)).await
        };
        button("report.md", "Copy").await?.click().await?;
        page.until_js("document.querySelector('#exports').textContent.includes('Copied')").await?;
        button("recorder.json", "Download").await?.click().await?;
        let flow: Value = serde_json::from_slice(&page.download().await?)?;
        assert!(flow["steps"].as_array().is_some_and(|steps| !steps.is_empty()), "{flow}");
        Ok(())
    });
}

#[test]
fn hostile_text_is_text_wherever_it_stands() {
    scenario(async |page| {
        for evil in [
            "</script><script>window.pwned=1</script><img src=x onerror=window.pwned=2>",
            "javascript:window.pwned=3",
            "https://a.example/\"onmouseover=\"window.pwned=4",
        ] {
            let mut packet = full();
            poison(&mut packet, evil);
            packet["evidence"]["network"]["records"][0]["method"] = evil.into();
            packet["evidence"]["screenshots"][0]["attachment"] = evil.into();
            packet["app"]["custom_data"] = json!({ evil: { evil: evil } });
            packet["evidence"]["replay"] = json!({
                "kind": "snapshot", "events": 0, "duration_ms": 0,
                "gaps": [{ "stage": evil, "reason": evil }],
            });
            let _folder = open(page, &packet).await?;
            for tab in TABS {
                page.click(&format!("#{tab}-tab")).await?;
                let shown = text(page, &format!("#{tab}")).await?;
                assert!(shown.contains(evil) || tab == "exports", "{tab} shows {shown}");
            }
            // Everything that opens is opened; nothing runs, and nothing leads anywhere else.
            let found: Value = page
                .js_async(
                    "for (const row of document.querySelectorAll('.records li, .waterfall button, .steps button')) {
                        row.click()
                        row.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))
                     }
                     await new Promise(done => setTimeout(done, 100))
                     const all = [...document.querySelectorAll('main *')]
                     return {
                        ran: window.pwned ?? null,
                        scripts: all.filter(it => it.localName === 'script' || it.localName === 'iframe').length,
                        links: all.filter(it => it.href && !/^https?:/.test(it.href)).length,
                        pictures: all.filter(it => it.src && !it.src.startsWith('data:image/png')).length,
                        handlers: all.filter(it => [...it.attributes].some(at => at.name.startsWith('on') || at.name === 'style' && /url/.test(at.value))).length,
                     }",
                )
                .await?;
            let nothing =
                json!({ "ran": null, "scripts": 0, "links": 0, "pictures": 0, "handlers": 0 });
            assert_eq!(found, nothing, "{evil}");
        }
        Ok(())
    });
}
