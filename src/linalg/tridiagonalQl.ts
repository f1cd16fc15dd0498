import { EigenlensError } from "../errors.ts";

const epsilon = Number.EPSILON / 2;
/** Sweeps for each eigenvalue, over all of them: one among thousands that lie below rounding may take hundreds. */
const sweepsEach = 30;

/**
 * Eigenvalues, and on request eigenvectors, of a symmetric tridiagonal matrix by the implicit QL or QR
 * method with Wilkinson's shift, whichever starts from the smaller end of each block, so that graded
 * matrices converge too (LAPACK `dsteqr`). Values are left unordered.
 * @param diagonal `[n]`, overwritten by the eigenvalues; entries must be below about 1e140
 * @param offDiagonal `[n]`, entry i is `T[i, i-1]`; destroyed
 * @param rows `[n, width]` row-major or undefined; row i is rotated along with eigenvalue i, so that an
 *   identity (width = n) turns into the eigenvectors, one per row
 * @throws EigenlensError "numerics" if 30 n sweeps were not enough, as LAPACK allows (only for NaN or infinities)
 */
export function tridiagonalQl(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  n: number,
  rows?: Float64Array,
  width = n,
  checkpoint?: () => void,
): void {
  const e = offDiagonal;
  for (let i = 1; i < n; i++) e[i - 1] = e[i];
  if (n > 0) e[n - 1] = 0;
  const tiny = negligibleCoupling(diagonal, e, n);
  const budget: Budget = { order: n, sweepsLeft: sweepsEach * n };
  let end = n - 1;
  while (end > 0) {
    if (isNegligible(diagonal, e, end - 1, tiny)) {
      e[end - 1] = 0;
      end--;
      continue;
    }
    let start = end - 1;
    while (start > 0 && !isNegligible(diagonal, e, start - 1, tiny)) start--;
    if (start > 0) e[start - 1] = 0;
    sweepBlock(diagonal, e, start, end, tiny, budget, rows, width, checkpoint);
  }
}

interface Budget {
  readonly order: number;
  sweepsLeft: number;
}

/** Sweeps the unreduced block `start..end` until it splits. */
function sweepBlock(
  d: Float64Array,
  e: Float64Array,
  start: number,
  end: number,
  tiny: number,
  budget: Budget,
  rows: Float64Array | undefined,
  width: number,
  checkpoint: (() => void) | undefined,
): void {
  const upwards = Math.abs(d[end]) >= Math.abs(d[start]);
  const sweep = upwards ? qlSweep : qrSweep;
  const edge = upwards ? start : end - 1;
  while (budget.sweepsLeft-- > 0) {
    checkpoint?.();
    sweep(d, e, start, end, rows, width);
    if (isNegligible(d, e, edge, tiny)) return;
    if (!Number.isFinite(d[edge])) break;
    for (let i = start; i < end; i++) if (isNegligible(d, e, i, tiny)) return;
  }
  throw notConverged(edge, budget.order);
}

/** A coupling this small changes no eigenvalue by more than a hundredth of a unit in the last place of the largest. */
function negligibleCoupling(d: Float64Array, e: Float64Array, n: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(d[i]) + Math.abs(e[i]));
  return 0.01 * epsilon * largest;
}

function isNegligible(d: Float64Array, e: Float64Array, i: number, tiny: number): boolean {
  const coupling = Math.abs(e[i]);
  return coupling <= tiny || coupling <= epsilon * Math.sqrt(Math.abs(d[i] * d[i + 1]));
}

/** One implicit QL sweep on the unreduced block `l..m`: it works upwards and isolates entry l. */
function qlSweep(
  d: Float64Array,
  e: Float64Array,
  l: number,
  m: number,
  rows: Float64Array | undefined,
  width: number,
): void {
  let g = d[m] - wilkinsonShift(d[l], d[l + 1], e[l]);
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * e[i];
    const b = c * e[i];
    const r = Math.sqrt(f * f + g * g);
    c = r === 0 ? 1 : g / r;
    s = r === 0 ? 0 : f / r;
    if (i !== m - 1) e[i + 1] = r;
    g = d[i + 1] - p;
    const t = (d[i] - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
    if (rows !== undefined) rotateRows(rows, i * width, width, c, -s);
  }
  d[l] -= p;
  e[l] = g;
}

/** One implicit QR sweep on the unreduced block `l..m`: it works downwards and isolates entry m. */
function qrSweep(
  d: Float64Array,
  e: Float64Array,
  l: number,
  m: number,
  rows: Float64Array | undefined,
  width: number,
): void {
  let g = d[l] - wilkinsonShift(d[m], d[m - 1], e[m - 1]);
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = l; i < m; i++) {
    const f = s * e[i];
    const b = c * e[i];
    const r = Math.sqrt(f * f + g * g);
    c = r === 0 ? 1 : g / r;
    s = r === 0 ? 0 : f / r;
    if (i !== l) e[i - 1] = r;
    g = d[i] - p;
    const t = (d[i + 1] - g) * s + 2 * c * b;
    p = s * t;
    d[i] = g + p;
    g = c * t - b;
    if (rows !== undefined) rotateRows(rows, i * width, width, c, s);
  }
  d[m] -= p;
  e[m - 1] = g;
}

/** The eigenvalue of `[[edge, coupling], [coupling, next]]` that is closer to `edge`. */
function wilkinsonShift(edge: number, next: number, coupling: number): number {
  const g = (next - edge) / (2 * coupling);
  // An infinite square is right, too: the coupling then does not count.
  const r = Math.sqrt(g * g + 1);
  return edge - coupling / (g + (g >= 0 ? r : -r));
}

/** `(x, y) := (c x + s y, c y - s x)` for the two neighbouring rows x at `start` and y behind it. */
function rotateRows(rows: Float64Array, start: number, width: number, c: number, s: number): void {
  const end = start + width;
  for (let x = start, y = end; x < end; x++, y++) {
    const upper = rows[x];
    const lower = rows[y];
    rows[x] = c * upper + s * lower;
    rows[y] = c * lower - s * upper;
  }
}

function notConverged(index: number, n: number): EigenlensError {
  return new EigenlensError(
    "numerics",
    `Eigenvalue ${index + 1} of a ${n} x ${n} matrix was not found after ${sweepsEach * n} sweeps: check the input for NaN or infinite values.`,
  );
}
