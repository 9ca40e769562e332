// A card is brought to another column with the pointer. That sends the form each card has, so the same is checked.

const MOVABLE = "[data-card]:has(select)";
const board = document.querySelector("[data-board]");
const columns = [...board.querySelectorAll("[data-column]")];
let held = null;

const columnUnder = (event) => event.target.closest?.("[data-column]");
const takes = (column) =>
  Boolean(held && column) && [...held.querySelector("select").options].some(({ value }) => value === column.dataset.column);
const mark = (over = null) =>
  columns.forEach((column) => {
    column.classList.toggle("takes", takes(column));
    column.classList.toggle("over", column === over && takes(column));
  });
const letGo = () => {
  held = null;
  mark();
};

board.querySelectorAll(MOVABLE).forEach((card) => {
  card.draggable = true;
  // Else the link would be dragged instead of its card.
  card.querySelectorAll("a").forEach((link) => (link.draggable = false));
  document.querySelector("[data-board-hint]").hidden = false;
});

board.addEventListener("dragstart", (event) => {
  // Not where words that were marked in a card are dragged.
  held = event.target.closest?.(MOVABLE) ?? null;
  if (!held) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", held.querySelector("h3").textContent);
  mark();
});

board.addEventListener("dragover", (event) => {
  const column = columnUnder(event);
  mark(column);
  if (!takes(column)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
});

board.addEventListener("drop", (event) => {
  const column = columnUnder(event);
  if (!takes(column)) return;
  event.preventDefault();
  const form = held.querySelector("form");
  form.elements.state.value = column.dataset.column;
  letGo();
  form.requestSubmit();
});

board.addEventListener("dragend", letGo);
