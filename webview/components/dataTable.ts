import { formatExact, formatTable } from "../../src/protocol/words/numbers.ts";
import { element, setText } from "./dom.ts";

/** A number is shown with six digits and copied in full; a text is shown as it is. */
export type Cell = number | string;

export interface TableContent {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/**
 * A plain table. The first column's cells are the rows' headers.
 * @param caption the accessible name; not shown
 */
export function dataTable(caption: string, content: TableContent): HTMLTableElement {
  const head = element("tr", {});
  for (const column of content.columns) head.append(element("th", { scope: "col" }, column));
  const body = element("tbody", {});
  for (const row of content.rows) {
    const line = element("tr", {});
    row.forEach((cell, i) => line.append(tableCell(cell, i === 0)));
    body.append(line);
  }
  return element(
    "table",
    { class: "data", "aria-label": caption },
    element("thead", {}, head),
    body,
  );
}

/** One cell; a number keeps its full precision in `data-exact` for {@link installExactCopy}. */
export function tableCell(cell: Cell, header = false): HTMLTableCellElement {
  const created = header ? element("th", { scope: "row" }) : element("td");
  if (typeof cell === "number") {
    created.classList.add("number");
    const whole = Number.isInteger(cell) && Math.abs(cell) < 1e9;
    setText(created, whole ? String(cell).replace("-", "\u2212") : formatTable(cell));
    created.dataset["exact"] = formatExact(cell);
  } else {
    setText(created, cell);
  }
  return created;
}

/** Tab-separated text with full precision, as spreadsheets and pandas read it. */
export function tabSeparated(content: TableContent): string {
  const line = (cells: readonly Cell[]): string =>
    cells
      .map((cell) => (typeof cell === "number" ? formatExact(cell) : cell.replace(/[\t\n]/g, " ")))
      .join("\t");
  return [line(content.columns), ...content.rows.map(line)].join("\n");
}
