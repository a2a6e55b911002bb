// Menus (<details data-menu>), dialogs (data-open, data-close), notices, confirmations.
import { every, later, onContent } from "./page.js";

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  const opener = event.target.closest("[data-open]");
  if (opener && opener.tagName === "BUTTON") openDialog(opener.dataset.open);
  if (event.target.closest("[data-close]")) {
    event.target.closest("[data-notice]")?.remove();
    event.target.closest("dialog")?.close();
  }
  if (event.target.tagName === "DIALOG") event.target.close(); // the ground beside it
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  const menu = event.target.closest?.("details[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

/** Open a <dialog> by id and close any menu on the way. */
export function openDialog(id) {
  const dialog = document.getElementById(id);
  closeMenus(null);
  if (dialog && !dialog.open) dialog.showModal();
}

onContent((root) => {
  for (const notice of every(root, "[data-notice]")) {
    const kind = ["warning", "error"].find((level) => notice.classList.contains(`notice-${level}`));
    later(notice, kind || "info");
  }
  for (const button of every(root, "[data-print]")) {
    button.addEventListener("click", () => window.print());
  }
});
