//! What led to the report, and what the page showed: as the desk receives it.

use anyhow::{Context, Result};
use baton_e2e::demo::review_exception;
use baton_e2e::{Desk, Host, Page, host::TAG, scenario};
use baton_packet::{Packet, ReplayKind, StepAction};

const STEPS: &str = "What you did";
const COPY: &str = "Copy of the page";

/// Breaks the demo and brings the report to its review; answers the names in it.
async fn up_to_the_review(page: &Page) -> Result<(Desk, Vec<String>)> {
    let desk = review_exception(page).await?;
    let items = page.panel().review_items().await?;
    let names = items.iter().filter_map(|item| item["name"].as_str().map(str::to_owned));
    Ok((desk, names.collect()))
}

fn replay_text(packet: &Packet) -> Result<String> {
    let replay = packet.evidence.replay.as_ref().context("there is no replay")?;
    Ok(serde_json::to_string(&replay.inline)?)
}

#[test]
fn the_report_holds_the_clicks_that_led_to_it_and_a_copy_of_the_page() {
    scenario(async |page| {
        let (desk, names) = up_to_the_review(page).await?;
        for name in [STEPS, COPY] {
            assert!(names.iter().any(|known| known == name), "{name} in {names:?}");
        }
        let id = page.panel().send().await?;
        let packet = desk.packet(&id).await?;

        let steps = &packet.evidence.steps.records;
        let click = steps
            .iter()
            .find(|step| {
                step.action == StepAction::Click && step.target.contains("Open an invoice")
            })
            .with_context(|| format!("no click in {steps:?}"))?;
        assert!(click.target.starts_with("button “"), "{}", click.target);
        assert!(click.selectors[0].starts_with("role=button[name="), "{:?}", click.selectors);
        let by_id = "data-testid=break-exception".to_owned();
        assert!(click.selectors.contains(&by_id), "{:?}", click.selectors);
        let error = packet.evidence.errors.records.first().context("there is no error")?;
        assert!(click.ms < error.ms, "the click came before the error");
        // The conversation with support is no step towards the bug.
        for step in steps {
            let own = ["Review and send", "Write a message", "Open help"];
            assert!(own.iter().all(|word| !step.target.contains(word)), "{}", step.target);
        }

        let replay = packet.evidence.replay.as_ref().context("there is no replay")?;
        assert_eq!((replay.kind, replay.events), (ReplayKind::Snapshot, 2), "{:?}", replay.gaps);
        let copy = replay_text(&packet)?;
        assert!(copy.contains("Ledgerline") && !copy.contains("Review and send"));
        assert!(packet.integrity.is_some());
        Ok(())
    });
}

#[test]
fn struck_out_steps_and_the_copy_of_the_page_leave_nothing() {
    scenario(async |page| {
        let (desk, _) = up_to_the_review(page).await?;
        let panel = page.panel();
        panel.toggle(STEPS).await?;
        panel.toggle(COPY).await?;
        let id = panel.send().await?;
        let packet = desk.packet(&id).await?;
        assert_eq!(packet.evidence.steps.records, []);
        assert_eq!(packet.evidence.replay, None);
        assert!(packet.attachments.iter().all(|file| file.name != "replay.json"));
        let stored = String::from_utf8(desk.packet_bytes(&id).await?)?;
        for trace in ["break-exception", "childNodes"] {
            assert!(!stored.contains(trace), "{trace}");
        }
        for redaction in &packet.redactions {
            assert!(!["evidence.steps", "evidence.replay"].contains(&&*redaction.section));
        }
        for name in ["steps", "replay"] {
            let item = packet.consent.items.iter().find(|item| item.item == name);
            assert!(item.is_some_and(|item| !item.included && item.count > 0), "{name}: {item:?}");
        }
        Ok(())
    });
}

#[test]
fn the_errors_a_page_shows_and_its_feature_flags_arrive() {
    scenario(async |page| {
        let init = "<script>Baton.init({ app: { featureFlags: { new_export: true, arm: 'b' } } })\
            </script>";
        let body = "<main><h1>Invoices</h1><div role=alert>Could not save for ann@example.com</div>\
            <p data-baton-mask role=alert>Your code is 4711</p></main>";
        let host = Host::with_page(&format!("{TAG}{init}"), body).await?;
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("Saving fails, this is a bug").await?;
        panel.review().await?;
        panel.send().await?;
        let packet = host.receiver.accepted().pop().context("nothing arrived")?;
        assert_eq!(packet.environment.visible_errors, ["Could not save for [e-mail]"]);
        let flags = serde_json::to_string(&packet.app.feature_flags)?;
        assert_eq!(flags, r#"{"arm":"b","new_export":true}"#);
        let copy = replay_text(&packet)?;
        assert!(copy.contains("Invoices"), "{copy}");
        assert!(!copy.contains("4711") && !copy.contains("ann@example.com"), "{copy}");
        Ok(())
    });
}
