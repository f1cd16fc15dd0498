import type { NamedAxes, RaggedAxis } from "./axes/axes.ts";
import type { CaptureProvenance } from "./captureProvenance.ts";

/** How one value is stored; `text` marks string vectors (labels, sentences), which hold no activations. */
export type ElementType =
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "bool"
  | "text";

/** What a file's header says of one tensor; known without reading its data. */
export interface TensorInfo {
  /** The name inside the container; empty if the file is one bare array (npy, an unlabelled csv). */
  readonly name: string;
  /** `[rows, columns]`, `[rows, tokens, columns]`, or any other shape, outermost axis first. */
  readonly shape: readonly number[];
  readonly elementType: ElementType;
  readonly byteOrder: "little" | "big";
  /** `column-major` is Fortran order; rows are then strided reads. */
  readonly order: "row-major" | "column-major";
  /** Set if the tensor is listed but cannot be read: the one-line reason. */
  readonly unreadable?: string;
  /** Set if it cannot be read only because nothing says what its axes are: their names open it. */
  readonly openAxes?: true;
  /** What the columns (neurons) are called, one name each, if the file has more than a running number. */
  readonly columnNames?: readonly string[];
  /** A vector of classes that the file keeps as numbers: the names by which labels are read, that of 0 first. */
  readonly classNames?: readonly string[];
  /** What the reader took for granted and the user may see otherwise, one line each. */
  readonly notes?: readonly string[];
  /** What the axes are, if the writer or something beside the tensor says so. */
  readonly axes?: NamedAxes;
  /**
   * Set if rows are arrays of their own, which differ in the extent of one axis at most: `shape` then has the largest,
   * and what a row lacks is read as 0.
   */
  readonly ragged?: RaggedAxis;
  /** Set if each entry of the first axis is one token, and how many rows they make together. */
  readonly sequences?: { readonly count: number; readonly word: string };
  /** Set if the values may be the bits of another type, bfloat16, and nothing says so: whoever can ask should. */
  readonly doubtfulType?: true;
  /** The layers along the axis `layer` as the writer numbers them, if not 0, 1, 2 ... */
  readonly layerNumbers?: readonly number[];
  /** Where the activations came from, as far as the file says. */
  readonly provenance?: CaptureProvenance;
}

/** One row of a ragged tensor: an array of its own. */
export interface RaggedRow {
  /** Without the axis of rows. */
  readonly shape: readonly number[];
  /** Entries `start` to `stop` (exclusive) of the first of these axes, in C order. */
  read(start: number, stop: number, destination: RowBuffer): Promise<void>;
}

/** Activations are decoded to one of these; float64 wherever a decomposition follows. */
export type RowBuffer = Float32Array | Float64Array;

/**
 * One opened activation file. Opening reads headers only; rows are decoded on demand, so that a file
 * larger than memory is no special case. Every format implements exactly this.
 */
export interface ActivationFile {
  readonly path: string;
  /** The format's usual name: "npy", "safetensors", "csv". */
  readonly format: string;
  readonly byteLength: number;
  readonly tensors: readonly TensorInfo[];
  /**
   * Decodes rows `start` to `stop` (exclusive) of the first axis into `destination`, in C order:
   * `(stop - start) * product(shape[1..])` values. NaN and infinities pass; they are judged later.
   * @throws EigenlensError "file-format" or "file-access", naming file, tensor, found and expected
   */
  readRows(tensor: string, start: number, stop: number, destination: RowBuffer): Promise<void>;
  /**
   * The values of a vector `[rows]` or `[rows, 1]` as labels: strings as they are, whole numbers in decimal (also
   * those stored as floating point), booleans as `True` and `False`.
   * @throws EigenlensError "condition" if the tensor is no such vector
   */
  readLabels(tensor: string): Promise<string[]>;
  /** One row of a tensor whose `ragged` is set. */
  readRagged?(tensor: string, row: number): Promise<RaggedRow>;
  /**
   * The file with the entry at `index` of a tensor's first axis in its place, one axis less. Undefined if the format
   * reads whole entries only.
   */
  entryOf?(tensor: string, index: number): ActivationFile | undefined;
  /** The file with the tokens of each row together, for a tensor whose `sequences` is set: `[rows, tokens, ...]`. */
  bySequence?(tensor: string): Promise<ActivationFile>;
  /** Set if the container is a folder or a selection of files: files that describe rows may lie in it. */
  readonly folder?: string;
  /** Where the activations came from, as far as the container says. */
  readonly provenance?: CaptureProvenance;
  /** Releases the file handle; idempotent. */
  close(): Promise<void>;
}
