import { describe, expect, it } from "vitest";
import { directionNames } from "../../../../src/ged/method/directions.ts";
import { Cancellation } from "../../../../src/cancellation.ts";
import { defaultGedOptions, type GedOptions } from "../../../../src/ged/method/options.ts";
import { planRun } from "../../../../src/ged/method/plan.ts";
import { runGed } from "../../../../src/ged/method/run.ts";
import type { Products } from "../../../../src/linalg/products.ts";
import { createScriptProducts } from "../../../../src/linalg/engines/scriptProducts.ts";
import { createWasmProducts } from "../../../../src/linalg/engines/wasmProducts.ts";
import type { Condition } from "../../../../src/conditions/condition.ts";
import { makeRun } from "../../../support/makeRun.ts";
import { memoryCondition } from "../../../support/memoryCondition.ts";
import { randomRows } from "../../../support/random.ts";

function run(
  target: Condition,
  reference: Condition,
  cancellation = new Cancellation(),
  products: Products = createScriptProducts(),
  route: GedOptions["route"] = "auto",
) {
  const options = { ...defaultGedOptions, route };
  const shape = {
    targetRows: target.rows,
    referenceRows: reference.rows,
    columns: target.columns,
  };
  const plan = planRun(shape, options);
  const context = { products, cancellation, report: () => undefined };
  return runGed(target, reference, options, plan, context);
}

