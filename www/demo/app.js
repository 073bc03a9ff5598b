// Starts Ledgerline: who is signed in, the frame around the pages, the routes.
import { bugsOn, onBugsChange, setBugs } from "./bugs.js";
import { fillIcons } from "./dom.js";
import { startGuide } from "./guide.js";
import { currentPage, onPageChange, reload, startRouter } from "./router.js";

const user = {
  id: "usr_2041",
  name: "Dana Reyes",
  email: "dana.reyes@brightwater.example",
  plan: "scale",
  segment: "business",
  role: "admin",
};

function introduceUser() {
  const { id, ...traits } = user;
  window.Baton.identify(id, traits);
  window.Baton.setCustomData({ workspace: "ws_brightwater", region: "eu-central", seats: 38 });
  window.Baton.metadata(() => ({ screen: currentPage(), demo_bugs: bugsOn() ? "on" : "off" }));
}

function wireMenu() {
  const menu = document.getElementById("menu");
  const sidebar = document.getElementById("sidebar");
  const scrim = document.getElementById("scrim");
  const setOpen = (open) => {
    sidebar.classList.toggle("is-open", open);
    scrim.hidden = !open;
    menu.setAttribute("aria-expanded", String(open));
  };
  menu.addEventListener("click", () => {
    const open = !sidebar.classList.contains("is-open");
    setOpen(open);
    if (open) sidebar.querySelector("a").focus();
  });
  scrim.addEventListener("click", () => setOpen(false));
  sidebar.addEventListener("click", (event) => {
    if (event.target.closest("a, button")) setOpen(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && sidebar.classList.contains("is-open")) {
      setOpen(false);
      menu.focus();
    }
  });
}

function wireBugSwitch() {
  const button = document.getElementById("bug-switch");
  const text = document.getElementById("bug-switch-text");
  const paint = () => {
    button.setAttribute("aria-checked", String(bugsOn()));
    text.textContent = bugsOn() ? "Bugs: on" : "Bugs: off";
  };
  button.addEventListener("click", () => setBugs(!bugsOn()));
  onBugsChange(() => {
    paint();
    reload();
  });
  paint();
}

function wireSearch() {
  const form = document.getElementById("search-form");
  const input = document.getElementById("search");
  const tell = () => document.dispatchEvent(new CustomEvent("ledgerline:search", { detail: input.value }));
  input.addEventListener("input", tell);
  form.addEventListener("submit", (event) => event.preventDefault());
  onPageChange((page) => {
    input.value = "";
    form.hidden = !page.searchable;
  });
}

function markCurrentLink() {
  onPageChange((page) => {
    document.title = `${page.title} · Ledgerline`;
    for (const link of document.querySelectorAll(".nav a")) {
      if (link.hash === `#/${page.name}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  });
}

// Without this the link's hash would be taken for a route.
function wireSkipLink() {
  document.querySelector(".skip-link").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("content").focus();
  });
}

if (window.Baton) introduceUser();
else console.warn("Baton did not load: no help bubble on this page");

fillIcons(document);
wireSkipLink();
wireMenu();
wireBugSwitch();
wireSearch();
markCurrentLink();
startGuide();
startRouter();
console.info("session ready", { user: user.id, plan: user.plan, role: user.role });
