import { jobKind } from "../kernels/controlBlock.ts";
import { tridiagonalQl } from "../tridiagonalQl.ts";
import type { KernelArena } from "./kernelArena.ts";
import {
  deflate,
  placesByType,
  wantedRoots,
  type Deflation,
  type TypePlaces,
} from "./rankOneMerge.ts";

/** Orders up to this are solved by QL. */
const leafOrder = 32;
/** Roots below which one thread is quicker. */
const smallestSharedCount = 128;

/** Eigenpairs of a tridiagonal matrix. */
export interface TridiagonalEigen {
  /** `[n]`, descending. */
  readonly values: Float64Array;
  /** Address of `[count, n]` in the arena: row i belongs to `values[i]`. */
  readonly vectors: number;
}

/**
 * Eigenvalues and leading eigenvectors of a symmetric tridiagonal matrix by divide and conquer (Cuppen
 * 1981; Gu and Eisenstat 1995; LAPACK `dstedc`), products on the kernels. Of the last merge only the wanted
 * vectors are formed.
 * @param diagonal `[n]`, destroyed
 * @param offDiagonal `[n]`, entry i is `T[i, i-1]`; destroyed
 */
export function divideAndConquer(
  arena: KernelArena,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  count: number,
  checkpoint?: () => void,
): TridiagonalEigen {
  return new TridiagonalSolver(arena, diagonal, offDiagonal, checkpoint).solve(count);
}

class TridiagonalSolver {
  readonly #arena: KernelArena;
  readonly #n: number;
  /** T's diagonal, block by block replaced by eigenvalues. */
  readonly #d: Float64Array;
  readonly #e: Float64Array;
  /** `[n, n]`: blocks of eigenvectors, one per row, along the diagonal. */
  readonly #basis: number;
  readonly #checkpoint: (() => void) | undefined;

  constructor(
    arena: KernelArena,
    diagonal: Float64Array,
    offDiagonal: Float64Array,
    checkpoint: (() => void) | undefined,
  ) {
    this.#arena = arena;
    this.#n = diagonal.length;
    this.#d = diagonal;
    this.#e = offDiagonal;
    this.#checkpoint = checkpoint;
    this.#basis = arena.doubles(this.#n * this.#n);
  }

