// Counters of limited texts. Nothing is cut off: the counter says what is too much.
import { every, onContent } from "./page.js";
import { say } from "./words.js";

function show(place, field) {
  const limit = Number(place.dataset.limit);
  // By code point, as the server counts: one emoji is not two.
  const n = [...field.value].length;
  const near = n > limit * 0.8;
  place.textContent = n > limit ? say("count_over", { n: n - limit })
    : near || limit <= 500 ? say("count", { n, limit }) : "";
  place.classList.toggle("is-near", n > limit * 0.95);
}

onContent((root) => {
  for (const place of every(root, "[data-count-for]")) {
    const field = document.getElementById(place.dataset.countFor);
    if (!field) continue;
    const update = () => show(place, field);
    field.addEventListener("input", update);
    update();
  }
});
