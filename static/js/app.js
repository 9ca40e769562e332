// What makes pages nicer where there is script. Nothing here is needed: each element works without it.

const on = (type, selector, react) =>
  document.addEventListener(type, (event) => {
    const found = event.target.closest?.(selector);
    if (found) react(event, found);
  });

// A link to a page that asks "are you sure?" opens the dialog that asks the same.
on("click", "a[data-dialog]", (event, link) => {
  const dialog = document.getElementById(link.dataset.dialog);
  if (!dialog || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  dialog.showModal();
});

// Toasts: filled a moment after loading, so that screen readers speak them.
const toasts = document.getElementById("toasts");
if (toasts?.firstChild) {
  const waiting = [...toasts.childNodes];
  toasts.replaceChildren();
  setTimeout(() => toasts.append(...waiting), 150);
}
on("click", "[data-close-toast]", (_event, button) => button.closest(".toast").remove());
on("keydown", ".toasts", (event) => event.key === "Escape" && toasts.replaceChildren());

// The server asks for one with the header HX-Trigger: {"toast": {"text": "..."}}.
document.addEventListener("toast", (event) => {
  const toast = document.createElement("span");
  toast.className = "toast";
  toast.textContent = event.detail.text;
  toasts?.replaceChildren(toast);
});

// Half-filled forms: ask before leaving, unless they are being sent.
let unsent = false;
on("input", "form[data-guard]", () => (unsent = true));
on("submit", "form", () => (unsent = false));
addEventListener("beforeunload", (event) => unsent && event.preventDefault());

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
  const search = document.querySelector("[data-global-search]");
  if (!search?.checkVisibility()) return;
  event.preventDefault();
  search.focus();
});

const ready = (root) => {
  root.querySelectorAll("[data-copy][hidden]").forEach((button) => (button.hidden = !navigator.clipboard));
  root.querySelectorAll("[data-narrow-by]").forEach((field) => (field.hidden = false));
  root.querySelectorAll("[data-print]").forEach((button) => (button.hidden = false));
};
on("click", "[data-print]", () => print());
on("click", "[data-copy]", async (_event, button) => {
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
  const words = button.querySelector("span") ?? button;
  const before = words.textContent;
  words.textContent = button.dataset.copied;
  setTimeout(() => (words.textContent = before), 2000);
});

// Later results take over what was ticked and written among the ones before.
document.addEventListener("htmx:before:swap", ({ detail }) => {
  for (const { target, fragment } of detail.tasks) {
    if (!target?.matches?.("[data-keep]")) continue;
    for (const before of target.querySelectorAll("[name]:not([type=hidden], button)")) {
      const isChoice = before.type === "radio" || before.type === "checkbox";
      for (const now of fragment.querySelectorAll(`[name="${CSS.escape(before.name)}"]`)) {
        if (!isChoice) now.value = before.value;
        else if (now.value === before.value) now.checked = before.checked;
      }
    }
  }
});

// A long list of choices in folds is narrowed by words, without asking anybody: accents and case do not matter.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const narrow = (field) => {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const fold of document.getElementById(field.dataset.narrow).querySelectorAll("details")) {
    let here = 0;
    for (const one of fold.querySelectorAll("[data-words]")) {
      one.hidden = !words.every((word) => plain(one.dataset.words).includes(word));
      here += one.hidden ? 0 : 1;
    }
    fold.hidden = here === 0;
    fold.open = words.length ? here > 0 : fold.querySelector(":checked") !== null;
    found += here;
  }
  field.nextElementSibling.textContent = found ? "" : field.nextElementSibling.dataset.none;
};
// Typing here is no answer to the form around it.
document.addEventListener(
  "input",
  (event) => {
    if (!event.target.matches?.("[data-narrow]")) return;
    event.stopPropagation();
    narrow(event.target);
  },
  true,
);
on("keydown", "[data-narrow]", (event) => event.key === "Enter" && event.preventDefault());

// A form answered with errors: its summary takes the focus.
document.addEventListener("htmx:after:swap", () => {
  document.querySelector("[data-error-summary]")?.focus();
  ready(document);
});
ready(document);

// Print shows the numbers under each chart.
addEventListener("beforeprint", () => document.querySelectorAll(".chart details").forEach((part) => (part.open = true)));

// Only where a page offers the choice; it is not remembered.
on("click", "[data-set-theme]", (_event, button) => (document.documentElement.dataset.theme = button.dataset.setTheme));
