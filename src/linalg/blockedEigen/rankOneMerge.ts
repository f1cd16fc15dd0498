/** The poles of a rank-one update that must be solved for, and those that need no work. */
export interface Deflation {
  /** Rows (eigenvectors) of the poles that remain, ascending in d. */
  readonly kept: Int32Array;
  /** Rows whose value and vector stand as they are. */
  readonly deflated: Int32Array;
  /** For each kept row: 1 lies in the first half, 2 in both (mixed by a rotation), 3 in the second half. */
  readonly types: Uint8Array;
}

const epsilon = Number.EPSILON / 2;

/**
 * Deflation of `D + rho z z'` (Cuppen 1981; LAPACK `dlaed2`): a pole without weight stays an eigenvalue; of
 * two poles that all but coincide one is rid of its weight by a rotation.
 * @param d `[size]` poles, rotated pairs are updated
 * @param z `[size]` of length 1, likewise
 * @param split how many rows belong to the first half
 * @param rotate mixes rows `i` and `j` of the eigenvectors: `(q_i, q_j) := (c q_i + s q_j, c q_j - s q_i)`
 */
export function deflate(
  d: Float64Array,
  z: Float64Array,
  rho: number,
  split: number,
  rotate: (i: number, j: number, c: number, s: number) => void,
): Deflation {
  const size = d.length;
  const order = Int32Array.from(d.keys()).sort((i, j) => d[i] - d[j]);
  let largest = rho;
  for (let i = 0; i < size; i++) largest = Math.max(largest, Math.abs(d[i]));
  const tolerance = 8 * epsilon * largest;
  const types = new Uint8Array(size);
  for (let i = 0; i < size; i++) types[i] = i < split ? 1 : 3;
  const kept: number[] = [];
  const deflated: number[] = [];
  for (const next of order) {
    if (rho * Math.abs(z[next]) <= tolerance) {
      deflated.push(next);
      continue;
    }
    const last = kept.at(-1);
    if (last !== undefined) {
      const length = Math.hypot(z[last], z[next]);
      const c = z[next] / length;
      const s = -z[last] / length;
      const gap = d[next] - d[last];
      if (Math.abs(gap * c * s) <= tolerance) {
        z[next] = length;
        z[last] = 0;
        if (types[last] !== types[next]) types[next] = 2;
        rotate(last, next, c, s);
        const low = d[last] * c * c + d[next] * s * s;
        d[next] = d[last] * s * s + d[next] * c * c;
        d[last] = low;
        kept.pop();
        deflated.push(last);
      }
    }
    kept.push(next);
  }
  return {
    kept: Int32Array.from(kept),
    deflated: Int32Array.from(deflated),
    types: Uint8Array.from(kept, (row) => types[row]),
  };
}

/** Where the kept rows stand once rows of one type stand together. */
export interface TypePlaces {
  /** `[size]`: where component i stands once types 1, 2 and 3 stand together. */
  readonly columns: Int32Array;
  /** End of type 1 and end of type 2. */
  readonly first: number;
  readonly second: number;
}

/** Places by type, and within a type in order. */
export function placesByType(types: Uint8Array): TypePlaces {
  const counts = [0, 0, 0, 0];
  for (const type of types) counts[type]++;
  const next = [0, 0, counts[1], counts[1] + counts[2]];
  const columns = Int32Array.from(types, (type) => next[type]++);
  return { columns, first: counts[1], second: counts[1] + counts[2] };
}

/** The roots among the `count` largest of roots and deflated values: the last few, since roots ascend. */
export function wantedRoots(
  roots: Float64Array,
  d: Float64Array,
  deflated: Int32Array,
  count: number,
): Int32Array {
  const others = Float64Array.from(deflated, (row) => d[row]).sort();
  let root = roots.length - 1;
  let other = others.length - 1;
  for (let taken = 0; taken < count; taken++) {
    if (root >= 0 && (other < 0 || roots[root] >= others[other])) root--;
    else other--;
  }
  return Int32Array.from({ length: roots.length - 1 - root }, (_, i) => root + 1 + i);
}
