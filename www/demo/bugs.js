// The switch between Ledgerline as released (three bugs) and as fixed.
import { recall, remember } from "./storage.js";

const handlers = new Set();

function fromAddress() {
  const asked = new URLSearchParams(location.search).get("bugs");
  return asked === "on" || asked === "off" ? asked : null;
}

if (fromAddress()) remember("bugs", fromAddress());

export function bugsOn() {
  return recall("bugs") !== "off";
}

export function setBugs(on) {
  remember("bugs", on ? "on" : "off");
  // A reload must not bring back what the address said before.
  if (fromAddress()) {
    const url = new URL(location.href);
    url.searchParams.delete("bugs");
    history.replaceState(history.state, "", url);
  }
  console.info(`demo bugs switched ${on ? "on" : "off"}`);
  for (const handler of handlers) handler(on);
}

export function onBugsChange(handler) {
  handlers.add(handler);
}
