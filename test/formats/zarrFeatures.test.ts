import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ActivationFile } from "../../src/activations/activationFile.ts";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../src/activations/openActivationFile.ts";
import { openCondition } from "../../src/conditions/openCondition.ts";
import { parseSource } from "../../src/conditions/parseSource.ts";

// Written by zarr-python 2.18 and 3.1 with numcodecs 0.15 and 0.16. The values of every array are 0, 1, 2, ... in
// C order, divided by 4 and less 7; its labels are "hér" in every third row, and else "him".
const data = join(__dirname, "data");
const value = (at: number) => at / 4 - 7;
const labels = Array.from({ length: 12 }, (_, row) => (row % 3 === 0 ? "hér" : "him"));

const open = (name: string) => openActivationFile(join(data, name), nodeFileSystem);

async function valuesOf(file: ActivationFile, name: string): Promise<number[]> {
  const shape = file.tensors.find((tensor) => tensor.name === name)?.shape ?? [];
  const values = new Float64Array(shape.reduce((product, extent) => product * extent, 1));
  await file.readRows(name, 0, shape[0] ?? 0, values);
  return [...values];
}

const stores = {
  "v2_codecs.zarr": {
    unread: {
      unread_bz2: /codec bz2, which is not read/,
      unread_lzma: /codec lzma, which is not read/,
      unread_fletcher32: /codec fletcher32, which/,
      unread_quantize: /codec quantize, which/,
      unread_astype: /codec astype, which/,
      unread_packbits: /codec packbits, which/,
      unread_delta: /delta stores another type/,
      unread_half_delta: /delta of float16 is not read/,
    },
    fills: { fill_nan: Number.NaN, fill_none: 0 },
    count: 20,
  },
  "v3_codecs.zarr": {
    unread: {
      unread_bz2: /codec bz2, which is not read/,
      unread_lzma: /codec lzma, which is not read/,
      unread_fletcher32: /codec fletcher32, which/,
    },
    fills: { fill_nan: Number.NaN, fill_infinite: Number.NEGATIVE_INFINITY, fill_half: 0.5 },
    count: 18,
  },
} as const;

describe.each(Object.entries(stores))("every codec of %s", (store, { unread, fills, count }) => {
  it("is undone", async () => {
    const file = await open(store);
    const names = file.tensors
      .map(({ name }) => name)
      .filter((name) => !/^(unread|fill)_/.test(name));
    expect(names).toHaveLength(count);
    for (const name of names) {
      const tensor = file.tensors.find((info) => info.name === name);
      expect(tensor?.unreadable, name).toBeUndefined();
      expect(tensor?.shape, name).toEqual(name.startsWith("axes") ? [5, 4, 3] : [12, 5]);
      expect(await valuesOf(file, name), name).toEqual(
        Array.from({ length: 60 }, (_, at) => value(at)),
      );
    }
    await file.close();
  });

  it("or refused by its name, before anything is read", async () => {
    const file = await open(store);
    for (const [name, says] of Object.entries(unread)) {
      const tensor = file.tensors.find((info) => info.name === name);
      expect(tensor?.unreadable, name).toMatch(says);
      expect(tensor?.unreadable, name).not.toMatch(/damaged/);
      await expect(file.readRows(name, 0, 1, new Float32Array(5))).rejects.toThrow(says);
    }
    await file.close();
  });

  it("leaves the fill value where no chunk was written", async () => {
    const file = await open(store);
    for (const [name, fill] of Object.entries(fills)) {
      const wanted = Array.from({ length: 60 }, (_, at) =>
        at < 40 && at % 5 < 3 ? value(at) : fill,
      );
      expect(await valuesOf(file, name), name).toEqual(wanted);
    }
    await file.close();
  });
});

it("fill values of whole numbers, and in shards that lack a chunk", async () => {
  const file = await open("v3_codecs.zarr");
  const whole = await valuesOf(file, "fill_whole");
  expect(whole.slice(0, 5)).toEqual([-7, -6, -6, -3, -3]);
  expect(whole.slice(55)).toEqual([-3, -3, -3, -3, -3]);
  const shards = await valuesOf(file, "fill_shards");
  expect(shards.slice(0, 5)).toEqual([-7, -6.75, -6.5, 0.5, 0.5]);
  expect(shards.slice(20, 25)).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
  await file.close();
});

describe.each([
  ["v2_labels.zarr", ["U", "U_big", "S", "O", "O_json", "O_bytes"]],
  ["v3_labels.zarr", ["U", "U_big", "S", "string", "bytes"]],
] as const)("labels of %s", (store, names) => {
  it("are the texts that were saved", async () => {
    const file = await open(store);
    for (const name of names) expect(await file.readLabels(name), name).toEqual(labels);
    await file.close();
  });

  it("select rows", async () => {
    for (const name of names) {
      const source = parseSource(`${join(data, store)}#X[${name}=hér]`);
      const condition = await openCondition(source, nodeFileSystem);
      expect(condition.rows, name).toBe(4);
      const values = new Float64Array(20);
      await condition.readRows(0, 4, values);
      const wanted = [0, 3, 6, 9].flatMap((row) =>
        [0, 1, 2, 3, 4].map((column) => value(5 * row + column)),
      );
      expect([...values], name).toEqual(wanted);
      await condition.close();
    }
  });

  it("are filled where no chunk was written", async () => {
    const file = await open(store);
    const wanted = [...labels.slice(0, 8), "him", "him", "him", "him"];
    expect(await file.readLabels("filled")).toEqual(wanted);
    if (store.startsWith("v2")) expect(await file.readLabels("S_filled")).toHaveLength(12);
    await file.close();
  });

  it("are True and False where they are booleans", async () => {
    const file = await open(store);
    const wanted = labels.map((label) => (label === "him" ? "True" : "False"));
    expect(await file.readLabels("bool")).toEqual(wanted);
    await file.close();
  });

  it("are refused with their type or codec where they are something else", async () => {
    const file = await open(store);
    const reasons = new Map(file.tensors.map(({ name, unreadable }) => [name, unreadable]));
    expect(reasons.get("date")).toMatch(/its type (<M8\[s\]|numpy\.datetime64) is not read/);
    expect(reasons.get("record")).toMatch(/its type (a record of fields|structured) is not read/);
    if (store.startsWith("v2")) expect(reasons.get("pickle")).toMatch(/codec pickle, which/);
    else expect(reasons.get("complex")).toMatch(/its type complex64 is not read/);
    await file.close();
  });
});

it("whole numbers beyond 2^53 are exact as labels", async () => {
  const file = await open("v3_labels.zarr");
  const wanted = labels.map((label) => (label === "him" ? "1152921504606846977" : "-5"));
  expect(await file.readLabels("int64")).toEqual(wanted);
  await file.close();
});
