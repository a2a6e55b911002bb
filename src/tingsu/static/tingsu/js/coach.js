// Words that hurt are marked while they are typed: <textarea data-coach="reply" data-coach-url="…">
// inside <form data-coach-case="…">. The text lies over a copy of itself that carries the marks; the list below
// says why and offers better words. Alt+Enter takes the better words at the caret.
import { every, onContent, post, signedOut } from "./page.js";
import { say } from "./words.js";

const PAUSE = 45; // milliseconds without a key; with the answer it stays below a hundred
const SHORTEST = 2;

class Coach {
  constructor(field) {
    this.field = field;
    this.composing = false;
    this.asked = 0;
    this.marks = [];
    this.build();
    field.addEventListener("compositionstart", () => { this.composing = true; });
    field.addEventListener("compositionend", () => { this.composing = false; this.typed(); });
    field.addEventListener("input", () => this.typed());
    field.addEventListener("scroll", () => this.scrolled());
    field.addEventListener("keydown", (event) => this.key(event));
    field.form?.addEventListener("change", (event) => event.target.name === "kind" && this.typed());
    this.typed();
  }

  build() {
    const { field } = this;
    this.box = document.createElement("div");
    this.box.className = "coach-box";
    this.copy = document.createElement("div");
    this.copy.className = "coach-copy form-control";
    this.copy.setAttribute("aria-hidden", "true");
    field.before(this.box);
    this.box.append(this.copy, field);
    this.list = document.createElement("div");
    this.list.className = "coach-list";
    this.heard = document.createElement("p");
    this.heard.className = "sr-only";
    this.heard.setAttribute("role", "status");
    this.box.after(this.list, this.heard);
    field.setAttribute("aria-keyshortcuts", "Alt+Enter");
  }

  typed() {
    if (this.composing) return;
    clearTimeout(this.timer);
    this.draw(this.kept()); // what did not move stays marked, so that nothing flickers
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  // Marks before the place where the text was changed still stand where they stood.
  kept() {
    const text = this.field.value;
    return this.marks.filter((mark) => text.slice(mark.start, mark.end) === mark.said);
  }

  async ask() {
    const { field } = this;
    const text = field.value;
    const turn = ++this.asked;
    if (text.trim().length < SHORTEST) { this.show(text, { marks: [], check: [] }); return; }
    let about = field.dataset.coach;
    if (about === "reply" && field.form?.elements.kind?.value === "final") about = "final";
    try {
      const answer = await post(field.dataset.coachUrl, { text, about, case: field.form?.dataset.coachCase || "" });
      if (signedOut(answer) || !answer.ok) return;
      const found = await answer.json();
      if (turn === this.asked && !this.composing && field.value === text) this.show(text, found);
    } catch {
      // Without a connection there are no marks; the text is not touched.
    }
  }

  show(text, found) {
    this.marks = found.marks.map((mark) => ({ ...mark, said: text.slice(mark.start, mark.end) }));
    this.check = found.check;
    this.draw(this.marks);
    this.tell();
  }

  draw(marks) {
    const text = this.field.value;
    const pieces = [];
    let reached = 0;
    for (const mark of marks) {
      const piece = document.createElement("mark");
      piece.className = `coach-${mark.grade}`;
      piece.textContent = text.slice(mark.start, mark.end);
      pieces.push(text.slice(reached, mark.start), piece);
      reached = mark.end;
    }
    // The last line of a text area is as high as a line even when it is empty.
    this.copy.replaceChildren(...pieces, text.slice(reached), "\u200b");
    this.scrolled();
  }

  scrolled() {
    this.copy.scrollTop = this.field.scrollTop;
    this.copy.scrollLeft = this.field.scrollLeft;
  }

  tell() {
    const caret = this.field.selectionStart;
    const last = this.marks.findLast((mark) => mark.from <= caret);
    const marks = last ? [last, ...this.marks.filter((mark) => mark !== last)] : this.marks;
    const rows = [...marks.map((mark) => this.row(mark)), ...this.check.map((one) => this.lack(one))];
    this.list.replaceChildren(...rows);
    const labels = this.marks.map((mark) => mark.label);
    const words = labels.length ? say("coach_heard", { n: labels.length, kinds: [...new Set(labels)].join("、") }) : "";
    if (this.heard.textContent !== words) this.heard.textContent = words;
  }

  row(mark) {
    const row = line(`coach-row coach-row-${mark.grade}`);
    row.append(word("b", mark.label), word("q", mark.said), word("span", mark.why));
    if (mark.better) row.append(button(mark.better, say("coach_take", { words: mark.better }), () => this.take(mark)));
    return row;
  }

  lack(one) {
    const row = line(`coach-lack${one.blocks ? " coach-row-forbidden" : ""}`);
    row.append(word("span", one.words));
    const act = { start: 1, end: 1, instead: 1 }[one.at] && !one.mend ? null : MENDS[one.at];
    if (act) row.append(button(say(`coach_${one.at}`), one.mend || say(`coach_${one.at}`), () => act(this, one)));
    return row;
  }

  // The whole sentence gives way to the better one; the browser's own undo brings it back.
  take(mark) {
    this.put(mark.from, mark.to, mark.better);
  }

  put(from, to, words) {
    const { field } = this;
    field.focus();
    field.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, words)) {
      field.setRangeText(words, from, to, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field.dispatchEvent(new Event("draft:touch", { bubbles: true }));
  }

  key(event) {
    if (event.key !== "Enter" || !event.altKey || event.isComposing) return;
    const caret = this.field.selectionStart;
    const mark = this.marks.find((one) => caret >= one.from && caret <= one.to) || this.marks[0];
    if (!mark?.better) return;
    event.preventDefault();
    event.stopPropagation();
    this.take(mark);
  }
}

const MENDS = {
  start: (coach, one) => coach.put(greeting(coach.field.value), greeting(coach.field.value), one.mend),
  end: (coach, one) => coach.put(coach.field.value.length, coach.field.value.length, one.mend),
  instead: (coach, one) => coach.put(one.start, one.end, one.mend),
  you: (coach) => coach.put(0, coach.field.value.length, coach.field.value.replaceAll("你", "您").replace(/[!！]+/g, "。")),
  promise: () => document.getElementById("tab-promise")?.click(),
};

// After "王先生您好，", not before it.
function greeting(text) {
  const found = text.match(/^.{0,16}?(?:您好|你好|Dear [^,]{1,30})[，。！,!]?\s*/);
  return found ? found[0].length : 0;
}

function line(name) {
  const row = document.createElement("div");
  row.className = name;
  return row;
}

function word(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function button(text, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm coach-take";
  made.textContent = text;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

// Words of a card go where the caret is in the reply: <button data-say-into="reply" data-say="…">.
function sayInto(event) {
  const card = event.target.closest?.("[data-say-into]");
  const tab = card && document.getElementById(`tab-${card.dataset.sayInto}`);
  if (!tab) return;
  tab.click();
  const field = document.querySelector(`#pane-${card.dataset.sayInto} textarea[data-coach]`);
  if (!field) return;
  field.focus();
  if (!document.execCommand("insertText", false, card.dataset.say)) {
    field.setRangeText(card.dataset.say, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.dispatchEvent(new Event("draft:touch", { bubbles: true }));
}

document.addEventListener("click", sayInto);
onContent((root) => {
  for (const field of every(root, "textarea[data-coach]")) {
    if (!field.closest(".coach-box")) new Coach(field);
  }
});
