// Files: names and sizes at once, each can be taken out again, limits are said before sending.
import { every, onContent } from "./page.js";
import { say } from "./words.js";

// The server looks at the content; this only spares somebody a long wait.
const REFUSED = /\.(exe|com|scr|pif|bat|cmd|msi|msp|ps1|vbs|vbe|jse?|wsf|hta|jar|lnk|reg|dll|apk|app|dmg|sh)$/i;

function sized(octets) {
  if (octets < 1024) return `${octets} B`;
  const mega = octets / 1024 ** 2;
  return mega < 1 ? `${Math.round(octets / 1024)} KB` : `${mega.toFixed(mega < 10 ? 1 : 0)} MB`;
}

function problem(file, index, box) {
  if (file.size === 0) return say("file_empty");
  if (file.size > Number(box.dataset.limit)) return say("file_too_big", { limit: box.dataset.limitWords });
  if (REFUSED.test(file.name)) return say("file_type");
  return index >= Number(box.dataset.most) ? say("file_too_many", { n: box.dataset.most }) : "";
}

function start(box) {
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector(".file-list");
  const drop = box.querySelector(".drop");
  let kept = [];

  const put = () => {
    const bag = new DataTransfer();
    kept.forEach((file) => bag.items.add(file));
    input.files = bag.files;
  };

  const line = (file, refusal) => {
    const item = document.createElement("li");
    const words = document.createElement("span");
    words.textContent = refusal ? `${file.name}：${refusal}` : `${file.name} · ${sized(file.size)}`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet btn-sm";
    button.textContent = "✕";
    button.setAttribute("aria-label", say("file_remove", { name: file.name }));
    button.addEventListener("click", () => {
      kept = kept.filter((other) => other !== file);
      item.remove();
      put();
      input.focus();
    });
    item.classList.toggle("is-refused", Boolean(refusal));
    item.append(words, button);
    return item;
  };

  const add = (files) => {
    for (const file of files) {
      const same = kept.some((one) => one.name === file.name && one.size === file.size);
      if (same) continue;
      const refusal = problem(file, kept.length, box);
      list.append(line(file, refusal));
      if (!refusal) kept.push(file);
    }
    put();
  };

  input.addEventListener("change", () => {
    const chosen = [...input.files];
    if (chosen.length) add(chosen);
    else put();
  });
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("is-over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("is-over");
    add(event.dataTransfer.files);
  });
  input.form?.addEventListener("reset", () => {
    kept = [];
    list.replaceChildren();
  });
}

onContent((root) => every(root, "[data-upload]").forEach(start));
