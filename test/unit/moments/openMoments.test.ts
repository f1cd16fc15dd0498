import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Scatter } from "../../../src/linalg/crossProductAccumulator.ts";
import { matrix } from "../../../src/linalg/matrix.ts";
import { foldsFault } from "../../../src/moments/checkParts.ts";
import type { MomentsMetadata } from "../../../src/moments/metadata.ts";
import { putTogether, takeApart, type DocumentBytes } from "../../support/documentBytes.ts";
import { MomentsFolder } from "../../support/momentsFolder.ts";

let folder: MomentsFolder;
let bytes: Uint8Array;

const metadata: MomentsMetadata = {
  provenance: { model: "a model", layer: "6" },
  assignment: { folds: 2, rule: "given", unit: "clusters", seed: 3 },
  notes: ["One line.", "Another, with \u201cquotes\u201d."],
};
/** Rows 0, 2, and 4, 8 in one column, and the same doubled and negated in the other. */
const sum = (rows: number, mean: number, square: number): Scatter => ({
  rows,
  mean: Float64Array.of(mean, -2 * mean),
  scatter: matrix(2, 2, Float64Array.of(square, -2 * square, -2 * square, 4 * square)),
});
const sums = { total: sum(4, 3.5, 35), folds: [sum(2, 1, 2), sum(2, 6, 8)] };

beforeAll(async () => {
  folder = await MomentsFolder.make();
  const layout = { conditions: ["him", "she.her"], columns: 2, metadata };
  bytes = await folder.written(layout, () => Promise.resolve(sums));
});
afterAll(() => folder.remove());

describe("a moments document", () => {
  it("is read as it was written", async () => {
    const file = await folder.opened(bytes);
    expect(file.conditions).toEqual(["him", "she.her"]);
    expect([file.columns, file.metadata]).toEqual([2, metadata]);
    expect([file.rows("him"), file.rows("she.her", 1)]).toEqual([4, 2]);
    expect(await file.read("she.her")).toEqual(sums.total);
    expect(await file.read("him", 1)).toEqual(sums.folds[1]);
    expect(await foldsFault(sums.total, 2, (fold) => file.read("him", fold))).toBeUndefined();
    await file.close();
  });

  it("names its tensors and its metadata as the format says", () => {
    const { tensors, metadata: written } = takeApart(bytes);
    expect(Object.keys(tensors).slice(0, 6)).toEqual([
      "him.count",
      "him.mean",
      "him.scatter",
      "him.fold.0.count",
      "him.fold.0.mean",
      "him.fold.0.scatter",
    ]);
    expect(tensors["she.her.fold.1.scatter"]?.shape).toEqual([2, 2]);
    expect(written).toMatchObject({
      format: "eigenlens.moments/1",
      model: "a model",
      folds: "2",
      fold_rule: "given",
      seed: "3",
    });
  });
});

type Damage = (parts: DocumentBytes) => void;

/** Writes a value into a tensor. */
const put =
  (tensor: string, place: number, value: number): Damage =>
  ({ tensors, data }) => {
    const [start = 0] = tensors[tensor]?.data_offsets ?? [];
    new DataView(data.buffer, data.byteOffset).setFloat64(start + 8 * place, value, true);
  };

