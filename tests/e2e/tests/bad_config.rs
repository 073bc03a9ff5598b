//! Bad configuration and hostile set-ups: the developer reads a clear message,
//! the customer the truth, and the host page goes on.

use anyhow::Result;
use baton_e2e::{Host, Page, host::TAG, scenario};
use baton_packet::{Packet, limits};
use serde_json::{Value, json};

const NO_ENDPOINT: &str = "<script src=\"/baton/baton.js\"></script>";
/// The page's own code runs on, whatever Baton does.
const ALIVE: &str = "<p id=\"alive\"></p><script src=\"/alive.js\"></script>";
const ALIVE_JS: &str = "document.getElementById('alive').textContent = 'alive'";

async fn host(page: &Page, head: &str) -> Result<Host> {
    let host = Host::with_page(head, ALIVE).await?;
    host.file("/alive.js", ALIVE_JS);
    page.open(&host.url).await?;
    page.until_js("document.getElementById('alive').textContent == 'alive'").await?;
    Ok(host)
}

/// Goes from the launcher to the confirmation.
async fn deliver(page: &Page, host: &Host) -> Result<Packet> {
    let panel = page.panel();
    panel.open().await?;
    panel.say("This page is broken, I get an error").await?;
    panel.review().await?;
    panel.send().await?;
    let mut packets = host.receiver.accepted();
    assert_eq!(packets.len(), 1);
    Ok(packets.remove(0))
}

fn gap<'a>(packet: &'a Packet, stage: &str) -> &'a str {
    let gap = packet.evidence.gaps.iter().find(|gap| gap.stage == stage);
    gap.map(|gap| gap.reason.as_str())
        .unwrap_or_else(|| panic!("no gap {stage:?} in {:?}", packet.evidence.gaps))
}

async fn warned(page: &Page, words: &str) -> bool {
    let lines = page.log.read(page.web()).await;
    lines.iter().any(|line| line.level == "WARNING" && line.text.contains(words))
}

fn problem(status: &Value, code: &str) -> String {
    let problems = status["problems"].as_array().cloned().unwrap_or_default();
    let found = problems.iter().find(|problem| problem["code"] == code);
    found
        .and_then(|problem| problem["message"].as_str())
        .unwrap_or_else(|| panic!("no problem {code:?} in {status}"))
        .to_owned()
}

#[test]
fn without_an_endpoint_developer_and_customer_are_told_and_nothing_is_lost() {
    scenario(async |page| {
        let host = host(page, NO_ENDPOINT).await?;
        page.watch_events().await?;
        assert!(problem(&page.status().await?, "endpoint_missing").contains("no endpoint"));
        let panel = page.panel();
        panel.open().await?;
        assert!(warned(page, "no endpoint is").await, "no warning in the console");
        let errors = page.events("error").await?;
        assert!(errors.iter().any(|error| error.to_string().contains("no endpoint")), "{errors:?}");

        panel.say("This page is broken, I get an error").await?;
        panel.review().await?;
        panel.press("Send to").await?;
        panel.wait_for("Not delivered").await?;
        panel.wait_for("Nothing is lost").await?;
        // The developer repairs it; the customer's packet is still there.
        page.js_async::<Value>("await Baton.init({ endpoint: '/v1/handoffs' })").await?;
        panel.press("Try again now").await?;
        panel.wait_for("Handed over").await?;
        assert_eq!(host.receiver.accepted().len(), 1);
        Ok(())
    });
}

#[test]
fn an_endpoint_that_is_no_web_address_is_refused_by_name() {
    scenario(async |page| {
        let tag = TAG.replace("/v1/handoffs", "ftp://example.com/x");
        let host = host(page, &tag).await?;
        let words = problem(&page.status().await?, "config");
        assert!(words.contains("\"endpoint\"") && words.contains("http(s) URL"), "{words}");
        assert!(warned(page, "http(s) URL").await, "no warning in the console");
        for wrong in ["'http://'", "'javascript:alert(1)'", "42", "{}"] {
            let call = format!("await Baton.init({{ endpoint: {wrong} }})");
            let error = page.js_async::<Value>(&call).await.unwrap_err().to_string();
            assert!(error.contains("endpoint"), "{wrong}: {error}");
        }
        page.js_async::<Value>("await Baton.init({ endpoint: '/v1/handoffs' })").await?;
        deliver(page, &host).await?;
        Ok(())
    });
}

