// Hash routes. Every visit gets a fresh container, so an answer that arrives
// after the visitor left lands in a node nobody sees.
import { showInvoices } from "./pages/invoices.js";
import { showProjects } from "./pages/projects.js";
import { showReports } from "./pages/reports.js";
import { showSettings } from "./pages/settings.js";

const pages = [
  { name: "projects", title: "Projects", searchable: true, show: showProjects },
  { name: "invoices", title: "Invoices", searchable: true, show: showInvoices },
  { name: "reports", title: "Reports", searchable: false, show: showReports },
  { name: "settings", title: "Settings", searchable: false, show: showSettings },
];
const handlers = new Set();
let shown = Promise.resolve();

function pageOf(hash) {
  return pages.find((page) => `#/${page.name}` === hash) ?? pages[0];
}

export function currentPage() {
  return pageOf(location.hash).name;
}

export function onPageChange(handler) {
  handlers.add(handler);
}

export function reload() {
  const page = pageOf(location.hash);
  const view = document.createElement("div");
  view.className = `page page-${page.name}`;
  document.getElementById("page").replaceChildren(view);
  for (const handler of handlers) handler(page);
  shown = page.show(view);
}

/** Goes to a page, or shows it anew; resolves to the promise of its content. */
export function go(name) {
  return new Promise((resolve) => {
    const arrived = () => resolve({ content: shown });
    if (currentPage() === name && location.hash) {
      reload();
      arrived();
    } else {
      // The router's own listener came first, so the page is on its way.
      window.addEventListener("hashchange", arrived, { once: true });
      location.hash = `#/${name}`;
    }
  });
}

export function startRouter() {
  window.addEventListener("hashchange", (event) => {
    const { hash } = new URL(event.newURL);
    if (!hash.startsWith("#/")) return;
    console.debug(`page ${hash}`);
    reload();
    window.scrollTo(0, 0);
  });
  reload();
}
