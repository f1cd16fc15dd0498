import type { RunView } from "../../src/protocol/runView.ts";
import { stripConditions } from "../charts/strips.ts";
import { ThemedChart } from "../charts/themedChart.ts";
import { element, setText } from "../components/dom.ts";
import { walkable } from "../components/walkable.ts";
import { formatProse } from "../../src/protocol/numbers.ts";
import { describeRow, type RowPlace } from "../models/rows.ts";
import { text } from "../text.ts";

/** What a drawing of rows shows now: for the line below it and for walking by keyboard. */
export interface RowDrawing {
  readonly run: RunView;
  /** The rows in walking order. */
  readonly order: readonly RowPlace[];
  readonly marked: RowPlace | undefined;
  /** The row's values, as the line below quotes them. */
  readonly valuesOf: (place: RowPlace) => readonly number[];
}

/**
 * A chart whose datasets 0 and 1 are the rows of target and reference, with a line below that names
 * the row pointed at, or else the one chosen. The line keeps its height, so that nothing jumps.
 */
export function rowChart(choose: (place: RowPlace) => void): {
  readonly chart: ThemedChart;
  readonly plot: HTMLElement;
  readonly readout: HTMLElement;
  update(drawing: RowDrawing): void;
} {
  let drawing: RowDrawing | undefined;
  const placeOf = (mark: { dataset: number; place: number } | undefined): RowPlace | undefined => {
    const condition = mark && stripConditions[mark.dataset];
    return condition && { condition, row: mark.place };
  };
  const chart = new ThemedChart({
    onClick: (mark) => {
      const place = placeOf(mark);
      if (place) choose(place);
    },
    onHover: (mark) => {
      say(placeOf(mark) ?? drawing?.marked);
    },
  });
  const walk = walkable(chart.element, {
    label: text("projections.walk"),
    onMove: (place) => {
      const row = drawing?.order[place];
      if (row) choose(row);
    },
  });
  const readout = element("p", { class: "readout", "data-part": "readout" });

  function sentence(place: RowPlace | undefined): string {
    if (!drawing || !place) return text("projections.readout.empty");
    const values = drawing.valuesOf(place).map(formatProse).join(", ");
    return `${describeRow(drawing.run, place)} (${values})`;
  }

  function say(place: RowPlace | undefined): void {
    setText(readout, sentence(place));
    readout.title = readout.textContent;
  }

  return {
    chart,
    plot: walk.element,
    readout,
    update(next) {
      drawing = next;
      const { marked, order } = next;
      const place = marked
        ? order.findIndex((row) => row.condition === marked.condition && row.row === marked.row)
        : -1;
      walk.update({
        count: order.length,
        place: place < 0 ? undefined : place,
        text: sentence(marked),
      });
      say(marked);
    },
  };
}
