// localStorage that works when the browser refuses it: the value then lives as
// long as the page does.
const memory = new Map();

export function remember(key, value) {
  memory.set(key, value);
  try {
    localStorage.setItem(`ledgerline.${key}`, value);
  } catch {
    // Blocked or full: the copy in memory stands in.
  }
}

export function recall(key) {
  try {
    const stored = localStorage.getItem(`ledgerline.${key}`);
    if (stored !== null) return stored;
  } catch {
    // Blocked: the copy in memory stands in.
  }
  return memory.get(key) ?? null;
}
