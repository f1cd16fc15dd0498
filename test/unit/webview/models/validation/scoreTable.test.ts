import { expect, it } from "vitest";
import { scoreTable } from "../../../../../webview/models/validation/scoreTable.ts";
import { exampleReport, exampleRun } from "../../exampleRun.ts";

const cells = (report = exampleReport()) => {
  const { columns, rows } = scoreTable(exampleRun(), report);
  for (const row of rows) expect(row).toHaveLength(columns.length);
  return { columns, rows: new Map(rows.map(([name, ...values]) => [name, values])) };
};

it("puts verdict, held out, its p and what it is relative to above what is in sample", () => {
  const { columns, rows } = cells();
  expect(columns).toEqual(["Component 1", "him over her", "her over him"]);
  expect([...rows.entries()].map(([name, [forward]]) => [name, forward])).toEqual([
    ["Verdict", "holds"],
    ["Held out", "13.2×"],
    ["95 % interval", "6.10× to 22.3×"],
    ["p of the held-out ratio", "0.001"],
    ["p of the largest of all", "0.002 (13.2×, component 1)"],
    ["Permuted labels, held out", "1.05×"],
    ["In sample", "21,286×"],
    ["Permuted labels, in sample", "10,579×"],
    ["Silence", "29\u00a0%"],
    ["Ratio of the traces", "1.10×"],
    ["Held out over traces", "12.0× (5.50 to 20.3)"],
    ["Random directions", "1.00× (0.500 to 2.00)"],
    ["AUC, held out", "0.600"],
    ["AUC of magnitude, held out", "0.900"],
  ]);
  expect(rows.get("Ratio of the traces")?.[1]).toBe("0.909×");
});

it("prints the p of the largest ratio beside that ratio only", () => {
  const report = exampleReport();
  const larger = report.directions.swapped.components.map((scored, index) =>
    index === 1 && scored.heldOut
      ? { ...scored, heldOut: { ...scored.heldOut, ratio: 20 } }
      : scored,
  );
  const { rows } = cells({
    ...report,
    directions: {
      ...report.directions,
      swapped: { ...report.directions.swapped, components: larger },
    },
  });
  expect(rows.get("p of the largest of all")).toEqual(["–", "0.002 (20.0×, component 2)"]);
});

it("gives the simpler directions columns of their own, without what was not tested", () => {
  const report = exampleReport();
  const { inSample, heldOut } = report.directions.forward;
  const baseline = { inSample, heldOut };
  const { columns, rows } = cells({
    ...report,
    baselines: { meanDifference: baseline, linearDiscriminant: baseline },
  });
  expect(columns.slice(3)).toEqual(["Difference of means", "Linear discriminant"]);
  expect(rows.get("Held out")?.slice(2)).toEqual(["13.2×", "13.2×"]);
  expect(rows.get("p of the held-out ratio")?.slice(2)).toEqual(["–", "–"]);
  expect(rows.get("Verdict")?.slice(2)).toEqual(["–", "–"]);
});

it("leaves out what is not known: nothing held out, nothing permuted", () => {
  const { rows } = cells(
    exampleReport({ heldOut: null, permutations: null, verdict: "cannot-tell" }),
  );
  expect(rows.get("Verdict")).toEqual(["cannot tell", "cannot tell"]);
  expect([...rows.keys()]).not.toContain("Held out");
  expect([...rows.keys()].filter((name) => name?.startsWith("p of"))).toEqual([]);
});
