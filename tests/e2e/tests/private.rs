//! What a page has marked as private, what always is, and what its configuration
//! calls secret: in no step, no copy of the page, no recording.

use std::time::Duration;

use anyhow::{Context, Result};
use baton_e2e::{Page, Trace, scenario};
use baton_packet::{ReplayKind, StepAction};
use serde_json::{Value, json};

use crate::leaks::{hand_over, secret, set_up};

/// Marks of our own and those of others that we honour.
const MARKS: [&str; 14] = [
    "data-baton-mask",
    "data-baton-block",
    "data-private",
    "class=sentry-mask",
    "data-sentry-mask",
    "class=sentry-block",
    "data-sentry-block",
    "class=rr-mask",
    "class=rr-block",
    "class=fs-mask",
    "class=fs-exclude",
    "data-dd-privacy=mask",
    "data-dd-privacy=hidden",
    "data-hj-suppress",
];

/// Fields that are private whatever is around them.
const FIELDS: [&str; 8] = [
    "type=password",
    "type=password data-baton-allow",
    "autocomplete=one-time-code",
    "autocomplete=cc-number",
    "autocomplete=\"section-a billing cc-csc\"",
    "autocomplete=new-password",
    "name=passwort",
    "id=cardNumber",
];

/// Types as by a hand: its events are trusted.
const TYPE: &str = "
    for (const [id, text] of arguments[0]) {
      document.querySelector(`[data-n=\"${id}\"]`).focus()
      document.execCommand('insertText', false, text)
    }
    return null";

async fn type_all(page: &Page, texts: &[(String, String)]) -> Result<()> {
    page.js::<Value>(TYPE, &[json!(texts)]).await?;
    Ok(())
}

#[test]
fn what_is_private_is_in_no_step_no_copy_and_no_recording() {
    scenario(async |page| {
        let (mut body, mut texts, mut traces) = (String::from("<main>"), Vec::new(), Vec::new());
        for (number, mark) in MARKS.iter().enumerate() {
            let (shown, typed) = (secret(100 + number), secret(200 + number));
            body.push_str(&format!(
                "<section {mark}><button class=go>{shown}</button><label>{shown}\
                 <input data-n=m{number}></label><p title={shown} data-x={shown}>{shown}</p>\
                 <p role=alert>{shown}</p></section>"
            ));
            texts.push((format!("m{number}"), typed.clone()));
            traces.extend([Trace::of(mark, &shown), Trace::of(mark, &typed)]);
        }
        for (number, field) in FIELDS.iter().enumerate() {
            let typed = secret(300 + number);
            body.push_str(&format!("<input aria-label=Field data-n=f{number} {field}>"));
            texts.push((format!("f{number}"), typed.clone()));
            traces.push(Trace::of(field, &typed));
        }
        body.push_str(
            "<section data-baton-mask>x<p data-baton-allow>This may be seen</p></section></main>",
        );
        let config = json!({ "replay": { "seconds": 30 }, "network": { "bodies": ["/echo"] } });
        let (_host, desk) = set_up(page, config, "", &body).await?;
        tokio::time::sleep(Duration::from_millis(500)).await;

        type_all(page, &texts).await?;
        // "Show password", and on with typing.
        let toggled = secret(400);
        page.js::<Value>("document.querySelector('[data-n=f0]').type = 'text'; return null", &[])
            .await?;
        page.element("[data-n=f0]").await?.send_keys(&toggled).await?;
        traces.push(Trace::of("a password that is shown", &toggled));
        let buttons: usize = page.js("return document.querySelectorAll('.go').length", &[]).await?;
        assert_eq!(buttons, MARKS.len());
        for number in [0, 1, 3, 8] {
            page.click(&format!("section:nth-of-type({}) .go", number + 1)).await?;
        }
        // Changes while it is recorded, and a request with all that was typed.
        page.js_async::<Value>(
            "for (const p of document.querySelectorAll('section p[title]')) {
               p.firstChild.data += ' again'
               p.after(p.cloneNode(true))
             }
             const fields = [...document.querySelectorAll('[data-n]')].map(field => field.value)
             await (await fetch('/echo', { method: 'POST', body: JSON.stringify({ fields }) })).text()
             history.pushState(null, '', '?saved=' + encodeURIComponent(fields[0]))
             await new Promise(done => setTimeout(done, 300))",
        )
        .await?;

        let (packet, arrived) = hand_over(page, &desk, "Saving fails").await?;
        let leaks = arrived.leaks(&traces);
        println!("private: {} texts, {} leaks", traces.len(), leaks.len());
        assert!(leaks.is_empty(), "{}", leaks.join("\n"));

        let steps = packet.evidence.steps.records.iter();
        let inputs = steps.filter(|step| step.action == StepAction::Input);
        let fields: Vec<_> = inputs.filter_map(|step| step.field.as_ref()).collect();
        assert!(fields.len() >= MARKS.len() + FIELDS.len(), "{fields:?}");
        assert!(fields.iter().all(|field| field.private && field.length >= 24), "{fields:?}");
        let replay = packet.evidence.replay.as_ref().context("there is no replay")?;
        assert_eq!(replay.kind, ReplayKind::Recording, "{:?}", replay.gaps);
        assert!(replay.events > 2 && arrived.holds("This may be seen"), "{replay:?}");
        let request = packet.evidence.network.records.iter().find(|r| r.url.ends_with("/echo"));
        let body = request.and_then(|request| request.request.as_ref()?.body.as_deref());
        assert!(body.is_some_and(|body| body.contains("fields")), "{body:?}");
        Ok(())
    });
}

