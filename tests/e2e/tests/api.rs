//! The public API without the panel: a page that has a form of its own.

use anyhow::Result;
use baton_e2e::{Desk, Host, host::TAG, scenario};
use baton_packet::{Channel, ConsentVia, Intent, sha256_hex};
use serde_json::{Value, json};

const NO_PANEL: &str = "return !document.querySelector('[data-baton-ui=widget]:not([hidden])')";

#[test]
fn build_packet_gives_packet_and_files_and_sends_nothing() {
    scenario(async |page| {
        let desk = Desk::start().await?;
        page.open(&desk.url).await?;
        page.until_js("document.querySelector('[data-testid=project-card]')").await?;
        let built: Value = page
            .js_async(
                "const { packet, attachments } = await Baton.buildPacket({
                     message: 'The project page crashes with an error, it is a bug.' });
                 const hex = bytes => [...new Uint8Array(bytes)]
                     .map(byte => byte.toString(16).padStart(2, '0')).join('');
                 const files = await Promise.all(attachments.map(async ({ blob, ...entry }) => {
                     const bytes = await blob.arrayBuffer();
                     const sha256 = hex(await crypto.subtle.digest('SHA-256', bytes));
                     return { entry, found: { size: bytes.byteLength, sha256, type: blob.type } };
                 }));
                 return { packet, files }",
            )
            .await?;
        let files = built["files"].as_array().cloned().unwrap_or_default();
        assert_eq!(files.len(), 1, "{files:?}");
        for key in ["size", "sha256", "type"] {
            assert_eq!(files[0]["entry"][key], files[0]["found"][key], "{key}");
        }
        assert_eq!(json!([files[0]["entry"]]), built["packet"]["attachments"]);
        assert_eq!(built["packet"]["consent"]["approved"], false);
        assert_eq!(desk.ids().await?, [""; 0], "something was sent");
        assert!(page.js::<bool>(NO_PANEL, &[]).await?, "a panel was opened");
        Ok(())
    });
}

#[test]
fn handoff_with_consent_delivers_and_gives_the_receipt() {
    scenario(async |page| {
        let desk = Desk::start().await?;
        page.open(&desk.url).await?;
        page.watch_events().await?;
        let message = "The export is broken, I get an error every time.";
        let receipt: Value = page
            .js_async(&format!(
                "return await Baton.handoff({{ message: '{message}', consent: true }})"
            ))
            .await?;
        let id = receipt["id"].as_str().unwrap_or_default();
        assert!(receipt["conversation_token"].as_str().is_some_and(|token| token.len() >= 32));
        assert_eq!(receipt["missing"], json!([]));

        let packet = desk.packet(id).await?;
        assert_eq!(packet.conversation.transcript.len(), 1);
        let said = &packet.conversation.transcript[0];
        assert_eq!((said.text.as_str(), said.channel), (message, Channel::Api));
        assert_eq!(packet.triage.intent, Intent::Bug);
        assert_eq!(packet.consent.via, ConsentVia::Api);
        assert_eq!(packet.evidence.screenshots.len(), 1);
        let file = &packet.attachments[0];
        assert_eq!(sha256_hex(&desk.attachment(id, &file.name).await?), file.sha256);

        assert_eq!(page.events("handoff:queued").await?, [json!({ "id": id })]);
        assert_eq!(page.events("handoff:delivered").await?, vec![receipt.clone()]);
        assert_eq!(page.events("open").await?, [Value::Null; 0]);
        assert!(page.js::<bool>(NO_PANEL, &[]).await?, "a panel was opened");
        Ok(())
    });
}

#[test]
fn handoff_without_consent_rejects_and_sends_nothing() {
    scenario(async |page| {
        let desk = Desk::start().await?;
        page.open(&desk.url).await?;
        for options in [
            "{ message: 'It is broken' }",
            "{ message: 'It is broken', consent: false }",
            "{ message: 'It is broken', consent: 'yes' }",
            "",
        ] {
            let call = format!("await Baton.handoff({options})");
            let error = page.js_async::<Value>(&call).await.unwrap_err().to_string();
            assert!(error.contains("consent"), "{options}: {error}");
        }
        let call = "await Baton.handoff({ message: ' ', consent: true })";
        let error = page.js_async::<Value>(call).await.unwrap_err().to_string();
        assert!(error.contains("nothing was said"), "{error}");
        assert_eq!(desk.ids().await?, [""; 0]);
        Ok(())
    });
}