  solve(count: number): TridiagonalEigen {
    this.#solveBlock(0, this.#n, count);
    const n = this.#n;
    const order = Int32Array.from(this.#d.keys()).sort((i, j) => this.#d[j] - this.#d[i]);
    const values = Float64Array.from(order, (row) => this.#d[row]);
    const vectors = this.#arena.doubles(count * n);
    const source = this.#arena.kernels.doubles(this.#basis, n * n);
    const target = this.#arena.kernels.doubles(vectors, count * n);
    for (let i = 0; i < count; i++) {
      target.set(source.subarray(order[i] * n, (order[i] + 1) * n), i * n);
    }
    this.#arena.release(this.#basis);
    return { values, vectors };
  }

  /** Rows `start` to `stop`; the rows of at least the `count` largest values are formed. */
  #solveBlock(start: number, stop: number, count: number): void {
    const size = stop - start;
    if (size <= leafOrder) {
      this.#solveLeaf(start, stop);
      return;
    }
    const middle = start + (size >> 1);
    const coupling = this.#e[middle];
    const rho = Math.abs(coupling);
    this.#d[middle - 1] -= rho;
    this.#d[middle] -= rho;
    this.#solveBlock(start, middle, middle - start);
    this.#solveBlock(middle, stop, stop - middle);
    this.#checkpoint?.();
    this.#merge(start, middle, stop, rho, coupling < 0 ? -1 : 1, Math.min(count, size));
  }

  #solveLeaf(start: number, stop: number): void {
    const n = this.#n;
    const size = stop - start;
    const rows = new Float64Array(size * size);
    for (let i = 0; i < size; i++) rows[i * size + i] = 1;
    const e = this.#e.slice(start, stop);
    e[0] = 0;
    tridiagonalQl(this.#d.subarray(start, stop), e, size, rows, size);
    const basis = this.#arena.kernels.doubles(this.#basis, n * n);
    for (let i = 0; i < size; i++) {
      const row = (start + i) * n;
      basis.fill(0, row, row + n);
      basis.set(rows.subarray(i * size, (i + 1) * size), row + start);
    }
  }

  /** Joins two solved halves: `diag(d) + rho u u'` with u the last and first rows of their vectors. */
  #merge(
    start: number,
    middle: number,
    stop: number,
    rho: number,
    sign: number,
    count: number,
  ): void {
    const n = this.#n;
    const size = stop - start;
    const d = this.#d.subarray(start, stop);
    const basis = this.#arena.kernels.doubles(this.#basis, n * n);
    const z = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      const row = (start + i) * n;
      const first = start + i < middle;
      z[i] = (first ? basis[row + middle - 1] : sign * basis[row + middle]) * Math.SQRT1_2;
    }
    const rotate = (i: number, j: number, c: number, s: number): void => {
      const x = (start + i) * n + start;
      const y = (start + j) * n + start;
      for (let p = 0; p < size; p++) {
        const upper = basis[x + p];
        const lower = basis[y + p];
        basis[x + p] = c * upper + s * lower;
        basis[y + p] = c * lower - s * upper;
      }
    };
    const deflation = deflate(d, z, 2 * rho, middle - start, rotate);
    if (deflation.kept.length === 0) return;
    this.#solveKept(start, middle, stop, 2 * rho, z, deflation, count);
  }

  #solveKept(
    start: number,
    middle: number,
    stop: number,
    rho: number,
    z: Float64Array,
    deflation: Deflation,
    count: number,
  ): void {
    const { kept, deflated } = deflation;
    const arena = this.#arena;
    const { kernels } = arena;
    const d = this.#d.subarray(start, stop);
    const size = kept.length;
    const poles = Float64Array.from(kept, (row) => d[row]);
    const places = placesByType(deflation.types);

    const doubles = arena.doubles(3 * size);
    const integers = arena.bytes(3 * size * 4);
    const partials = arena.partials(size);
    const view = kernels.doubles(doubles, 3 * size);
    view.set(poles);
    view.set(
      Float64Array.from(kept, (row) => z[row]),
      size,
    );
    const [polesAt, weightsAt, distancesAt] = [0, 1, 2].map((i) => doubles + 8 * i * size);
    const [originsAt, wantedAt, placesAt] = [0, 1, 2].map((i) => integers + 4 * i * size);
    const shared = size >= smallestSharedCount;
    kernels.kernels.prepareSecular(
      size,
      polesAt,
      weightsAt,
      rho,
      originsAt,
      distancesAt,
      partials.address,
      partials.bytes,
    );
    kernels.run(jobKind.secularRoots, shared);
    kernels.kernels.collectWeights(kernels.threads);
    const origins = kernels.integers(originsAt, size);
    const roots = Float64Array.from(poles, (_, j) => poles[origins[j]] + view[2 * size + j]);

    const wanted = wantedRoots(roots, d, deflated, count);
    kernels.integers(wantedAt, wanted.length).set(wanted);
    kernels.integers(placesAt, size).set(places.columns);
    const secularRows = arena.doubles(wanted.length * size);
    kernels.kernels.prepareSecularVectors(wanted.length, wantedAt, placesAt, secularRows);
    kernels.run(jobKind.secularVectors, shared);

    this.#formVectors(start, middle, stop, deflation, places, wanted, secularRows);
    const deflatedValues = Float64Array.from(deflated, (row) => d[row]);
    d.set(roots);
    d.set(deflatedValues, size);
    for (const piece of [doubles, integers, partials.address, secularRows]) arena.release(piece);
  }

  /**
   * New rows: first those of the roots (only the wanted ones are computed), then the deflated ones. Columns
   * of the first half need only rows of types 1 and 2, those of the second half types 2 and 3.
   */
  #formVectors(
    start: number,
    middle: number,
    stop: number,
    deflation: Deflation,
    places: TypePlaces,
    wanted: Int32Array,
    secularRows: number,
  ): void {
    const n = this.#n;
    const { kernels } = this.#arena;
    const { kept, deflated } = deflation;
    const size = kept.length;
    const basis = kernels.doubles(this.#basis, n * n);
    const left = this.#gather(start, middle, kept, places, start, 0, places.second);
    const right = this.#gather(middle, stop, kept, places, start, places.first, size);
    const aside = this.#arena.doubles(deflated.length * (stop - start));
    const asideView = kernels.doubles(aside, deflated.length * (stop - start));
    deflated.forEach((row, i) => {
      const from = (start + row) * n;
      asideView.set(basis.subarray(from + start, from + stop), i * (stop - start));
    });
    // Wanted roots are neighbours, so their rows are too.
    const top = start + (wanted[0] ?? 0);
    const multiply = (
      rows: number,
      columnStart: number,
      width: number,
      from: number,
      to: number,
    ) => {
      if (to === from) {
        for (let i = 0; i < wanted.length; i++) {
          basis.fill(0, (top + i) * n + columnStart, (top + i) * n + columnStart + width);
        }
        return;
      }
      kernels.multiply({
        a: { address: secularRows + 8 * from, outer: size, step: 1 },
        b: { address: rows, outer: 1, step: width },
        c: this.#basis + 8 * (top * n + columnStart),
        cRow: n,
        rows: wanted.length,
        columns: width,
        depth: to - from,
        overwrite: true,
      });
    };
    multiply(left, start, middle - start, 0, places.second);
    this.#checkpoint?.();
    multiply(right, middle, stop - middle, places.first, size);
    deflated.forEach((_, i) => {
      basis.set(
        asideView.subarray(i * (stop - start), (i + 1) * (stop - start)),
        (start + size + i) * n + start,
      );
    });
    for (const piece of [left, right, aside]) this.#arena.release(piece);
  }

  /** Copies the kept rows that stand in places `from` to `to`, columns `left` to `right`, side by side. */
  #gather(
    left: number,
    right: number,
    kept: Int32Array,
    places: TypePlaces,
    start: number,
    from: number,
    to: number,
  ): number {
    const n = this.#n;
    const width = right - left;
    const address = this.#arena.doubles((to - from) * width);
    const basis = this.#arena.kernels.doubles(this.#basis, n * n);
    const target = this.#arena.kernels.doubles(address, (to - from) * width);
    kept.forEach((row, i) => {
      const place = places.columns[i];
      if (place < from || place >= to) return;
      const source = (start + row) * n;
      target.set(basis.subarray(source + left, source + right), (place - from) * width);
    });
    return address;
  }
}
