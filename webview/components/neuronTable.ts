import {
  neuronColumns,
  neuronOrder,
  neuronValues,
  nextSort,
  visibleRows,
  type NeuronColumn,
  type NeuronSort,
} from "../models/neurons/neuronTable.ts";
import type { ComponentView, NeuronStatistics } from "../../src/protocol/views/runView.ts";
import { tableCell } from "./dataTable.ts";
import { changeDetector, element, setAttributes, setText } from "./dom.ts";

/** Height of a row in pixels; the style sheet sets the same. */
const rowHeight = 22;

export interface NeuronTableContent {
  readonly component: ComponentView;
  readonly neurons: NeuronStatistics;
  readonly sort: NeuronSort;
  readonly chosen: number | undefined;
  readonly names: Readonly<Record<NeuronColumn, string>>;
  readonly label: string;
}

interface NeuronTableOptions {
  readonly onSort: (sort: NeuronSort) => void;
  readonly onChoose: (neuron: number) => void;
}

/**
 * All neurons in a sortable table that holds only the rows in view, so that 50,000 are as quick as
 * 50. Keyboard: the headings are buttons; in the body, arrow keys walk and choose.
 */
export function neuronTable(options: NeuronTableOptions): {
  readonly element: HTMLElement;
  update(content: NeuronTableContent): void;
  dispose(): void;
} {
  let content: NeuronTableContent | undefined;
  let order: Uint32Array = new Uint32Array(0);
  let columns: ArrayLike<number>[] = [];
  const headings = neuronColumns.map((column) => heading(column));
  const above = element("tbody", { "aria-hidden": "true" }, element("tr", {}, element("td")));
  const below = element("tbody", { "aria-hidden": "true" }, element("tr", {}, element("td")));
  const body = element("tbody");
  const table = element(
    "table",
    { class: "data neurons" },
    element("thead", {}, element("tr", {}, ...headings.map(({ cell }) => cell))),
    above,
    body,
    below,
  );
  const viewport = element("div", { class: "table-box", tabindex: 0, role: "region" }, table);
  const orderChanged = changeDetector();
  const rowsChanged = changeDetector();
  let following: number | undefined;

  // Measured when they change: asking after each drawing would have the page laid out twice.
  const view = { top: 0, height: 0 };
  const look = (): void => {
    view.top = viewport.scrollTop;
    view.height = viewport.clientHeight;
    showRows();
  };
  viewport.addEventListener("scroll", look);
  const size = new ResizeObserver(look);
  size.observe(viewport);
  body.addEventListener("click", (event) => {
    const line = event.target instanceof Element ? event.target.closest("tr") : null;
    // Someone who marks numbers to copy them is not choosing a neuron.
    if (line?.dataset["neuron"] !== undefined && document.getSelection()?.isCollapsed !== false) {
      options.onChoose(Number(line.dataset["neuron"]));
    }
  });
  viewport.addEventListener("keydown", (event) => {
    if (event.target !== viewport || !content) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const place = content.chosen === undefined ? -1 : order.indexOf(content.chosen);
    const next = order[Math.max(0, Math.min(order.length - 1, place + step))];
    if (next !== undefined) options.onChoose(next);
  });

  function heading(column: NeuronColumn): {
    cell: HTMLElement;
    label: HTMLElement;
    column: NeuronColumn;
  } {
    const label = element("button", { type: "button", "data-part": `sort-${column}` });
    label.addEventListener("click", () => {
      if (content) options.onSort(nextSort(content.sort, column));
    });
    return { cell: element("th", { scope: "col" }, label), label, column };
  }

  function showRows(): void {
    const shown = content;
    if (!shown) return;
    const { start, stop } = visibleRows(view.top, view.height, rowHeight, order.length);
    if (!rowsChanged(order, columns, start, stop, shown.chosen)) return;
    spacerHeight(above, start);
    spacerHeight(below, order.length - stop);
    body.replaceChildren(
      ...Array.from(order.subarray(start, stop), (neuron, i) =>
        rowOf(neuron, start + i, neuron === shown.chosen),
      ),
    );
  }

  function rowOf(neuron: number, place: number, chosen: boolean): HTMLTableRowElement {
    const line = element("tr", {
      "data-neuron": neuron,
      // The heading is row 1 for a screen reader.
      "aria-rowindex": place + 2,
      class: chosen ? "chosen" : undefined,
    });
    columns.forEach((values, i) => line.append(tableCell(values[neuron] ?? NaN, i === 0)));
    return line;
  }

  function scrollTo(neuron: number): void {
    const place = order.indexOf(neuron);
    if (place < 0) return;
    const top = place * rowHeight;
    const room = view.height - 2 * rowHeight;
    if (top < view.top || top > view.top + room) {
      viewport.scrollTop = Math.max(0, top - room / 2);
      view.top = viewport.scrollTop;
    }
  }

  return {
    element: viewport,
    update(next) {
      content = next;
      const { component, neurons, sort, names } = next;
      setAttributes(viewport, { "aria-label": next.label });
      if (orderChanged(component, neurons, sort)) {
        order = neuronOrder(sort, component, neurons);
        columns = neuronColumns.map((column) => neuronValues(column, component, neurons));
      }
      table.setAttribute("aria-rowcount", String(order.length + 1));
      for (const { cell, label, column } of headings) {
        const sorted = column === sort.column;
        setText(label, names[column]);
        label.classList.toggle("descending", sorted && sort.descending);
        label.classList.toggle("ascending", sorted && !sort.descending);
        cell.setAttribute(
          "aria-sort",
          sorted ? (sort.descending ? "descending" : "ascending") : "none",
        );
      }
      if (next.chosen !== following && next.chosen !== undefined) scrollTo(next.chosen);
      following = next.chosen;
      showRows();
    },
    dispose() {
      size.disconnect();
    },
  };
}

function spacerHeight(spacer: HTMLElement, rows: number): void {
  spacer.hidden = rows === 0;
  const cell = spacer.querySelector("td");
  if (cell) cell.style.height = `${String(rows * rowHeight)}px`;
}
