import { createHash } from "node:crypto";

/**
 * What the page does beyond HTML: a filter of workloads and findings, and sorting by a column. Without it the page shows
 * the same. Plain JavaScript of every current browser.
 */
export const SCRIPT = `
"use strict";
(() => {
  const table = document.querySelector("#workload-table");
  const field = document.querySelector("#filter");
  if (!table || !field) return;
  const status = document.querySelector("#filter-status");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const findings = [...document.querySelectorAll("[data-finding]")];
  const texts = new Map([...rows, ...findings].map((element) => [element, element.textContent.toLowerCase()]));
  const filter = () => {
    const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const shows = (element) => {
      element.hidden = !words.every((word) => texts.get(element).includes(word));
      return !element.hidden;
    };
    const shown = rows.filter(shows).length;
    const found = findings.filter(shows).length;
    status.textContent = words.length === 0 ? "" : shown + " of " + rows.length + " workloads, " + found + " of " + findings.length + " findings";
  };
  field.closest("form").hidden = false;
  field.closest("form").addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", filter);
  addEventListener("hashchange", () => {
    const row = document.getElementById(location.hash.slice(1));
    if (row && row.hidden) {
      field.value = "";
      filter();
      row.scrollIntoView();
      row.focus();
    }
  });
  const value = (row, column) => {
    const cell = row.cells[column];
    const number = cell.dataset.v;
    return number === undefined ? cell.textContent.trim().toLowerCase() : Number(number);
  };
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const ascending = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      const values = new Map(rows.map((row) => [row, value(row, head.cellIndex)]));
      rows.sort((a, b) => (ascending ? 1 : -1) * compare(values.get(a), values.get(b)));
      body.append(...rows);
    });
  }
})();
`;

/** What allows the script, and only it, in the page's content security policy. */
export function scriptHash(): string {
  return `sha256-${createHash("sha256").update(SCRIPT).digest("base64")}`;
}
