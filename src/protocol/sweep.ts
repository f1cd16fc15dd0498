import type { ConditionSource } from "../conditions/condition.ts";
import type { LayerPair } from "../conditions/naming/pairLayers.ts";
import type { Directions } from "../ged/method/directions.ts";
import type { GedOptions } from "../ged/method/options.ts";
import type { ValidationOptions } from "../ged/validation/options.ts";
import type { Interval } from "../ged/validation/report.ts";

/** GED on every layer of a model. */
export interface SweepRequest {
  readonly pairs: readonly LayerPair[];
  readonly options: GedOptions;
  /** Absent: in-sample figures only. */
  readonly validation?: ValidationOptions;
}

/** What one layer gave; `error` where it gave nothing. */
export interface SweptLayer {
  readonly layer: number;
  /** The place: "blocks.6.mlp.hook_post". */
  readonly label: string;
  readonly target: ConditionSource;
  readonly reference: ConditionSource;
  readonly found?: Directions<SweptDirection> & {
    readonly rows: { readonly target: number; readonly reference: number };
    readonly columns: number;
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
  /** Null where nothing was held out. */
  readonly heldOutRatio: number | null;
  readonly heldOutRatioInterval?: Interval;
}
