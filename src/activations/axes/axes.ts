/** What an axis counts. `row`: sentences, `neuron`: the columns of a condition. */
export type AxisName = "row" | "token" | "layer" | "head" | "neuron";

export const axisNames: readonly AxisName[] = ["row", "token", "layer", "head", "neuron"];

/** The meaning of a tensor's axes, outermost first as they are stored, and what says so. */
export interface NamedAxes {
  readonly names: readonly AxisName[];
  /** In words, for whoever wonders: `token_ids counts the tokens`. */
  readonly reason: string;
}

/** The axis along which rows differ, and the least extent of it, if that is known before all rows are read. */
export interface RaggedAxis {
  readonly axis: number;
  readonly fewest?: number;
}

/** Whether a text is one of the names. */
export function isAxisName(text: string): text is AxisName {
  return axisNames.some((name) => name === text);
}

/** Names as the selection `axes=` and listings write them: `row:token:neuron`. */
export function axesText(names: readonly AxisName[]): string {
  return names.join(":");
}

/** A shape as listings show it, an axis whose extent differs between rows with both ends: `12 x 5-9 x 3 x 32`. */
export function extentsText({
  shape,
  ragged,
}: {
  readonly shape: readonly number[];
  readonly ragged?: RaggedAxis;
}): string {
  const fewest = ragged?.fewest;
  return shape
    .map((extent, axis) =>
      axis === ragged?.axis && fewest !== undefined && fewest !== extent
        ? `${fewest}-${extent}`
        : String(extent),
    )
    .join(" x ");
}
