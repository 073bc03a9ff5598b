// The strip that tells a stranger what this page is for.
import { bugsOn, onBugsChange } from "./bugs.js";
import { button, el, icon } from "./dom.js";
import { toast } from "./notices.js";
import { go } from "./router.js";
import { recall, remember } from "./storage.js";

const done = new Set();
let outcome = "";

const breakages = [
  {
    label: "Export invoices", testid: "break-request", page: "invoices", press: "export-invoices",
    broken: "The export failed: the server answered 500.", works: "The export works: a CSV file was saved.",
  },
  {
    label: "Open an invoice", testid: "break-exception", page: "invoices", press: "open-invoice",
    broken: "Nothing opened: the click ended in an exception.", works: "The invoice opens.",
  },
  {
    label: "Revenue chart", testid: "break-chart", page: "reports", press: null,
    broken: "The chart never appears: its data is missing.", works: "The chart is drawn.",
  },
];

async function tryIt(breakage) {
  const { content } = await go(breakage.page);
  if (breakage.press) {
    await content;
    const target = document.querySelector(`[data-testid="${breakage.press}"]`);
    // Without the API there is nothing to press, and the page says so itself.
    if (!target) return;
    target.click();
  }
  outcome = bugsOn() ? `${breakage.broken} Now tell support.` : breakage.works;
  if (bugsOn()) done.add(1);
  paint();
}

function openHelp() {
  if (!window.Baton) {
    toast("The help bubble is not loaded on this page.", "bad");
    return;
  }
  window.Baton.open();
}

function step(number, title, text, ...actions) {
  const mark = done.has(number) ? icon("check") : String(number);
  return el("li", { class: done.has(number) ? "step is-done" : "step" },
    el("span", { class: "step-mark", "aria-hidden": "true" }, mark),
    el("div", { class: "step-text" }, el("h2", {}, title), el("p", {}, text), el("div", { class: "step-actions" }, actions)));
}

function paint() {
  const guide = document.getElementById("guide");
  const hidden = recall("guide") === "hidden";
  guide.hidden = hidden;
  document.getElementById("guide-show").hidden = !hidden;
  if (hidden) return;
  const focused = document.activeElement?.dataset?.testid;
  const dismiss = el("button", {
    type: "button", class: "icon-button", "aria-label": "Hide this guide", "data-testid": "guide-hide", onclick: hide,
  }, icon("close"));
  // The live region stays in place, or screen readers would not read it out.
  const spoken = guide.querySelector(".guide-outcome") ?? el("p", { class: "guide-outcome visually-hidden", role: "status" });
  spoken.textContent = outcome;
  for (const old of [...guide.children]) if (old !== spoken) old.remove();
  guide.prepend(
    el("div", { class: "guide-head" },
      el("p", {}, el("strong", {}, "Ledgerline is a made-up app with real bugs. Baton is its help bubble."),
        " Three steps show what it does:"),
      dismiss),
    el("ol", { class: "steps" },
      step(1, "Break something", outcome || (bugsOn() ? "Three real bugs are in this release:" : "The bugs are switched off; these work now:"),
        breakages.map((breakage) => button(breakage.label, {
          kind: "small", "data-testid": breakage.testid, onclick: () => tryIt(breakage),
        }))),
      step(2, "Say what happened", "Open the help bubble and describe it in your own words.",
        button("Open help", { kind: "small", glyph: "chat", "data-testid": "guide-help", onclick: openHelp })),
      step(3, "Be the agent", el("span", {}, "Read the case. The token is ", el("code", {}, "demo"), "."),
        el("a", { class: "button button-small", href: "/desk", target: "_blank", rel: "noopener", "data-testid": "guide-desk" },
          icon("arrow"), el("span", {}, "Open the desk")))));
  guide.append(spoken);
  if (focused) guide.querySelector(`[data-testid="${focused}"]`)?.focus();
}

function hide() {
  remember("guide", "hidden");
  paint();
  document.getElementById("content").focus();
}

export function startGuide() {
  document.getElementById("guide-show").addEventListener("click", () => {
    remember("guide", "shown");
    paint();
  });
  onBugsChange(() => {
    outcome = "";
    paint();
  });
  window.Baton?.on?.("handoff:delivered", () => {
    done.add(2);
    paint();
  });
  paint();
}
