import type { RowBuffer } from "../activations/activationFile.ts";
import type { CaptureProvenance } from "../activations/captureProvenance.ts";
import type { AxisName } from "../activations/axes/axes.ts";
import type { RowRange } from "./selection/rowRange.ts";

/** Which rows of which tensor make up one condition; what the CLI's and the editor's choices come down to. */
export interface ConditionSource {
  /** Path of the file (absolute in the editor, as typed in the CLI). */
  readonly path: string;
  /** The tensor inside a container; omitted if the file holds exactly one. */
  readonly tensor?: string;
  /**
   * Names that the tensor may have instead, the longest first, where brackets were written after it: `h[rows=2:5]`
   * is these rows of `h`, unless the file has a tensor that is called so. Each comes with the selections that are
   * then part of the name. Settled when the file is opened.
   */
  readonly longerNames?: readonly LongerName[];
  /** Keep the rows whose label equals `value`, as in `file.npz#X[labels=him]`. */
  readonly label?: { readonly column: string; readonly value: string };
  /** Keep the rows whose sentence matches this regular expression. */
  readonly sentences?: { readonly column: string; readonly pattern: string };
  /** Keep of these the rows that other columns select as well, in the order in which they are written. */
  readonly further?: readonly RowFilter[];
  /** Every `step`-th row from `start` to `stop` (exclusive), counted after the selections above. */
  readonly rows?: RowRange;
  /** How two-byte values are to be read where the file does not name their type (numpy's void). */
  readonly elementType?: "bfloat16";
  /** Which columns of a table (csv, parquet, arrow, records) are neurons; told by the reader if omitted. */
  readonly columns?: ColumnSelection;
  /** What the axes are, outermost first, where the user says so. */
  readonly axes?: readonly AxisName[];
  /** Which layer of an axis of layers: by its number if the writer numbers them, else its index. */
  readonly layer?: number;
  /** Which head of an axis of heads, or all of them side by side. */
  readonly head?: number | "all";
  /** How `[rows, tokens, columns]` becomes `[rows, columns]`. */
  readonly token?: TokenChoice;
  /** What the user calls the condition; guessed from the file, tensor or label where omitted. */
  readonly name?: string;
}

/** Rows whose text in a column is a value, or matches a regular expression. */
export type RowFilter =
  | { readonly column: string; readonly value: string }
  | { readonly column: string; readonly pattern: string };

export interface LongerName {
  readonly tensor: string;
  readonly swallowed: readonly Exclude<keyof ConditionSource, "path" | "tensor" | "longerNames">[];
}

/** Which columns of a table are neurons, as a source keeps it: all of numbers, some by position, or by name. */
export type ColumnSelection =
  | { readonly kind: "all" }
  /** By position in the file, from 0; `stop` is not included. */
  | { readonly kind: "range"; readonly start: number; readonly stop: number }
  | { readonly kind: "pattern"; readonly pattern: string };

export type TokenChoice =
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "last" }
  | { readonly kind: "mean" }
  | { readonly kind: "indexFile"; readonly path: string };

/** One named matrix `[rows, columns]`, read in blocks. */
export interface Condition {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly source: ConditionSource;
  /** What the file held, for the run document. */
  readonly provenance: {
    readonly path: string;
    readonly format: string;
    readonly byteLength: number;
    readonly modified: number;
    readonly tensor: string;
    readonly elementType: string;
  };
  /** Where the activations came from, as far as anything says it. */
  readonly capture?: CaptureProvenance;
  /** The selected rows by their number in the file's tensor, ascending; absent for rows that no file holds. */
  readonly fileRows?: Uint32Array;
  /** One sentence a row where a sentences file or column sits beside the data. */
  readonly sentences?: readonly string[];
  /** One identifier per row where rows come in pairs (or other groups) across the two conditions. */
  readonly groups?: readonly string[];
  /** [rows]: rows with the same identifier depend on each other (one template, one speaker). */
  readonly clusters?: readonly string[];
  /** What was found beside the data and not used, one line each; a run shows them as warnings. */
  readonly notes?: readonly string[];
  /**
   * Decodes rows `start` to `stop` (exclusive) into `destination`, `(stop - start) * columns` values.
   * @throws EigenlensError "condition" if a value is NaN or infinite (row, column and count), or as the file does
   */
  readRows(start: number, stop: number, destination: RowBuffer): Promise<void>;
  close(): Promise<void>;
}
