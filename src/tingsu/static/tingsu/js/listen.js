// While a complaint is being written down: what it may be about, and whether it
// was told before.
import { whenQuiet } from "./quiet.js";

const form = document.querySelector("form[data-intake]");
const heard = form.querySelector("[data-heard]");

whenQuiet(form, ["narrative", "request", "product", "pack", "address", "order_number", "contract_number"], () => {
  window.htmx.trigger(heard, "heard");
});

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-category]");
  if (!button) return;
  const [pack] = button.dataset.category.split(":");
  if (form.elements.pack && form.elements.pack.value !== pack) {
    form.elements.pack.value = pack;
    form.elements.pack.dispatchEvent(new Event("change", { bubbles: true }));
  }
  form.elements.category.value = button.dataset.category;
  form.elements.category.dispatchEvent(new Event("change", { bubbles: true }));
  form.dispatchEvent(new Event("draft:touch"));
});
