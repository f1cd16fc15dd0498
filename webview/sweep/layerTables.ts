import { directionNames } from "../../src/protocol/direction.ts";
import type { SweptLayer } from "../../src/protocol/sweep.ts";
import type { SweepView } from "../../src/protocol/views/sweepView.ts";
import { element } from "../components/dom.ts";
import { dataTable } from "../components/dataTable.ts";
import { scrollingTable } from "../components/titledTable.ts";
import { button } from "../components/toolkit.ts";
import { engineText, text } from "../text.ts";
import { paleColumns, shownColumns, shownRows } from "./shownRows.ts";
import { directionLabel } from "./words.ts";

/** A table per direction, beside each other if there is room: a layer's run opens from either. */
export function layerTables(view: SweepView, open: (place: number) => void): HTMLElement[] {
  return directionNames.map((direction) => {
    const title = directionLabel(view, direction);
    const table = dataTable(title, { columns: shownColumns(), rows: shownRows(view, direction) });
    table.tHead?.rows[0]?.append(element("td"));
    table.tBodies[0]?.querySelectorAll("tr").forEach((row, place) => {
      const layer = view.layers[place];
      if (layer === undefined) return;
      for (const column of paleColumns) row.cells[column]?.classList.add("muted");
      row.append(layer.found === undefined ? reasonCell(layer) : openCell(layer, place, open));
    });
    const part = `sweep-table-${direction}`;
    return element("section", {}, element("h2", {}, title), scrollingTable(part, title, table));
  });
}

function reasonCell({ error }: SweptLayer): HTMLTableCellElement {
  const reason = error === undefined ? "" : engineText(error);
  return element("td", { class: "reason", colspan: shownColumns().length }, reason);
}

function openCell(
  { layer }: SweptLayer,
  place: number,
  open: (place: number) => void,
): HTMLTableCellElement {
  const link = button({
    label: text("sweep.open"),
    name: text("sweep.openLayer", { layer }),
    appearance: "icon",
    part: "open-layer",
    onClick: () => {
      open(place);
    },
  });
  return element("td", {}, link);
}
