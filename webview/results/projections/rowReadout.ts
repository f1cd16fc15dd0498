import type { RunView } from "../../../src/protocol/views/runView.ts";
import { stripConditions } from "../../charts/strips/lanes.ts";
import { ThemedChart } from "../../charts/themedChart.ts";
import { element, setText } from "../../components/dom.ts";
import { walkable } from "../../components/walkable.ts";
import { formatProse } from "../../../src/protocol/words/numbers.ts";
import type { NeuronColours } from "../../models/neurons/neuronColours.ts";
import { describeRow, type RowPlace } from "../../models/rows.ts";
import { text } from "../../text.ts";

/** What a drawing of rows shows now: for the line below it and for walking by keyboard. */
export interface RowDrawing {
  readonly run: RunView;
  /** The rows in walking order. */
  readonly order: readonly RowPlace[];
  /** Those chosen, the last of which is walked on from. */
  readonly chosen: readonly RowPlace[];
  /** The row's values, as the line below quotes them. */
  readonly valuesOf: (place: RowPlace) => readonly number[];
  /** The neuron that colours the rows: the line quotes it too. */
  readonly colours: NeuronColours | undefined;
}

/**
 * A chart whose datasets 0 and 1 are the rows of target and reference, with a line below that names
 * the row pointed at, or else the one chosen. The line keeps its height, so that nothing jumps.
 */
export function rowChart(choose: (places: readonly RowPlace[]) => void): {
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
    onClick: (mark, extend) => {
      const place = placeOf(mark);
      if (place) add([place], extend, true);
    },
    onBox: (marks, extend) => {
      add(
        marks.map(placeOf).filter((place) => place !== undefined),
        extend,
        false,
      );
    },
    onHover: (mark) => {
      const place = placeOf(mark);
      if (place) say(sentence(place));
      else say(summary());
    },
  });
  const walk = walkable(chart.element, {
    label: text("projections.walk"),
    onMove: (place, extend) => {
      const row = drawing?.order[place];
      if (row) add([row], extend, false);
    },
  });
  const readout = element("p", { class: "readout", "data-part": "readout" });

  /** @param toggles whether one that is chosen already is let go */
  function add(places: readonly RowPlace[], extend: boolean, toggles: boolean): void {
    if (!extend || !drawing) {
      if (places.length > 0) choose(places);
      return;
    }
    const isAmong = (all: readonly RowPlace[], place: RowPlace): boolean =>
      all.some(({ condition, row }) => condition === place.condition && row === place.row);
    const others = drawing.chosen.filter((place) => !isAmong(places, place));
    const isLetGo = toggles && others.length > 0 && others.length < drawing.chosen.length;
    choose(isLetGo ? others : [...others, ...places]);
  }

  function summary(): string {
    const chosen = drawing?.chosen ?? [];
    const last = sentence(chosen.at(-1));
    return chosen.length > 1
      ? text("projections.readout.rows", { count: chosen.length, row: last })
      : last;
  }

  function sentence(place: RowPlace | undefined): string {
    if (!drawing || !place) return text("projections.readout.empty");
    const values = drawing.valuesOf(place).map(formatProse).join(", ");
    const row = `${describeRow(drawing.run, place)} (${values})`;
    const { colours } = drawing;
    if (!colours) return row;
    const value = formatProse(colours.values[place.condition][place.row] ?? NaN);
    return text("projections.readout.neuron", { row, neuron: colours.neuron, value });
  }

  function say(line: string): void {
    setText(readout, line);
    readout.title = readout.textContent;
  }

  return {
    chart,
    plot: walk.element,
    readout,
    update(next) {
      drawing = next;
      const { chosen, order } = next;
      const marked = chosen.at(-1);
      const place = marked
        ? order.findIndex((row) => row.condition === marked.condition && row.row === marked.row)
        : -1;
      walk.update({
        count: order.length,
        place: place < 0 ? undefined : place,
        text: summary(),
      });
      say(summary());
    },
  };
}
