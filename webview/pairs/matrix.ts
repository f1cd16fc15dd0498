import type { PairsView } from "../../src/protocol/views/pairsView.ts";
import { changeDetector, element, setAttributes, setText, type View } from "../components/dom.ts";
import { pairCell, pairOfCell } from "../models/pairs.ts";
import { text } from "../text.ts";

interface Corner {
  readonly row: number;
  readonly column: number;
}

/**
 * The matrix of all pairs: targets in rows, references in columns. One cell is in the order of the Tab key; arrow keys,
 * Home and End walk (with Control over rows), Enter and space open. Cells are filled where they stand while pairs
 * come, so that whoever walks keeps the place.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/grid/
 */
export function pairsMatrix(open: (place: number) => void): View<PairsView> {
  const box = element("div", { class: "scroll-x", "data-part": "pairs-matrix" });
  const isOther = changeDetector();
  let cells: HTMLTableCellElement[][] = [];
  let latest: PairsView | undefined;
  let current: Corner = { row: 0, column: 1 };

  function openAt({ row, column }: Corner): void {
    const own = latest && pairOfCell(row, column, latest.labels.length);
    if (latest && own && pairCell(latest, row, column).opens) open(own.place);
  }

  function moveTo(next: Corner, focuses: boolean): void {
    const target = cells[next.row]?.[next.column];
    if (target === undefined) return;
    cells[current.row]?.[current.column]?.setAttribute("tabindex", "-1");
    target.setAttribute("tabindex", "0");
    current = next;
    if (focuses) target.focus();
  }

  function build(labels: readonly string[]): void {
    cells = labels.map(() => labels.map(() => element("td", { role: "gridcell", tabindex: -1 })));
    const head = element(
      "tr",
      {},
      element("th", { scope: "col" }, text("pairs.column.direction")),
      ...labels.map((label) => element("th", { scope: "col", title: label }, label)),
    );
    const rows = cells.map((own, row) => {
      const label = labels[row] ?? "";
      return element("tr", {}, element("th", { scope: "row", title: label }, label), ...own);
    });
    const table = element(
      "table",
      { class: "data pairs", role: "grid", "aria-readonly": "true" },
      element("thead", {}, head),
      element("tbody", {}, ...rows),
    );
    setAttributes(table, { "aria-label": text("pairs.matrix") });
    cells.forEach((own, row) => {
      own.forEach((cell, column) => {
        cell.addEventListener("click", () => {
          moveTo({ row, column }, true);
          openAt({ row, column });
        });
      });
    });
    table.addEventListener("keydown", (event) => {
      if (event.altKey || event.metaKey) return;
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        openAt(current);
        return;
      }
      const next = nextCorner(event, current, labels.length);
      if (next === undefined) return;
      event.preventDefault();
      moveTo(next, true);
    });
    box.replaceChildren(table);
    moveTo({ row: 0, column: Math.min(1, labels.length - 1) }, false);
  }

  return {
    element: box,
    update(view) {
      latest = view;
      if (isOther(view.labels.join("\n"))) build(view.labels);
      cells.forEach((own, row) => {
        own.forEach((cell, column) => {
          fill(cell, view, { row, column });
        });
      });
    },
  };
}

function fill(cell: HTMLTableCellElement, view: PairsView, { row, column }: Corner): void {
  const shown = pairCell(view, row, column);
  const { direction, ratio, verdict, p, note, isPale, holds, opens, name } = shown;
  if (cell.getAttribute("data-shown") === name) return;
  setAttributes(cell, { "data-shown": name, title: name });
  cell.classList.toggle("muted", isPale);
  cell.classList.toggle("holds", holds);
  cell.classList.toggle("opens", opens);
  const line = (part: string, value: string) => {
    const created = element("div", { class: part });
    setText(created, value);
    return created;
  };
  // Whoever hears the cell alone is told which two labels it is of.
  const heard = (words: string) => element("span", { class: "visually-hidden" }, words);
  cell.replaceChildren(
    heard(ratio === "" ? name : `${direction}: `),
    ...(row === column ? [line("p", "–")] : []),
    ...(ratio === "" ? [] : [line("ratio", ratio)]),
    ...(verdict === "" ? [] : [line("verdict", verdict)]),
    ...(p === "" ? [] : [line("p", p)]),
    ...(note === "" ? [] : [heard(note)]),
  );
}

/** The cell after a key; undefined if the key means nothing here. */
export function nextCorner(
  { key, ctrlKey }: Pick<KeyboardEvent, "key" | "ctrlKey">,
  { row, column }: Corner,
  count: number,
): Corner | undefined {
  const within = (place: number) => Math.max(0, Math.min(count - 1, place));
  switch (key) {
    case "ArrowLeft":
      return { row, column: within(column - 1) };
    case "ArrowRight":
      return { row, column: within(column + 1) };
    case "ArrowUp":
      return { row: within(row - 1), column };
    case "ArrowDown":
      return { row: within(row + 1), column };
    case "Home":
      return { row: ctrlKey ? 0 : row, column: 0 };
    case "End":
      return { row: ctrlKey ? count - 1 : row, column: count - 1 };
    default:
      return undefined;
  }
}
