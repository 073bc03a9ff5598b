//! Every secret of the corpus is put wherever a page can put one: none arrives.

#[path = "../../../crates/evidence/tests/corpus/mod.rs"]
pub mod corpus;

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use baton_e2e::{Arrived, Desk, Host, Page, Trace, host::TAG, scenario};
use baton_packet::{Packet, StepAction};
use serde_json::{Value, json};

use crate::leaks::hand_over;
use corpus::{Case, secrets};

/// Lines of one packet: each is one error and two requests, and a packet has room for
/// 50 errors and 200 requests.
const BATCH: usize = 48;
/// Alerts that a packet names at least: at most 20, but some say the same once masked.
const ALERTS: usize = 10;

/// Puts lines where pages put what they should not.
const SPILL: &str = "
window.spill = async lines => {
  const main = document.querySelector('main')
  main.replaceChildren()
  lines.forEach((line, i) => {
    console.log(line)
    console.warn('failed with %s', line)
    console.info({ a: [{ b: { c: line } }] })
    console.error(new Error(line))
    setTimeout(() => { throw new Error(line, { cause: line }) })
    const p = document.createElement('p')
    p.textContent = p.title = line
    if (i < 20) p.setAttribute('role', 'alert')
    main.append(p)
  })
  for (const line of lines.filter(line => /^([a-z+]+:\\/)?[/?#]/i.test(line))) {
    const a = document.createElement('a')
    a.href = a.textContent = line
    main.append(a)
    history.pushState(null, '', '/?at=' + encodeURIComponent(line))
    history.pushState(null, '', '/#' + line)
  }
  history.pushState(null, '', '/')
  Baton.setCustomData({ canary: lines, nested: { deep: lines.map(line => ({ line })) } })
  await Baton.init({ app: { featureFlags: { ...lines } } })

  await Promise.all(lines.map(async line => {
    const headers = { 'content-type': 'application/json' }
    if (/^[ -~]*$/.test(line)) headers['x-note'] = line
    const body = JSON.stringify({ a: { b: [{ c: line }] }, again: JSON.stringify({ line }) })
    await (await fetch('/echo?q=' + encodeURIComponent(line), { method: 'POST', headers, body })).text()
    await new Promise(done => {
      const xhr = new XMLHttpRequest()
      // An address is one line.
      xhr.open('POST', '/echo?next=' + (/[\\r\\n]/.test(line) ? encodeURIComponent(line) : line))
      xhr.onload = done
      xhr.send(new URLSearchParams({ note: line }))
    })
  }))

  // What execCommand inserts is input as by a hand: its events are trusted.
  for (const line of lines) {
    const field = document.createElement('textarea')
    field.setAttribute('aria-label', 'Remarks')
    main.append(field)
    field.focus()
    document.execCommand('insertText', false, line)
  }
  const button = document.createElement('button')
  main.prepend(button)
  let next = 0
  // So is a name.
  const names = lines.filter(line => !/[\\r\\n]/.test(line))
  const name = () => button.setAttribute('aria-label', names[next++ % names.length])
  button.textContent = 'Save'
  button.onclick = name
  name()
}";

async fn spill(page: &Page, lines: &[&str]) -> Result<f64> {
    let start: f64 = page.js("return performance.now()", &[]).await?;
    page.js_async::<Value>(&format!("await spill({})", json!(lines))).await?;
    let button = page.element("main button").await?;
    let mut clicks = page.web().action_chain().move_to_element_center(&button);
    for _ in lines {
        clicks = clicks.click();
    }
    clicks.perform().await?;
    Ok(start)
}

/// Nothing is clean because it is missing.
fn ensure_full(packet: &Packet, arrived: &Arrived, lines: usize, start: f64) -> Result<()> {
    let evidence = &packet.evidence;
    let steps = |action| {
        let records = evidence.steps.records.iter().filter(|step| step.ms >= start);
        records.filter(|step| step.action == action).count()
    };
    let requests = evidence.network.records.iter().filter(|request| request.ms >= start);
    let with_body = |content: &Option<baton_packet::Content>| {
        content.as_ref().is_some_and(|content| content.body.is_some())
    };
    let bodies = requests.filter(|request| with_body(&request.request)).collect::<Vec<_>>();
    let since = |ms: &f64| *ms >= start;
    let counts = [
        ("console", evidence.console.records.iter().filter(|r| since(&r.ms)).count(), 4 * lines),
        ("errors", evidence.errors.records.iter().filter(|r| since(&r.ms)).count(), lines),
        ("bodies sent", bodies.len(), 2 * lines),
        ("bodies echoed", bodies.iter().filter(|r| with_body(&r.response)).count(), 2 * lines),
        ("inputs", steps(StepAction::Input), lines),
        ("clicks", steps(StepAction::Click) + steps(StepAction::DoubleClick), lines),
        ("alerts", packet.environment.visible_errors.len(), lines.min(ALERTS)),
        ("flags", packet.app.feature_flags.len(), lines),
        ("copy of the page", usize::from(arrived.holds("\"textarea\"")), 1),
    ];
    for (what, is, least) in counts {
        ensure!(is >= least, "{what}: {is} of {least} arrived; {:?}", evidence.gaps);
    }
    Ok(())
}

#[test]
fn no_secret_of_the_corpus_arrives_on_any_way() {
    scenario(async |page| {
        let begun = Instant::now();
        // The page's own errors, and what it logs as one.
        page.log.expect("spill.js");
        let host = Host::start().await?;
        let desk = Desk::start_for(&[&host.url]).await?;
        let config = json!({
            "endpoint": format!("{}/v1/handoffs", desk.url),
            "network": { "headers": ["x-note"], "bodies": ["/echo"] },
        });
        let head = format!(
            "{TAG}<script>Baton.init({config})</script><script src=\"/spill.js\"></script>"
        );
        host.page("/", &head, "<main></main>");
        host.file("/spill.js", SPILL);
        page.open(&host.url).await?;
        page.until_js("window.spill && document.querySelector('[data-baton-ui]')").await?;
        page.js_async::<Value>("await Baton.status(); await Baton.buildPacket({message: 'x'})")
            .await?;

        let cases = secrets();
        let wanted: Arrived = cases.iter().map(|case| case.want.as_str()).collect();
        let (mut count, mut bytes, mut leaks) = (0, 0, Vec::new());
        for cases in cases.chunks(BATCH) {
            let lines: Vec<&str> = cases.iter().map(|case| case.text.as_str()).collect();
            let start = spill(page, &lines).await?;
            let (packet, arrived) = hand_over(page, &desk, "This page fails").await?;
            ensure_full(&packet, &arrived, lines.len(), start)
                .with_context(|| format!("lines from {:?}", lines[0]))?;
            let traces = traces(cases, &wanted);
            count += traces.len();
            bytes += arrived.bytes();
            leaks.extend(arrived.leaks(&traces));
        }
        println!(
            "canary: {count} secrets in {} lines, up to 24 ways each, {} leaks in {} MB, {:.0} s",
            cases.len(),
            leaks.len(),
            bytes / 1_000_000,
            begun.elapsed().as_secs_f64()
        );
        assert!(leaks.is_empty(), "{}", leaks.join("\n"));
        Ok(())
    });
}

/// The secrets of the lines, without those that another line may keep.
fn traces(cases: &[Case], wanted: &Arrived) -> Vec<Trace> {
    let all = cases.iter().flat_map(|case| Trace::of_line(&case.text, &case.want));
    all.filter(|trace| wanted.leaks(std::slice::from_ref(trace)).is_empty()).collect()
}
