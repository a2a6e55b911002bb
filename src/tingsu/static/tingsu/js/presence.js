// Who else has this case open, and whether it has changed since it was drawn.
// <div data-presence="<url>" data-version="12">; GET gives {"people": [{"name", "typing"}], "version": 13}.
import { every, onContent, signedOut } from "./page.js";
import { say } from "./words.js";

const EVERY = 15_000;

function person(who) {
  const mark = document.createElement("span");
  mark.className = "face";
  mark.setAttribute("aria-hidden", "true");
  mark.textContent = who.name.slice(0, 1);
  const words = document.createElement("span");
  words.textContent = say(who.typing ? "presence_typing" : "presence_here", { name: who.name });
  return [mark, words];
}

function changed() {
  const link = document.createElement("a");
  link.href = location.pathname + location.search;
  link.className = "btn btn-sm";
  link.textContent = say("presence_show");
  const words = document.createElement("span");
  words.textContent = say("presence_changed");
  return [words, link];
}

/** Written only when it differs, so that screen readers are not told the same again. */
function show(place, { people, version }) {
  const moved = version > Number(place.dataset.version || version);
  const state = JSON.stringify([people, moved]);
  if (place.dataset.state === state) return;
  place.dataset.state = state;
  place.replaceChildren(...people.flatMap(person), ...(moved ? changed() : []));
}

async function look(place) {
  if (document.visibilityState !== "visible") return true;
  const typing = document.activeElement?.matches("textarea, input") ? "?typing=1" : "";
  try {
    const answer = await fetch(place.dataset.presence + typing, {
      credentials: "same-origin", redirect: "manual", headers: { Accept: "application/json" },
    });
    if (signedOut(answer)) return false;
    if (answer.ok) show(place, await answer.json());
  } catch {
    // Offline for a moment: the next round asks again.
  }
  return true;
}

onContent((root) => {
  for (const place of every(root, "[data-presence]")) {
    look(place);
    const timer = setInterval(async () => {
      if (!place.isConnected || !(await look(place))) clearInterval(timer);
    }, EVERY);
  }
});
