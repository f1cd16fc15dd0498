import { describe, expect, it } from "vitest";
import {
  allStructure,
  findDesign,
  type RowNames,
} from "../../../../../src/ged/validation/design/design.ts";
import { mostFolds } from "../../../../../src/ged/validation/design/splits.ts";
import { initialLabels } from "../../../../../src/ged/validation/design/units.ts";
import { planPermutation } from "../../../../../src/ged/validation/permutation/permuteLabels.ts";
import { normalRows } from "../support.ts";

const n = 24;
const labels = initialLabels(n, n);
const design = (names: RowNames) =>
  findDesign(
    { kind: "coordinates", rows: normalRows(2 * n, 20, 5) },
    labels,
    names,
    allStructure,
    1,
  );
const names = (target: (row: number) => string, reference = target) =>
  Array.from({ length: 2 * n }, (_, row) => (row < n ? target(row) : reference(row - n)));
const pairs = names(String);

describe("names of clusters", () => {
  it("are what groups without a partner are, joined with those of their own column", () => {
    const groups = names(
      (row) => `t${Math.floor(row / 3)}`,
      (row) => `r${Math.floor(row / 3)}`,
    );
    const found = design({ groups });
    expect(found.units.kind).toBe("none");
    expect(found.clusters).toEqual({ count: 16, origins: ["named"] });
    const both = design({ groups, clusters: names((row) => `c${Math.floor(row / 6)}`) });
    expect(both.clusters.count).toBe(4);
    expect(planPermutation(labels, both.units).labellings).toBe(16);
  });

  it("agree with pairs if each condition has its own, coarser in one", () => {
    const clusters = names(
      (row) => `t${Math.floor(row / 2)}`,
      (row) => `r${Math.floor(row / 4)}`,
    );
    const found = design({ groups: pairs, clusters });
    expect([found.notes, found.warnings, found.ignored]).toEqual([[], [], []]);
    expect(mostFolds(labels, found.units)).toBe(6);
  });

  it("that pairs cross in places are held together, with a line", () => {
    const clusters = names(
      (row) => `c${Math.floor(row / 4)}`,
      (row) => `c${Math.floor(((row + 1) % n) / 4) < 3 ? 0 : Math.floor(row / 4)}`,
    );
    const found = design({ groups: pairs, clusters });
    expect(found.notes).toEqual([expect.stringMatching(/^Clusters and pairs disagree: [^\n]+$/)]);
    expect(found.ignored).toEqual([]);
    for (const rows of found.units.members) {
      for (const row of rows) expect(rows).toContain((row + n) % (2 * n));
    }
  });

  it("that pairs cross everywhere are not used, and no p is trusted", () => {
    const clusters = names(
      (row) => `c${Math.floor(row / 4)}`,
      (row) => `c${row % 6}`,
    );
    const found = design({ groups: pairs, clusters });
    expect(found.clusters).toEqual({ count: 48, origins: [] });
    expect(found.ignored).toEqual(["misalignedPairs"]);
    expect(found.warnings.map(({ code }) => code)).toEqual(["misalignedPairs"]);
    expect(mostFolds(labels, found.units)).toBe(n);
  });

  it("may be too few for the folds: that is no disagreement", () => {
    const found = design({ groups: pairs, clusters: names((row) => (row < 23 ? "a" : "b")) });
    expect(found.notes).toEqual([]);
    expect(mostFolds(labels, found.units)).toBe(2);
  });

  it.each([
    ["constant", names(() => "a"), /one and the same for all 48 rows/],
    [
      "constant per condition",
      names(
        () => "a",
        () => "b",
      ),
      /for all rows of a condition/,
    ],
    [
      "unique",
      names(
        (row) => `t${row}`,
        (row) => `r${row}`,
      ),
      /has a name of its own/,
    ],
  ])("%s tell nothing: one line", (_name, clusters, line) => {
    const found = design({ clusters });
    expect(found.notes).toEqual([expect.stringMatching(line)]);
    expect(found.clusters).toEqual({ count: 48, origins: [] });
  });

  it("of one giant cluster leave the others to be held out", () => {
    const found = design({ clusters: names((row) => (row < 20 ? "giant" : `c${row}`)) });
    expect(found.clusters.count).toBe(5);
    expect(mostFolds(labels, found.units)).toBe(5);
    expect(planPermutation(labels, found.units).labellings).toBe(32);
  });

  it("pass on what is not known", () => {
    expect(design({ notes: ["Only him has sentences."] }).notes).toEqual([
      "Only him has sentences.",
    ]);
  });

  it("are joined once each, 50,000 of them", () => {
    const many = 50_000;
    const found = findDesign(
      { kind: "coordinates", rows: normalRows(2 * many, 4, 5) },
      initialLabels(many, many),
      { clusters: Array.from({ length: 2 * many }, (_, row) => `c${row % many}`) },
      allStructure,
      1,
    );
    expect(found.clusters).toEqual({ count: many, origins: ["named"] });
    expect(found.units.members).toHaveLength(many);
  });
});

describe("sentences", () => {
  it.each([
    ["empty", ""],
    ["blank", "  "],
    ["without words", "..."],
  ])("that are %s share no template and repeat nothing", (_name, nothing) => {
    const sentences = names((row) => (row < 12 ? nothing : `word${row} is number${row}`));
    const found = design({ sentences, groups: pairs });
    const unknown = found.units.members.filter((rows) => rows.some((row) => row % n < 12));
    if (nothing.trim() === "") expect(unknown.every((rows) => rows.length === 2)).toBe(true);
    expect(found.warnings.map(({ code }) => code)).not.toContain("sharedTemplates");
  });
});
