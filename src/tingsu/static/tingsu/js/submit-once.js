// A double click does one thing once; the hidden key `ik` catches what slips through.
import { csrf } from "./page.js";

function busy(form, on) {
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    if (on) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = "yes";
  const token = form.querySelector("input[name=csrfmiddlewaretoken]");
  if (token) token.value = csrf() || token.value;
  // Only after the browser has read the form: a disabled button would not send its value.
  setTimeout(() => {
    const stopped = event.defaultPrevented && !form.hasAttribute("hx-post");
    if (stopped) free(form);
    else busy(form, true);
  });
}, true);

function free(form) {
  if (form?.dataset?.sent) {
    delete form.dataset.sent;
    busy(form, false);
  }
}

document.addEventListener("htmx:afterRequest", (event) => {
  free(event.detail.elt.closest?.("form"));
});
// The back button brings the page as it was left.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(free));
