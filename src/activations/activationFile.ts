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
  /** The name inside the container; empty where the file is one bare array (npy, an unlabelled csv). */
  readonly name: string;
  /** `[rows, columns]`, `[rows, tokens, columns]`, or any other shape, outermost axis first. */
  readonly shape: readonly number[];
  readonly elementType: ElementType;
  readonly byteOrder: "little" | "big";
  /** `column-major` is Fortran order; rows are then strided reads. */
  readonly order: "row-major" | "column-major";
  /** Set where the tensor is listed but cannot be read: the one-line reason. */
  readonly unreadable?: string;
  /** What the columns (neurons) are called, one name each, if the file has more than a running number. */
  readonly columnNames?: readonly string[];
  /** A vector of classes that the file keeps as numbers: the names by which labels are read, that of 0 first. */
  readonly classNames?: readonly string[];
  /** What the reader took for granted and the user may see otherwise, one line each. */
  readonly notes?: readonly string[];
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
  /** Releases the file handle; idempotent. */
  close(): Promise<void>;
}
