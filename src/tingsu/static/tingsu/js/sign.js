// A box to sign in, by finger, pen or mouse. Without this file one signs by typing the name.
import { every, onContent } from "./page.js";

const WIDTH = 3;

function ready(pad) {
  if (pad.dataset.ready) return;
  pad.dataset.ready = "1";
  const form = pad.closest("form");
  const canvas = pad.querySelector("canvas");
  const picture = form.querySelector("input[name=picture]");
  const brush = canvas.getContext("2d");
  let strokes = [];
  let stroke = null;

  // The canvas is as sharp as the screen; the strokes are kept in shares of its size, so that
  // turning the phone loses nothing.
  function fit() {
    const box = canvas.getBoundingClientRect();
    if (!box.width) return;
    const scale = Math.min(window.devicePixelRatio || 1, 2);
    canvas.width = Math.round(box.width * scale);
    canvas.height = Math.round(box.height * scale);
    brush.lineCap = brush.lineJoin = "round";
    brush.lineWidth = WIDTH * scale;
    brush.strokeStyle = brush.fillStyle = "#000";
    strokes.forEach(draw);
  }

  function draw(points) {
    const at = points.map(([x, y]) => [x * canvas.width, y * canvas.height]);
    brush.beginPath();
    if (at.length === 1) {
      brush.arc(at[0][0], at[0][1], brush.lineWidth / 2, 0, 7);
      brush.fill();
      return;
    }
    brush.moveTo(at[0][0], at[0][1]);
    for (let n = 1; n < at.length - 1; n += 1) {
      const middle = [(at[n][0] + at[n + 1][0]) / 2, (at[n][1] + at[n + 1][1]) / 2];
      brush.quadraticCurveTo(at[n][0], at[n][1], middle[0], middle[1]);
    }
    brush.lineTo(...at[at.length - 1]);
    brush.stroke();
  }

  function redraw() {
    brush.clearRect(0, 0, canvas.width, canvas.height);
    strokes.forEach(draw);
    pad.classList.toggle("is-signed", strokes.length > 0);
  }

  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId);
    stroke = [place(event)];
    strokes.push(stroke);
    redraw();
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    const passed = event.getCoalescedEvents?.() || [];
    stroke.push(...(passed.length ? passed : [event]).map(place));
    redraw();
    event.preventDefault();
  });
  for (const name of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(name, () => { stroke = null; });
  }
  pad.querySelector("[data-pad-clear]").addEventListener("click", () => {
    strokes = [];
    redraw();
  });

  const drawn = form.querySelector("input[name=how][value=drawn]");
  function choose() {
    pad.hidden = !drawn.checked;
    if (drawn.checked) fit();
  }
  for (const radio of form.querySelectorAll("input[name=how]")) radio.addEventListener("change", choose);
  form.querySelector("[data-pad-choice]").hidden = false;
  if (!pad.dataset.typed) drawn.checked = true;
  choose();
  new ResizeObserver(fit).observe(canvas);

  // A page that was refused brings the strokes back.
  const kept = `pad:${window.location.pathname}`;
  if (pad.dataset.again) {
    try {
      strokes = JSON.parse(sessionStorage.getItem(kept) || "[]");
    } catch {
      strokes = [];
    }
    redraw();
  }
  form.addEventListener("submit", () => {
    picture.value = drawn.checked && strokes.length ? canvas.toDataURL("image/png") : "";
    sessionStorage.setItem(kept, JSON.stringify(drawn.checked ? strokes : []));
  }, { capture: true });
}

onContent((root) => {
  for (const pad of every(root, "[data-sign-pad]")) ready(pad);
});
