import { describe, expect, it } from "vitest";
import type { ConditionSource } from "../../../src/conditions/condition.ts";
import { replicationOf } from "../../../src/runs/replication.ts";
import type { RunTransfer } from "../../../src/runs/runTransfer.ts";

type Ratio = readonly [ratio: number, low: number, high: number];

function transfer(
  name: string,
  ratio: Ratio | number,
  more: Partial<RunTransfer> = {},
): RunTransfer {
  const [value, low, high] = typeof ratio === "number" ? [ratio] : ratio;
  const condition = (role: string, rest: Partial<ConditionSource> = {}) => ({
    source: { path: `/w/${name}_${role}.npy`, ...rest },
    label: `${name}_${role}.npy`,
    rows: 40,
  });
  return {
    created: "2026-01-02T03:04:05.000Z",
    target: condition("him"),
    reference: condition("her"),
    permutations: 0,
    seed: 1,
    forward: [
      {
        index: 0,
        inSample: { carriedVariance: 9, silencedVariance: 1 },
        transferred: { carriedVariance: value, silencedVariance: 1, auc: 0.5, magnitudeAuc: 0.5 },
        ...(low === undefined || high === undefined ? {} : { ratioInterval: { low, high } }),
      },
    ],
    swapped: [],
    warnings: [],
    ...more,
  };
}

describe("what transfers say together", () => {
  it("is the mean of the logarithmic ratios, by the widths of their intervals", () => {
    // Equal widths: the geometric mean, and an interval narrower by the root of 2.
    const found = replicationOf([transfer("a", [2, 1, 4]), transfer("b", [8, 4, 16])], "forward");
    expect(found?.pooled?.ratio).toBeCloseTo(4, 12);
    expect(Math.log(found?.pooled?.interval.high ?? NaN)).toBeCloseTo(
      Math.log(4) + Math.log(2) / Math.SQRT2,
      12,
    );
    // (log 2 / se)^2 twice, se = log 4 / 2 / 1.96.
    expect(found?.pooled?.q).toBeCloseTo(2 * 1.959963984540054 ** 2, 10);
    expect(found?.pooled?.p).toBeLessThan(0.05);
  });

  it.each<[string, readonly Ratio[]]>([
    [
      "holds",
      [
        [3, 1.5, 6],
        [4, 2, 8],
      ],
    ],
    // The sets differ, but each is above 1 by itself.
    [
      "holds",
      [
        [2, 1.8, 2.2],
        [9, 8, 10],
      ],
    ],
    [
      "not-shown",
      [
        [1.3, 0.6, 2.8],
        [1.2, 0.5, 2.9],
      ],
    ],
    // Above 1 on the whole, but of sets that differ and of which one is not.
    [
      "not-shown",
      [
        [1, 0.7, 1.4],
        [9, 8, 10],
      ],
    ],
    [
      "does-not-hold",
      [
        [0.8, 0.4, 1.6],
        [1, 0.5, 2],
      ],
    ],
    ["cannot-tell", [[9, 8, 10]]],
  ])("%s for %j", (verdict, ratios) => {
    const transfers = ratios.map((ratio, i) => transfer(String(i), ratio));
    expect(replicationOf(transfers, "forward")?.verdict).toBe(verdict);
  });

  it("leaves out rows of the fit, rows of a newer set, and sets without an interval", () => {
    const half = (start: number): Partial<RunTransfer> => {
      const condition = (path: string) => ({
        source: { path, rows: { start, stop: start + 20 } },
        label: path,
        rows: 20,
      });
      return { target: condition("/w/x.npy"), reference: condition("/w/y.npy") };
    };
    const found = replicationOf(
      [
        transfer("x", [3, 2, 4], half(0)),
        transfer("x", [3, 2, 4], half(20)),
        transfer("x", [3, 2, 4], half(10)),
        transfer("fit", [3, 2, 4], { fitted: true }),
        transfer("few", 3),
        transfer("open", [3, 0, Infinity]),
        transfer("silent", [Infinity, 2, 4]),
      ],
      "forward",
    );
    expect(found?.sets.map(({ leftOut }) => leftOut)).toEqual([
      undefined,
      undefined,
      "sharesRows",
      "fitted",
      "noInterval",
      "noInterval",
      "noInterval",
    ]);
    expect(found?.pooled?.sets).toBe(2);
  });

  it("is nothing of a direction that was not tried", () => {
    expect(replicationOf([transfer("a", [2, 1, 4])], "swapped")).toBeUndefined();
    expect(replicationOf([], "forward")).toBeUndefined();
  });
});
