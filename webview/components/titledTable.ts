import { dataTable, type TableContent } from "./dataTable.ts";
import { element } from "./dom.ts";

/** A table under its title; its columns share what there is, and it scrolls by itself if that is too little. */
export function titledTable(part: string, title: string, content: TableContent): HTMLElement[] {
  return [element("h3", {}, title), scrollingTable(part, title, dataTable(title, content))];
}

/** The box of {@link titledTable}, for a table that was made elsewhere. */
export function scrollingTable(part: string, title: string, table: HTMLTableElement): HTMLElement {
  return element(
    "div",
    {
      class: "scroll-x fitting",
      tabindex: 0,
      role: "region",
      "aria-label": title,
      "data-part": part,
    },
    table,
  );
}
