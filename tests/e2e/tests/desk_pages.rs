//! The desk as a person sees it: the case is readable, and hostile text is text.

use anyhow::Result;
use baton_e2e::demo::meet_exception;
use baton_e2e::{Desk, Page, scenario};
use serde_json::Value;
use thirtyfour::By;

const HOSTILE: &str = "<img src=x onerror=\"window.pwned=1\"><script>window.pwned=2</script>";

/// A case with an exception, hostile everywhere a page or customer can write.
async fn hand_over(page: &Page, desk: &Desk) -> Result<String> {
    page.log.expect("onerror");
    meet_exception(page, desk).await?;
    let script = format!(
        "const hostile = {};
         console.error('log ' + hostile);
         window.hostileText = hostile;
         // As the page's own script: errors of foreign ones are muted by browsers.
         const thrower = document.createElement('script');
         thrower.textContent = \"throw new Error('thrown ' + hostileText)\";
         document.head.append(thrower);
         await Baton.identify('u1', {{ name: 'Eve ' + hostile, plan: hostile }});
         await Baton.setCustomData({{ [hostile]: hostile }});
         const message = 'The invoice page is broken ' + hostile;
         return (await Baton.handoff({{ message, consent: true }})).id",
        Value::from(HOSTILE).to_string().replace("</", "<\\/")
    );
    page.js_async(&script).await
}

async fn sign_in(page: &Page, desk: &Desk, token: &str) -> Result<()> {
    page.open(&format!("{}/desk", desk.url)).await?;
    page.element("#token").await?.send_keys(token).await?;
    page.click("main button").await
}

#[test]
fn a_person_signs_in_finds_the_case_and_reads_it() {
    scenario(async |page| {
        let desk = Desk::start().await?;
        let id = hand_over(page, &desk).await?;
        sign_in(page, &desk, "demo").await?;
        page.click(&format!("a.case[href$=\"{id}\"]")).await?;
        page.element("#conversation").await?;
        page.until_js("document.readyState === 'complete'").await?;
        let scrolled: f64 = page.js("return scrollY", &[]).await?;
        assert_eq!(scrolled, 0.0, "the frame scrolls the page around it");

        let text = async |css: &str| -> Result<String> {
            Ok(page.web().find(By::Css(css.to_owned())).await?.text().await?)
        };
        assert!(text("#conversation").await?.contains("The invoice page is broken"));
        assert!(text("#summary").await?.to_lowercase().contains("invoice"));
        let errors = text("#errors").await?;
        for words in ["TypeError", "reading 'address'", "billingAddress", "openInvoice"] {
            assert!(errors.contains(words), "no {words:?} in {errors}");
        }
        assert!(text("body").await?.contains("needs_investigation"));
        page.web().find(By::Css("#screenshots")).await?.scroll_into_view().await?;
        page.until_js("document.querySelector('#screenshots img').naturalWidth > 600").await?;

        // Hostile text is shown as text, wherever it came from.
        for css in ["#conversation", "#errors", "body"] {
            let shown = text(css).await?;
            assert!(shown.contains(HOSTILE), "{css} does not show the text but: {shown}");
        }
        assert!(text("body").await?.contains(&format!("Eve {HOSTILE}")));
        let ran: Value = page.js("return window.pwned ?? null", &[]).await?;
        assert_eq!(ran, Value::Null, "a script of the packet ran");
        let foreign = "return document.querySelectorAll('img[src=x], body script').length";
        assert_eq!(page.js::<u32>(foreign, &[]).await?, 0);

        // The evidence is a page in the page, which can reach nothing around it.
        let frame = page.web().find(By::Css("#evidence iframe")).await?;
        frame.scroll_into_view().await?;
        frame.enter_frame().await?;
        page.click(".outcome button").await?;
        let lines = text("#timeline").await?;
        for words in ["Ledgerline 4.12.0 starting", "reading 'address'", HOSTILE] {
            assert!(lines.contains(words), "no {words:?} in {lines}");
        }
        page.js::<Value>(
            "return [...document.querySelectorAll('.records li')]
                .find(row => row.textContent.includes(\"reading 'address'\")).click()",
            &[],
        )
        .await?;
        assert!(text("aside").await?.contains("billingAddress"), "the stack is in the details");
        let heading = page.js::<bool>("return !!document.querySelector('h1')", &[]).await?;
        assert!(!heading, "the desk has told the case already");
        let reach =
            "try { return document.cookie + parent.document.title } catch { return origin }";
        assert_eq!(page.js::<String>(reach, &[]).await?, "null");
        let ran: Value = page.js("return window.pwned ?? null", &[]).await?;
        assert_eq!(ran, Value::Null, "a script of the packet ran in the frame");
        Ok(())
    });
}

#[test]
fn without_the_token_nobody_reads_a_case() {
    scenario(async |page| {
        page.log.expect("403");
        let desk = Desk::start().await?;
        let id = hand_over(page, &desk).await?;
        page.open(&format!("{}/desk/handoffs/{id}", desk.url)).await?;
        page.element("#token").await?.send_keys("wrong").await?;
        page.click("main button").await?;
        page.until_js("document.body.textContent.includes(\"not the desk's token\")").await?;
        assert_eq!(desk.status(&format!("/v1/handoffs/{id}")).await?, 401);
        assert_eq!(desk.status("/v1/handoffs").await?, 401);
        // The right token leads to the page that was asked for.
        page.open(&format!("{}/desk/handoffs/{id}", desk.url)).await?;
        page.element("#token").await?.send_keys("demo").await?;
        page.click("main button").await?;
        page.element("#conversation").await?;
        let cookie: String = page.js("return document.cookie", &[]).await?;
        assert_eq!(cookie, "", "scripts can read the session");
        Ok(())
    });
}

/// Else the page, still loading as a test ends, logs errors that nobody made.
#[test]
fn a_server_outlives_the_test_that_started_it() {
    scenario(async |page| {
        let url = Desk::start().await?.url;
        page.open(&format!("{url}/desk")).await?;
        page.element("#token").await?;
        Ok(())
    });
}
