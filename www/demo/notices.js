// Toasts and the modal dialog.
import { el, icon } from "./dom.js";

export function toast(message, tone = "calm") {
  const close = el("button", { type: "button", class: "icon-button", "aria-label": "Dismiss", onclick: () => note.remove() }, icon("close"));
  const note = el("div", { class: `toast toast-${tone}`, "data-testid": "toast" },
    icon(tone === "bad" ? "warning" : "check"), el("span", {}, message), close);
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), 7000);
}

/** A modal dialog; the browser keeps focus inside and gives it back on close. */
export function openDialog(title, testid, ...content) {
  const close = el("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: () => dialog.close() }, icon("close"));
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": "dialog-title", "data-testid": testid },
    el("div", { class: "dialog-head" }, el("h2", { id: "dialog-title" }, title), close),
    el("div", { class: "dialog-body" }, content));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}
