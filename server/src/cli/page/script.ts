/** The page's script: sorts and filters the rows that are there. It adds no text of its own, and asks nobody for anything. */
export const script = `
"use strict";
const form = document.querySelector("form");
const body = document.querySelector("#sites tbody");
const rows = [...body.rows];
const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
const shown = document.querySelector("output");
const selects = [...form.querySelectorAll("select")];
const search = form.querySelector("input");

function filter() {
  const words = search.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
  let count = 0;
  for (const row of rows) {
    const isChosen = selects.every((select) => select.value === "" || row.dataset[select.name] === select.value);
    row.hidden = !isChosen || !words.every((word) => texts.get(row).includes(word));
    if (!row.hidden) count++;
  }
  shown.value = count + " / " + rows.length;
}

function valueOf(row, column) {
  const { textContent: text, dataset } = row.cells[column];
  if (dataset.value !== undefined) return Number(dataset.value);
  return column === 5 ? Number(text || -1) : text;
}

function sort(button) {
  const head = button.closest("th");
  const isUp = head.getAttribute("aria-sort") !== "ascending";
  for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
  const column = Number(button.dataset.column);
  const order = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, undefined, { numeric: true }));
  const sorted = rows.toSorted((a, b) => order(valueOf(a, column), valueOf(b, column)) * (isUp ? 1 : -1));
  body.append(...sorted);
}

function choose(bar) {
  const select = form.elements[bar.dataset.filter];
  select.value = select.value === bar.dataset.value ? "" : bar.dataset.value;
  filter();
}

form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(filter));
for (const button of document.querySelectorAll("th button")) button.addEventListener("click", () => sort(button));
for (const bar of document.querySelectorAll(".bar[data-filter]")) {
  bar.addEventListener("click", () => choose(bar));
  bar.addEventListener("keydown", (event) => { if (event.key === "Enter") choose(bar); });
}
filter();
`;
