/** How a sample of the rows is drawn while they are summed: by hashes, so that their order and division do not matter. */
export interface ReservoirDesign {
  readonly seed: number;
  /** m, how many rows of each condition are kept; all of them if there are fewer. */
  readonly size: number;
}

/** Which rows of one condition are kept, m of them, in the order of their parts and numbers. */
export interface ChosenRows {
  /** The number of each in its part's stream, from 0. */
  readonly index: readonly number[];
  /** Its fold; absent if there are no folds. */
  readonly folds?: readonly number[];
  /** Its sentence; empty if it has none. Absent if none has one. */
  readonly texts?: readonly string[];
  /** What its part is called; absent if that is nothing for all of them. */
  readonly parts?: readonly string[];
}

/** The rows themselves. */
export interface KeptRows extends ChosenRows {
  /** [m, D], row-major, as they were stored, not centred. */
  readonly values: Float64Array;
}
