import type { KernelMemory, KernelPiece } from "../../../linalg/small/kernelMemory.ts";
import { solveGeneral } from "../../../linalg/small/solveGeneral.ts";
import type { Pencil } from "../../../linalg/small/topOfPencil.ts";
import type { Shrinking } from "../../method/shrinkage/shrink.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";
import { multiplySquare, productOfRows, setSum, type SpanSums } from "./spanSums.ts";

/** A pencil in the rows of the condition that is carried, and the way back to the kept span. */
export interface DualPencil {
  readonly pencil: Pencil;
  /** Turns vectors [count, n/2] of the pencil into `weights` [count, k] in the span. */
  back(vectors: KernelPiece, count: number, weights: KernelPiece): void;
}

/**
 * `S w = l A w` by its rows, for fewer rows than kept dimensions: with `D = (1-g) S + A` and `S = Y'Y / (n/2 - 1)` the
 * vectors z of `(I - (1-g) Y D^-1 Y' / (n/2 - 1)) z = z / m` have `w = D^-1 Y'z` and `m = 1 + (1-g) l`. D is a
 * diagonal matrix plus one of low rank, inverted by Woodbury's formula.
 * @param rows Y, [n/2, r], the carried condition's, centred, whose first k columns are those of `rows T'`
 * @param by `1 - g` and f, `g a`
 */
export function dualPencil(
  sums: SpanSums,
  rows: KernelPiece,
  { keep, floor }: Shrinking,
  memory: KernelMemory,
  workspace: Workspace,
): DualPencil {
  const { span, width: r } = sums;
  const { components: k, columns } = span;
  const half = sums.count / 2;
  const width = span.rank + 1;
  const { kernels } = memory;
  const roots = memory.piece("dual.roots", k);
  const middle = memory.piece("dual.middle", width * width);
  setSum(sums, keep, floor, roots.values, middle.values);
  for (let i = 0; i < k; i += 1) roots.values[i] = 1 / Math.sqrt(roots.values[i]);
  const scaled = memory.piece("dual.scaled", half * k);
  scaleColumns(rows.values, r, half, roots.values, k, scaled.values);
  const scaledColumns = memory.piece("dual.columns", width * k);
  scaleColumns(columns.values, k, width, roots.values, k, scaledColumns.values);

  // J = (I + M P)^-1 M, so that D^-1 = d^-1/2 (I - G' J G) d^-1/2, G being the scaled columns.
  const inners = productOfRows(scaledColumns, scaledColumns, width, k, "dual.inners", memory);
  const correction = memory.piece("dual.correction", width * width);
  const system = workspace.buffer("dual.system", width * width);
  multiplySquare(middle.values, inners.values, width, system);
  for (let i = 0; i < width; i += 1) system[i * width + i] += 1;
  correction.values.set(middle.values.subarray(0, width * width));
  solveGeneral(system, width, correction.values, width);

  const projected = memory.piece("dual.projected", half * width);
  const corrected = memory.piece("dual.corrected", half * width);
  const matrix = memory.piece("dual.matrix", half * half);
  const size = keep / (half - 1);
  const product = { overwrite: true } as const;
  kernels.multiply({
    ...product,
    a: { address: scaled.address, outer: k, step: 1 },
    b: { address: scaledColumns.address, outer: k, step: 1 },
    c: projected.address,
    cRow: width,
    rows: half,
    columns: width,
    depth: k,
  });
  kernels.multiply({
    ...product,
    a: { address: projected.address, outer: width, step: 1 },
    b: { address: correction.address, outer: 1, step: width },
    c: corrected.address,
    cRow: width,
    rows: half,
    columns: width,
    depth: width,
  });
  kernels.multiply({
    ...product,
    a: { address: scaled.address, outer: k, step: 1 },
    b: { address: scaled.address, outer: k, step: 1 },
    c: matrix.address,
    cRow: half,
    rows: half,
    columns: half,
    depth: k,
    lower: true,
    alpha: -size,
  });
  kernels.multiply({
    a: { address: corrected.address, outer: width, step: 1 },
    b: { address: projected.address, outer: width, step: 1 },
    c: matrix.address,
    cRow: half,
    rows: half,
    columns: half,
    depth: width,
    lower: true,
    alpha: size,
  });
  const ones = memory.piece("dual.ones", half);
  ones.values.fill(1, 0, half);
  for (let i = 0; i < half; i += 1) matrix.values[i * half + i] += 1;

  const back = (vectors: KernelPiece, count: number, weights: KernelPiece): void => {
    const corrections = memory.piece("dual.corrections", count * width);
    kernels.multiply({
      ...product,
      a: { address: vectors.address, outer: half, step: 1 },
      b: { address: scaled.address, outer: 1, step: k },
      c: weights.address,
      cRow: k,
      rows: count,
      columns: k,
      depth: half,
    });
    kernels.multiply({
      ...product,
      a: { address: vectors.address, outer: half, step: 1 },
      b: { address: corrected.address, outer: 1, step: width },
      c: corrections.address,
      cRow: width,
      rows: count,
      columns: width,
      depth: half,
    });
    kernels.multiply({
      a: { address: corrections.address, outer: width, step: 1 },
      b: { address: scaledColumns.address, outer: 1, step: k },
      c: weights.address,
      cRow: k,
      rows: count,
      columns: k,
      depth: width,
      alpha: -1,
    });
    scaleColumns(weights.values, k, count, roots.values, k, weights.values);
  };
  const pencil = { order: half, matrix, diagonal: ones, rank: 0, columns: ones, middle };
  return { pencil, back };
}

/** `into = values diag(factors)`, the first `columns` of each row. */
function scaleColumns(
  values: Float64Array,
  stride: number,
  rows: number,
  factors: Float64Array,
  columns: number,
  into: Float64Array,
): void {
  for (let i = 0; i < rows; i += 1) {
    const from = i * stride;
    const to = i * columns;
    for (let j = 0; j < columns; j += 1) into[to + j] = values[from + j] * factors[j];
  }
}
