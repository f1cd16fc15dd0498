import { describe, expect, it } from "vitest";
import type { RunTransfer } from "../../../../../src/protocol/results.ts";
import { replicationView } from "../../../../../webview/models/validation/replication.ts";
import { exampleRun } from "../../exampleRun.ts";

const { summary } = exampleRun();

function transfer(name: string, ratio: number, more: Partial<RunTransfer> = {}): RunTransfer {
  const condition = (role: string) => ({
    source: { path: `/w/${name}_${role}.npy` },
    label: `${name}_${role}.npy`,
    rows: 40,
  });
  const component = {
    index: 0,
    inSample: { carriedVariance: 9, silencedVariance: 1 },
    transferred: { carriedVariance: ratio, silencedVariance: 1, auc: 0.5, magnitudeAuc: 0.5 },
    ratioInterval: { low: ratio / 1.5, high: ratio * 1.5 },
    p: 0.01,
  };
  return {
    created: "2026-01-02T03:04:05.000Z",
    target: condition("him"),
    reference: condition("her"),
    permutations: 100,
    seed: 1,
    forward: [component],
    swapped: [],
    warnings: [],
    ...more,
  };
}

describe("replication in words", () => {
  it("is silent before there are two transfers", () => {
    expect(replicationView(summary, [transfer("a", 3)])).toBeUndefined();
    expect(replicationView(summary, [])).toBeUndefined();
  });

  it("opens with the verdict, and says what the mean is worth", () => {
    const agreeing = replicationView(summary, [transfer("a", 3), transfer("b", 3.5)]);
    expect(agreeing?.sentences).toHaveLength(1);
    expect(agreeing?.sentences[0]).toMatch(
      /^him over her: holds\. Over 2 sets of rows component 1 varies 3\.24× as much .* differ no more/,
    );
    const differing = replicationView(summary, [transfer("a", 3), transfer("b", 30)]);
    expect(differing?.sentences[0]).toMatch(/a mean of different ratios, of these sets only/);
  });

  it("has a row for every transfer, and says which count", () => {
    const view = replicationView(summary, [transfer("a", 3), transfer("b", 3, { fitted: true })]);
    expect(view?.sentences[0]).toMatch(/cannot tell\. Two independent sets/);
    expect(view?.table.columns).toHaveLength(5);
    expect(view?.table.rows.map((row) => [row[0], row.at(-1)])).toEqual([
      ["a_him.npy vs a_her.npy", "yes"],
      ["b_him.npy vs b_her.npy", "no, fitted on"],
    ]);
  });
});
