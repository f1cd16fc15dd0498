import { describe, expect, it } from "vitest";
import type { GedOptions } from "../../../src/ged/method/options.ts";
import type { RunDocument } from "../../../src/runs/runDocument.ts";
import { makeRun } from "../../support/makeRun.ts";
import { randomRows } from "../../support/random.ts";

const decay = (column: number) => 0.85 ** column;
const cases = [
  { route: "gram", rows: 12, columns: 40, shrinkage: 0.01 },
  { route: "gram", rows: 12, columns: 40, shrinkage: 0 },
  { route: "covariance", rows: 60, columns: 24, shrinkage: 0.05 },
  { route: "krylov", rows: 60, columns: 24, shrinkage: 0.01 },
] as const;

describe("the directions of the mean difference", () => {
  it.each(cases)(
    "erases in the span of components and difference: $route, shrinkage $shrinkage, seeds 7 and 8",
    async ({ route, rows, columns, shrinkage }) => {
      const document = await makeRun({ route, ...options(shrinkage) }, rows, columns, 7);
      const eraser = values(document, "difference.eraser");
      const difference = differenceOf(document);
      expect(dot(eraser, difference)).toBeCloseTo(1, 10);

      // `T v` must be parallel to d within the span: that is what `T^-1 d` means, T shrunk there.
      const basis = orthonormal([...rowsOf(document, "compression.components"), difference]);
      const total = totalImage(rows, columns, eraser);
      const alpha =
        basis.reduce((sum, u) => sum + dot(u, totalImage(rows, columns, u)), 0) / basis.length;
      const image = basis.map(
        (u) => (1 - shrinkage) * dot(u, total) + shrinkage * alpha * dot(u, eraser),
      );
      const wanted = basis.map((u) => dot(u, difference));
      const scale = dot(image, wanted) / dot(wanted, wanted);
      const left = image.map((value, i) => value - scale * wanted[i]);
      expect(Math.sqrt(dot(left, left) / dot(image, image))).toBeLessThan(1e-9);

      const inside = basis.map((u) => dot(u, eraser));
      expect(dot(inside, inside) / dot(eraser, eraser)).toBeCloseTo(1, 10);
    },
  );

  it.each(cases)(
    "discriminates in the kept components: $route, shrinkage $shrinkage",
    async ({ route, rows, columns, shrinkage }) => {
      const document = await makeRun({ route, ...options(shrinkage) }, rows, columns, 7);
      const discriminant = values(document, "difference.discriminant");
      expect(dot(discriminant, discriminant)).toBeCloseTo(1, 10);
      const components = rowsOf(document, "compression.components");
      const { eigenvalues } = document.summary.compression;
      const mean = eigenvalues.reduce((sum, value) => sum + value, 0) / eigenvalues.length;
      const weights = components.map(
        (v, i) =>
          dot(v, differenceOf(document)) / ((1 - shrinkage) * eigenvalues[i] + shrinkage * mean),
      );
      const length = Math.sqrt(dot(weights, weights));
      components.forEach((v, i) =>
        expect(dot(v, discriminant)).toBeCloseTo(weights[i] / length, 9),
      );
    },
  );
});

/** Silence without shrinkage needs a reference of full rank in the kept components. */
function options(shrinkage: number): Partial<GedOptions> {
  return shrinkage === 0 ? { shrinkage, keep: { count: 4 } } : { shrinkage };
}

/** The total covariance (ddof = 1) of both conditions together, times a vector, from the rows of `makeRun`. */
function totalImage(rows: number, columns: number, vector: ArrayLike<number>): number[] {
  const all = [...randomRows(rows, columns, 7, decay), ...randomRows(rows, columns, 8, decay)];
  const mean = Array.from(
    { length: columns },
    (_, j) => all.reduce((sum, row) => sum + row[j], 0) / all.length,
  );
  const image = new Array<number>(columns).fill(0);
  for (const row of all) {
    const centred = row.map((value, j) => value - mean[j]);
    const weight = dot(centred, vector) / (all.length - 1);
    for (let j = 0; j < columns; j += 1) image[j] += weight * centred[j];
  }
  return image;
}

function orthonormal(vectors: readonly ArrayLike<number>[]): number[][] {
  const basis: number[][] = [];
  for (const vector of vectors) {
    let rest = Array.from(vector);
    for (let pass = 0; pass < 2; pass += 1) {
      for (const u of basis) {
        const share = dot(u, rest);
        rest = rest.map((value, j) => value - share * u[j]);
      }
    }
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-9 * Math.sqrt(dot(vector, vector)))
      basis.push(rest.map((value) => value / length));
  }
  return basis;
}

function differenceOf(document: RunDocument): Float64Array {
  const reference = values(document, "neurons.reference.mean");
  return values(document, "neurons.target.mean").map((value, j) => value - reference[j]);
}

function values(document: RunDocument, name: string): Float64Array {
  const found = document.tensors[name];
  if (found === undefined) throw new Error(`${name} is missing.`);
  return found.values;
}

function rowsOf(document: RunDocument, name: string): Float64Array[] {
  const columns = document.tensors[name]?.shape[1] ?? 0;
  const all = values(document, name);
  return Array.from({ length: all.length / columns }, (_, i) =>
    all.subarray(i * columns, (i + 1) * columns),
  );
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i] * b[i];
  return sum;
}