#[test]
fn wrong_types_are_refused_one_by_one_and_the_rest_holds() {
    scenario(async |page| {
        let host = host(page, TAG).await?;
        let call = "await Baton.init({ app: 'Shop', accent: 7, position: 1, theme: null,
            labels: 3, preload: 'yes', privacy: 1, sensors: 'none', consentText: {},
            locale: 'en', unknownKey: 1 })";
        let error = page.js_async::<Value>(call).await.unwrap_err().to_string();
        assert!(error.contains("\"app\""), "the rejection names no key: {error}");
        let status = page.status().await?;
        let problems = status["problems"].as_array().cloned().unwrap_or_default();
        let mut keys: Vec<&str> =
            problems.iter().filter_map(|problem| problem["key"].as_str()).collect();
        keys.sort_unstable();
        let expected = [
            "accent",
            "app",
            "consentText",
            "labels",
            "position",
            "preload",
            "privacy",
            "sensors",
            "theme",
        ];
        assert_eq!(keys, expected, "{problems:?}");
        for key in expected {
            assert!(warned(page, &format!("\\\"{key}\\\"")).await, "no warning for {key}");
        }
        for wrong in ["null", "'endpoint'", "[]", "undefined", "7"] {
            let call = format!("await Baton.init({wrong}).catch(() => 0); return 1");
            assert_eq!(page.js_async::<u32>(&call).await?, 1);
        }
        for (call, word) in [
            ("identify()", "id"),
            ("identify({})", "id"),
            ("setCustomData('x')", "setCustomData"),
            ("metadata({})", "metadata"),
            ("attach('a.txt', 'text')", "attach"),
            ("attachTo('#nowhere')", "no element"),
            ("ask(7)", "text"),
            ("triage()", "text"),
            ("buildPacket('x')", "options"),
            ("captureScreenshot({ scale: 99 })", "scale"),
        ] {
            let script = format!("await Baton.{call}");
            let error = page.js_async::<Value>(&script).await;
            let error =
                error.map_or_else(|error| error.to_string(), |_| format!("{call} resolved"));
            assert!(error.contains(word), "{call}: {error}");
        }
        deliver(page, &host).await?;
        Ok(())
    });
}

#[test]
fn wrong_looks_and_answers_are_told_by_name_and_the_defaults_are_used() {
    scenario(async |page| {
        let host = host(page, TAG).await?;
        page.status().await?;
        for (key, wrong) in [
            ("articles", "'ftp://example.com'"),
            ("ai", "{ url: 'javascript:0' }"),
            ("flows", "7"),
            ("answerOrder", "['nobody']"),
            ("sound", "'loud'"),
            ("radius", "'round'"),
            ("font", "''"),
            ("offset", "{ x: -20 }"),
            ("launcherIcon", "'data:text/html,x'"),
            ("shortcut", "'Alt+'"),
            ("locale", "'no tag'"),
        ] {
            let call = format!("await Baton.init({{ {key}: {wrong} }})");
            let error = page.js_async::<Value>(&call).await.unwrap_err().to_string();
            assert!(error.starts_with(&format!("config \"{key}\" must be ")), "{key}: {error}");
            assert!(warned(page, &format!("\\\"{key}\\\"")).await, "no warning for {key}");
        }
        deliver(page, &host).await?;
        let radius = "return getComputedStyle(document.querySelector('[data-baton-ui=widget]')
            .shadowRoot.querySelector('.panel')).borderRadius";
        assert_eq!(page.js::<String>(radius, &[]).await?, "16px");
        Ok(())
    });
}

#[test]
fn init_twice_merges_and_draws_one_launcher() {
    scenario(async |page| {
        let host = host(page, NO_ENDPOINT).await?;
        page.js_async::<Value>("await Baton.init({ app: { name: 'Shop', version: '1' } })").await?;
        page.js_async::<Value>("await Baton.init({ endpoint: '/v1/handoffs' })").await?;
        assert_eq!(page.status().await?["inits"], 2);
        let launchers = "return document.querySelectorAll('[data-baton-ui=launcher]').length";
        assert_eq!(page.js::<u32>(launchers, &[]).await?, 1);
        let packet = deliver(page, &host).await?;
        assert_eq!(packet.app.name.as_deref(), Some("Shop"));
        Ok(())
    });
}

