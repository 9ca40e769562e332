// Single keys in the inbox and on a message: j and k move in the list, x ticks, letters press the button or focus the field in what has them as data-key.

const OFF = "keys-off";
const isOff = () => localStorage.getItem(OFF) === "1";
const rows = () => [...document.querySelectorAll("[data-key-row]")];

const move = (by) => {
  const found = rows();
  const at = found.indexOf(document.activeElement);
  found[at < 0 ? 0 : Math.min(Math.max(at + by, 0), found.length - 1)]?.focus();
};

const tick = () => {
  const box = document.activeElement?.closest("tr")?.querySelector("input[type=checkbox]");
  if (box) box.checked = !box.checked;
};

const reach = (target) => {
  const folded = target.closest("details");
  if (folded) folded.open = true;
  const field = target.matches("a, button") ? null : target.querySelector("input, select, textarea");
  if (field) field.focus();
  else target.click();
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog[open]")) return;
  if (event.key !== "?" && isOff()) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
  else if (event.key === "x" && rows().length) tick();
  else if (target) reach(target);
  else return;
  event.preventDefault();
});

const toggle = document.querySelector("[data-keys-off]");
if (toggle) {
  toggle.checked = isOff();
  toggle.addEventListener("change", () => localStorage.setItem(OFF, toggle.checked ? "1" : "0"));
}

document.querySelector('[data-dialog="keys"]')?.removeAttribute("hidden");