#[test]
fn the_pages_own_rules_hold_on_every_way() {
    scenario(async |page| {
        page.log.expect("refused");
        let config = json!({ "privacy": {
            "nationalIds": true,
            "transcript": "all",
            "patterns": [
                { "name": "order", "pattern": "ORD-\\d+" },
                { "name": "broken", "pattern": "(" },
            ],
        }, "network": { "bodies": ["/echo"] } });
        let body = "<main><p>Order ORD-100001 of 536-90-4399</p>\
            <button aria-label='Open ORD-100002'>Open</button><input data-n=note aria-label=Note>\
            <p role=alert>ORD-100003 was refused</p></main>";
        let (_host, desk) = set_up(page, config, "", body).await?;
        page.click("main button").await?;
        type_all(page, &[("note".to_owned(), "see ORD-100004".to_owned())]).await?;
        page.js_async::<Value>(
            "console.error('refused: ORD-100005, SSN 536-90-4399')
             Baton.setCustomData({ last: 'ORD-100006', holder: { ssn: '536-90-4399' } })
             history.pushState(null, '', '/#/orders/ORD-100007')
             await fetch('/echo?order=ORD-100008', { method: 'POST', body: '{\"o\":\"ORD-100009\"}' })
             await new Promise(done => setTimeout(done, 100))",
        )
        .await?;
        let message = "ORD-100010 is wrong, answer ann@example.com or +49 30 1234567";
        let (packet, arrived) = hand_over(page, &desk, message).await?;
        for secret in ["ORD-1000", "536-90-4399", "ann@example.com", "30 1234567"] {
            let leaks = arrived.leaks(&[Trace::of(secret, secret)]);
            assert!(leaks.is_empty(), "{}", leaks.join("\n"));
        }
        let said = packet.conversation.transcript.iter().find(|said| said.text.contains("wrong"));
        let said = said.map(|said| said.text.as_str());
        assert_eq!(said, Some("[order] is wrong, answer [e-mail] or [phone]"));
        let line = packet.evidence.console.records.iter().find(|r| r.message.contains("refused"));
        let line = line.map(|line| line.message.as_str());
        assert_eq!(line, Some("refused: [order], SSN [national id]"));
        let count = |kind| packet.redactions.iter().filter(|entry| entry.kind == kind).count();
        assert!(count("order") >= 6, "{:?}", packet.redactions);
        let status = page.status().await?.to_string();
        assert!(status.contains("privacy.patterns[1].pattern"), "{status}");
        assert!(!status.contains("privacy.patterns[0]"), "{status}");
        Ok(())
    });
}
