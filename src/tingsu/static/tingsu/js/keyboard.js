// Shortcuts. One attribute says it all: data-key="r" is clicked (or focused) by r.
// They never fire while somebody types or an input method composes (PL-6).
import { openDialog } from "./menus.js";

let composing = false;
document.addEventListener("compositionstart", () => { composing = true; }, true);
document.addEventListener("compositionend", () => { composing = false; }, true);

/** True while an input method is at work; Safari ends composition before its last keydown (229). */
export function isComposing(event) {
  return composing || event.isComposing || event.keyCode === 229;
}

function isTyping(target) {
  return target.isContentEditable
    || target.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}

function rows() {
  return [...document.querySelectorAll("[data-list] [data-row]")].filter((row) => row.offsetParent);
}

/** Move the mark of a list by so many rows; the row's link takes the focus. */
function move(by) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.classList.contains("is-here"));
  const next = all[Math.min(all.length - 1, Math.max(0, now < 0 ? 0 : now + by))];
  all.forEach((row) => row.classList.toggle("is-here", row === next));
  next.querySelector("a")?.focus();
  next.scrollIntoView({ block: "nearest" });
  next.dispatchEvent(new CustomEvent("row:here", { bubbles: true }));
}

function press(key) {
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)]
    .find((element) => element.offsetParent && !element.disabled);
  if (!target) return false;
  if (target.matches("input, textarea, select")) {
    target.focus();
    target.select?.();
  } else {
    target.click();
  }
  return true;
}

function tick() {
  const box = document.querySelector("[data-row].is-here input[type=checkbox]");
  if (!box) return false;
  box.click();
  return true;
}

const own = {
  j: () => move(1) ?? true,
  k: () => move(-1) ?? true,
  x: tick,
  "?": () => openDialog("shortcuts") ?? true,
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || isComposing(event)) return;
  const command = event.ctrlKey || event.metaKey;
  if (command && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openDialog("palette");
    return;
  }
  if (command && event.key === "Enter" && isTyping(event.target)) {
    event.preventDefault();
    event.target.form?.requestSubmit();
    return;
  }
  if (command || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if ((own[event.key] || (() => press(event.key)))()) event.preventDefault();
});
