import { describe, expect, it } from "vitest";
import { allStructure, findDesign } from "../../../../../src/ged/validation/design/design.ts";
import type { RowNames } from "../../../../../src/ged/validation/design/rowNames.ts";
import { planPermutation } from "../../../../../src/ged/validation/permutation/permuteLabels.ts";
import { initialLabels } from "../../../../../src/ged/validation/design/units.ts";
import { pairNames } from "../support.ts";
import { deviates, gramOf, halves, normal, type Rows } from "./support.ts";

const designOf = (rows: Rows, names: RowNames = {}, structure = allStructure) =>
  findDesign(gramOf(rows), halves(rows.length), names, structure, 1);

const independent = (seed = 1) => normal(24, 40, deviates(seed));
const codes = ({ warnings }: { warnings: readonly { code: string }[] }) =>
  warnings.map(({ code }) => code);

describe("a design", () => {
  it("of independent rows says nothing", () => {
    const design = designOf(independent());
    expect(design.units.kind).toBe("none");
    expect(design.distinct).toEqual({ target: 12, reference: 12 });
    expect(design.clusters).toEqual({ count: 24, origins: [] });
    expect([design.warnings, design.notes, design.ignored]).toEqual([[], [], []]);
  });

  it("counts rows that repeat within a condition", () => {
    const rows = independent().map((row, i, all) => (i < 12 ? all[i % 3].slice() : row));
    const design = designOf(rows);
    expect(design.distinct).toEqual({ target: 3, reference: 12 });
    expect(design.clusters).toEqual({ count: 15, origins: ["repeats"] });
    expect(codes(design)).toEqual(["repeatedRows"]);
    expect(design.warnings[0].text).toContain(
      "12 target rows, 3 distinct; 12 reference rows, 12 distinct)",
    );
    expect([...design.units.counted.slice(0, 12)]).toEqual([1, 1, 1, ...Array<number>(9).fill(0)]);
  });

  it("sees rows that repeat across conditions only", () => {
    const rows = independent().map((row, i, all) =>
      i >= 12 && i < 16 ? all[i - 12].slice() : row,
    );
    const design = designOf(rows);
    expect(design.distinct).toEqual({ target: 12, reference: 12 });
    expect(design.clusters).toEqual({ count: 20, origins: ["repeats"] });
    expect(design.warnings[0].text).toContain("4 of them in both conditions");
    for (let i = 0; i < 4; i += 1) {
      expect(design.units.unitOf[i]).toBe(design.units.unitOf[i + 12]);
    }
  });

  it("takes equal sentences for one observation, however they are spaced", () => {
    const sentences = Array.from({ length: 24 }, (_, i) => `s${i} t${i} u${i}`);
    sentences[4] = ` ${sentences[2]} `;
    const design = designOf(independent(), { sentences });
    expect(design.distinct).toEqual({ target: 11, reference: 12 });
    expect(design.units.unitOf[4]).toBe(design.units.unitOf[2]);
    // The rows differ, so that both are worth having.
    expect(design.units.counted[4]).toBe(1);
  });

  it("does not count empty sentences as repeats", () => {
    const design = designOf(independent(), { sentences: Array<string>(24).fill("") });
    expect(design.distinct).toEqual({ target: 12, reference: 12 });
    expect(codes(design)).toEqual([]);
  });

  it("keeps what was switched off, and says that it cannot be trusted", () => {
    const rows = independent().map((row, i, all) => (i < 12 ? all[i % 3].slice() : row));
    const design = designOf(rows, {}, { ...allStructure, repeats: false });
    expect(design.ignored).toEqual(["repeatedRows"]);
    expect(design.clusters).toEqual({ count: 24, origins: [] });
    expect(design.units.counted.every((own) => own === 1)).toBe(true);
    expect(design.warnings[0].text).toContain("as you asked");
  });

  it("takes groups without a partner for clusters", () => {
    const groups = Array.from({ length: 24 }, (_, i) => `g${Math.floor(i / 3)}`);
    const design = designOf(independent(), { groups });
    expect(design.units.kind).toBe("none");
    expect(design.clusters).toEqual({ count: 8, origins: ["named"] });
    const plan = planPermutation(halves(24), design.units);
    expect(plan.kind).toBe("clusters");
    expect(plan.labellings).toBe(2 ** 4);
  });

  it("takes pairs and clusters beside each other", () => {
    const clusters = Array.from({ length: 24 }, (_, i) => `c${Math.floor((i % 12) / 2)}`);
    const design = designOf(independent(), { groups: pairNames(12), clusters });
    expect(design.units.kind).toBe("pairs");
    expect(design.units.members).toHaveLength(6);
    expect(planPermutation(halves(24), design.units).labellings).toBe(2 ** 6);
  });

  it("joins pairs that a cluster disagrees with", () => {
    const clusters = Array.from({ length: 24 }, (_, i) => `row ${i}`);
    clusters[3] = clusters[17] = "across two pairs";
    const { units } = designOf(independent(), { groups: pairNames(12), clusters });
    expect(units.members.filter((rows) => rows.length === 4)).toEqual([[3, 5, 15, 17]]);
  });

  it("leaves out a column that names one for all, with a line, and one that names each apart", () => {
    for (const column of ["clusters", "groups"] as const) {
      const one = designOf(independent(), { clusters: Array<string>(24).fill("x") });
      expect(one.notes).toEqual([expect.stringMatching(/^Column of clusters: .* is not used\.$/)]);
      expect(one.units.kind).toBe("none");
      const each = designOf(independent(), {
        [column]: Array.from({ length: 24 }, (_, i) => `${i}`),
      });
      expect(each.notes).toHaveLength(1);
      expect(each.notes[0]).toMatch(/a name of its own|have a name in common/);
      expect(each.clusters.count).toBe(24);
    }
  });

  it("is not misled by names that JavaScript's objects have", () => {
    const odd = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    const clusters = Array.from({ length: 24 }, (_, i) => odd[i % 4]);
    expect(designOf(independent(), { clusters }).clusters.count).toBe(4);
  });

  it("of identical rows has one of each condition", () => {
    const rows = Array.from({ length: 24 }, () => new Float64Array(40).fill(3));
    const design = designOf(rows);
    expect(design.distinct).toEqual({ target: 1, reference: 1 });
    expect(design.clusters.count).toBe(1);
  });

  it("is the same whatever the order of unequal conditions", () => {
    const rows = independent(3);
    const labels = initialLabels(6, 18);
    const { units } = findDesign(gramOf(rows), labels, {}, allStructure, 1);
    expect(units.members).toHaveLength(6);
    for (const set of units.members) expect(set.filter((row) => row >= 6)).toHaveLength(3);
  });
});
