// The bar that counts down until a letter leaves: <div data-undo="15">. The server decides;
// this only shows. Spoken at the start and once more near the end.
import { every, onContent } from "./page.js";
import { say } from "./words.js";

const SOON = 5;

function start(bar) {
  const end = performance.now() + Number(bar.dataset.undo) * 1000;
  const words = bar.querySelector("[data-left]");
  const said = bar.querySelector("[data-said]");
  const meter = bar.querySelector("progress");
  let last = -1;

  said.textContent = say("undo_soon", { seconds: bar.dataset.undo });

  const tick = () => {
    if (!bar.isConnected) return;
    const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    if (seconds !== last) {
      last = seconds;
      meter.value = seconds;
      words.textContent = seconds ? say("undo_left", { seconds }) : say("undo_gone");
      if (seconds === SOON) said.textContent = say("undo_soon", { seconds });
    }
    if (seconds) {
      setTimeout(tick, 250);
      return;
    }
    bar.querySelector("form")?.remove();
    said.textContent = say("undo_gone");
    setTimeout(() => bar.remove(), 3000);
  };
  tick();
}

onContent((root) => every(root, "[data-undo]").forEach(start));
