import type { KernelArena } from "./kernelArena.ts";

/** Reflectors applied together. */
const blockWidth = 64;

/**
 * Turns eigenvectors of T into eigenvectors of A: each row x becomes `Q x`, `Q = H(n-1) ... H(1)`. Reflectors
 * are applied in blocks `I - V' T V` (the compact WY form, LAPACK `dlarft` and `dlarfb`).
 * @param reflectors `[n, n]` as the reduction left it; @param tau `[n]`
 * @param vectors `[count, n]` in the kernels' memory, overwritten
 */
export function applyReflectorsBlocked(
  arena: KernelArena,
  reflectors: number,
  n: number,
  tau: Float64Array,
  vectors: number,
  count: number,
  checkpoint?: () => void,
): void {
  if (count === 0 || n < 3) return;
  const { kernels } = arena;
  const width = Math.min(blockWidth, n);
  const v = arena.doubles(width * n);
  const t = arena.doubles(width * width);
  const inner = arena.doubles(count * width);
  const scaled = arena.doubles(count * width);
  // Reflector 1 has a single entry and is the identity; block by block from there.
  for (let first = 1; first < n; first += width) {
    checkpoint?.();
    const block = Math.min(width, n - first);
    const length = first + block - 1;
    copyReflectors(arena, reflectors, n, first, block, length, v);
    makeBlockFactor(arena, v, t, block, length, tau.subarray(first, first + block));
    kernels.multiply({
      a: { address: vectors, outer: n, step: 1 },
      b: { address: v, outer: length, step: 1 },
      c: inner,
      cRow: block,
      rows: count,
      columns: block,
      depth: length,
      overwrite: true,
    });
    kernels.multiply({
      a: { address: inner, outer: block, step: 1 },
      b: { address: t, outer: block, step: 1 },
      c: scaled,
      cRow: block,
      rows: count,
      columns: block,
      depth: block,
      overwrite: true,
    });
    kernels.multiply({
      a: { address: scaled, outer: block, step: 1 },
      b: { address: v, outer: 1, step: length },
      c: vectors,
      cRow: n,
      rows: count,
      columns: length,
      depth: block,
      alpha: -1,
    });
  }
  for (const piece of [v, t, inner, scaled]) arena.release(piece);
}

/** Rows `first` to `first + block` of the reflectors with zeros behind each, `[block, length]`. */
function copyReflectors(
  arena: KernelArena,
  reflectors: number,
  n: number,
  first: number,
  block: number,
  length: number,
  v: number,
): void {
  const source = arena.kernels.doubles(reflectors + 8 * first * n, block * n);
  const target = arena.kernels.doubles(v, block * length);
  for (let r = 0; r < block; r++) {
    const entries = first + r;
    target.set(source.subarray(r * n, r * n + entries), r * length);
    target.fill(0, r * length + entries, (r + 1) * length);
  }
}

/** T of `H(last) ... H(first) = I - V' T V`, lower triangular. */
function makeBlockFactor(
  arena: KernelArena,
  v: number,
  t: number,
  block: number,
  length: number,
  tau: Float64Array,
): void {
  const { kernels } = arena;
  kernels.multiply({
    a: { address: v, outer: length, step: 1 },
    b: { address: v, outer: length, step: 1 },
    c: t,
    cRow: block,
    rows: block,
    columns: block,
    depth: length,
    overwrite: true,
    lower: true,
  });
  const factor = kernels.doubles(t, block * block);
  for (let j = 0; j < block; j++) factor[j * block + j] = tau[j];
  kernels.kernels.formReflectorFactor(t, block);
}
