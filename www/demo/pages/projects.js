// Projects as cards; one opens in a dialog.
import { getProjects } from "../api.js";
import { el, figure, loading, onSearch, pageHead, pill, unavailable } from "../dom.js";
import { day, initials, money } from "../format.js";
import { openDialog } from "../notices.js";

function progressBar(project) {
  const bar = el("span", { class: "progress", role: "progressbar", "aria-valuenow": project.done, "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": `${project.name}: progress` });
  bar.style.setProperty("--done", `${project.done}%`);
  return bar;
}

function spending({ spent, budget }) {
  if (!Number.isFinite(spent) || !Number.isFinite(budget)) return null;
  return `${money(spent, "EUR", 0)} of ${money(budget, "EUR", 0)}`;
}

function openProject(project) {
  const rows = [["Client", project.client], ["Owner", project.owner], ["Due", day(project.due)], ["Progress", `${project.done} %`], ["Spent", spending(project)]]
    .filter(([, value]) => value !== null);
  openDialog(project.name, "project-dialog",
    pill(project.status),
    el("dl", { class: "facts" }, rows.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
    progressBar(project));
}

function projectCard(project) {
  return el("button", { type: "button", class: "card project", "data-testid": "project-card", onclick: () => openProject(project) },
    el("span", { class: "project-top" }, el("span", { class: "project-name" }, project.name), pill(project.status)),
    el("span", { class: "project-client" }, project.client ?? ""),
    progressBar(project),
    el("span", { class: "project-foot" },
      project.owner && el("span", { class: "avatar avatar-small", "aria-hidden": "true" }, initials(project.owner)),
      el("span", {}, project.owner ?? spending(project) ?? "No owner"),
      el("span", { class: "project-due" }, day(project.due))));
}

export async function showProjects(view) {
  const body = el("div", { class: "stack" }, loading(3));
  view.append(pageHead("Projects", "What the studio is working on."), body);
  let projects;
  try {
    projects = await getProjects();
  } catch (error) {
    body.replaceChildren(unavailable("Projects", error, () => {
      view.replaceChildren();
      return showProjects(view);
    }));
    return;
  }
  console.debug(`projects: ${projects.length} loaded`);
  const grid = el("div", { class: "project-grid" });
  const none = el("p", { class: "empty", role: "status" });
  const paint = (query) => {
    const found = projects.filter((project) => `${project.name} ${project.client} ${project.owner ?? ""}`.toLowerCase().includes(query));
    grid.replaceChildren(...found.map(projectCard));
    none.textContent = found.length === 0 ? "No project matches." : "";
  };
  const finished = projects.filter((project) => project.done === 100).length;
  const average = projects.length === 0 ? 0 : Math.round(projects.reduce((sum, project) => sum + project.done, 0) / projects.length);
  body.replaceChildren(
    el("div", { class: "figures" },
      figure("Projects", String(projects.length), `${finished} finished`),
      figure("Average progress", `${average} %`, "over all projects"),
      figure("Clients", String(new Set(projects.map((project) => project.client)).size), "with work in hand")),
    grid, none);
  paint("");
  onSearch(view, paint);
}
