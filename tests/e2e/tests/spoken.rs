//! A whole flow as a screen reader has it, held as a text. `UPDATE_SPOKEN=1` writes it
//! anew: read the difference aloud.

use std::path::PathBuf;

use anyhow::Result;
use baton_e2e::{Host, Page, host::TAG, scenario_within};

fn kept() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join("spoken.txt")
}

/// What is spoken on this screen, without what differs from run to run.
async fn screen(page: &Page, name: &str) -> Result<String> {
    let mut said = format!("## {name}\n\n");
    for line in page.spoken().await? {
        // Sizes, versions and times of this browser and machine are in the environment.
        let varies = line.contains("Mozilla/") || line.contains("127.0.0.1") || line.contains('×');
        let is_id = line.len() == 36 && line.matches('-').count() == 4;
        if varies || is_id || line.contains("Chrome") {
            continue;
        }
        said.push_str(&line);
        said.push('\n');
    }
    said.push('\n');
    Ok(said)
}

#[test]
fn a_flow_from_the_first_word_to_the_teams_answer_can_be_listened_to() {
    scenario_within(120, async |page| {
        let host = Host::with_page(TAG, "<main><h1>Host</h1></main>").await?;
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.launcher().await?;
        let mut said = screen(page, "The page, with the launcher").await?;
        panel.open().await?;
        said.push_str(&screen(page, "The panel").await?);
        panel.say("I want a refund, I was charged twice").await?;
        panel.wait_for("Review and send").await?;
        said.push_str(&screen(page, "A person is brought in").await?);
        panel.review().await?;
        said.push_str(&screen(page, "The review").await?);
        panel.send().await?;
        said.push_str(&screen(page, "Handed over").await?);
        if std::env::var_os("UPDATE_SPOKEN").is_some() {
            std::fs::write(kept(), &said)?;
        }
        let before = std::fs::read_to_string(kept())?;
        let changed: Vec<_> = said.lines().zip(before.lines()).filter(|(a, b)| a != b).collect();
        assert!(
            changed.is_empty() && said.lines().count() == before.lines().count(),
            "another flow is spoken; UPDATE_SPOKEN=1 writes it: {changed:#?}"
        );
        Ok(())
    });
}
