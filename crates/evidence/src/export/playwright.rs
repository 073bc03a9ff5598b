//! A regression test for `@playwright/test`: red while the error of the report is
//! there, green once it is fixed. The file is TypeScript and, having no type in it,
//! JavaScript, too.

use std::fmt::Write as _;

use baton_packet::{ErrorKind, NetworkRecord, Packet, StepAction};

use super::masked::Masks;
use super::place;
use super::plan::{Act, Plan, plan, title, viewport_size};
use super::quote::{comment, javascript, pattern};
use super::selector::{Locator, Selector};
use crate::timeline::{Entry, Record};
use crate::words;

/// Longest part of a message that the test looks for, in characters.
const PATTERN_CHARS: usize = 200;

/// The text of the test.
pub fn playwright(packet: &Packet) -> String {
    let plan = plan(packet);
    let masks = Masks::of(packet);
    let bug = Bug::of(plan.cause.as_ref(), masks);
    let base = place::origin(&plan.start_url).unwrap_or("http://localhost").to_owned();
    let mut inputs = Vec::new();
    let steps: String = plan.acts.iter().map(|act| step(act, &base, masks, &mut inputs)).collect();
    let (width, height) = viewport_size(&packet.environment.viewport);

    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "\
// {heading}
// By Baton, from report {id} of {created}.
// Red while the error of the report is there, green once it is fixed.
// Run it with `npx playwright test`. It reads
//   BATON_BASE_URL   another host to test; its query is added to every address
{inputs}import {{ expect, test }} from '@playwright/test'

const base = process.env.BATON_BASE_URL ?? {base}
const at = (path = '/') => {{
  const url = new URL(path, base)
  for (const [name, value] of new URL(base).searchParams) url.searchParams.set(name, value)
  return url.href
}}

test({title}, async ({{ page }}) => {{
  test.setTimeout(120_000)
  page.setDefaultTimeout(10_000)
  let seen = ''
  page.on('pageerror', error => {{ seen += `page error: ${{error.name}}: ${{error.message}}\\n` }})
  page.on('console', line => {{ if (line.type() === 'error') seen += `console: ${{line.text()}}\\n` }})
  page.on('response', answer => {{
    if (answer.status() >= 400) seen += `${{answer.request().method()}} ${{answer.url()}} → ${{answer.status()}}\\n`
  }})
  page.on('requestfailed', request => {{ seen += `${{request.method()}} ${{request.url()}} → failed\\n` }})

  // The first way that finds one element, else the first that finds any.
  const find = async (ways = [page.locator('html')]) => {{
    let found = ways[0]
    await expect(async () => {{
      const counts = await Promise.all(ways.map(way => way.count()))
      const best = counts.includes(1) ? counts.indexOf(1) : counts.findIndex(count => count > 0)
      expect(best, `not on the page: ${{ways.join(' or ')}}`).toBeGreaterThan(-1)
      found = ways[best].first()
    }}).toPass({{ timeout: 10_000 }})
    return found
  }}

  // Where the report's page went. A fixed one may go elsewhere, so that this is no failure.
  const arrive = address =>
    page.waitForURL(address, {{ timeout: 5_000, waitUntil: 'commit' }}).catch(() => {{}})

  await page.setViewportSize({{ width: {width}, height: {height} }})
  try {{
    await page.goto(at({start}))
{steps}    // What the page still loads may bring the error.
    await page.waitForLoadState('networkidle', {{ timeout: 5_000 }}).catch(() => {{}})
    await page.waitForTimeout({settle})
  }} finally {{
    expect(seen, {message}).not.toMatch(new RegExp({pattern}))
  }}
}})
",
        heading = comment(title(packet)),
        id = comment(packet.id.as_str()),
        created = comment(packet.created_at.as_str()),
        inputs = inputs.concat(),
        base = javascript(&base),
        title = javascript(&words::one_line(title(packet), 120)),
        start = javascript(&relative(&plan.start_url, &base, masks)),
        settle = settle(&plan),
        message = javascript(&bug.message),
        pattern = javascript(&bug.pattern),
    );
    out
}

/// Waiting at the end, in milliseconds: half a second, or longer where the failure
/// took longer.
fn settle(plan: &Plan<'_>) -> u32 {
    (plan.lag_ms + 500.0).clamp(500.0, 5_000.0) as u32
}

