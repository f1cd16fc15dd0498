import { text } from "../text.ts";
import { dataTable, tabSeparated, type TableContent } from "./dataTable.ts";
import { changeDetector, element, setAttributes, setShown, setText, uniqueId } from "./dom.ts";
import { button, labelButton } from "./toolkit.ts";

export interface FigureOptions {
  /** Stable name: `data-part` of the figure, and its name among the figures shown as tables. */
  readonly part: string;
  readonly plot: HTMLElement;
  /** The box's proportion: a class of the style sheet, so that nothing jumps when numbers change. */
  readonly shape: "wide" | "tall" | "flat";
  /** Level of the title among the page's headings: 3 inside a section, 5 inside an entry of its list. */
  readonly heading?: "h2" | "h3" | "h5";
  /** Controls beside the title. */
  readonly controls?: readonly HTMLElement[];
  /** A line below the plot: what is pointed at. */
  readonly readout?: HTMLElement;
  readonly onTable: (part: string, shown: boolean) => void;
  readonly onCopy: (tabSeparated: string) => void;
}

export interface FigureContent {
  readonly title: string;
  /** What the figure shows, in a sentence: its accessible name. */
  readonly finding: string;
  readonly caption: string;
  readonly asTable: boolean;
  /** Made only when it is shown; a new function means new numbers. */
  readonly table: () => TableContent;
}

export interface Figure {
  readonly element: HTMLElement;
  update(content: FigureContent): void;
}

/** A drawing with its title, caption, finding, and the same numbers as a table on demand. */
export function figure(options: FigureOptions): Figure {
  const title = element(options.heading ?? "h3", { id: uniqueId("figure") });
  const caption = element("figcaption");
  const tableBox = element("div", { class: "table-box", tabindex: 0, role: "region" });
  const plotBox = element("div", { class: "plot-box" }, options.plot);
  const body = element("div", { class: `figure-body ${options.shape}` }, plotBox, tableBox);
  let asTable = false;
  let table: FigureContent["table"] = () => ({ columns: [], rows: [] });
  const toggle = button({
    label: text("figure.showTable"),
    appearance: "icon",
    part: "show-as-table",
    onClick: () => {
      options.onTable(options.part, !asTable);
    },
  });
  const copy = button({
    label: text("figure.copyTable"),
    appearance: "icon",
    part: "copy-table",
    onClick: () => {
      options.onCopy(tabSeparated(table()));
    },
  });
  const tools = element(
    "div",
    { class: "figure-tools" },
    ...(options.controls ?? []),
    copy,
    toggle,
  );
  const root = element(
    "figure",
    { "data-part": options.part },
    element("div", { class: "figure-head" }, title, tools),
    body,
    ...(options.readout ? [options.readout] : []),
    caption,
  );
  const tableChanged = changeDetector();
  return {
    element: root,
    update(content) {
      asTable = content.asTable;
      table = content.table;
      setText(title, content.title);
      setText(caption, content.caption);
      setAttributes(root, { "aria-label": content.finding });
      setAttributes(tableBox, { "aria-label": content.title });
      labelButton(toggle, asTable ? text("figure.showChart") : text("figure.showTable"));
      setShown(tableBox, asTable);
      setShown(plotBox, !asTable);
      setShown(copy, asTable);
      if (options.readout) setShown(options.readout, !asTable);
      if (asTable && tableChanged(content.table)) {
        tableBox.replaceChildren(dataTable(content.finding, content.table()));
      }
    },
  };
}
