import { describe, expect, it } from "vitest";
import { defaultGedOptions } from "../../../../../src/ged/method/options.ts";
import { crossValidationSplits } from "../../../../../src/ged/validation/design/splits.ts";
import { initialLabels } from "../../../../../src/ged/validation/design/units.ts";
import { groupStatistics } from "../../../../../src/ged/validation/moments/groupNull.ts";
import type { LabelledGroups } from "../../../../../src/ged/validation/moments/groups.ts";
import { defaultValidationOptions } from "../../../../../src/ged/validation/options.ts";
import {
  permuteLabels,
  planPermutation,
  planUnits,
} from "../../../../../src/ged/validation/permutation/permuteLabels.ts";
import { validateRows } from "../../../../../src/ged/validation/validateRows.ts";
import { matrix } from "../../../../../src/linalg/matrix.ts";
import { gramInput, namedUnits, normalRows, quietContext } from "../support.ts";

const [rows, columns, folds, seed, permutations] = [40, 6, 4, 1, 25];

describe("the null by groups", () => {
  it.each([{}, { shrinkage: 0.2 }])(
    "is that of rows where every row is a group, permutation by permutation, %o",
    async (choice) => {
      const target = normalRows(rows, columns, 5, (j) => (j === 2 ? 3 : 1));
      const reference = normalRows(rows, columns, 6);
      const input = gramInput(target, reference);
      const all = input.rows;
      if (all === undefined) throw new Error("The rows are given.");
      const fit = { ...defaultGedOptions, keep: { share: 1 }, ...choice };
      const options = {
        ...defaultValidationOptions,
        ...{ folds, seed, permutations, repeats: 1, extended: false },
      };
      const report = await validateRows({ ...input, rows: all }, fit, options, quietContext());
      const labels = initialLabels(rows, rows);
      const units = namedUnits(labels);
      const foldOf = new Int32Array(2 * rows);
      crossValidationSplits(labels, units, folds, seed, 0).forEach(({ test }, fold) => {
        for (const row of test) foldOf[row] = fold;
      });
      const groups: LabelledGroups = {
        ...{ components: columns, share: 1, labels, folds: foldOf },
        sums: Array.from({ length: 2 * rows }, (_, row) => ({
          rows: 1,
          mean: all.values.slice(row * columns, (row + 1) * columns),
          scatter: matrix(columns, columns),
        })),
        twins: new Int32Array(2 * rows).fill(-1),
      };
      const m = report.directions.forward.components.length;
      const statistics = groupStatistics(groups, fit, m, folds, quietContext());
      const plan = planPermutation(labels, units);
      for (const [place, direction] of (["forward", "swapped"] as const).entries()) {
        const { permutation, heldOut } = report.directions[direction];
        expect(statistics(labels)[(2 + place) * m]).toBeCloseTo(heldOut?.ratio ?? NaN, 6);
        expect(permutation?.heldOut?.permuted).toHaveLength(permutations);
        for (let index = 0; index < permutations; index += 1) {
          const found = statistics(permuteLabels(labels, plan, seed, index));
          const expected = [permutation?.inSample, permutation?.heldOut];
          [place, 2 + place].forEach((at, part) => {
            const value = expected[part]?.permuted[index] ?? NaN;
            expect(found[at * m] / value).toBeCloseTo(1, 6);
          });
        }
      }
    },
  );
});

describe("permutations of groups", () => {
  const labels = Uint8Array.of(1, 1, 1, 0, 0, 0);

  it("leave every fold its number of either label", () => {
    const groupFolds = Int32Array.of(0, 0, 1, 0, 1, 1);
    const plan = planUnits(labels, new Int32Array(6).fill(-1), groupFolds);
    expect(plan).toMatchObject({ kind: "clusters", flips: [], labellings: 9 });
    for (let index = 0; index < 20; index += 1) {
      const permuted = permuteLabels(labels, plan, 3, index);
      const ofFold = (fold: number) =>
        permuted.reduce((sum, label, i) => sum + (groupFolds[i] === fold ? label : 0), 0);
      expect([ofFold(0), ofFold(1)]).toEqual([2, 1]);
    }
  });

  it("turn groups of the same clusters together", () => {
    const twins = Int32Array.of(3, 4, -1, 0, 1, -1);
    const plan = planUnits(labels, twins, Int32Array.of(0, 1, 0, 0, 1, 0));
    expect(plan).toMatchObject({ kind: "withinGroups", labellings: 8 });
    for (let index = 0; index < 20; index += 1) {
      const permuted = permuteLabels(labels, plan, 3, index);
      expect(permuted[0] + permuted[3]).toBe(1);
      expect(permuted[1] + permuted[4]).toBe(1);
    }
  });

  it("are refused if nothing can change", () => {
    const apart = () =>
      planUnits(labels, new Int32Array(6).fill(-1), Int32Array.of(0, 0, 0, 1, 1, 1));
    expect(apart).toThrow("Labels cannot be permuted");
  });
});
