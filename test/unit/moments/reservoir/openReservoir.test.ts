import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { matrix } from "../../../../src/linalg/matrix.ts";
import type { MomentsMetadata } from "../../../../src/moments/metadata.ts";
import { putTogether, takeApart, type DocumentBytes } from "../../../support/documentBytes.ts";
import { MomentsFolder } from "../../../support/momentsFolder.ts";

let folder: MomentsFolder;
let bytes: Uint8Array;

const metadata: MomentsMetadata = {
  provenance: {},
  assignment: { folds: 2, rule: "given", unit: "rows", seed: 3 },
  notes: [],
};
const sum = (rows: number, mean: number, square: number) => ({
  rows,
  mean: Float64Array.of(mean, -2 * mean),
  scatter: matrix(2, 2, Float64Array.of(square, -2 * square, -2 * square, 4 * square)),
});
const kept = Float64Array.of(0, 0, 8, -16, 4, -8);
const chosen = { index: [0, 2, 3], folds: [0, 1, 1], texts: ["a", "", "\u201cc\u201d"] };

beforeAll(async () => {
  folder = await MomentsFolder.make();
  const sums = { total: sum(4, 3.5, 35), folds: [sum(2, 1, 2), sum(2, 6, 8)], kept };
  const reservoir = { design: { seed: 3, size: 3 }, chosen: new Map([["him", chosen]]) };
  const layout = { conditions: ["him", "her"], columns: 2, metadata, reservoir };
  bytes = await folder.written(layout, () => Promise.resolve(sums));
});
afterAll(() => folder.remove());

describe("rows kept in a moments document", () => {
  it("are read as they were written, beside a condition that keeps none", async () => {
    const file = await folder.opened(bytes);
    expect(file.reservoir?.design).toEqual({ seed: 3, size: 3 });
    expect(await file.reservoir?.read("him")).toEqual({ ...chosen, values: kept });
    expect(await file.reservoir?.read("her")).toBeUndefined();
    await file.close();
  });

  it("have the names and types that the format says", () => {
    const { tensors, metadata: written } = takeApart(bytes);
    const own = Object.entries(tensors).filter(([name]) => name.includes("reservoir"));
    expect(own.map(([name, { dtype, shape }]) => [name, dtype, shape])).toEqual([
      ["him.reservoir.rows", "F64", [3, 2]],
      ["him.reservoir.index", "I64", [3]],
      ["him.reservoir.fold", "I64", [3]],
    ]);
    expect(JSON.parse(written["reservoir"] ?? "")).toEqual({ seed: 3, size: 3 });
    expect(JSON.parse(written["him.reservoir.texts"] ?? "")).toEqual(chosen.texts);
  });
});

type Damage = (parts: DocumentBytes) => void;
type Entry = DocumentBytes["tensors"][string];

const change =
  (tensor: string, how: (entry: Entry) => void): Damage =>
  ({ tensors }) => {
    const entry = tensors[`him.reservoir.${tensor}`];
    if (entry !== undefined) how(entry);
  };
const whole =
  (tensor: string, place: number, value: bigint): Damage =>
  ({ tensors, data }) => {
    const [start = 0] = tensors[`him.reservoir.${tensor}`]?.data_offsets ?? [];
    new DataView(data.buffer, data.byteOffset).setBigInt64(start + 8 * place, value, true);
  };
const without =
  (tensor: string): Damage =>
  ({ tensors }) =>
    Reflect.deleteProperty(tensors, `him.reservoir.${tensor}`);
const said =
  (key: string, text: string | undefined): Damage =>
  ({ metadata: written }) => {
    if (text === undefined) Reflect.deleteProperty(written, key);
    else written[key] = text;
  };

describe("a reservoir that is refused in one line", () => {
  const damages: Readonly<Record<string, readonly [Damage, RegExp]>> = {
    "of another width": [
      change("rows", (entry) => (entry.shape = [2, 3])),
      /him\.reservoir\.rows is float64 of shape \[2, 3\], not float64 or float32 of \[2, 2\]/,
    ],
    "with an index without rows": [without("rows"), /lacks him\.reservoir\.rows/],
    "with rows without an index": [without("index"), /lacks him\.reservoir\.index/],
    "without the folds of its rows": [without("fold"), /lacks him\.reservoir\.fold/],
    "with an index of another type": [
      change("index", (entry) => (entry.dtype = "F64")),
      /him\.reservoir\.index is float64 of shape \[3\], not int64 or int32/,
    ],
    "of a condition that is not there": [
      ({ tensors }) => {
        const entry = tensors["him.reservoir.rows"];
        if (entry !== undefined) tensors["it.reservoir.rows"] = entry;
        delete tensors["him.reservoir.rows"];
      },
      /its tensor it\.reservoir\.rows is of no condition|lacks/,
    ],
    "that does not say how it was drawn": [said("reservoir", undefined), /does not say its seed/],
    "of a size that is none": [said("reservoir", '{"seed":3,"size":"x"}'), /not say its size/],
    "of more rows than its size": [
      said("reservoir", '{"seed":3,"size":2}'),
      /its reservoir of him has 3 rows, not 1 to 2/,
    ],
    "with texts that are no list": [said("him.reservoir.texts", "{"), /no list of 3 texts/],
    "with too few texts": [said("him.reservoir.texts", '["a"]'), /no list of 3 texts/],
    "with a row that all rows have not": [
      whole("index", 1, 4n),
      /him\.reservoir\.index is damaged: it names row 4 of 4/,
    ],
    "with a negative row": [whole("index", 0, -1n), /-1 is no row's number/],
    "with a row twice": [whole("index", 1, 0n), /it names a row twice/],
    "with a fold that is none": [whole("fold", 0, 2n), /2 is none of its 2 folds/],
    "with more rows of a fold than it holds": [
      whole("fold", 0, 1n),
      /it has 3 rows of fold 1, which holds 2/,
    ],
    "with a NaN": [
      ({ tensors, data }) => {
        const [start = 0] = tensors["him.reservoir.rows"]?.data_offsets ?? [];
        new DataView(data.buffer, data.byteOffset).setFloat64(start + 24, NaN, true);
      },
      /him\.reservoir\.rows is damaged: its value at \[1, 1\] is NaN/,
    ],
  };

  it.each(Object.entries(damages))("%s", async (_name, [damage, line]) => {
    const parts = takeApart(bytes);
    damage(parts);
    const read = async () => {
      const file = await folder.opened(putTogether(parts));
      try {
        return await file.reservoir?.read("him");
      } finally {
        await file.close();
      }
    };
    const refusal = await read().then(
      () => "read",
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ name: "EigenlensError", message: expect.stringMatching(line) });
    expect(String(refusal)).not.toContain("\n");
  });
});
