import type { TensorValues } from "../../src/protocol/views/fileView.ts";
import { dataTable } from "../components/dataTable.ts";
import { element, setAttributes, setText, type View } from "../components/dom.ts";
import { text } from "../text.ts";

/** The first rows as a table that scrolls by itself. */
export function headTable(): View<TensorValues> {
  const title = text("file.firstRows");
  const caption = element("p", { class: "muted caption" });
  const box = element("div", { class: "scroll-x", tabindex: 0, role: "region" });
  setAttributes(box, { "aria-label": title });
  return {
    element: element(
      "section",
      { "data-part": "first-rows" },
      element("h2", {}, title),
      box,
      caption,
    ),
    update({ head }) {
      const about = text("file.head.caption", { rows: head.rows.length, columns: head.columns });
      setText(caption, about);
      const columns = [
        text("file.head.row"),
        ...Array.from({ length: head.columns }, (_, column) => String(column)),
      ];
      const rows = head.rows.map((values, row) => [row, ...Array.from(values, cellOf)]);
      box.replaceChildren(dataTable(about, { columns, rows }));
    },
  };
}

/** What stops a run is called by its name. */
function cellOf(value: number): number | string {
  return Number.isNaN(value) ? "NaN" : value;
}
