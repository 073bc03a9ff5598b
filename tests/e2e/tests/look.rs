//! The embedder's colours, corners, font and place.

use anyhow::Result;
use baton_conversation::contrast::{self, Rgb, contrast};
use baton_e2e::{Host, Page, host::TAG, scenario};
use serde_json::Value;

/// Colours in every notation, light and dark ones.
const ACCENTS: [&str; 9] = [
    "#ffe600",
    "rebeccapurple",
    "rgb(0 0 0)",
    "hsl(330 100% 50%)",
    "oklch(0.9 0.1 150)",
    "color(display-p3 0 1 0)",
    "color-mix(in oklch, red, white 60%)",
    "rgb(52 85 219 / 0.3)",
    "white",
];
const READ: &str = "
    const host = document.querySelector('[data-baton-ui=widget]');
    const bubble = getComputedStyle(host.shadowRoot.querySelector('.bubble.mine'));
    const own = name => getComputedStyle(host).getPropertyValue(name);
    return [bubble.backgroundColor, bubble.color, own('--accent-hover'), own('--accent-ink'), own('--accent-edge')]";

/// `rgb(1, 2, 3)` or `#010203`
fn colour(text: &str) -> Rgb {
    if let Some(rgb) = Rgb::from_css(text) {
        return rgb;
    }
    let numbers = text.strip_prefix("rgb(").and_then(|text| text.strip_suffix(')'));
    let numbers: Vec<u8> = numbers
        .unwrap_or_else(|| panic!("{text} is no opaque colour"))
        .split(", ")
        .map(|number| number.parse().unwrap())
        .collect();
    Rgb(numbers[0], numbers[1], numbers[2])
}

async fn readable(page: &Page, accent: &str, papers: contrast::Papers) -> Result<()> {
    let read: Vec<String> = page.js(READ, &[]).await?;
    let read: Vec<Rgb> = read.iter().map(|text| colour(text.trim())).collect();
    let [fill, text, hover, ink, edge] = read[..] else { panic!("{read:?}") };
    assert!(contrast(text, fill) >= contrast::TEXT, "{accent}: {text:?} on {fill:?}");
    assert!(contrast(text, hover) >= contrast::TEXT, "{accent}: {text:?} on {hover:?}");
    for paper in [papers.paper, papers.wash] {
        assert!(contrast(ink, paper) >= contrast::TEXT, "{accent}: {ink:?} on {paper:?}");
        assert!(contrast(edge, paper) >= contrast::GRAPHIC, "{accent}: {edge:?} on {paper:?}");
    }
    Ok(())
}

#[test]
fn whatever_the_accent_it_can_be_read_in_both_themes() {
    scenario(async |page| {
        let host = Host::with_page(TAG, "<h1>Colours</h1>").await?;
        page.open(&host.url).await?;
        page.panel().open().await?;
        page.panel().say("hello").await?;
        page.panel().element(".bubble.mine").await?;
        for (theme, papers) in [("light", contrast::LIGHT), ("dark", contrast::DARK)] {
            page.js_async::<Value>(&format!("await Baton.setTheme('{theme}')")).await?;
            for accent in ACCENTS {
                page.js_async::<Value>(&format!("await Baton.init({{ accent: '{accent}' }})"))
                    .await?;
                readable(page, accent, papers).await?;
            }
        }
        // As the system has it.
        page.js_async::<Value>("await Baton.setTheme('auto')").await?;
        page.prefers(&[("prefers-color-scheme", "dark")]).await?;
        readable(page, "white, dark system", contrast::DARK).await
    });
}

#[test]
fn the_pages_custom_properties_count_and_may_change() {
    scenario(async |page| {
        let style = "<style>
            :root { --baton-accent: #ffe600; --baton-radius: 3px; --baton-font: Georgia, serif }
            .night { --baton-accent: #400080 }
        </style>";
        let host = Host::with_page(&format!("{style}{TAG}"), "<h1>Colours</h1>").await?;
        page.open(&host.url).await?;
        page.panel().open().await?;
        page.panel().say("hello").await?;
        page.panel().element(".bubble.mine").await?;
        readable(page, "#ffe600", contrast::LIGHT).await?;
        let panel = "const { borderRadius, fontFamily } = getComputedStyle(document
            .querySelector('[data-baton-ui=widget]').shadowRoot.querySelector('.panel'));
            return [borderRadius, fontFamily]";
        assert_eq!(page.js::<Vec<String>>(panel, &[]).await?, ["3px", "Georgia, serif"]);

        let night = "document.documentElement.className = 'night';
            await Baton.close(); await Baton.open()";
        page.js_async::<Value>(night).await?;
        let fill = page.js::<Vec<String>>(READ, &[]).await?;
        assert_eq!(colour(&fill[0]), Rgb(0x40, 0, 0x80));
        readable(page, "#400080", contrast::LIGHT).await
    });
}

#[test]
fn radius_font_and_place_follow_the_configuration() {
    scenario(async |page| {
        let host = Host::with_page(TAG, "<h1>Looks</h1>").await?;
        page.open(&host.url).await?;
        let config = "await Baton.init({ radius: 0, font: 'Georgia, serif', position: 'left', offset: { x: 8, y: 60 } })";
        page.js_async::<Value>(config).await?;
        page.panel().open().await?;
        let measure = "const root = document.querySelector('[data-baton-ui=widget]').shadowRoot;
            const panel = root.querySelector('.panel'), box = panel.getBoundingClientRect();
            const launcher = document.querySelector('[data-baton-ui=launcher]').shadowRoot
                .querySelector('button').getBoundingClientRect();
            const { borderRadius, fontFamily } = getComputedStyle(panel);
            const send = getComputedStyle(root.querySelector('header button')).borderRadius;
            return [borderRadius, fontFamily, send, box.left, innerHeight - box.bottom, launcher.left,
                innerHeight - launcher.bottom]";
        let measured: Value = page.js(measure, &[]).await?;
        let expected = serde_json::json!(["0px", "Georgia, serif", "0px", 8, 132, 8, 60]);
        assert_eq!(measured, expected);
        Ok(())
    });
}