describe("a document that is refused when it is opened", () => {
  const damages: Readonly<Record<string, readonly [Damage, RegExp]>> = {
    "of other content": [
      ({ metadata }) => delete metadata["format"],
      /holds no moments: make them/,
    ],
    "of a newer format": [
      ({ metadata }) => (metadata["format"] = "eigenlens.moments/2"),
      /newer Eigenlens \(moments format 2, this one reads up to 1\): update/,
    ],
    "of a senseless format": [
      ({ metadata }) => (metadata["format"] = "eigenlens.moments/x"),
      /its format x is none/,
    ],
    "without a part": [({ tensors }) => delete tensors["him.mean"], /it lacks him\.mean|shape/],
    "without a fold": [
      ({ tensors }) => delete tensors["him.fold.1.scatter"],
      /lacks him\.fold\.1\.scatter/,
    ],
    "with a fold too many": [
      ({ metadata }) => (metadata["folds"] = "1"),
      /its tensor him\.fold\.1\.count has no place|at least 2/,
    ],
    "with a stranger": [
      ({ tensors }) => (tensors["stranger"] = { dtype: "F64", shape: [0], data_offsets: [0, 0] }),
      /its tensor stranger has no place/,
    ],
    "of wrong shapes": [
      ({ tensors }) => {
        const entry = tensors["him.scatter"];
        if (entry !== undefined) entry.shape = [4, 1];
      },
      /him\.scatter has shape \[4, 1\], not \[2, 2\]/,
    ],
    "of another type": [
      ({ tensors }) => {
        const entry = tensors["him.mean"];
        if (entry !== undefined) entry.dtype = "I64";
      },
      /him\.mean is not float64/,
    ],
    "without rows": [put("him.count", 0, 0), /has no rows of him: a condition needs at least two/],
    "with half a row": [put("him.count", 0, 3.5), /him\.count is 3\.5, no number of rows/],
    "with folds that do not add up": [
      put("him.fold.0.count", 0, 3),
      /the folds of him have 5 rows together, not its 4/,
    ],
    "of a fold rule that nobody knows": [
      ({ metadata }) => (metadata["fold_rule"] = "luck"),
      /does not say how rows were assigned/,
    ],
    "with notes that are none": [({ metadata }) => (metadata["notes"] = "{"), /notes are no list/],
  };

  it.each(Object.entries(damages))("%s", async (_name, [damage, line]) => {
    const parts = takeApart(bytes);
    damage(parts);
    const refusal = await folder.opened(putTogether(parts)).then(
      () => "opened",
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ name: "EigenlensError", message: expect.stringMatching(line) });
    expect(String(refusal)).not.toContain("\n");
  });

  it("cut short", async () => {
    await expect(folder.opened(bytes.subarray(0, bytes.length - 8))).rejects.toThrow(/cut short/);
  });
});

describe("moments that are refused when they are read", () => {
  const damages: Readonly<Record<string, readonly [Damage, RegExp]>> = {
    "a NaN": [
      put("him.scatter", 3, NaN),
      /him\.scatter is damaged: 1 of its values are not finite, the first at \[1, 1\], which is NaN/,
    ],
    "an infinite mean": [put("him.mean", 1, Infinity), /him\.mean.*at \[1\], which is Infinity/],
    "an asymmetric scatter": [put("him.scatter", 1, 5), /entries \[1, 0\] and \[0, 1\] differ/],
    "a negative square": [put("him.scatter", 0, -1), /sum of squares of neuron 0 is negative/],
    "a scatter that is none": [
      (parts) => {
        put("him.scatter", 1, -400)(parts);
        put("him.scatter", 2, -400)(parts);
      },
      /entry \[1, 0\] is -400, more than its neurons vary/,
    ],
  };

  it.each(Object.entries(damages))("%s", async (_name, [damage, line]) => {
    const parts = takeApart(bytes);
    damage(parts);
    const file = await folder.opened(putTogether(parts));
    await expect(file.read("him")).rejects.toThrow(line);
    expect(await file.read("she.her")).toEqual(sums.total);
    await file.close();
  });

  it("folds that do not add up", async () => {
    const fold = (f: number) => Promise.resolve(f === 0 ? sums.folds[0] : sum(2, 6.1, 8));
    expect(await foldsFault(sums.total, 2, fold)).toMatch(
      /means of its folds.*neuron 0: 3.55, not 3.5/,
    );
    const wrong = (f: number) => Promise.resolve(f === 0 ? sums.folds[0] : sum(2, 6, 9));
    expect(await foldsFault(sums.total, 2, wrong)).toMatch(
      /scatters of its folds.*\[0, 0\]: 36, not 35/,
    );
  });
});