/// The address within the page's own host; another host's in full.
fn relative(url: &str, base: &str, masks: Masks<'_>) -> String {
    let url = masks.with_samples(url);
    if place::origin(&url) == Some(base) { place::path(&url) } else { url }
}

/// What the test looks for among the lines it has seen.
struct Bug {
    /// For whoever reads the red test.
    message: String,
    /// Source of a `RegExp`.
    pattern: String,
}

impl Bug {
    fn of(cause: Option<&Entry<'_>>, masks: Masks<'_>) -> Self {
        let text = cause.map(|cause| words::one_line(&cause.text, 300)).unwrap_or_default();
        let pattern = match cause.map(|cause| cause.record) {
            Some(Record::Error(error)) => match error.kind {
                ErrorKind::Uncaught | ErrorKind::UnhandledRejection => {
                    ["page error: .*", &core(&error.message, error.name.as_deref(), masks)].concat()
                }
                ErrorKind::Resource => match &error.source {
                    Some(url) => [&address(url, masks), "[^ ]* → (failed|[45])"].concat(),
                    None => "→ (failed|[45])".to_owned(),
                },
                ErrorKind::Csp | ErrorKind::Report => {
                    ["console: .*", &core(&error.message, None, masks)].concat()
                }
            },
            Some(Record::Network(request)) => refused(request, masks),
            Some(Record::Console(line)) if cause.is_some_and(|cause| cause.record.is_failure()) => {
                // Objects are written otherwise by every tool.
                let words = line.message.split(['{', '[', '<', '(']).next().unwrap_or_default();
                ["console: .*", &core(words.trim(), None, masks)].concat()
            }
            _ => {
                let message =
                    "The report holds no error; its steps must run without one".to_owned();
                return Self { message, pattern: "page error: ".to_owned() };
            }
        };
        Self { message: format!("The error of the report is still there: {text}"), pattern }
    }
}

fn refused(request: &NetworkRecord, masks: Masks<'_>) -> String {
    let end = match request.status {
        Some(status) => status.to_string(),
        None => "failed".to_owned(),
    };
    let (method, address) = (pattern(&request.method, masks), address(&request.url, masks));
    format!("{method} [^ ]*{address}(\\?[^ ]*)? → {end}")
}

/// The path as a pattern: another host or query is the same address.
fn address(url: &str, masks: Masks<'_>) -> String {
    let path = place::path(url);
    pattern(path.split(['?', '#']).next().unwrap_or_default(), masks)
}

/// The address as a pattern of a whole URL; host and query may be others.
fn whole_address(url: &str, masks: Masks<'_>) -> String {
    let fragment = match url.split_once('#') {
        Some((_, fragment)) => ["#", &pattern(fragment, masks)].concat(),
        None => "(#.*)?".to_owned(),
    };
    format!("^[a-z]+:\\/\\/[^\\/?#]+{}(\\?[^#]*)?{fragment}$", address(url, masks))
}

/// The first line of a message without what engines put before it.
fn core(message: &str, name: Option<&str>, masks: Masks<'_>) -> String {
    let line = message.lines().next().unwrap_or_default().trim();
    let line = line.strip_prefix("Uncaught ").unwrap_or(line);
    let line = line.strip_prefix("(in promise) ").unwrap_or(line);
    let name = name.unwrap_or_default();
    let after = line.strip_prefix(name).and_then(|rest| rest.strip_prefix(": "));
    let text = match after.unwrap_or(line) {
        "" => name,
        text => text,
    };
    let end = text.find("… [cut, ").unwrap_or(text.len());
    let end = text.char_indices().nth(PATTERN_CHARS).map_or(end, |(at, _)| at.min(end));
    pattern(&text[..end], masks)
}

/// One act as a step of the test.
fn step(act: &Act<'_>, base: &str, masks: Masks<'_>, inputs: &mut Vec<String>) -> String {
    let name = javascript(&words::one_line(&words::step(act.step), 200));
    let Some(mut call) = call(act, inputs) else {
        let note = format!("    // Not replayed: {}\n", comment(&words::step(act.step)));
        // What is not done cannot make the page go elsewhere.
        let url = act.next_page().map(|url| place::absolute(url, Some(base)));
        return url.map_or(note.clone(), |url| {
            format!("{note}    await page.goto(at({}))\n", javascript(&relative(&url, base, masks)))
        });
    };
    if let Some(url) = act.next_page() {
        let whole = javascript(&whole_address(url, masks));
        let _ = write!(call, "\n      await arrive(new RegExp({whole}))");
    }
    format!("    await test.step({name}, async () => {{\n      {call}\n    }})\n")
}

