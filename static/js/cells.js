// The grid as in a spreadsheet: a pasted block fills cells to the right and below, arrow keys move between them.

const form = document.querySelector("[data-cells]");
const rowsOf = (input) =>
  [...input.closest("table").tBodies[0].rows].map((row) => [...row.querySelectorAll("td input:not([type=hidden])")]);
const placeOf = (input, rows) => {
  const row = rows.findIndex((cells) => cells.includes(input));
  return [row, rows[row].indexOf(input)];
};
const isCell = (element) => element.matches?.(".cells td input:not([type=hidden])");

form.querySelectorAll("[data-cells-hint]").forEach((hint) => (hint.hidden = false));

form.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "") ?? "";
  if (!isCell(event.target) || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  const rows = rowsOf(event.target);
  const [top, left] = placeOf(event.target, rows);
  text.split("\n").forEach((line, down) =>
    line.split("\t").forEach((cell, right) => {
      const input = rows[top + down]?.[left + right];
      if (input && cell.trim()) input.value = cell.trim();
    }),
  );
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
});

const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [1, 0] };

form.addEventListener("keydown", (event) => {
  const step = steps[event.key];
  if (!step || !isCell(event.target) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { selectionStart, selectionEnd, value } = event.target;
  // Inside a text the arrows still move from letter to letter.
  if (event.key === "ArrowLeft" && selectionEnd > 0 && selectionStart !== 0) return;
  if (event.key === "ArrowRight" && selectionEnd < value.length) return;
  event.preventDefault();
  const rows = rowsOf(event.target);
  const [row, column] = placeOf(event.target, rows);
  const next = rows[row + step[0]]?.[column + step[1]];
  next?.focus();
  next?.select();
});
