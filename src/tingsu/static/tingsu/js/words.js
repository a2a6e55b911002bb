// Translated sentences, handed over by the page (web/words.py).
const block = document.getElementById("script-words");
const words = block ? JSON.parse(block.textContent) : {};

/** The sentence of that name with {placeholders} filled. */
export function say(name, values = {}) {
  return (words[name] || "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

/** 10:02, of this device's clock. */
export function clock(at = new Date()) {
  return `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
}