describe("runGed", () => {
  it.each([
    { rows: 12, columns: 40 },
    { rows: 60, columns: 64 },
  ])(
    "finds the same without forming the covariance at $rows x $columns",
    async ({ rows, columns }) => {
      const products = await createWasmProducts({ threads: 2 });
      const before = products.kernels.heap.usedBytes;
      try {
        const covariance = await makeRun({ route: "covariance" }, rows, columns);
        const krylov = await makeRun({ route: "krylov" }, rows, columns, 7, products);
        expect(krylov.summary.plan.route).toBe("krylov");
        const { compression } = covariance.summary;
        expect(krylov.summary.compression.components).toBe(compression.components);
        for (const name of [
          "separation.eigenvalues",
          "separation.filters",
          "separation.patterns",
          "projections.target",
          "swapped.projections.reference",
        ]) {
          const expected = covariance.tensors[name].values;
          const found = krylov.tensors[name].values;
          expect(found.length).toBeGreaterThanOrEqual(expected.length);
          expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 8));
        }
        expect(products.kernels.heap.usedBytes).toBe(before);
      } finally {
        await products.dispose();
      }
    },
  );

  it("forms the covariance after all where the spectrum is flat, and frees the rows", async () => {
    const products = await createWasmProducts({ threads: 2 });
    const before = products.kernels.heap.usedBytes;
    const flat = (seed: number) => memoryCondition(`flat${seed}`, randomRows(300, 64, seed));
    try {
      const found = await run(flat(1), flat(2), new Cancellation(), products, "krylov");
      expect(found.plan.route).toBe("covariance");
      expect(found.plan.reason).toMatch(
        /; it was formed after all, since .* eigenvectors are wanted$/,
      );
      expect(found.compression.components).toBeGreaterThan(60);
      expect(products.kernels.heap.usedBytes).toBe(before);
    } finally {
      await products.dispose();
    }
  });

  it("frees the rows where a run is cancelled or fails", async () => {
    const products = await createWasmProducts({ threads: 2 });
    const before = products.kernels.heap.usedBytes;
    const cancellation = new Cancellation();
    const rows = (seed: number) => memoryCondition(`rows${seed}`, randomRows(40, 64, seed));
    const cancelling = { ...rows(2), readRows: () => Promise.reject(new Error("gone")) };
    try {
      await expect(run(rows(1), cancelling, cancellation, products, "krylov")).rejects.toThrow(
        "gone",
      );
      expect(products.kernels.heap.usedBytes).toBe(before);
      cancellation.request();
      await expect(run(rows(1), rows(2), cancellation, products, "krylov")).rejects.toThrow(
        "Cancelled.",
      );
      expect(products.kernels.heap.usedBytes).toBe(before);
    } finally {
      await products.dispose();
    }
  });

  it.each([
    { rows: 12, columns: 40 },
    { rows: 30, columns: 12 },
  ])("finds the same by either route at $rows x $columns", async ({ rows, columns }) => {
    const gram = (await makeRun({ route: "gram" }, rows, columns)).summary;
    const covariance = (await makeRun({ route: "covariance" }, rows, columns)).summary;
    expect(covariance.compression.components).toBe(gram.compression.components);
    for (const direction of directionNames) {
      const [found, wanted] = [covariance.directions[direction], gram.directions[direction]];
      wanted.eigenvalues.forEach((value, i) => {
        expect(found.eigenvalues[i]).toBeCloseTo(value, 8);
      });
      wanted.carriedVariance.slice(0, 5).forEach((value, i) => {
        expect(found.carriedVariance[i]).toBeCloseTo(value, 8);
      });
    }
  });

  it("does again in double what single precision, left to the planner, says too little about", async () => {
    const decay = (column: number) => 0.5 ** column;
    // Reflected at the diagonal: each neuron has part in every direction, also in those that hardly vary.
    const mixed = (seed: number) =>
      randomRows(60, 16, seed, decay).map((row) => {
        const mean = row.reduce((sum, value) => sum + value, 0) / 16;
        return row.map((value) => value - 2 * mean);
      });
    const target = memoryCondition("a", mixed(1));
    const reference = memoryCondition("b", mixed(2));
    const options = { ...defaultGedOptions, keep: { share: 1 }, shrinkage: 0 };
    const shape = { targetRows: 60, referenceRows: 60, columns: 16 };
    const plan = { ...planRun(shape, options), precision: "single" } as const;
    const context = {
      products: createScriptProducts(),
      cancellation: new Cancellation(),
      report: () => undefined,
    };
    const found = await runGed(target, reference, options, plan, context);
    expect(found.plan.reason).toMatch(
      /kept components again in double, because single left an error of/,
    );
    const exact = await runGed(
      target,
      reference,
      options,
      { ...plan, precision: "double" },
      context,
    );
    expect(exact.errorEstimate).toBe(0);
    for (const direction of directionNames) {
      found.solved[direction].eigenvalues.forEach((value, i) => {
        expect(value / exact.solved[direction].eigenvalues[i]).toBeCloseTo(1, 6);
      });
    }
    // Steps follow each other without a gap: their seconds add up to the whole.
    const { read, compress, separate, total } = found.seconds;
    expect(read + compress + separate).toBeCloseTo(total, 12);
    const asked = { ...options, precision: "single" } as const;
    const single = await runGed(target, reference, asked, plan, context);
    expect(single.plan.reason).not.toContain("again in double");
    expect(single.errorEstimate).toBeGreaterThan(1e-4);
    const mild = { ...options, keep: { share: 0.9 }, shrinkage: 0.1 };
    const enough = await runGed(target, reference, mild, plan, context);
    expect(enough.plan.reason).not.toContain("again in double");
    expect(enough.errorEstimate).toBeLessThan(1e-4);
  });

  it("normalises filters to w'R~w = 1 and makes the largest loading positive", async () => {
    const { tensors, summary } = await makeRun();
    const { gamma, alpha } = summary.shrinkage;
    const g = gamma.forward;
    const [m, k] = tensors["separation.vectors"].shape;
    const w = tensors["separation.vectors"].values;
    const reference = tensors["covariance.reference"].values;
    for (let c = 0; c < m; c += 1) {
      let form = 0;
      for (let i = 0; i < k; i += 1) {
        for (let j = 0; j < k; j += 1) {
          const added = i === j ? g * alpha.forward : 0;
          const shrunk = (1 - g) * reference[i * k + j] + added;
          form += w[c * k + i] * shrunk * w[c * k + j];
        }
      }
      expect(form).toBeCloseTo(1, 10);
      const columns = tensors["separation.filters"].shape[1];
      const filter = tensors["separation.filters"].values.slice(c * columns, (c + 1) * columns);
      const largest = filter.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
      expect(largest).toBeGreaterThan(0);
    }
  });

  it("handles neurons that never vary", async () => {
    const withConstant = (seed: number) =>
      randomRows(10, 16, seed, (column) => (column % 3 === 0 ? 0 : 1));
    const found = await run(
      memoryCondition("a", withConstant(1)),
      memoryCondition("b", withConstant(2)),
    );
    expect(found.compression.components).toBeLessThanOrEqual(10);
    expect(found.solved.forward.eigenvalues.every(Number.isFinite)).toBe(true);
  });

  it("says which condition does not vary", async () => {
    const constant = memoryCondition(
      "flat",
      Array.from({ length: 5 }, () => [1, 2, 3]),
    );
    const other = memoryCondition("other", randomRows(5, 3, 3));
    await expect(run(constant, other)).rejects.toThrow(/^flat \(flat\.npy\) does not vary/);
    await expect(run(other, constant)).rejects.toThrow(/^flat \(flat\.npy\) does not vary/);
  });

  it("stops when it is asked to", async () => {
    const cancellation = new Cancellation();
    cancellation.request();
    const rows = randomRows(5, 3, 3);
    await expect(
      run(memoryCondition("a", rows), memoryCondition("b", randomRows(5, 3, 4)), cancellation),
    ).rejects.toThrow("Cancelled.");
  });
});
