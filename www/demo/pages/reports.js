// Revenue: totals, the chart, and the same numbers as a table.
import { getRevenue } from "../api.js";
import { drawRevenue } from "../chart.js";
import { el, figure, pageHead, unavailable } from "../dom.js";
import { money, monthName } from "../format.js";
import { monthOf } from "../shapes.js";

function readMonths(report) {
  return report.months.map(monthOf);
}

function sum(months, name) {
  return months.reduce((total, month) => total + month[name], 0);
}

function monthsTable(months, currency, withCosts) {
  const amount = (value) => el("td", { class: "number" }, money(value, currency, 0));
  return el("details", { class: "card months" },
    el("summary", {}, "The numbers"),
    el("table", { class: "table", "aria-label": "The chart's numbers by month" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Month"), el("th", { scope: "col", class: "number" }, "Revenue"),
        withCosts && el("th", { scope: "col", class: "number" }, "Costs"))),
      el("tbody", {}, months.map((month) => el("tr", {},
        el("th", { scope: "row" }, monthName(month.month)), amount(month.revenue), withCosts && amount(month.costs))))));
}

function totals(months, currency, withCosts) {
  const revenue = sum(months, "revenue");
  const best = months.reduce((top, month) => (month.revenue > top.revenue ? month : top));
  const first = figure("Revenue", money(revenue, currency, 0), `${months.length} months`);
  const peak = figure("Best month", money(best.revenue, currency, 0), monthName(best.month));
  if (!withCosts) return [first, figure("A month", money(revenue / months.length, currency, 0), "on average"), peak];
  return [first, figure("Costs", money(sum(months, "costs"), currency, 0), `${months.length} months`), peak];
}

// Bug 3. The server sends `months: null` while its totals are being rebuilt and
// release 4.12.0 does not expect that: the promise below ends unhandled, and
// the placeholder over the canvas stays. The fixed server sends the months.
function renderRevenue(view, report) {
  const months = readMonths(report);
  const currency = report.currency ?? "EUR";
  const withCosts = months.every((month) => Number.isFinite(month.costs));
  const canvas = view.querySelector("canvas");
  view.querySelector(".figures").replaceChildren(...totals(months, currency, withCosts));
  view.querySelector(".chart-skeleton").remove();
  view.querySelector(".key-costs").hidden = !withCosts;
  canvas.setAttribute("aria-label", `Revenue over ${months.length} months`);
  drawRevenue(canvas, months, currency);
  view.append(monthsTable(months, currency, withCosts));
}

function bones() {
  // Heights come from the style sheet, one rule a bar.
  return el("div", { class: "chart-skeleton", "data-testid": "chart-skeleton", "aria-hidden": "true" },
    Array.from({ length: 12 }, () => el("span", {})));
}

export async function showReports(view) {
  view.append(
    pageHead("Reports", "What came in, month by month."),
    el("div", { class: "figures" }, ["Revenue", "A month", "Best month"].map((label) => figure(label, "—", "loading"))),
    el("div", { class: "card chart-card" },
      el("div", { class: "chart-head" }, el("h2", {}, "Revenue"),
        el("p", { class: "legend" }, el("span", { class: "key key-revenue" }, "Revenue"), el("span", { class: "key key-costs" }, "Costs"))),
      el("div", { class: "chart-box" },
        el("canvas", { role: "img", "aria-label": "Revenue chart, loading", "data-testid": "revenue-chart" }), bones())));
  let report;
  try {
    report = await getRevenue();
  } catch (error) {
    view.querySelector(".chart-card").replaceWith(unavailable("The revenue report", error, () => {
      view.replaceChildren();
      return showReports(view);
    }));
    return;
  }
  renderRevenue(view, report);
}
