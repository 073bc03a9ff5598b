//! The picture shows the page as its user saw it, wherever they had scrolled to.

use anyhow::{Context, Result};
use baton_e2e::picture::Region;
use baton_e2e::{Host, Page, Picture, host::TAG, scenario};
use serde_json::Value;

/// Mean difference, of 255, up to which two pictures show the same: edges of
/// text are smoothed in another way, which counts for more in a small part.
const LIKE: f64 = 2.0;
const PART_LIKE: f64 = 6.0;
const BANDS: &str = "<style>
    body { margin: 0; font: 16px/1.5 sans-serif }
    .bar { position: sticky; top: 0; height: 50px; background: rgb(20, 107, 83); color: white }
    .note { position: fixed; left: 20px; bottom: 20px; width: 200px; height: 40px;
        background: rgb(180, 30, 60); color: white }
    .band { height: 300px }
    .wide .band { width: 2400px }
    .box { position: absolute; left: 300px; top: 900px; width: 300px; height: 200px;
        overflow: auto; scrollbar-width: none; background: white }
    .box p { height: 90px; margin: 0 } .box p:nth-child(even) { background: rgb(250, 200, 90) }
</style>";

fn body() -> String {
    let bands: String = (0..12)
        .map(|index| {
            let hue = index * 30;
            format!("<div class=\"band\" id=\"b{index}\"><b>Band {index}, hue {hue}</b></div>")
        })
        .collect();
    let paint = "<script>for (const band of document.querySelectorAll('.band'))
        band.style.background = `hsl(${band.id.slice(1) * 30} 70% 80%)`</script>";
    let rows: String = (0..20).map(|row| format!("<p>Row {row}</p>")).collect();
    format!(
        "<div class=\"bar\">The bar stays</div>{bands}<div class=\"note\">The note stays</div>\
         <div class=\"box\">{rows}</div>{paint}"
    )
}

/// The page as the browser paints it and as the packet shows it.
async fn both(page: &Page, host: &Host) -> Result<(Picture, Picture)> {
    page.js_async::<Value>("await Baton.hide(); await new Promise(requestAnimationFrame)").await?;
    let seen = page.picture().await?;
    let call = "await Baton.handoff({ message: 'This page is broken', consent: true })";
    page.js_async::<Value>(call).await?;
    let arrival = host.receiver.arrivals().pop().context("nothing arrived")?;
    let bytes = arrival.files.values().next().context("no picture arrived")?;
    Ok((seen, Picture::decode(bytes)?))
}

async fn assert_like(page: &Page, scroll: &str, name: &str) -> Result<()> {
    let host = Host::with_page(&format!("{TAG}{BANDS}"), &body()).await?;
    page.open(&host.url).await?;
    page.js::<Value>(&format!("{scroll}; return null"), &[]).await?;
    let (seen, picture) = both(page, &host).await?;
    let (width, height) = picture.size();
    for (part, region, most) in [
        ("bar", Region { x: 0..width, y: 0..50 }, PART_LIKE),
        ("note", Region { x: 20..220, y: height - 80..height - 20 }, PART_LIKE),
        ("all", picture.whole(), LIKE),
    ] {
        picture.assert_like(&seen, &format!("{name} {part}"), &region, most);
    }
    Ok(())
}

#[test]
fn an_unscrolled_page_is_pictured_as_it_is() {
    scenario(async |page| assert_like(page, "scrollTo(0, 0)", "unscrolled").await);
}

#[test]
fn a_scrolled_box_is_pictured_where_it_was_scrolled_to() {
    scenario(async |page| {
        let scroll = "document.querySelector('.box').style.top = '300px';
            document.querySelector('.box').scrollTop = 433";
        assert_like(page, scroll, "scrolled box").await
    });
}

#[test]
fn a_scrolled_page_is_pictured_where_it_was_with_what_sticks_in_place() {
    scenario(async |page| assert_like(page, "scrollTo(0, 777)", "scrolled page").await);
}

#[test]
fn a_page_wider_than_the_window_is_pictured_without_its_scroll_bars() {
    scenario(async |page| {
        assert_like(page, "document.documentElement.className = 'wide'", "wide page").await
    });
}
