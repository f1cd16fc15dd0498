import type { Cancellation } from "../../cancellation.ts";
import type { Matrix } from "../../linalg/matrix.ts";
import type { Products } from "../../linalg/products.ts";
import type { RowSource } from "../reduced/rowSource.ts";
import type { RowNames } from "./design/design.ts";
import type { ValidationReport } from "./report.ts";

/** Two conditions as the validation sees them: N = nA + nB rows, target first, D neurons. */
export interface GramInput {
  /** `X X'`, [N, N], of the rows centred on their grand mean (any common origin will do, this one is accurate). */
  readonly gram: Matrix;
  readonly targetRows: number;
  readonly referenceRows: number;
  /** What is known of each row, [N], target rows first. */
  readonly names?: RowNames;
  /** X, [N, D], for what is reported by neuron; without it the bootstrap reports angles alone. */
  readonly rows?: Matrix;
}

/** The same with the rows at hand in either form. */
export type ValidationInput = Omit<GramInput, "gram" | "names"> & {
  readonly source: RowSource;
  readonly names: RowNames;
  /** What the reader should know of how the rows were prepared; goes to the warnings. */
  readonly remarks: readonly string[];
};

/** Where a validation stands; the report so far comes along whenever it has grown. */
export interface ValidationProgress {
  readonly step: string;
  readonly fraction?: number;
  readonly secondsLeft?: number;
  readonly partial?: ValidationReport;
}

/** What a validation is given beside its data. */
export interface ValidationContext {
  readonly cancellation: Cancellation;
  /** Maps resampled directions to neurons. */
  readonly products: Products;
  /** How many threads; default the processors' number. */
  readonly threads?: number;
  /** The bundle of `validationThread.ts`; default `validation-thread.js` beside the running bundle. */
  readonly threadFile?: string;
  report(progress: ValidationProgress): void;
}
