import type { TensorView } from "../../src/protocol/views/fileView.ts";
import { dataTable } from "../components/dataTable.ts";
import { element, setAttributes, setText, type View } from "../components/dom.ts";

/** The first rows as a table that scrolls by itself. */
export function headTable(): View<{ readonly title: string; readonly head: TensorView["head"] }> {
  const title = element("h2");
  const caption = element("p", { class: "muted caption" });
  const box = element("div", { class: "scroll-x", tabindex: 0, role: "region" });
  return {
    element: element("section", { "data-part": "first-rows" }, title, box, caption),
    update({ title: text, head }) {
      setText(title, text);
      setText(caption, head.caption);
      setAttributes(box, { "aria-label": text });
      const rows = head.rows.map((values, row) => [row, ...Array.from(values, cellOf)]);
      box.replaceChildren(dataTable(head.caption, { columns: head.columns, rows }));
    },
  };
}

/** What stops a run is called by its name. */
function cellOf(value: number): number | string {
  return Number.isNaN(value) ? "NaN" : value;
}
