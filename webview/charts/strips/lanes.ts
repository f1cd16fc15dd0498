/** One condition's values on the common axis; NaN if a row has none. */
export interface Strip {
  readonly name: string;
  readonly values: Float64Array;
}

export interface MarkedRow {
  readonly condition: "target" | "reference";
  readonly row: number;
}

/** [rows] each. */
export interface Whiskers {
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** Datasets 0 and 1 are the rows of target and reference, in file order. */
export const stripConditions = ["target", "reference"] as const;

/** Where things stand on the vertical axis, which has no numbers: each lane is one unit high. */
export const lanes = { target: 2, reference: 1, difference: 0.35 };
/** The middle of a lane's marks, from the baseline of its density, and how far they are scattered about it. */
export const stripOffset = -0.2;
export const stripHeight = 0.18;
/** The peak of a density, above its baseline: below the marks of the lane above. */
export const densityHeight = 0.66;
/** With room for the first label. */
export const topOfLanes = lanes.target + densityHeight + 0.14;