#[test]
fn a_second_script_tag_does_nothing_and_says_so() {
    scenario(async |page| {
        let log = "<script>console.log('logged once')</script>";
        let host = host(page, &format!("{TAG}{TAG}{log}")).await?;
        assert!(problem(&page.status().await?, "twice").contains("twice"));
        assert!(warned(page, "is on this page twice").await, "no warning in the console");
        let launchers = "return document.querySelectorAll('[data-baton-ui=launcher]').length";
        assert_eq!(page.js::<u32>(launchers, &[]).await?, 1);
        let packet = deliver(page, &host).await?;
        let lines = packet.evidence.console.records.iter();
        assert_eq!(lines.filter(|line| line.message == "logged once").count(), 1);
        Ok(())
    });
}

#[test]
fn a_frozen_console_still_works_and_is_a_named_gap() {
    scenario(async |page| {
        let freeze = "<script>Object.freeze(console)</script>";
        let log = "<script>console.info('still printed')</script>";
        let host = host(page, &format!("{freeze}{TAG}{log}")).await?;
        let packet = deliver(page, &host).await?;
        assert!(gap(&packet, "console").contains("froze console"));
        assert_eq!(packet.evidence.console.records, []);
        let lines = page.log.read(page.web()).await;
        assert!(lines.iter().any(|line| line.text.contains("still printed")));
        Ok(())
    });
}

#[test]
fn a_console_replaced_later_stays_the_pages_and_is_a_named_gap() {
    scenario(async |page| {
        let replace = "<script>
            console.log('before');
            window.heard = [];
            console.log = (...words) => { heard.push(words.join(' ')) };
            console.log('after');
            window.console = { log: () => heard.push('new console'), warn() {}, error() {} };
            console.log('gone');
        </script>";
        let host = host(page, &format!("{TAG}{replace}")).await?;
        let packet = deliver(page, &host).await?;
        let heard: Vec<String> = page.js("return heard", &[]).await?;
        assert_eq!(heard, ["after", "new console"]);
        assert!(gap(&packet, "console").contains("replaced"));
        let lines: Vec<&str> =
            packet.evidence.console.records.iter().map(|line| line.message.as_str()).collect();
        assert_eq!(lines, ["before"]);
        Ok(())
    });
}

#[test]
fn a_packet_over_the_cap_goes_without_its_heaviest_part_and_says_so() {
    scenario(async |page| {
        let host = host(page, TAG).await?;
        let heavy = "await Baton.setCustomData({ dump: 'lorem ipsum '.repeat(450000) })";
        page.js_async::<Value>(heavy).await?;
        let packet = deliver(page, &host).await?;
        assert!(host.receiver.arrivals()[0].packet.len() <= limits::MAX_PACKET_BYTES);
        assert!(packet.app.custom_data.is_empty());
        assert!(!gap(&packet, "custom_data").is_empty());
        assert_eq!(packet.conversation.transcript[1].text, "This page is broken, I get an error");
        Ok(())
    });
}

#[test]
fn a_failing_metadata_callback_is_a_named_gap() {
    scenario(async |page| {
        let callbacks = "<script>
            Baton.metadata(() => { throw new Error('no') });
            Baton.metadata(() => 'text');
            Baton.metadata(() => ({ fine: true }));
            Baton.on('message', () => { throw new Error('a handler of the page') });
        </script>";
        page.log.expect("a handler of the page");
        let host = host(page, &format!("{TAG}{callbacks}")).await?;
        let packet = deliver(page, &host).await?;
        assert_eq!(Value::Object(packet.app.custom_data.clone()), json!({ "fine": true }));
        let gaps = packet.evidence.gaps.iter().filter(|gap| gap.stage == "custom_data");
        assert_eq!(gaps.count(), 2, "{:?}", packet.evidence.gaps);
        Ok(())
    });
}
