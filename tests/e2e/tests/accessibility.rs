//! Every screen of the panel, looked through by axe-core: on a desktop and a phone, in
//! both themes, and with the system's own colours.

use anyhow::Result;
use baton_e2e::{Host, Page, host::TAG, scenario_within};

type Wishes<'a> = &'a [(&'a str, &'a str)];

const LOOKS: [(&str, Wishes<'_>); 3] = [
    ("light", &[("prefers-color-scheme", "light")]),
    ("dark", &[("prefers-color-scheme", "dark")]),
    ("forced colours", &[("forced-colors", "active")]),
];

/// What axe-core finds on this screen, in all looks and both sizes.
async fn violations(page: &Page, screen: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for is_phone in [false, true] {
        if is_phone {
            page.on_phone(375, 667).await?;
        }
        for (look, wishes) in LOOKS {
            page.prefers(wishes).await?;
            let place = if is_phone { "phone" } else { "desktop" };
            found.extend(
                page.axe().await?.into_iter().map(|it| format!("{screen}, {place}, {look}: {it}")),
            );
        }
    }
    page.on_desktop().await?;
    page.prefers(&[]).await?;
    Ok(found)
}

#[test]
fn no_screen_from_the_launcher_to_the_confirmation_violates_wcag() {
    scenario_within(240, async |page| {
        let host = Host::with_page(TAG, "<main><h1>Host</h1></main>").await?;
        page.open(&host.url).await?;
        page.panel().launcher().await?;
        let mut found = violations(page, "launcher").await?;
        let panel = page.panel();
        panel.open().await?;
        found.extend(violations(page, "chat").await?);
        panel.say("This page is broken, I get an error").await?;
        panel.wait_for("Review and send").await?;
        found.extend(violations(page, "ready").await?);
        panel.review().await?;
        found.extend(violations(page, "review").await?);
        panel.send().await?;
        found.extend(violations(page, "sent").await?);
        assert!(found.is_empty(), "{}", found.join("\n"));
        Ok(())
    });
}

#[test]
fn answers_offers_and_questions_violate_no_wcag() {
    scenario_within(240, async |page| {
        let host = Host::with_page(TAG, "<main><h1>Host</h1></main>").await?;
        page.open(&host.url).await?;
        let articles = "await Baton.init({ articles: [{ id: 'reset', title: 'Reset your password',
            url: 'https://help.example/reset',
            body: '1. Open the sign-in page and choose **Forgot password**.\\n2. Follow the link in the mail.' }] });
            return null";
        page.js_async::<serde_json::Value>(articles).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("How do I reset my password?").await?;
        panel.wait_for("Did this help?").await?;
        let mut found = violations(page, "answer").await?;
        panel.press("No").await?;
        panel.wait_for("Shall I bring in a person?").await?;
        found.extend(violations(page, "offer").await?);
        panel.say("The page freezes with an error when I open an invoice, it is a bug").await?;
        panel.wait_for("Skip this question").await?;
        found.extend(violations(page, "question").await?);
        assert!(found.is_empty(), "{}", found.join("\n"));
        Ok(())
    });
}
