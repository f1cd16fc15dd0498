import { afterAll, describe, expect, it } from "vitest";
import { Cancellation } from "../../../../src/cancellation.ts";
import type { Condition } from "../../../../src/conditions/condition.ts";
import { countConstantNeurons } from "../../../../src/ged/full/moments/moments.ts";
import { defaultGedOptions, type GedOptions } from "../../../../src/ged/method/options.ts";
import { planRun } from "../../../../src/ged/method/plan.ts";
import { runGed, type GedRun } from "../../../../src/ged/method/run.ts";
import { createScriptProducts } from "../../../../src/linalg/engines/scriptProducts.ts";
import { createWasmProducts } from "../../../../src/linalg/engines/wasmProducts.ts";
import { memoryCondition } from "../../../support/memoryCondition.ts";
import { randomRows } from "../../../support/random.ts";

const engines = { wasm: await createWasmProducts({ threads: 2 }), script: createScriptProducts() };
afterAll(() => engines.wasm.dispose());

const ways = [
  { route: "gram", engine: "wasm", precision: "double" },
  { route: "covariance", engine: "wasm", precision: "double" },
  { route: "covariance", engine: "script", precision: "double" },
  { route: "covariance", engine: "wasm", precision: "single" },
  { route: "covariance", engine: "script", precision: "single" },
  { route: "krylov", engine: "wasm", precision: "double" },
] as const;

function run(
  target: Condition,
  reference: Condition,
  { route, engine, precision }: (typeof ways)[number],
): Promise<GedRun> {
  const options: GedOptions = { ...defaultGedOptions, route, precision };
  const { columns } = target;
  const shape = { targetRows: target.rows, referenceRows: reference.rows, columns };
  return runGed(target, reference, options, planRun(shape, options), {
    products: engines[engine],
    cancellation: new Cancellation(),
    report: () => undefined,
  });
}

/** What never varies, and whose sums and means are rounded. */
const constants = [
  0.1,
  1 / 3,
  -12345.678,
  Math.fround(12345.678),
  1e9 / 7,
  1e-30,
  Math.fround(0.1),
];
const columns = 40;

describe.each(ways)("by $route on $engine in $precision precision", (way) => {
  /** More rows than one block of the accumulator holds, so that blocks' means are merged. */
  const count = way.route === "covariance" ? 2100 : 37;
  const varying = (seed: number) => randomRows(count, columns, seed, (j) => 0.7 ** j);

  it("counts neurons that are the same in all rows as constant", async () => {
    const withConstants = (seed: number) =>
      memoryCondition(
        `c${seed}`,
        varying(seed).map((row) =>
          row.map((value, j) => (j % 5 === 0 ? constants[(j / 5) % constants.length] : value)),
        ),
      );
    const found = await run(withConstants(1), withConstants(2), way);
    found.release();
    expect(countConstantNeurons(found.moments)).toBe(columns / 5);
    expect(found.moments.target.variance[0]).toBe(0);
    const stored = way.precision === "single" ? Math.fround(0.1) : 0.1;
    expect(found.moments.target.mean[0]).toBe(stored);
  });

  const beyondSingle = way.precision === "double" ? [1e200, 1e-200] : [];
  it.each([...constants, ...beyondSingle])(
    "refuses a condition that is %d everywhere",
    async (value) => {
      const flat = memoryCondition(
        "flat",
        Array.from({ length: count }, () => Array.from({ length: columns }, () => value)),
      );
      const other = memoryCondition("other", varying(3));
      for (const pair of [
        [flat, other],
        [other, flat],
      ] as const) {
        await expect(run(...pair, way)).rejects.toThrow(
          `flat (flat.npy) does not vary: all ${count} rows are the same`,
        );
      }
    },
  );

  it("does not take little variation at a large offset for none", async () => {
    // Single precision holds no such variation: there the offset is of its own size.
    const offset = (seed: number) =>
      memoryCondition(
        `o${seed}`,
        varying(seed).map((row) =>
          row.map((value, j) => (way.precision === "double" ? 1e6 : 0.7 ** j) + value),
        ),
      );
    const found = await run(offset(1), offset(2), way);
    found.release();
    expect(countConstantNeurons(found.moments)).toBe(0);
  });
});

it("says that two conditions are too far apart for the ratio of their variances", async () => {
  const rows = (seed: number, factor: number) =>
    memoryCondition(
      factor === 1 ? "usual" : "minute",
      randomRows(20, 8, seed).map((row) => row.map((value) => value * factor)),
    );
  for (const way of ways.filter(({ precision }) => precision === "double")) {
    await expect(run(rows(1, 1), rows(2, 1e-170), way)).rejects.toThrow(
      /^minute varies by about 1e-1\d\d, usual by 1e0: the ratio of their variances is beyond/,
    );
  }
});
