//! Toolbars: one stop for Tab each, arrow keys within.

use web_sys::{Element, Event, HtmlElement};

use super::element::elements;
use super::property;
use super::text::joined;
use crate::js;

/// Moves the focus within the toolbar that an arrow key was pressed in; tells whether
/// it was one.
pub fn move_focus(event: &Event, target: &Element) -> bool {
    let Ok(Some(bar)) = target.closest("[role=toolbar]") else { return false };
    let buttons = buttons(&bar);
    let Some(at) = buttons.iter().position(|button| **button == *target) else {
        return false;
    };
    let last = buttons.len() - 1;
    // It is laid out from the right where people read from there.
    let (next, previous) = match is_from_right(&bar) {
        true => ("ArrowLeft", "ArrowRight"),
        false => ("ArrowRight", "ArrowLeft"),
    };
    let key = property::text(event, "key");
    let to = match key.as_str() {
        key if key == next || key == "ArrowDown" => {
            if at == last {
                0
            } else {
                at + 1
            }
        }
        key if key == previous || key == "ArrowUp" => at.checked_sub(1).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        _ => return false,
    };
    stop_at(&buttons, to);
    let _ = buttons[to].focus();
    true
}

/// Makes the pressed button, else the first, the one that Tab stops at.
pub fn settle(dialog: &Element) {
    let Ok(bars) = dialog.query_selector_all("[role=toolbar]") else { return };
    for bar in elements(&bars) {
        let buttons = buttons(&bar);
        let is_pressed = |button: &HtmlElement| {
            button.get_attribute("aria-pressed").is_some_and(|pressed| pressed == "true")
        };
        stop_at(&buttons, buttons.iter().position(is_pressed).unwrap_or(0));
    }
}

/// Makes a button the one that Tab stops at in its toolbar.
pub fn stop(button: &Element) {
    let Ok(Some(bar)) = button.closest("[role=toolbar]") else { return };
    let buttons = buttons(&bar);
    if let Some(at) = buttons.iter().position(|one| **one == *button) {
        stop_at(&buttons, at);
    }
}

fn stop_at(buttons: &[HtmlElement], stop: usize) {
    for (at, button) in buttons.iter().enumerate() {
        property::set(button, "tabIndex", if at == stop { 0 } else { -1 });
    }
}

fn buttons(bar: &Element) -> Vec<HtmlElement> {
    elements(&js::get(bar, "children"))
}

fn is_from_right(element: &Element) -> bool {
    let style = web_sys::window().and_then(|window| window.get_computed_style(element).ok());
    style.flatten().is_some_and(|style| property::text(&style, "direction") == "rtl")
}

/// Marks a button as chosen or not.
pub fn press(dialog: &Element, name: &str, pressed: bool) {
    set(dialog, name, "aria-pressed", pressed);
}

/// Marks a button as having something to do. It stays focusable: the focus would be
/// lost with the last step undone.
pub fn enable(dialog: &Element, name: &str, enabled: bool) {
    set(dialog, name, "aria-disabled", !enabled);
}

fn set(dialog: &Element, name: &str, attribute: &str, value: bool) {
    let selector = joined(&["[data-do=", name, "]"]);
    if let Ok(Some(button)) = dialog.query_selector(&selector) {
        let _ = button.set_attribute(attribute, if value { "true" } else { "false" });
    }
}
