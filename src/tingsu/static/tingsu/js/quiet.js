// Waits for a pause in the typing: never while an input method is composing, never twice for the
// same words.

/** Call run(words) when nothing was typed for a while in the named fields of the form. */
export function whenQuiet(form, names, run, pause = 600) {
  let timer = 0;
  let before = "";
  const words = () => names.map((name) => form.elements[name]?.value || "").join("\n").trim();
  const soon = (event) => {
    if (!names.includes(event.target.name) || event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(now, pause);
  };
  const now = () => {
    const said = words();
    if (said === before) return;
    before = said;
    run(said);
  };
  form.addEventListener("input", soon);
  form.addEventListener("compositionend", soon);
  if (words()) now();
}
