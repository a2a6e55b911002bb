// A lost session loses no text: the page stays, signing in happens in another tab.
import { csrf, notify } from "./page.js";
import { say } from "./words.js";

const dialog = document.getElementById("session-lost");
let refused = null;

/** Offer to sign in again. Called by whoever notices first. */
export function sessionLost() {
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrf();
  // Without this the token that was in the form at load would win over the header.
  if ("csrfmiddlewaretoken" in event.detail.parameters) {
    event.detail.parameters.csrfmiddlewaretoken = csrf();
  }
});

document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status === 401) {
    refused = event.detail.elt;
    sessionLost();
  } else if (status === 403) notify(say("forbidden"), "warning");
  else if (status === 404 || status === 410) notify(say("gone"), "warning");
  else notify(say("server_error"), "error");
});
document.addEventListener("htmx:sendError", () => notify(say("offline"), "warning"));

dialog?.querySelector("[data-sign-in]")?.addEventListener("click", () => dialog.close());
dialog?.addEventListener("close", () => {
  const back = refused?.querySelector("[type=submit], button:not([type])") || refused;
  back?.focus?.();
  refused = null;
});
