// Everything typed is kept: <form data-draft-key="case:…:reply" data-draft-url="/drafts/">.
// POST {"key", "fields"} saves, {"key", "fields": null} discards;
// GET ?key= gives {"at", "fields"} or 204. Without a server, this device keeps the text.
import { every, onContent, post, signedOut } from "./page.js";
import { sessionLost } from "./session.js";
import { clock, say } from "./words.js";

const WAIT = 800;
const KEEPALIVE_MOST = 60_000; // browsers refuse larger bodies once the page is going
const SKIP = new Set(["csrfmiddlewaretoken", "ik", "version", "draft_key"]);

const member = document.body.dataset.member || "public";
const local = (form) => `draft:${member}:${form.dataset.draftKey}`;
const LEAVING = "drafts:leaving";

function fieldsOf(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (SKIP.has(name) || typeof value !== "string") continue;
    (fields[name] ||= []).push(value);
  }
  return fields;
}

function isUntouched(form) {
  return [...form.elements].every((field) => !field.name || !isChanged(field));
}

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (["hidden", "submit", "button", "file"].includes(field.type)) return false;
  if (field.tagName === "SELECT") return [...field.options].some((o) => o.selected !== o.defaultSelected);
  return field.value !== field.defaultValue;
}

function fill(form, fields) {
  for (const field of form.elements) {
    const values = fields[field.name];
    if (SKIP.has(field.name) || ["file", "submit", "hidden"].includes(field.type)) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = (values || []).includes(field.value);
    else if (values) field.value = values.shift();
  }
  form.dispatchEvent(new Event("draft:restored", { bubbles: true }));
  for (const field of form.elements) field.dispatchEvent(new Event("input"));
}

function keepHere(form, fields) {
  try {
    localStorage.setItem(local(form), JSON.stringify({ at: new Date().toISOString(), fields }));
  } catch {
    // Storage full or forbidden: the text is still on the page.
  }
}

function keptHere(form) {
  try {
    return JSON.parse(localStorage.getItem(local(form)) || "null");
  } catch {
    return null;
  }
}

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-draft-status]");
    this.url = form.dataset.draftUrl;
    this.dirty = false;
    this.timer = 0;
    form.addEventListener("input", (event) => event.isTrusted && this.touched());
    form.addEventListener("change", (event) => event.isTrusted && this.touched());
    form.addEventListener("draft:touch", () => this.touched()); // a button of the page filled it in
    form.addEventListener("submit", () => this.submitted());
    form.addEventListener("htmx:afterRequest", (event) => this.answered(event));
  }

  say(text) {
    if (this.status) this.status.textContent = text;
  }

  touched() {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), WAIT);
  }

  async save({ keepalive = false } = {}) {
    if (!this.dirty || !this.form.isConnected) return;
    clearTimeout(this.timer);
    this.dirty = false;
    const fields = fieldsOf(this.form);
    const body = { key: this.form.dataset.draftKey, fields };
    if (!this.url || (keepalive && JSON.stringify(body).length > KEEPALIVE_MOST)) {
      this.here(fields);
      return;
    }
    if (keepalive) keepHere(this.form, fields); // its answer will find nobody
    try {
      const answer = await post(this.url, body, { keepalive });
      if (signedOut(answer)) sessionLost();
      if (!answer.ok) throw new Error(String(answer.status));
      localStorage.removeItem(local(this.form));
      this.say(say("draft_saved", { time: clock() }));
    } catch {
      this.here(fields);
    }
  }

  here(fields) {
    keepHere(this.form, fields);
    this.say(say("draft_local", { time: clock() }));
  }

  // The text stays here until the answer is known: the session may be over (see settle).
  submitted() {
    clearTimeout(this.timer);
    this.dirty = false;
    keepHere(this.form, fieldsOf(this.form));
    if (!this.form.hasAttribute("hx-post")) sessionStorage.setItem(LEAVING, local(this.form));
  }

  answered(event) {
    if (event.detail.elt !== this.form || !event.detail.successful) return;
    if (event.detail.xhr.status >= 300) return;
    localStorage.removeItem(local(this.form));
    this.say("");
  }

  async restore() {
    // A page that came back with errors already holds what was typed.
    if (this.form.querySelector("[data-form-errors]")) return;
    const kept = keptHere(this.form) || (await this.fromServer());
    if (!kept || this.dirty) return;
    const before = fieldsOf(this.form);
    if (JSON.stringify(before) === JSON.stringify(kept.fields)) return;
    fill(this.form, structuredClone(kept.fields));
    if (isUntouched(this.form)) return;
    this.offer(new Date(kept.at));
  }

  async fromServer() {
    if (!this.url) return null;
    try {
      const answer = await fetch(`${this.url}?key=${encodeURIComponent(this.form.dataset.draftKey)}`, {
        credentials: "same-origin", redirect: "manual", headers: { Accept: "application/json" },
      });
      return answer.status === 200 ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  offer(at) {
    if (!this.status) return;
    const line = document.createElement("span");
    line.className = "saved-back";
    const words = document.createElement("span");
    words.textContent = say("draft_restored", { time: clock(at) });
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet btn-sm";
    button.textContent = say("draft_discard");
    button.addEventListener("click", () => this.discard());
    line.append(words, button);
    this.status.replaceChildren(line);
  }

  discard() {
    this.form.reset();
    for (const field of this.form.elements) field.dispatchEvent(new Event("input"));
    localStorage.removeItem(local(this.form));
    if (this.url) post(this.url, { key: this.form.dataset.draftKey, fields: null }).catch(() => {});
    this.say(say("draft_discarded"));
  }
}

const drafts = new Set();

// After a full-page submit: a page without errors means that it went well and the copy can go.
// The sign-in page means that it did not: the copy stays and is restored after signing in.
function settle() {
  const key = sessionStorage.getItem(LEAVING);
  if (!key) return;
  sessionStorage.removeItem(LEAVING);
  if (document.querySelector(".sign, [data-form-errors], [data-trouble]")) return;
  localStorage.removeItem(key);
}

settle();
onContent((root) => {
  for (const form of every(root, "form[data-draft-key]")) {
    const draft = new Draft(form);
    drafts.add(draft);
    draft.restore();
  }
});

const flush = () => drafts.forEach((draft) => draft.save({ keepalive: true }));
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush());
window.addEventListener("pagehide", flush);
