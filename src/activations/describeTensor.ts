import type { Cancellation } from "../cancellation.ts";
import { EigenlensError } from "../errors.ts";
import type { ActivationFile, TensorInfo } from "./activationFile.ts";
import { ColumnMoments } from "./rows/columnMoments.ts";
import { printable } from "../text/printable.ts";

/** What the values of one tensor are like; non-finite values are counted and left out of everything else. */
export interface TensorDescription {
  readonly tensor: TensorInfo;
  /** Rows as counted below: every axis but the last flattened. */
  readonly rows: number;
  readonly columns: number;
  readonly notNumbers: number;
  readonly infinities: number;
  /** Where the first value stands that is not finite. */
  readonly firstNonFinite?: { readonly row: number; readonly column: number };
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  /** ddof = 1 */
  readonly standardDeviation: number;
  readonly zeros: number;
  /** Counts in equal bins from minimum to maximum. */
  readonly histogram: readonly number[];
  /** Per column, ddof = 1; [columns] */
  readonly columnMean: Float64Array;
  readonly columnVariance: Float64Array;
  /** The first values of the first rows, as stored. */
  readonly head: { readonly columns: number; readonly rows: readonly Float64Array[] };
}

const bins = 48;
const headRows = 10;
const headColumns = 12;
const blockBytes = 8 * 2 ** 20;

/**
 * Reads a tensor twice, block by block: moments and range first, then the histogram over that range.
 * @param report told the share of both passes that is done
 * @throws EigenlensError "condition" if the tensor holds no numbers, or as the file does; CancelledError
 */
export async function describeTensor(
  file: ActivationFile,
  name: string,
  cancellation: Cancellation,
  report: (fraction: number) => void,
): Promise<TensorDescription> {
  const info = file.tensors.find((tensor) => tensor.name === name);
  if (info === undefined) {
    throw new EigenlensError(
      "condition",
      `${file.path} has no tensor "${printable(name)}": inspect it first.`,
    );
  }
  if (info.unreadable !== undefined) throw new EigenlensError("condition", info.unreadable);
  if (info.elementType === "text") {
    throw new EigenlensError(
      "condition",
      `${file.path}#${printable(name)} holds text, not activations.`,
    );
  }
  const size = info.shape.reduce((product, length) => product * length, 1);
  const columns = info.shape.length > 1 ? (info.shape.at(-1) ?? 0) : 1;
  const pass = (from: number, use: (values: Float64Array, start: number) => void) =>
    eachBlock(file, info, size, cancellation, (values, start) => {
      use(values, start);
      report(from + (0.5 * (start + values.length)) / size);
    });

  const moments = new ColumnMoments(columns);
  const head: Float64Array[] = [];
  await pass(0, (values, start) => {
    moments.add(values, start);
    for (let row = start / columns; row < headRows; row += 1) {
      const at = row * columns - start;
      if (at >= values.length) break;
      head.push(values.slice(at, at + Math.min(columns, headColumns)));
    }
  });
  const { minimum, maximum } = moments;
  const histogram = new Array<number>(bins).fill(0);
  const scale = maximum > minimum ? bins / (maximum - minimum) : 0;
  await pass(0.5, (values) => {
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      const bin = Math.min(bins - 1, Math.floor((value - minimum) * scale));
      histogram[bin] = (histogram[bin] ?? 0) + 1;
    }
  });
  return {
    tensor: info,
    rows: columns === 0 ? 0 : size / columns,
    columns,
    ...moments.finish(),
    histogram,
    head: { columns: Math.min(columns, headColumns), rows: head },
  };
}

/** Blocks of whole rows of the first axis, with the position of their first value. */
async function eachBlock(
  file: ActivationFile,
  info: TensorInfo,
  size: number,
  cancellation: Cancellation,
  use: (values: Float64Array, start: number) => void,
): Promise<void> {
  const rows = info.shape[0] ?? 1;
  if (size === 0) return;
  const rowLength = size / rows;
  const step = Math.max(1, Math.floor(blockBytes / (8 * rowLength)));
  const buffer = new Float64Array(Math.min(step, rows) * rowLength);
  for (let start = 0; start < rows; start += step) {
    const stop = Math.min(rows, start + step);
    const values = buffer.subarray(0, (stop - start) * rowLength);
    await file.readRows(info.name, start, stop, values);
    cancellation.throwIfRequested();
    use(values, start * rowLength);
  }
}
