// All pages work without this. It keeps them up to date while somebody looks at them, and
// tells the customer that an agent writes.
"use strict";

// The inbox loads itself again. A page that is being used (a focused control, selected
// text) is left alone until it is not.
const seconds = Number(document.body.dataset.refreshSeconds);
if (seconds > 0) {
  const inUse = () =>
    document.hidden || !getSelection().isCollapsed || document.activeElement !== document.body;
  setInterval(() => {
    if (!inUse()) location.reload();
  }, seconds * 1000);
}

// The thread of a handoff is put in anew where it has changed; the reply box stays as it
// is. Asked for, not streamed: agents keep many tabs, and browsers only six connections.
const thread = document.getElementById("thread");
if (thread) {
  const list = () => thread.querySelector("ol");
  const toEnd = () => {
    list().scrollTop = list().scrollHeight;
  };
  const renew = async () => {
    if (document.hidden || thread.contains(document.activeElement)) return;
    const answer = await fetch(thread.dataset.part);
    if (answer.redirected || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("thread");
    if (!fresh || fresh.innerHTML === thread.innerHTML || !getSelection().isCollapsed) return;
    const isMore = fresh.querySelectorAll("li").length > list().children.length;
    const at = list().scrollTop;
    thread.replaceChildren(...fresh.childNodes);
    if (isMore) toEnd();
    else list().scrollTop = at;
  };
  toEnd();
  setInterval(() => renew().catch(() => {}), 3000);
  document.addEventListener("visibilitychange", () => renew().catch(() => {}));
}

const reply = document.getElementById("reply");
if (reply) {
  const { text, name } = reply.elements;
  const AGAIN_MS = 4000;
  const DONE_MS = 6000;
  let told = 0;
  let timer;
  const tell = (active) => {
    told = active ? Date.now() : 0;
    const body = new URLSearchParams({ name: name.value, active });
    fetch(reply.dataset.typing, { method: "POST", body, keepalive: true }).catch(() => {});
  };
  const done = () => {
    clearTimeout(timer);
    if (told) tell(false);
  };
  text.addEventListener("input", () => {
    clearTimeout(timer);
    if (!text.value.trim()) return done();
    if (Date.now() - told > AGAIN_MS) tell(true);
    timer = setTimeout(done, DONE_MS);
  });
  addEventListener("pagehide", done);
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    reply.requestSubmit();
  });
  // Sent once, however often it is clicked; and what was typed survives coming back.
  reply.addEventListener("submit", () => {
    setTimeout(() => {
      for (const button of reply.querySelectorAll("button")) button.disabled = true;
    });
  });
  addEventListener("pageshow", () => {
    for (const button of reply.querySelectorAll("button")) button.disabled = false;
  });
}
