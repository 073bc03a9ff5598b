//! The panel on a phone: all of the screen that the keyboard leaves, and the page behind
//! as it was.

use anyhow::Result;
use baton_e2e::{Host, Page, host::TAG, scenario};
use serde_json::{Value, json};

const TALL: &str = "<div style=\"height: 3000px\">A long page</div>";
const META: &str = "<meta name=\"viewport\" content=\"width=device-width\">";
/// In place of the browser's own, since no keyboard comes up in a test.
const KEYBOARD: &str = "<script>
    const view = Object.assign(new EventTarget(), { offsetTop: 0, height: innerHeight, scale: 1 });
    Object.defineProperty(window, 'visualViewport', { value: view });
    window.keyboard = (height, offsetTop, scale = 1) => {
        Object.assign(view, { height, offsetTop, scale });
        view.dispatchEvent(new Event('resize'));
    };
</script>";
const BOXES: &str = "
    const root = document.querySelector('[data-baton-ui=widget]').shadowRoot;
    const box = css => { const b = root.querySelector(css).getBoundingClientRect();
        return [b.x, b.y, b.width, b.height] };
    return [box('.panel'), box('.composer')]";

async fn open(page: &Page, head: &str) -> Result<Host> {
    page.on_phone(375, 667).await?;
    let host = Host::with_page(head, TALL).await?;
    page.open(&host.url).await?;
    open_panel(page).await?;
    Ok(host)
}

/// Not by the mouse: the driver asks the window's own viewport where to click.
async fn open_panel(page: &Page) -> Result<()> {
    page.js_async::<Value>("await Baton.open()").await?;
    page.panel().wait_open().await
}

async fn boxes(page: &Page) -> Result<[[f64; 4]; 2]> {
    page.js(BOXES, &[]).await
}

#[test]
fn the_panel_fills_a_phone_and_can_be_typed_in_without_zooming() {
    scenario(async |page| {
        let _host = open(page, &format!("{META}{TAG}")).await?;
        let [panel, composer] = boxes(page).await?;
        assert_eq!(panel, [0.0, 0.0, 375.0, 667.0]);
        assert_eq!(composer[1] + composer[3], 667.0);
        let size =
            "return getComputedStyle(document.querySelector('[data-baton-ui=widget]').shadowRoot
            .querySelector('.composer textarea')).fontSize";
        assert_eq!(page.js::<String>(size, &[]).await?, "16px");
        Ok(())
    });
}

#[test]
fn the_composer_is_above_the_keyboard_and_the_page_as_it_was_after() {
    scenario(async |page| {
        let _host = open(page, &format!("{META}{KEYBOARD}{TAG}")).await?;
        let styles = "const style = element => element.getAttribute('style');
            return [style(document.documentElement), style(document.body), scrollY]";
        let before: Value = page.js(styles, &[]).await?;
        page.js::<Value>("keyboard(380, 40); return null", &[]).await?;
        let [panel, composer] = boxes(page).await?;
        assert_eq!(panel, [0.0, 40.0, 375.0, 380.0]);
        assert_eq!(composer[1] + composer[3], 420.0);
        // Who has zoomed in gets all of the panel.
        page.js::<Value>("keyboard(300, 40, 2); return null", &[]).await?;
        assert_eq!(boxes(page).await?[0], [0.0, 0.0, 375.0, 667.0]);
        assert_eq!(page.js::<Value>(styles, &[]).await?, before);

        page.js_async::<Value>("await Baton.close()").await?;
        page.js::<Value>("keyboard(380, 40); return null", &[]).await?;
        let left = "const { style } = document.querySelector('[data-baton-ui=widget]');
            return ['--baton-view-top', '--baton-view-height'].map(it => style.getPropertyValue(it))";
        assert_eq!(page.js::<Value>(left, &[]).await?, json!(["", ""]));
        Ok(())
    });
}

#[test]
fn on_a_desktop_a_keyboard_changes_nothing() {
    scenario(async |page| {
        let host = Host::with_page(&format!("{KEYBOARD}{TAG}"), TALL).await?;
        page.open(&host.url).await?;
        open_panel(page).await?;
        let before = boxes(page).await?;
        page.js::<Value>("keyboard(300, 40); return null", &[]).await?;
        assert_eq!(boxes(page).await?, before);
        Ok(())
    });
}
