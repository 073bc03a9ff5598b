// Numbers and dates as the reader's locale writes them.
export function money(amount, currency = "EUR", digits = 2) {
  const number = Number(amount);
  if (!Number.isFinite(number)) return "—";
  try {
    return new Intl.NumberFormat(undefined, {
      style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits,
    }).format(number);
  } catch {
    return `${number.toFixed(digits)} ${currency}`;
  }
}

export function day(value) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(String(value ?? ""));
  if (!parts) return value ? String(value) : "—";
  const date = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" }).format(date);
}

/** `2026-03` → `Mar`; anything else stays as it came. */
export function monthName(value) {
  const parts = /^(\d{4})-(\d{2})/.exec(String(value ?? ""));
  if (!parts) return String(value ?? "");
  return new Intl.DateTimeFormat(undefined, { month: "short" }).format(new Date(Number(parts[1]), Number(parts[2]) - 1, 1));
}

/** `on_track` → `On track`. */
export function words(value) {
  const text = String(value ?? "unknown").replaceAll(/[_-]+/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function initials(name) {
  return String(name ?? "?").split(/\s+/).slice(0, 2).map((word) => word.charAt(0).toUpperCase()).join("");
}
