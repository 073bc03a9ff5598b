// Invoices: the table, the export, one invoice in a dialog.
import { exportInvoices, getInvoices } from "../api.js";
import { bugsOn } from "../bugs.js";
import { button, el, figure, icon, loading, onSearch, pageHead, pill, unavailable } from "../dom.js";
import { day, money } from "../format.js";
import { openDialog, toast } from "../notices.js";

// Bug 2. The API stopped sending `billing` for clients without an own billing
// record; release 4.12.0 still relies on it, the fix falls back to the client.
function billingAddress(invoice) {
  if (!bugsOn() && !invoice.billing) return invoice.client;
  const { street, postcode, city } = invoice.billing.address;
  return `${invoice.client}, ${street}, ${postcode} ${city}`;
}

function invoiceSheet(invoice) {
  const rows = [
    ["Billed to", billingAddress(invoice)],
    ["Issued", day(invoice.issued)],
    invoice.due && ["Due", day(invoice.due)],
    invoice.project && ["Project", invoice.project],
    ["Amount", money(invoice.amount, invoice.currency)],
  ].filter(Boolean);
  return el("dl", { class: "facts" }, rows.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

function openInvoice(invoice) {
  console.info(`opening invoice ${invoice.number}`);
  const sheet = invoiceSheet(invoice);
  openDialog(`Invoice ${invoice.number}`, "invoice-dialog", pill(invoice.status), sheet);
}

// Bug 1 is the server's: it answers 500 when a column has no total.
async function saveExport(invoices, control) {
  control.disabled = true;
  try {
    const csv = await exportInvoices(invoices.map((invoice) => invoice.id));
    const link = el("a", { href: URL.createObjectURL(csv), download: "invoices.csv" });
    link.click();
    // Later, because some browsers read the blob only after this task.
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    toast(`Exported ${invoices.length} invoices.`, "good");
  } catch (error) {
    console.error("Invoice export failed", { status: error.status, answer: error.body });
    toast("Export failed. Please try again later.", "bad");
  } finally {
    control.disabled = false;
  }
}

function invoiceRow(invoice, withDue) {
  const open = el("button", {
    type: "button", class: "button button-row", "data-testid": "open-invoice", "data-invoice": invoice.id,
    "aria-label": `Open invoice ${invoice.number}`, onclick: () => openInvoice(invoice),
  }, el("span", {}, "Open"), icon("open"));
  return el("tr", {},
    el("th", { scope: "row" }, invoice.number, el("span", { class: "under" }, invoice.client ?? "")),
    el("td", { class: "wide" }, invoice.client ?? ""),
    el("td", { class: "wide" }, day(invoice.issued)),
    withDue && el("td", { class: "wide" }, day(invoice.due)),
    el("td", {}, pill(invoice.status)),
    el("td", { class: "number" }, money(invoice.amount, invoice.currency)),
    el("td", { class: "number" }, open));
}

function invoiceTable(rows, withDue) {
  return el("div", { class: "card table-card" },
    el("table", { class: "table", "aria-label": "Invoices" },
      el("thead", {}, el("tr", {},
        el("th", { scope: "col" }, "Number"), el("th", { scope: "col", class: "wide" }, "Client"),
        el("th", { scope: "col", class: "wide" }, "Issued"), withDue && el("th", { scope: "col", class: "wide" }, "Due"),
        el("th", { scope: "col" }, "Status"), el("th", { scope: "col", class: "number" }, "Amount"),
        el("th", { scope: "col" }, el("span", { class: "visually-hidden" }, "Action")))),
      rows));
}

function sumOf(invoices, ...statuses) {
  const chosen = invoices.filter((invoice) => statuses.includes(String(invoice.status).toLowerCase()));
  const sum = chosen.reduce((total, invoice) => total + (Number(invoice.amount) || 0), 0);
  return { count: chosen.length === 1 ? "1 invoice" : `${chosen.length} invoices`, text: money(sum, invoices[0]?.currency, 0) };
}

export async function showInvoices(view) {
  const body = el("div", { class: "stack" }, loading(5));
  view.append(pageHead("Invoices", "Sent, paid and still open."), body);
  let invoices;
  try {
    invoices = await getInvoices();
  } catch (error) {
    body.replaceChildren(unavailable("Invoices", error, () => {
      view.replaceChildren();
      return showInvoices(view);
    }));
    return;
  }
  console.debug(`invoices: ${invoices.length} loaded`);
  const save = button("Export CSV", {
    kind: "primary", glyph: "download", "data-testid": "export-invoices", onclick: () => saveExport(invoices, save),
  });
  view.querySelector(".page-head").append(el("div", { class: "actions" }, save));
  const withDue = invoices.some((invoice) => invoice.due);
  const rows = el("tbody", {});
  const none = el("p", { class: "empty", role: "status" });
  const paint = (query) => {
    const found = invoices.filter((invoice) => `${invoice.number} ${invoice.client} ${invoice.status}`.toLowerCase().includes(query));
    rows.replaceChildren(...found.map((invoice) => invoiceRow(invoice, withDue)));
    none.textContent = found.length === 0 ? "No invoice matches." : "";
  };
  const paid = sumOf(invoices, "paid");
  const open = sumOf(invoices, "open", "sent", "due", "pending");
  const late = sumOf(invoices, "overdue", "late");
  body.replaceChildren(
    el("div", { class: "figures" },
      figure("Paid", paid.text, paid.count),
      figure("Open", open.text, open.count),
      figure("Overdue", late.text, late.count)),
    invoiceTable(rows, withDue), none);
  paint("");
  onSearch(view, paint);
}
