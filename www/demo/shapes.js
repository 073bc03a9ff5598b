// One shape for the pages, whichever of the API's names and units came:
// `customer` is the client, `…_cents` are hundredths, progress may be a fraction.
function units(raw, name, cents) {
  return Number(raw[name] ?? raw[cents] / 100);
}

export function projectsOf(list) {
  const fractions = list.every((raw) => Number(raw.progress) <= 1);
  return list.map((raw) => ({
    id: raw.id,
    name: raw.name ?? "Untitled",
    client: raw.client ?? raw.customer ?? "",
    owner: raw.owner ?? null,
    status: raw.status,
    due: raw.due,
    done: Math.round(Math.min(100, Math.max(0, (Number(raw.progress) || 0) * (fractions ? 100 : 1)))),
    budget: units(raw, "budget", "budget_cents"),
    spent: units(raw, "spent", "spent_cents"),
  }));
}

export function invoicesOf(list) {
  return list.map((raw) => ({
    ...raw,
    id: raw.id ?? raw.number,
    client: raw.client ?? raw.customer ?? "",
    amount: units(raw, "amount", "amount_cents"),
    currency: raw.currency ?? "EUR",
  }));
}

/** `costs` is absent where the API sends none. */
export function monthOf(raw) {
  return { month: raw.month, revenue: units(raw, "revenue", "cents"), costs: "costs" in raw ? Number(raw.costs) : undefined };
}