fn call(act: &Act<'_>, inputs: &mut Vec<String>) -> Option<String> {
    let step = act.step;
    let ways = ways(act);
    let element = format!("await (await find([{}]))", ways.join(", "));
    let call = match step.action {
        StepAction::Resize => {
            let size = step.size.filter(|size| size.width >= 1.0 && size.height >= 1.0)?;
            let (width, height) = (size.width.min(16_000.0), size.height.min(16_000.0));
            format!("await page.setViewportSize({{ width: {width:.0}, height: {height:.0} }})")
        }
        StepAction::Scroll => {
            let point = step.point.filter(|point| point.x.is_finite() && point.y.is_finite())?;
            let place = format!("[{:.0}, {:.0}]", point.x, point.y);
            if ways.is_empty() {
                format!("await page.evaluate(([x, y]) => scrollTo(x, y), {place})")
            } else {
                format!("{element}.evaluate((it, [x, y]) => it.scrollTo(x, y), {place})")
            }
        }
        StepAction::Key => {
            let key = javascript(step.key.as_deref().unwrap_or("Enter"));
            if ways.is_empty() {
                format!("await page.keyboard.press({key})")
            } else {
                format!("{element}.press({key})")
            }
        }
        _ if ways.is_empty() => return None,
        StepAction::Click => match act.checks() {
            Some(checked) => format!("{element}.setChecked({checked})"),
            None => format!("{element}.click()"),
        },
        StepAction::DoubleClick => format!("{element}.dblclick()"),
        StepAction::Input if act.is_choice() => match act.value() {
            Some(value) => format!("{element}.selectOption({})", choices(act, value)),
            None => {
                let name = input(act, inputs);
                format!("if (process.env.{name}) {element}.selectOption(process.env.{name})")
            }
        },
        StepAction::Input if step.field.as_ref().is_some_and(|field| field.kind == "file") => {
            return None;
        }
        StepAction::Input => match act.value() {
            Some(value) => format!("{element}.fill({})", javascript(value)),
            None => {
                let name = input(act, inputs);
                format!("{element}.fill(process.env.{name} ?? {})", javascript(&act.sample()))
            }
        },
        StepAction::Navigate
        | StepAction::Submit
        | StepAction::Visibility
        | StepAction::Breadcrumb => return None,
    };
    Some(call)
}

/// What was chosen in a list, as `selectOption` takes it.
fn choices(act: &Act<'_>, value: &str) -> String {
    if !act.is_choice_of_many() {
        return javascript(value);
    }
    let all: Vec<String> =
        value.split(", ").filter(|one| !one.is_empty()).map(javascript).collect();
    format!("[{}]", all.join(", "))
}

/// A variable for what the packet does not hold, and its line in the heading.
fn input(act: &Act<'_>, inputs: &mut Vec<String>) -> String {
    let name = format!("BATON_INPUT_{}", inputs.len() + 1);
    let target = comment(&act.step.target);
    inputs.push(format!("//   {name:<16} what was entered in: {target}\n"));
    name
}

fn ways(act: &Act<'_>) -> Vec<String> {
    let mut page = String::from("page");
    for (depth, index) in act.step.frame.iter().enumerate() {
        page.push_str(if depth == 0 { ".mainFrame()" } else { "" });
        let _ = write!(page, ".childFrames()[{index}]");
    }
    act.selectors().iter().map(|way| [page.as_str(), &chain(way)].concat()).collect()
}

/// Playwright looks into open shadow roots by itself.
fn chain(way: &Selector) -> String {
    way.hosts.iter().chain([&way.target]).map(locator).collect()
}

fn locator(locator: &Locator) -> String {
    match locator {
        Locator::Role { role, name: Some(name) } => {
            format!(
                ".getByRole({}, {{ name: {}, exact: true }})",
                javascript(role),
                javascript(name)
            )
        }
        Locator::Role { role, name: None } => format!(".getByRole({})", javascript(role)),
        Locator::TestId(id) => format!(".getByTestId({})", javascript(id)),
        Locator::Text(text) => format!(".getByText({}, {{ exact: true }})", javascript(text)),
        Locator::Css(css) => format!(".locator({})", javascript(&["css=", css].concat())),
    }
}
