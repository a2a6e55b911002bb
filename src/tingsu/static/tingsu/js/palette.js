// Command palette: what this page can do (data-key with data-action), places, cases.
// Answer of GET <url>?q=: {"items": [{"word", "hint", "icon", "url"}]}.
import { isComposing } from "./keyboard.js";
import { say } from "./words.js";

const dialog = document.getElementById("palette");

if (dialog) {
  const input = dialog.querySelector("[role=combobox]");
  const list = dialog.querySelector("[role=listbox]");
  const status = dialog.querySelector("[role=status]");
  let items = [];
  let at = 0;
  let asked = 0;

  const drawing = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${dialog.dataset.icons}#${name}`);
    svg.append(use);
    return svg;
  };

  const line = (item, index) => {
    const option = document.createElement("li");
    option.id = `palette-${index}`;
    option.setAttribute("role", "option");
    const word = document.createElement("span");
    word.textContent = item.word;
    const hint = document.createElement("span");
    hint.className = "hint";
    hint.textContent = item.hint || "";
    option.append(drawing(item.icon), word, hint);
    option.addEventListener("click", () => go(item));
    return option;
  };

  const mark = (index) => {
    at = Math.max(0, Math.min(items.length - 1, index));
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    const chosen = list.children[at];
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };

  // What this page can do: its own data-key elements that carry a word.
  const here = (q) => [...document.querySelectorAll("[data-key][data-action]")]
    .filter((element) => element.offsetParent && element.dataset.action.includes(q))
    .map((element) => ({
      word: element.dataset.action, hint: element.dataset.key, icon: "command", press: element,
    }));

  const show = (found) => {
    items = found;
    list.replaceChildren(...items.map(line));
    status.textContent = items.length ? say("palette_found", { n: items.length }) : say("palette_none");
    mark(0);
  };

  const ask = async () => {
    const mine = ++asked;
    const q = input.value.trim();
    show(here(q));
    try {
      const answer = await fetch(`${dialog.dataset.palette}?q=${encodeURIComponent(q)}`, {
        credentials: "same-origin", headers: { Accept: "application/json" },
      });
      if (!answer.ok || mine !== asked) return;
      show([...here(q), ...(await answer.json()).items]);
    } catch {
      // Offline: what the page itself can do is still offered.
    }
  };

  const go = (item) => {
    dialog.close();
    if (item.press) item.press.click();
    else if (item.url) location.assign(item.url);
  };

  let wait = 0;
  input.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(wait);
    wait = setTimeout(ask, 120);
  });
  input.addEventListener("compositionend", ask);
  input.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      mark((at + step + items.length) % Math.max(1, items.length));
    } else if (event.key === "Enter" && items[at]) {
      event.preventDefault();
      go(items[at]);
    }
  });
  // showModal() focuses the field; that is the moment to fill the list.
  input.addEventListener("focus", () => {
    input.select();
    ask();
  });
}
