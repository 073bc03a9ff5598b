// Building elements; icons; the pieces every page uses.
import { words } from "./format.js";

const SVG = "http://www.w3.org/2000/svg";
const icons = {
  folder: "M3 6.5A1.5 1.5 0 0 1 4.5 5h4l2 2.5h9A1.5 1.5 0 0 1 21 9v8.5a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5z",
  receipt: "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
  chart: "M4 20V4M4 20h16M9 16v-5M14 16V8M19 16v-3",
  sliders: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM20 20l-4.8-4.8",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  download: "M12 4v11M7.5 11L12 15.5 16.5 11M5 20h14",
  arrow: "M5 12h14M13 6l6 6-6 6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  warning: "M12 4l9 16H3zM12 10v4M12 17h.01",
  open: "M9 6l6 6-6 6",
  chat: "M4 5h16v11H10l-5 4v-4H4z",
  copy: "M8 8h12v12H8zM16 8V4H4v12h4",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", icons[name]);
  svg.append(path);
  return svg;
}

export function fillIcons(root) {
  for (const place of root.querySelectorAll("[data-icon]")) place.replaceWith(icon(place.dataset.icon));
}

/** `el("p", {class: "x", onclick: f}, "text", child)`; null and false are left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function button(label, { kind = "plain", glyph = null, ...attributes } = {}) {
  return el("button", { type: "button", class: `button button-${kind}`, ...attributes }, glyph && icon(glyph), el("span", {}, label));
}

export function pageHead(title, lead, ...actions) {
  return el("div", { class: "page-head" },
    el("div", {}, el("h1", {}, title), el("p", { class: "lead" }, lead)),
    actions.length > 0 && el("div", { class: "actions" }, actions));
}

export function figure(label, value, note) {
  return el("div", { class: "figure card" },
    el("span", { class: "figure-label" }, label),
    el("strong", { class: "figure-value" }, value),
    el("span", { class: "figure-note" }, note));
}

const tones = {
  active: "good", on_track: "good", paid: "good", completed: "good", done: "good",
  sent: "calm", due: "calm", open: "calm", planning: "calm", in_review: "calm", review: "calm",
  at_risk: "warn", pending: "warn", paused: "warn", on_hold: "warn",
  overdue: "bad", late: "bad", blocked: "bad", failed: "bad",
};

export function pill(status) {
  const key = String(status ?? "").toLowerCase().replaceAll(/[\s-]+/g, "_");
  return el("span", { class: `pill pill-${tones[key] ?? "plain"}` }, words(status));
}

export function loading(rows) {
  return el("div", { class: "skeletons", "aria-busy": "true", "aria-label": "Loading" },
    Array.from({ length: rows }, () => el("div", { class: "skeleton" })));
}

/** What stands where the data would, when the server gave none. */
export function unavailable(what, error, retry) {
  console.error(`${what} could not be loaded`, error.message);
  return el("div", { class: "card notice", role: "alert" },
    icon("warning"),
    el("div", {}, el("strong", {}, `${what} could not be loaded`), el("p", {}, error.message)),
    button("Try again", { onclick: retry }));
}

/** Calls `apply(text)` for every change of the search field while `view` is on the page. */
export function onSearch(view, apply) {
  const listen = (event) => {
    if (view.isConnected) apply(event.detail.trim().toLowerCase());
    else document.removeEventListener("ledgerline:search", listen);
  };
  document.addEventListener("ledgerline:search", listen);
}
