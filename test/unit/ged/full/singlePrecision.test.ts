import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Cancellation } from "../../../../src/cancellation.ts";
import { directionNames } from "../../../../src/ged/method/directions.ts";
import { defaultGedOptions } from "../../../../src/ged/method/options.ts";
import { planRun } from "../../../../src/ged/method/plan.ts";
import { runGed } from "../../../../src/ged/method/run.ts";
import { createWasmProducts } from "../../../../src/linalg/engines/wasmProducts.ts";
import type { Products } from "../../../../src/linalg/products.ts";
import { memoryCondition } from "../../../support/memoryCondition.ts";
import { seededNormal } from "../../../support/random.ts";

const rows = 3000;
const columns = 96;

/** Variances by direction, what the target has more of, and what all rows share. */
interface Spectrum {
  readonly variance: (direction: number) => number;
  readonly contrast: (direction: number) => number;
  readonly offset: number;
  /** Added to every neuron by itself. */
  readonly noise?: number;
  /** Whether some rows are much longer than others (Student's t with 3 degrees of freedom). */
  readonly heavy?: boolean;
}

const first = (contrast: number) => (direction: number) =>
  direction >= 2 && direction < 7 ? contrast : 1;
const decaying = (direction: number) => Math.exp((-59 * direction) / columns);
const spectra: Record<string, Spectrum> = {
  decaying: { variance: decaying, contrast: first(3), offset: 0.5 },
  "of low contrast": { variance: decaying, contrast: first(1.1), offset: 0.5 },
  flat: {
    variance: (i) => Math.exp((-7 * i) / columns),
    contrast: first(3),
    offset: 0.5,
  },
  "falling as a power, in noise": {
    variance: (i) => (1 + i) ** -1.4,
    contrast: first(3),
    offset: 0,
    noise: 0.01,
  },
  "of many contrasts": {
    variance: (i) => (1 + i) ** -0.7,
    contrast: (i) => (i % 10 === 3 ? 5 : 1),
    offset: 0,
    noise: 0.01,
  },
  "of high contrast": {
    variance: (i) => (1 + i) ** -1.4,
    contrast: first(100),
    offset: 0,
    noise: 0.001,
  },
  "far from zero": {
    variance: (i) => Math.exp((-20 * i) / columns),
    contrast: first(3),
    offset: 100,
  },
  "of rows that are outliers": {
    variance: (i) => Math.exp((-20 * i) / columns),
    contrast: first(3),
    offset: 0,
    heavy: true,
  },
};

describe("the error that is estimated for single precision", () => {
  let products: Products;

  beforeAll(async () => {
    products = await createWasmProducts();
  });
  afterAll(() => products.dispose());

  it.each(Object.entries(spectra))(
    "is within ten times the true one if the spectrum is %s",
    async (name, spectrum) => {
      const [target, reference] = draw(spectrum, name.length).map((drawn, i) =>
        memoryCondition(i === 0 ? "him" : "her", drawn),
      );
      const run = (precision: "double" | "single") => {
        const options = { ...defaultGedOptions, route: "covariance", precision } as const;
        const plan = planRun({ targetRows: rows, referenceRows: rows, columns }, options);
        return runGed(target, reference, options, plan, {
          products,
          cancellation: new Cancellation(),
          report: () => undefined,
        });
      };
      const single = await run("single");
      const double = await run("double");
      expect(single.compression.components).toBe(double.compression.components);
      let error = 0;
      for (const direction of directionNames) {
        const exact = double.solved[direction].eigenvalues;
        single.solved[direction].eigenvalues.forEach((value, i) => {
          if (exact[i] >= 1) error = Math.max(error, Math.abs(value / exact[i] - 1));
        });
      }
      expect(error).toBeGreaterThan(0);
      expect(single.errorEstimate / error).toBeGreaterThan(0.1);
      expect(single.errorEstimate / error).toBeLessThan(10);
    },
  );
});

/** Two conditions of float32 rows that share their directions, [rows, columns] each. */
function draw(spectrum: Spectrum, seed: number): number[][][] {
  const normal = seededNormal(seed);
  const reflections = [1, 2, 3].map(() => Array.from({ length: columns }, normal));
  return [true, false].map((isTarget) =>
    Array.from({ length: rows }, () => {
      const row = Array.from(
        { length: columns },
        (_, i) =>
          normal() * Math.sqrt(spectrum.variance(i)) * (isTarget ? spectrum.contrast(i) : 1),
      );
      for (const v of reflections) {
        const along = row.reduce((sum, value, j) => sum + value * v[j], 0);
        const square = v.reduce((sum, value) => sum + value * value, 0);
        v.forEach((value, j) => (row[j] -= (2 * along * value) / square));
      }
      const length = Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2) / 3);
      return row.map((value, j) =>
        Math.fround(
          (spectrum.heavy === true ? value / length : value) +
            spectrum.offset * (1 + (j % 3)) +
            (spectrum.noise ?? 0) * normal(),
        ),
      );
    }),
  );
}
