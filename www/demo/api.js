// Ledgerline's HTTP API.
import { bugsOn } from "./bugs.js";
import { invoicesOf, projectsOf } from "./shapes.js";

/** An answer that is no success, or no answer (`status` 0). */
export class ApiError extends Error {
  constructor(message, status, body) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.body = body;
  }
}

async function send(method, path, body) {
  const headers = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (!bugsOn()) headers["x-demo-fixed"] = "1";
  let response;
  try {
    response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (cause) {
    throw new ApiError(`${method} ${path}: no answer (${cause.message})`, 0, null);
  }
  if (!response.ok) {
    const text = await response.text();
    throw new ApiError(`${method} ${path}: ${response.status}`, response.status, parsed(text));
  }
  return response;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, 200);
  }
}

async function json(method, path, body) {
  const response = await send(method, path, body);
  const value = parsed(await response.text());
  if (value === null || typeof value !== "object") {
    throw new ApiError(`${method} ${path}: the answer is no JSON`, response.status, value);
  }
  return value;
}

async function list(path, name) {
  const value = await json("GET", path);
  const items = Array.isArray(value) ? value : (value.items ?? value[name]);
  if (!Array.isArray(items)) throw new ApiError(`GET ${path}: no list in the answer`, 200, value);
  return items;
}

export const getProjects = async () => projectsOf(await list("/api/projects", "projects"));
export const getInvoices = async () => invoicesOf(await list("/api/invoices", "invoices"));
export const getRevenue = () => json("GET", "/api/reports/revenue");
export const getSettings = () => json("GET", "/api/settings");
export const putSettings = (settings) => json("PUT", "/api/settings", settings);

/** Resolves to the CSV as a Blob. */
export async function exportInvoices(ids) {
  const response = await send("POST", "/api/invoices/export", { format: "csv", invoices: ids });
  return response.blob();
}
