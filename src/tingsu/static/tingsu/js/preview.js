// A row of a list is shown beside it as soon as it is reached, without leaving the list.
const place = document.getElementById("preview");
let wait = 0;
let shown = "";

function show(row) {
  const url = row?.dataset.preview;
  if (!place || !place.offsetParent || !url || url === shown || !window.htmx) return;
  clearTimeout(wait);
  wait = setTimeout(() => {
    shown = url;
    window.htmx.ajax("GET", url, { target: place, swap: "innerHTML" });
  }, 150);
}

document.addEventListener("row:here", (event) => show(event.target));
document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-row]");
  if (!row) return;
  for (const other of document.querySelectorAll("[data-row].is-here")) {
    if (other !== row) other.classList.remove("is-here");
  }
  row.classList.add("is-here");
  show(row);
});
document.addEventListener("mouseover", (event) => show(event.target.closest?.("[data-row]")));

// Bulk actions appear with the first tick; the count is said.
document.addEventListener("change", (event) => {
  const list = event.target.closest?.("[data-list]");
  if (!list || event.target.type !== "checkbox") return;
  const n = list.querySelectorAll("[data-row] input:checked").length;
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    bar.hidden = n === 0;
    const count = bar.querySelector("[data-bulk-count]");
    if (count) count.textContent = String(n);
  }
});
