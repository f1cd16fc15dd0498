import { describe, expect, it } from "vitest";
import { chooseRows, rowPriority } from "../../../../src/moments/reservoir/chooseRows.ts";
import type { KeptRows } from "../../../../src/moments/reservoir/keptRows.ts";
import { mergeReservoirs } from "../../../../src/moments/reservoir/mergeReservoirs.ts";
import { seededUniform } from "../../../support/random.ts";

describe("which rows are kept", () => {
  it("follows from hashes that any language gives", () => {
    // Python: int.from_bytes(hashlib.sha256("1:him::0".encode()).digest()[:8], "big")
    expect(rowPriority(1, "him", "", 0)).toBe(10847329624337257426n);
    expect(rowPriority(7, "Ünï", "part 2", 123456789)).toBe(8210231827382728767n);
    expect(chooseRows(1000, { seed: 1, size: 5 }, "him", "")).toEqual([48, 241, 410, 443, 962]);
  });

  it("is all of few rows, and each as often as any other", () => {
    expect(chooseRows(3, { seed: 1, size: 5 }, "him", "")).toEqual([0, 1, 2]);
    const times = new Array<number>(20).fill(0);
    for (let seed = 0; seed < 2000; seed += 1) {
      for (const row of chooseRows(20, { seed, size: 5 }, "x", "")) times[row] += 1;
    }
    // 500 expected; six standard deviations of a binomial.
    for (const count of times) expect(Math.abs(count - 500)).toBeLessThan(6 * Math.sqrt(375));
  });
});

describe("samples of parts", () => {
  const design = { seed: 4, size: 10 };
  const columns = 2;
  const sampled = (part: string, rows: number): KeptRows => {
    const index = chooseRows(rows, design, "him", part);
    return {
      index,
      folds: index.map((row) => row % 3),
      texts: index.map((row) => `${part} ${row}`),
      parts: index.map(() => part),
      values: Float64Array.from(index.flatMap((row) => [row, -row])),
    };
  };
  const parts = ["a", "b", "ö", "c"].map((name, i) => ({
    path: name,
    kept: sampled(name, [40, 3, 25, 17][i] ?? 0),
  }));
  const all = mergeReservoirs(parts, "him", design, columns);

  it("hold together what hashes over all rows give, with texts, folds and values", () => {
    const known = [40, 3, 25, 17].flatMap((rows, i) => {
      const part = ["a", "b", "ö", "c"][i] ?? "";
      return Array.from({ length: rows }, (_, row) => ({
        part,
        row,
        priority: rowPriority(design.seed, "him", part, row),
      }));
    });
    known.sort((a, b) => (a.priority < b.priority ? -1 : 1));
    const wanted = known.slice(0, 10).map(({ part, row }) => `${part} ${row}`);
    expect([...(all.texts ?? [])].sort()).toEqual(wanted.sort());
    all.index.forEach((row, place) => {
      expect(all.texts?.[place]).toBe(`${all.parts?.[place] ?? ""} ${row}`);
      expect(all.folds?.[place]).toBe(row % 3);
      expect(all.values.slice(2 * place, 2 * place + 2)).toEqual(Float64Array.of(row, -row));
    });
  });

  it("add up to the same in any order and grouping, seed 9", () => {
    const uniform = seededUniform(9);
    for (let trial = 0; trial < 20; trial += 1) {
      const order = [...parts].map((part) => ({ part, key: uniform() }));
      const shuffled = order.sort((a, b) => a.key - b.key).map(({ part }) => part);
      const cut = 1 + Math.floor(3 * uniform());
      const merged = [shuffled.slice(0, cut), shuffled.slice(cut)].map((own, i) => ({
        path: `merged ${i}`,
        kept: mergeReservoirs(own, "him", design, columns),
      }));
      expect(mergeReservoirs(merged, "him", design, columns)).toEqual(all);
    }
  });

  it("are refused if a row would count twice", () => {
    const twice = [parts[0], parts[0]].flatMap((part) => part ?? []);
    expect(() => mergeReservoirs(twice, "him", design, columns)).toThrow(
      /^a and a both keep row \d+ of him of part a: give each part of a job array a name of its own with --part/,
    );
  });
});
