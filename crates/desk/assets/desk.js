// The inbox loads itself again while someone looks at it. A page that is being
// used (a focused control, selected text) is left alone until it is not.
"use strict";
const seconds = Number(document.body.dataset.refreshSeconds);
if (seconds > 0) {
  const inUse = () =>
    document.hidden || !getSelection().isCollapsed || document.activeElement !== document.body;
  setInterval(() => {
    if (!inUse()) location.reload();
  }, seconds * 1000);
}
