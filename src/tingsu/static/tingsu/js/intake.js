// The form of calls, visits and letters: prompts that tick themselves, the restatement to read
// aloud, quick times, the caller who was chosen, categories of the chosen industry.
// Without scripts the form can be sent all the same.
import { onContent } from "./page.js";

const form = document.querySelector("form[data-intake]");
const field = (name) => form.elements[name];
const text = (name) => (field(name)?.value || "").trim();

// The address carries the draft, so that a reload brings it back.
if (!location.search.includes("draft=")) {
  const url = new URL(location.href);
  url.searchParams.set("draft", form.dataset.token);
  history.replaceState(null, "", url);
}

// Prompts ---------------------------------------------------------------------------------------
const SAID = {
  when: /今天|昨天|前天|昨晚|上周|上个?月|去年|刚才|今早|早上|上午|中午|下午|晚上|凌晨|[\d一二三四五六七八九十]+\s*[月日号点时]|yesterday|today|last (week|month|night)|\d(am|pm)/i,
  where: /在[^，。；,.;]{2,12}(里|内|店|楼|厅|站|区|路|家|上|处|口)|家里|店里|小区|大厅|门口|\bat the\b/i,
  who: /店员|店长|客服|经理|师傅|工作人员|老板|保安|导游|司机|护士|医生|柜员|前台|服务员|销售|物业|维修工|staff|manager|clerk|driver/i,
  result: /结果|后来|至今|到现在|现在还|目前|仍然?|还是没|一直没|最后|still|so far|in the end/i,
};
const FIELDS = {
  when: ["happened_on", "happened_time"],
  where: ["happened_where"],
  who: ["respondent_unit", "respondent_person"],
  what: [],
  result: [],
  wish: ["request"],
};

function isTold(code) {
  const story = text("narrative");
  if (FIELDS[code].some((name) => text(name))) return true;
  return code === "what" ? [...story].length >= 8 : Boolean(SAID[code]?.test(story));
}

function tickPrompts() {
  for (const prompt of form.querySelectorAll("[data-prompt]")) {
    const told = isTold(prompt.dataset.prompt);
    prompt.classList.toggle("is-told", told);
    prompt.querySelector("[data-prompt-done]").hidden = !told;
  }
}

form.addEventListener("click", (event) => {
  const prompt = event.target.closest("[data-prompt]");
  if (!prompt) return;
  event.preventDefault();
  const target = document.querySelector(prompt.getAttribute("href"));
  target.focus();
  target.setSelectionRange?.(target.value.length, target.value.length);
});

// Steps -----------------------------------------------------------------------------------------
function markSteps() {
  for (const step of form.querySelectorAll("[data-step]")) {
    const filled = step.dataset.step.split(" ").filter(Boolean).some((name) => {
      const one = field(name);
      return one?.type === "checkbox" ? one.checked : text(name);
    });
    step.classList.toggle("is-done", Boolean(filled));
  }
}

// Restatement -----------------------------------------------------------------------------------
const say = form.querySelector("[data-restate]");
const loud = form.querySelector("[data-restate-shown]");

function ended(words) {
  return words.replace(/[。．.！!？?，,；;\s]+$/, "");
}

function sentence() {
  const story = ended(text("narrative").replace(/([。！？；，、.!?;,]?)\s*\n+\s*/g, (_line, mark) => mark || "，"));
  if (!story) return "";
  const told = { name: text("name"), story, wish: ended(text("request")) };
  const words = loud.dataset[(told.name ? "named" : "unnamed") + (told.wish ? "Wish" : "")];
  return words.replace(/\{(\w+)\}/g, (_whole, part) => told[part]);
}

function restate() {
  if (!say) return;
  const words = text("restated") ? "" : sentence();
  say.hidden = !words;
  form.querySelector("[data-restate-none]").hidden = Boolean(words);
  loud.textContent = words;
}

function takeSentence() {
  if (text("restated") || !sentence()) return;
  field("restated").value = sentence();
  changed("restated");
}

form.querySelector("[data-restate-take]")?.addEventListener("click", () => {
  takeSentence();
  field("restated").focus();
});
field("restated_ok").addEventListener("change", (event) => event.target.checked && takeSentence());

