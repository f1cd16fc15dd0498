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
/** The middle of a lane's marks, from the baseline of its density. */
export const stripOffset = -0.2;
