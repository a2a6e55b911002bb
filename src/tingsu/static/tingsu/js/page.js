// Small things that several modules share.

/** Run now on the document, and again on whatever htmx puts in. */
export function onContent(start) {
  start(document);
  document.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) start(event.target);
  });
}

/** All elements under root that match, root included. */
export function every(root, selector) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches?.(selector)) found.unshift(root);
  return found;
}

/** The present CSRF token: signing in again in another tab changes it. */
export function csrf() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found ? decodeURIComponent(found[1])
    : document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
}

/** A notice at the lower right. Level: success, info, warning, error. */
export function notify(text, level = "info") {
  const list = document.getElementById("notices");
  if (!list || !text) return;
  const notice = document.createElement("div");
  notice.className = `notice notice-${level}`;
  notice.dataset.notice = "";
  const words = document.createElement("div");
  words.textContent = text;
  notice.append(words);
  list.append(notice);
  later(notice, level);
}

/** Good news leaves by itself; warnings stay until somebody closes them. */
export function later(notice, level) {
  if (level === "warning" || level === "error") return;
  setTimeout(() => notice.remove(), 8000);
}

/** POST values as JSON or as a form; keepalive lets it outlive the page. */
export function post(url, body, { keepalive = false } = {}) {
  const json = !(body instanceof FormData);
  return fetch(url, {
    method: "POST",
    credentials: "same-origin",
    redirect: "manual",
    keepalive,
    headers: {
      "X-CSRFToken": csrf(),
      Accept: "application/json",
      ...(json ? { "Content-Type": "application/json" } : {}),
    },
    body: json ? JSON.stringify(body) : body,
  });
}

/** Whether an answer means that the session is over (a redirect leads to the sign-in page). */
export function signedOut(response) {
  return response.type === "opaqueredirect" || response.status === 401;
}
