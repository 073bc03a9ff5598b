//! Pages with a Content-Security-Policy: Baton needs what the README says and no more.

use anyhow::Result;
use baton_e2e::{Host, Page, host::TAG, scenario};
use serde_json::Value;

const STRICT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    connect-src 'self'; img-src data:; style-src 'self'";
const WATCH: &str = "<script src=\"/watch.js\"></script>";
const WATCH_JS: &str = "
    window.violations = [];
    document.addEventListener('securitypolicyviolation', event =>
        violations.push(event.violatedDirective + ' ' + event.blockedURI));";

async fn host(page: &Page, policy: &str) -> Result<Host> {
    let style = "<link rel=\"stylesheet\" href=\"/own.css\">";
    let body = "<h1>Strict</h1><p>A page with a policy.</p>";
    let host = Host::with_page(&format!("{WATCH}{TAG}{style}"), body).await?;
    host.file("/watch.js", WATCH_JS);
    host.file("/own.css", "h1 { color: rgb(20, 107, 83) }");
    host.header("content-security-policy", policy)?;
    page.open(&host.url).await?;
    Ok(host)
}

async fn violations(page: &Page) -> Result<Vec<String>> {
    page.js("return violations", &[]).await
}

#[test]
fn under_the_strict_policy_all_works_without_a_violation() {
    scenario(async |page| {
        let host = host(page, STRICT).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("This page is broken, I get an error").await?;
        panel.review().await?;
        panel.send().await?;
        assert_eq!(violations(page).await?, [""; 0]);
        let packets = host.receiver.accepted();
        assert_eq!(packets.len(), 1);
        assert_eq!(packets[0].evidence.screenshots.len(), 1, "{:?}", packets[0].evidence.gaps);
        // The panel is laid out, so its style sheet was not blocked either.
        let width = "return document.querySelector('[data-baton-ui=widget]').shadowRoot
            .querySelector('.panel').offsetWidth";
        assert_eq!(page.js::<u32>(width, &[]).await?, 400);
        Ok(())
    });
}

#[test]
fn where_pictures_are_not_allowed_the_packet_goes_without_and_says_so() {
    scenario(async |page| {
        page.log.expect("img-src");
        let policy = STRICT.replace("img-src data:", "img-src 'self'");
        let host = host(page, &policy).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("This page is broken, I get an error").await?;
        panel.review().await?;
        panel.send().await?;
        let confirmation = panel.text().await?;
        assert!(!confirmation.contains("creenshot"), "{confirmation}");
        let packets = host.receiver.accepted();
        assert_eq!(packets.len(), 1);
        let packet = &packets[0];
        assert_eq!((packet.evidence.screenshots.len(), packet.attachments.len()), (0, 0));
        let gap = packet.evidence.gaps.iter().find(|gap| gap.stage == "screenshot");
        assert!(gap.is_some_and(|gap| !gap.reason.is_empty()), "{:?}", packet.evidence.gaps);
        Ok(())
    });
}

#[test]
fn where_wasm_is_not_allowed_the_plain_form_delivers() {
    scenario(async |page| {
        page.log.expect("wasm-unsafe-eval");
        page.log.expect("Content Security Policy");
        let policy = STRICT.replace(" 'wasm-unsafe-eval'", "");
        let host = host(page, &policy).await?;
        let panel = page.panel();
        panel.launcher().await?.click().await?;
        let find = "
            for (const host of document.querySelectorAll('[data-baton-ui]')) {
                const found = host.shadowRoot?.querySelector(arguments[0]);
                if (found) return found;
            }
            return null";
        let within = async |css: &str| {
            page.until(css, async || {
                let found = page.web().execute(find.to_owned(), vec![css.into()]).await?;
                Ok(if found.json().is_null() { None } else { Some(found.element()?) })
            })
            .await
        };
        within("textarea").await?.send_keys("This page is broken, I get an error").await?;
        let consent = "input[type=checkbox]";
        if let Ok(found) = page.web().execute(find.to_owned(), vec![consent.into()]).await
            && !found.json().is_null()
        {
            found.element()?.click().await?;
        }
        within("button[type=submit], .primary").await?.click().await?;
        page.until("a packet", async || Ok((!host.receiver.accepted().is_empty()).then_some(())))
            .await?;
        let packets = host.receiver.accepted();
        let packet = &packets[0];
        assert_eq!(packet.consent.via.as_str(), "fallback");
        let said = &packet.conversation.transcript[0].text;
        assert_eq!(said, "This page is broken, I get an error");
        let status: Value = page.status().await?;
        assert_eq!(status["widget"], "wasm_blocked_by_csp");
        Ok(())
    });
}
