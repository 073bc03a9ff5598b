//! Chrome DevTools Recorder JSON: `UserFlow` of `@puppeteer/replay`.

use baton_packet::{DeviceKind, Packet, StepAction};
use serde_json::{Value, json};

use super::plan::{Act, plan, positive, title, viewport_size};
use super::selector::{Locator, Selector};
use super::{document, place};

/// How long the player waits, for an element or for the page to go elsewhere, in
/// milliseconds.
const TIMEOUT_MS: u32 = 10_000;

/// The recording.
pub fn recorder(packet: &Packet) -> String {
    let plan = plan(packet);
    let environment = &packet.environment;
    let is_mobile = matches!(environment.device.kind, DeviceKind::Phone | DeviceKind::Tablet);
    let viewport = |width: f64, height: f64| {
        json!({
            "type": "setViewport", "width": width.round(), "height": height.round(),
            "deviceScaleFactor": positive(environment.viewport.device_pixel_ratio, 1.0),
            "isMobile": is_mobile, "hasTouch": environment.device.touch,
            "isLandscape": width > height,
        })
    };
    let (width, height) = viewport_size(&environment.viewport);
    let mut steps = vec![
        viewport(width, height),
        json!({"type": "navigate", "url": plan.start_url, "assertedEvents": [
            {"type": "navigation", "url": plan.start_url, "title": ""}]}),
    ];
    let page = place::page_origin(packet);
    for act in &plan.acts {
        if let (StepAction::Resize, Some(size)) = (act.step.action, act.step.size) {
            let old = (width, height);
            steps.push(viewport(positive(size.width, old.0), positive(size.height, old.1)));
        } else {
            steps.extend(step(act, page));
        }
    }
    document::text(&json!({"title": title(packet), "timeout": TIMEOUT_MS, "steps": steps}))
}

/// One act, mostly one step; none where its element cannot be found.
fn step(act: &Act<'_>, page: Option<&str>) -> Vec<Value> {
    let selectors = selectors(&act.selectors());
    let point = act.step.point;
    let offset = |value: fn(baton_packet::Point) -> f64| point.map_or(1.0, value);
    let mut fields = match act.step.action {
        StepAction::Key => {
            let key = act.step.key.as_deref().unwrap_or("Enter");
            let mut up = json!({"type": "keyUp", "key": key});
            assert_navigation(act, page, &mut up);
            return vec![json!({"type": "keyDown", "key": key}), up];
        }
        StepAction::Scroll => {
            let mut scroll = json!({"type": "scroll", "x": offset(|point| point.x), "y": offset(|point| point.y)});
            if !selectors.is_empty() {
                scroll["selectors"] = json!(selectors);
            }
            assert_navigation(act, page, &mut scroll);
            return vec![scroll];
        }
        // What cannot be done cannot make the page go elsewhere.
        _ if selectors.is_empty() => {
            let url = act.next_page().map(|url| place::absolute(url, page));
            return url.map(|url| json!({"type": "navigate", "url": url})).into_iter().collect();
        }
        StepAction::Click | StepAction::DoubleClick => {
            let is_double = act.step.action == StepAction::DoubleClick;
            json!({
                "type": if is_double { "doubleClick" } else { "click" },
                "offsetX": offset(|point| point.x), "offsetY": offset(|point| point.y),
            })
        }
        StepAction::Input if act.is_choice() && act.value().is_none() => return Vec::new(),
        StepAction::Input => {
            let value = act.value().map_or_else(|| act.sample(), str::to_owned);
            json!({"type": "change", "value": value})
        }
        StepAction::Navigate
        | StepAction::Submit
        | StepAction::Visibility
        | StepAction::Resize
        | StepAction::Breadcrumb => return Vec::new(),
    };
    fields["selectors"] = json!(selectors);
    if !act.step.frame.is_empty() {
        fields["frame"] = json!(act.step.frame);
    }
    assert_navigation(act, page, &mut fields);
    vec![fields]
}

fn assert_navigation(act: &Act<'_>, page: Option<&str>, step: &mut Value) {
    let is_awaited = act.goes_to.is_some_and(|went| went.ms - act.step.ms < f64::from(TIMEOUT_MS));
    if let Some(url) = act.next_page().filter(|_| is_awaited) {
        let url = place::absolute(url, page);
        step["assertedEvents"] = json!([{"type": "navigation", "url": url, "title": ""}]);
    }
}

/// Each way as a path through shadow hosts. The player races the ways and takes the
/// first element of the first that answers, so only those that mean one element are
/// given: role with name, and the CSS path; the others where these are missing.
fn selectors(ways: &[Selector]) -> Vec<Vec<String>> {
    let is_exact = |way: &&Selector| {
        matches!(way.target, Locator::Role { name: Some(_), .. } | Locator::Css(_))
    };
    let exact: Vec<&Selector> = ways.iter().filter(is_exact).collect();
    let chosen = if exact.is_empty() { ways.iter().collect() } else { exact };
    chosen.into_iter().filter_map(path).collect()
}

fn path(way: &Selector) -> Option<Vec<String>> {
    way.hosts.iter().chain([&way.target]).map(part).collect()
}

fn part(locator: &Locator) -> Option<String> {
    match locator {
        Locator::Role { role, name: Some(name) } => Some(format!("aria/{name}[role=\"{role}\"]")),
        Locator::Role { name: None, .. } => None,
        Locator::TestId(id) => Some(test_id(id)),
        Locator::Text(text) => Some(["text/", text].concat()),
        Locator::Css(css) => Some(css.clone()),
    }
}

/// As CSS.
fn test_id(id: &str) -> String {
    let id = id.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\a ");
    format!("[data-testid=\"{id}\"]")
}
