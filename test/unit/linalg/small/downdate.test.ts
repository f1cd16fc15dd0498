import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { downdate } from "../../../../src/linalg/small/downdate.ts";
import { Workspace } from "../../../../src/linalg/small/workspace.ts";
import { matrix } from "../../../../src/linalg/matrix.ts";
import { symmetricEigen } from "../../../../src/linalg/symmetricEigen.ts";

/** Checks values against a full solver, and `A v = l v` and `V V' = I` for all vectors. */
function check(d: Float64Array, b: Float64Array): void {
  const n = d.length;
  const a = matrix(n, n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) a.values[i * n + j] = (i === j ? d[i] : 0) - b[i] * b[j];
  }
  const spectrum = downdate(d, b, new Workspace());
  const vectors = new Float64Array(n * n);
  spectrum.vectors(n, vectors);
  const size = Math.max(d[0], 1e-300);
  const { values } = symmetricEigen(a, { vectors: 0 });
  const worst = { value: 0, residual: 0, product: 0 };
  for (let v = 0; v < n; v += 1) {
    worst.value = Math.max(worst.value, Math.abs(spectrum.values[v] - values[v]) / size);
    for (let i = 0; i < n; i += 1) {
      let image = 0;
      for (let j = 0; j < n; j += 1) image += a.values[i * n + j] * vectors[v * n + j];
      const residual = image - spectrum.values[v] * vectors[v * n + i];
      worst.residual = Math.max(worst.residual, Math.abs(residual) / size);
    }
    for (let w = 0; w <= v; w += 1) {
      let product = v === w ? -1 : 0;
      for (let j = 0; j < n; j += 1) product += vectors[v * n + j] * vectors[w * n + j];
      worst.product = Math.max(worst.product, Math.abs(product));
    }
  }
  expect(worst.value).toBeLessThan(1e-13);
  expect(worst.residual).toBeLessThan(1e-12);
  expect(worst.product).toBeLessThan(1e-12);
}

/** `b = sqrt(d) z` with `|z| = length`: what centring by condition gives. */
function centring(d: Float64Array, z: readonly number[], length: number): Float64Array {
  const norm = Math.hypot(...z) || 1;
  return d.map((value, i) => (Math.sqrt(value) * z[i] * length) / norm);
}

describe("a diagonal matrix less a rank-one matrix", () => {
  it("has the eigenvalues and vectors of the full matrix, for any spectrum", () => {
    const spectra = fc.integer({ min: 1, max: 40 }).chain((n) =>
      fc.record({
        exponents: fc.array(fc.double({ min: -12, max: 3, noNaN: true }), {
          minLength: n,
          maxLength: n,
        }),
        z: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n, maxLength: n }),
        whole: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(spectra, ({ exponents, z, whole }) => {
        const d = Float64Array.from(exponents, Math.exp).sort().reverse();
        check(d, centring(d, z, whole ? 1 : 0.7));
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it("copes with equal values, clusters, and a vector that vanishes wholly or in part", () => {
    check(Float64Array.of(3, 3, 3, 1, 1), Float64Array.of(0.5, 0, 0.5, 0.3, 0.1));
    check(Float64Array.of(3, 2, 1), Float64Array.of(0, 0, 0));
    check(Float64Array.of(1, 1 - 1e-15, 1 - 2e-15, 1e-20), Float64Array.of(0.1, 0.2, 0.3, 0));
    check(Float64Array.of(1e8, 1, 1e-8), Float64Array.of(1e-30, 0.5, 1e-5));
    check(Float64Array.of(7), Float64Array.of(2));
  });

  it("finds the exact zero that centring leaves", () => {
    const d = Float64Array.from({ length: 30 }, (_, i) => 2 ** -i);
    const z = Array.from({ length: 30 }, (_, i) => Math.cos(i));
    const { values } = downdate(d, centring(d, z, 1), new Workspace());
    expect(Math.abs(values[29])).toBeLessThan(1e-15);
  });
});
