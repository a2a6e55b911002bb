// The page of a case: the version follows what is on screen, steps open in a dialog, a letter that
// was taken back is in the composer again. Without this file every step is a page of its own.
import { openDialog } from "./menus.js";
import { csrf, every, onContent } from "./page.js";

const member = document.body.dataset.member || "public";

/** Whoever sees the newest state may build on it: every form on the page is told its number. */
function follow(version) {
  for (const input of document.querySelectorAll("#case input[name=version], #undo input[name=version]")) {
    input.value = version;
  }
}

onContent((root) => {
  for (const head of every(root, "[data-case-version]")) follow(head.dataset.caseVersion);
});

function compose(tab, kind) {
  const button = document.getElementById(`tab-${tab}`);
  if (!button) return false;
  document.querySelector("[data-pane-for=main]")?.click();
  const composer = button.closest(".composer");
  if (button.getAttribute("aria-selected") !== "true" || !composer.hasAttribute("data-open")) button.click();
  const pane = document.getElementById(button.getAttribute("aria-controls"));
  if (kind) {
    const choice = pane.querySelector(`input[name=kind][value="${kind}"]`);
    if (choice) choice.checked = true;
  }
  pane.querySelector("textarea, input:not([type=hidden], [type=radio])")?.focus();
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-compose]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (compose(link.dataset.compose, link.dataset.composeKind)) event.preventDefault();
});

document.addEventListener("htmx:afterSwap", (event) => {
  const { target } = event.detail;
  if (target.id.startsWith("body-")) {
    target.querySelector("[data-form-errors], [aria-invalid=true]")?.focus();
    return;
  }
  if (target.id !== "step") return;
  const dialog = document.getElementById("step-dialog");
  if (!target.firstElementChild) {
    if (dialog.open) dialog.close();
    return;
  }
  openDialog("step-dialog");
  const first = dialog.querySelector("[data-form-errors]") || dialog.querySelector(
    ".dialog-body textarea, .dialog-body select, .dialog-body input:not([type=hidden])",
  );
  first?.focus();
});

document.addEventListener("htmx:oobAfterSwap", (event) => {
  const { target } = event.detail;
  if (target.id === "case-story") target.scrollTop = target.scrollHeight;
});

// The submit was taken: the copy on this device must not come back into the next form.
document.addEventListener("tingsu:done", (event) => {
  localStorage.removeItem(`draft:${member}:${event.detail.draft}`);
});
document.addEventListener("tingsu:compose", (event) => setTimeout(() => compose(event.detail.tab), 30));

window.addEventListener("pagehide", () => {
  const place = document.querySelector("[data-presence]");
  if (!place) return;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", csrf());
  navigator.sendBeacon(place.dataset.presence, body);
});
