import type { ConditionSource } from "../conditions/condition.ts";
import type { LayerPair } from "../conditions/naming/pairLayers.ts";
import type { Directions } from "../ged/method/directions.ts";
import type { GedOptions } from "../ged/method/options.ts";
import type { ValidationOptions } from "../ged/validation/options.ts";
import type { Interval, ValidationReport, Verdict } from "../ged/validation/report.ts";

/** GED on every layer of a model. */
export interface SweepRequest {
  readonly pairs: readonly LayerPair[];
  readonly options: GedOptions;
  /** Absent: in-sample figures only. */
  readonly validation?: ValidationOptions;
}

/** All layers of a sweep. */
export interface SweptLayers {
  readonly layers: readonly SweptLayer[];
  /** One per layer, to be kept with its run; null if it was not validated. */
  readonly reports: readonly (ValidationReport | null)[];
}

/** What one layer gave; `error` if it gave nothing. */
export interface SweptLayer {
  readonly layer: number;
  /** The place: "blocks.6.mlp.hook_post". */
  readonly label: string;
  readonly target: ConditionSource;
  readonly reference: ConditionSource;
  readonly found?: Directions<SweptDirection> & {
    readonly rows: { readonly target: number; readonly reference: number };
    readonly columns: number;
    /** Set if it was made from sums over its rows, not from the rows. */
    readonly fromMoments?: true;
    readonly components: number;
    readonly varianceKept: number;
    /** In the kept dimensions. */
    readonly rank: { readonly target: number; readonly reference: number };
    readonly seconds: number;
  };
  readonly error?: string;
}

/** Component 1 of one direction. */
export interface SweptDirection {
  readonly eigenvalue: number;
  readonly inSampleRatio: number;
  /** Null if nothing was held out. */
  readonly heldOutRatio: number | null;
  readonly heldOutRatioInterval?: Interval;
  /** Of the held-out ratio, as if this were the only layer. */
  readonly p?: number;
  /** The same, corrected over all layers and both directions; absent while there may be more layers. */
  readonly correctedP?: number;
  /** Of this layer alone. */
  readonly verdict?: Verdict;
}