// What a button filled in belongs to the draft as well.
function changed(name) {
  field(name).dispatchEvent(new Event("input", { bubbles: true }));
  form.dispatchEvent(new Event("draft:touch"));
}

// Quick times -----------------------------------------------------------------------------------
// In the house's own time, whatever zone this machine is in.
const opened = Date.parse(`${form.dataset.now}Z`) - performance.now();
const now = () => new Date(opened + performance.now());
const minute = (at) => at.toISOString().slice(0, 16);

function quickTime(button) {
  const at = now();
  if (button.dataset.in) return minute(new Date(at.getTime() + Number(button.dataset.in) * 60000));
  const [days, clock] = button.dataset.at.split(" ");
  at.setUTCDate(at.getUTCDate() + Number(days));
  return `${at.toISOString().slice(0, 10)}T${clock}`;
}

const quick = form.querySelector("[data-quick]");
quick.hidden = false;
for (const button of quick.querySelectorAll("[data-at]")) {
  button.hidden = quickTime(button) <= minute(now());
}
quick.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  field("promise_due").value = "clear" in button.dataset ? "" : quickTime(button);
  changed("promise_due");
  if (!text("promise") && !("clear" in button.dataset)) field("promise").focus();
});

// Caller ----------------------------------------------------------------------------------------
form.addEventListener("change", (event) => {
  if (event.target.name !== "party") return;
  const name = event.target.dataset.name;
  if (name) field("name").value = name;
  else if (event.target.value === "new") {
    field("name").value = "";
    field("name").focus();
  }
  changed("name");
});

// Categories ------------------------------------------------------------------------------------
const select = field("category");
const finder = form.querySelector("[data-category-find]");
const find = finder.querySelector("input");
const groups = [...select.querySelectorAll("optgroup")].map((group) => ({
  label: group.label,
  options: [...group.querySelectorAll("option")],
}));

function showCategories() {
  const pack = field("pack")?.value || "";
  const words = find.value.trim().toLowerCase();
  const chosen = select.value;
  const several = new Set(groups.flatMap((g) => g.options.map((o) => o.value.split(":")[0]))).size > 1;
  select.querySelectorAll("optgroup").forEach((group) => group.remove());
  for (const { label, options } of groups) {
    const shown = options.filter((option) => {
      const [own] = option.value.split(":");
      const fits = !words || `${label} ${option.text}`.toLowerCase().includes(words);
      return option.value === chosen || ((!pack || own === pack) && fits);
    });
    if (!shown.length) continue;
    const group = document.createElement("optgroup");
    group.label = several && pack ? label.split(" · ").pop() : label;
    group.append(...shown);
    select.append(group);
  }
  select.value = chosen;
}

finder.hidden = false;
find.addEventListener("input", () => {
  showCategories();
  const hits = [...select.options].filter((option) => option.value);
  if (find.value.trim() && hits.length === 1) select.value = hits[0].value;
});
find.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  select.focus();
});
field("pack")?.addEventListener("change", () => {
  if (!select.value.startsWith(`${field("pack").value}:`)) select.value = "";
  showCategories();
});
showCategories();

// The length of the call ------------------------------------------------------------------------
const timer = form.querySelector("[data-timer]");
if (timer) {
  const seconds = form.querySelector("[name=fact_call_seconds]");
  const before = Number(seconds.value) || 0;
  const shown = timer.querySelector("[data-timer-shown]");
  let stopped = false;
  const tick = () => {
    if (stopped) return;
    const n = before + Math.floor(performance.now() / 1000);
    seconds.value = n;
    shown.textContent = `${String(Math.floor(n / 60)).padStart(2, "0")}:${String(n % 60).padStart(2, "0")}`;
  };
  timer.hidden = false;
  timer.querySelector("[data-timer-stop]").addEventListener("click", (event) => {
    stopped = true;
    event.currentTarget.hidden = true;
  });
  tick();
  setInterval(tick, 1000);
}

// A field that is marked wrong and folded away is unfolded.
for (const wrong of form.querySelectorAll("details [aria-invalid=true]")) {
  wrong.closest("details").open = true;
}

function all() {
  tickPrompts();
  markSteps();
  restate();
}
form.addEventListener("input", all);
form.addEventListener("change", all);
form.addEventListener("draft:restored", () => setTimeout(() => { all(); showCategories(); }));
onContent(() => all());