#[test]
fn calls_made_before_anything_has_loaded_are_kept() {
    scenario(async |page| {
        let early = "<script>
            Baton.setCustomData({ early: 'yes' });
            Baton.identify('u1', { name: 'Early Bird', plan: 'pro' });
            Baton.metadata(() => ({ from_callback: 7 }));
            Baton.attach('notes.txt', new Blob(['hello'], { type: 'text/plain' }));
            window.receipt = Baton.handoff({ message: 'This is broken', consent: true });
            console.log('next inline script');
        </script>";
        let host = Host::with_page(&format!("{TAG}{early}"), "<h1>Early</h1>").await?;
        page.open(&host.url).await?;
        let id: String = page.js_async("return (await window.receipt).id").await?;
        let packets = host.receiver.accepted();
        assert_eq!(packets.len(), 1);
        let packet = &packets[0];
        assert_eq!(packet.id.as_str(), id);
        assert_eq!(
            Value::Object(packet.app.custom_data.clone()),
            json!({ "early": "yes", "from_callback": 7 })
        );
        assert_eq!(packet.customer.name.as_deref(), Some("Early Bird"));
        assert_eq!(packet.customer.plan.as_deref(), Some("pro"));
        let names: Vec<&str> = packet.attachments.iter().map(|file| file.name.as_str()).collect();
        assert!(names.contains(&"notes.txt"), "{names:?}");
        let sent = &host.receiver.arrivals()[0];
        assert_eq!(sent.files.get(&sha256_hex(b"hello")).map(|b| &b[..]), Some(&b"hello"[..]));
        let console = &packet.evidence.console.records;
        assert!(console.iter().any(|record| record.message == "next inline script"));
        Ok(())
    });
}

#[test]
fn a_hand_off_by_the_page_rejects_with_the_reason_when_it_is_refused() {
    scenario(async |page| -> Result<()> {
        page.log.expect("/v1/handoffs");
        let host = Host::with_page(TAG, "<h1>Refused</h1>").await?;
        host.receiver.behave(&[baton_e2e::Behaviour::Status(403)]);
        page.open(&host.url).await?;
        page.watch_events().await?;
        let call = "await Baton.handoff({ message: 'This is broken', consent: true })";
        let error = page.js_async::<Value>(call).await.unwrap_err().to_string();
        assert!(error.contains("not delivered") && error.contains("403"), "{error}");
        let failed = page.events("handoff:failed").await?;
        assert_eq!(failed.len(), 1);
        assert_eq!(failed[0]["will_retry"], false);
        Ok(())
    });
}

#[test]
fn plain_reports_of_a_bug_are_understood_as_such_and_no_mood_is_imputed() {
    scenario(async |page| {
        let host = Host::with_page(TAG, "<h1>Triage</h1>").await?;
        page.open(&host.url).await?;
        let texts = [
            "When I open an invoice nothing happens. It worked yesterday.",
            "The shop is broken, I get an error",
            "The project page crashes with an error, it is a bug.",
            "Opening an invoice is broken: I click on it and nothing happens, I think it is a bug.",
        ];
        for text in texts {
            let call = format!("return await Baton.triage({})", json!(text));
            let triage: Value = page.js_async(&call).await?;
            assert_eq!(triage["intent"], "bug", "{text}: {triage}");
            // The state is a guess with a probability; what is told to the customer
            // and the team is the rule.
            let call = format!(
                "return (await Baton.buildPacket({{ message: {}, screenshot: false }})).packet",
                json!(text)
            );
            let packet: Value = page.js_async(&call).await?;
            let rule = &packet["escalation"]["rule"];
            assert_eq!(rule, "needs_investigation", "{text}: {}", packet["escalation"]);
        }
        assert!(host.receiver.arrivals().is_empty());
        Ok(())
    });
}
