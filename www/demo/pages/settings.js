// The workspace's settings, and the fields a support agent must never see.
import { getSettings, putSettings } from "../api.js";
import { button, el, loading, pageHead, unavailable } from "../dom.js";
import { words } from "../format.js";
import { toast } from "../notices.js";

const API_KEY = "llk_live_7f3c9a2e51d84b06a9c2";

function field(label, name, attributes, hint) {
  const input = el("input", { id: `field-${name}`, name, ...attributes, "aria-describedby": hint && `hint-${name}` });
  return el("div", { class: "field" }, el("label", { for: `field-${name}` }, label), input, hint && el("p", { class: "hint", id: `hint-${name}` }, hint));
}

function choice(label, name, options, chosen) {
  const all = options.some(([value]) => value === chosen) ? options : [...options, [chosen, words(chosen)]];
  return el("div", { class: "field" }, el("label", { for: `field-${name}` }, label),
    el("select", { id: `field-${name}`, name }, all.map(([value, text]) => el("option", { value, selected: value === chosen }, text))));
}

function check(label, name, checked) {
  return el("label", { class: "check" }, el("input", { type: "checkbox", name, checked: checked === true }), el("span", {}, label));
}

// What the API may hold; the form shows what it does hold, in this order.
const known = {
  company: (value) => field("Company", "company", { type: "text", required: true, value, autocomplete: "organization" }),
  email: (value) => field("Billing e-mail", "email", { type: "email", required: true, value, autocomplete: "email" }),
  billing_email: (value) => field("Billing e-mail", "billing_email", { type: "email", required: true, value, autocomplete: "email" }),
  currency: (value) => choice("Currency", "currency", [["EUR", "Euro"], ["USD", "US dollar"], ["GBP", "Pound sterling"], ["CHF", "Swiss franc"]], value),
  week_start: (value) => choice("Week starts on", "week_start", [["monday", "Monday"], ["sunday", "Sunday"], ["saturday", "Saturday"]], value),
  payment_days: (value) => field("Days to pay", "payment_days", { type: "number", min: 1, max: 365, required: true, value }),
};

const isSwitches = (value) => value !== null && typeof value === "object";

function checks(settings) {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (isSwitches(value)) return Object.entries(value).map(([part, on]) => check(words(part), `${name}.${part}`, on));
    return typeof value === "boolean" ? [check(words(name), name, value)] : [];
  });
}

function readForm(form, before) {
  const data = new FormData(form);
  return Object.fromEntries(Object.entries(before).map(([name, value]) => {
    if (isSwitches(value)) return [name, Object.fromEntries(Object.keys(value).map((part) => [part, data.has(`${name}.${part}`)]))];
    if (typeof value === "boolean") return [name, data.has(name)];
    if (!data.has(name)) return [name, value];
    return [name, typeof value === "number" ? Number(data.get(name)) : data.get(name)];
  }));
}

function workspaceForm(settings) {
  let before = settings;
  const save = button("Save changes", { kind: "primary", type: "submit", "data-testid": "save-settings" });
  const form = el("form", { class: "card form", "aria-labelledby": "workspace-title", "data-testid": "settings-form" },
    el("h2", { id: "workspace-title" }, "Workspace"),
    el("div", { class: "form-grid" }, Object.keys(known).filter((name) => name in settings).map((name) => known[name](settings[name]))),
    el("fieldset", {}, el("legend", {}, "E-mail"), checks(settings)),
    el("div", { class: "form-foot" }, save));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    save.disabled = true;
    try {
      const wanted = readForm(form, before);
      await putSettings(wanted);
      before = wanted;
      toast("Settings saved.", "good");
    } catch (error) {
      console.error("Settings could not be saved", error.message);
      toast("Settings could not be saved.", "bad");
    } finally {
      save.disabled = false;
    }
  });
  return form;
}

function accessCard() {
  const copy = button("Copy", {
    glyph: "copy",
    onclick: async () => {
      try {
        await navigator.clipboard.writeText(API_KEY);
        toast("Key copied.", "good");
      } catch {
        toast("The browser did not allow copying.", "bad");
      }
    },
  });
  const form = el("form", { class: "card form", "aria-labelledby": "access-title", "data-testid": "access-form" },
    el("h2", { id: "access-title" }, "Access"),
    field("Change password", "password", { type: "password", autocomplete: "new-password", minlength: 8, required: true, "data-testid": "password" }),
    el("div", { class: "form-foot" }, button("Change password", { type: "submit" })),
    el("div", { class: "field" },
      el("label", { for: "field-api-key" }, "API key"),
      el("div", { class: "joined" },
        el("input", { id: "field-api-key", name: "api_key", type: "text", readonly: true, value: API_KEY, "data-baton-mask": true, "data-testid": "api-key" }), copy),
      el("p", { class: "hint" }, "Password and key are hidden from support: look for them in the screenshot.")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.reset();
    toast("This demo has no accounts: nothing was changed.");
  });
  return form;
}

export async function showSettings(view) {
  const body = el("div", { class: "settings-grid" }, loading(4));
  view.append(pageHead("Settings", "How this workspace bills and signs in."), body);
  let settings;
  try {
    settings = await getSettings();
  } catch (error) {
    body.replaceChildren(unavailable("Settings", error, () => {
      view.replaceChildren();
      return showSettings(view);
    }), accessCard());
    return;
  }
  body.replaceChildren(workspaceForm(settings), accessCard());
}
