// Tabs: role=tablist > role=tab[aria-controls]. And the three panes of a case on a phone
// ([data-pane-for] buttons set data-pane on the case; wide screens show all three anyway).
import { every, onContent } from "./page.js";

function choose(tabs, tab, { focus = false } = {}) {
  for (const other of tabs) {
    const on = other === tab;
    other.setAttribute("aria-selected", String(on));
    other.tabIndex = on ? 0 : -1;
    const panel = document.getElementById(other.getAttribute("aria-controls"));
    if (panel) panel.hidden = !on;
  }
  if (focus) tab.focus();
  tab.dispatchEvent(new CustomEvent("tab:chosen", { bubbles: true }));
}

function start(list) {
  const tabs = [...list.querySelectorAll("[role=tab]")];
  const composer = list.closest(".composer");
  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => {
      const again = composer?.hasAttribute("data-open") && tab.getAttribute("aria-selected") === "true";
      choose(tabs, tab);
      if (!composer) return;
      composer.toggleAttribute("data-open", !(again && matchMedia("(max-width: 52rem)").matches));
      const panel = document.getElementById(tab.getAttribute("aria-controls"));
      panel?.querySelector("textarea, input:not([type=hidden])")?.focus();
    });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      choose(tabs, tabs[(index + step + tabs.length) % tabs.length], { focus: true });
    });
  });
}

onContent((root) => {
  every(root, "[role=tablist]").forEach(start);
  for (const timeline of every(root, "[data-to-end]")) timeline.scrollTop = timeline.scrollHeight;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-pane-for]");
  if (!button) return;
  button.closest("[data-pane]").dataset.pane = button.dataset.paneFor;
  for (const other of button.parentElement.querySelectorAll("[data-pane-for]")) {
    if (other === button) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
});
