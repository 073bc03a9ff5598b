// The revenue chart: a bar a month, or two with costs, in the page's colours.
import { money, monthName } from "./format.js";

function niceCeiling(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  const step = [1, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}

function bar(context, x, top, width, height) {
  context.beginPath();
  context.roundRect(x, top, width, height, [Math.min(4, width / 2), Math.min(4, width / 2), 0, 0]);
  context.fill();
}

function paint(canvas, months, currency) {
  const { width, height } = canvas.getBoundingClientRect();
  if (width === 0) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(name).trim();
  const area = { left: 52, right: width - 4, top: 10, bottom: height - 26 };
  const ceiling = niceCeiling(Math.max(...months.flatMap((month) => [month.revenue, month.costs ?? 0])));
  const y = (value) => area.bottom - (value / ceiling) * (area.bottom - area.top);

  context.font = `12px ${style.fontFamily}`;
  context.textBaseline = "middle";
  for (let line = 0; line <= 4; line += 1) {
    const value = (ceiling / 4) * line;
    context.fillStyle = colour("--line");
    context.fillRect(area.left, Math.round(y(value)), area.right - area.left, 1);
    context.fillStyle = colour("--ink-soft");
    context.textAlign = "right";
    context.fillText(value === 0 ? "0" : `${money(value / 1000, currency, 0)}k`, area.left - 8, y(value));
  }

  const slot = (area.right - area.left) / months.length;
  const paired = months.every((month) => month.costs !== undefined);
  const wide = paired ? Math.min(18, slot * 0.34) : Math.min(44, slot * 0.5);
  const gradient = context.createLinearGradient(0, area.top, 0, area.bottom);
  gradient.addColorStop(0, colour("--accent-bright"));
  gradient.addColorStop(1, colour("--accent"));
  months.forEach((month, index) => {
    const middle = area.left + slot * (index + 0.5);
    context.fillStyle = gradient;
    bar(context, paired ? middle - wide - 1 : middle - wide / 2, y(month.revenue), wide, area.bottom - y(month.revenue));
    if (paired) {
      context.fillStyle = colour("--costs");
      bar(context, middle + 1, y(month.costs), wide, area.bottom - y(month.costs));
    }
    // Every other name where twelve would touch.
    if (slot < 34 && index % 2 === 1) return;
    context.fillStyle = colour("--ink-soft");
    context.textAlign = "center";
    context.fillText(monthName(month.month), middle, area.bottom + 15);
  });
}

/** Draws now, and again when the size or the colour scheme changes. */
export function drawRevenue(canvas, months, currency) {
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const again = () => {
    if (canvas.isConnected) {
      paint(canvas, months, currency);
    } else {
      scheme.removeEventListener("change", again);
      size.disconnect();
    }
  };
  const size = new ResizeObserver(again);
  size.observe(canvas);
  scheme.addEventListener("change", again);
  paint(canvas, months, currency);
}
