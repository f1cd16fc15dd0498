import type { ComponentView, RunView } from "../../src/protocol/views/runView.ts";
import { text } from "../text.ts";

export const conditionNames = ["target", "reference"] as const;
export type ConditionName = (typeof conditionNames)[number];

/** One row of one condition; `row` counts from 0. */
export interface RowPlace {
  readonly condition: ConditionName;
  readonly row: number;
}

/** Whether any row of the run is known one by one. */
export function hasRows({ summary: { atHand } }: RunView): boolean {
  return atHand === undefined || atHand.target + atHand.reference > 0;
}

/** How many rows of a condition are known one by one. */
export function rowsAtHand({ summary }: RunView, condition: ConditionName): number {
  return summary.atHand?.[condition] ?? summary[condition].rows;
}

/** "Row 1 (him): It took him most of the night to repair the fence."; counted from 0, as in the file. */
export function describeRow(run: RunView, place: RowPlace): string {
  const { condition, row } = place;
  const { name } = run.summary[condition];
  const sentence = run.sentences?.[condition][row];
  return sentence === undefined
    ? text("projections.row", { row, name })
    : text("projections.rowSentence", { row, name, sentence });
}

export function projectionsOf(component: ComponentView, condition: ConditionName): Float64Array {
  return condition === "target" ? component.targetProjections : component.referenceProjections;
}

/** All rows of both conditions that have a value, from the smallest to the largest: the order of walking. */
export function rowsInOrder(values: Readonly<Record<ConditionName, Float64Array>>): RowPlace[] {
  const places = conditionNames
    .flatMap((condition) =>
      Array.from(values[condition], (value, row) => ({ condition, row, value })),
    )
    .filter(({ value }) => !Number.isNaN(value));
  places.sort((a, b) => a.value - b.value);
  return places.map(({ condition, row }) => ({ condition, row }));
}

/** Variance with ddof = 1 about the values' own mean; NaN for fewer than two. */
export function variance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return squares / (values.length - 1);
}

/** "−1.2 to 2.33": where the values lie that are known. */
export function rangeOf(values: Float64Array): { readonly low: number; readonly high: number } {
  return {
    low: values.reduce((a, b) => (b < a ? b : a), Infinity),
    high: values.reduce((a, b) => (b > a ? b : a), -Infinity),
  };
}
