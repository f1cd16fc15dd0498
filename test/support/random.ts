/** A seeded source of numbers for tests (mulberry32); the seed belongs in the test's name. */
export function seededUniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal numbers (Box & Muller 1958) from a seed. */
export function seededNormal(seed: number): () => number {
  const uniform = seededUniform(seed);
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** `[rows, columns]` of independent normal numbers, column j scaled by `scale(j)`. */
export function randomRows(
  rows: number,
  columns: number,
  seed: number,
  scale: (column: number) => number = () => 1,
): number[][] {
  const normal = seededNormal(seed);
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, (_, j) => scale(j) * normal()),
  );
}
