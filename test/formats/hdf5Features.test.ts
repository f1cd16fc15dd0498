import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../src/activations/openActivationFile.ts";

// Written by h5py 3.16 with hdf5plugin 7.1 (bitgroom.h5: by h5wasm, since hdf5plugin lacks those two). The values are
// 0, 1, 2, ... in C order, divided by 4 and less 7; labels are "hér" in every third row, and else "him".
const open = (name: string) => openActivationFile(join(__dirname, "data", name), nodeFileSystem);
const values = Array.from({ length: 60 }, (_, at) => at / 4 - 7);
const labels = Array.from({ length: 12 }, (_, row) => (row % 3 === 0 ? "hér" : "him"));

describe("filters", () => {
  const read = [
    ...["bitshuffle", "bitshuffle_zstd", "blosc", "blosc2", "blosc2_bitshuffle", "bzip2"],
    ...["gzip", "lz4", "lzf", "szip", "zfp", "zstd"],
  ].map((name) => ["filters.h5", name] as const);

  it.each(read)("%s: %s is undone", async (path, name) => {
    const file = await open(path);
    const found = new Float64Array(60);
    await file.readRows(name, 0, 12, found);
    expect([...found]).toEqual(values);
    await file.close();
  });

  it.each(["bitgroom", "bitround"])("%s left three digits of each value", async (name) => {
    const file = await open("bitgroom.h5");
    const found = new Float64Array(60);
    await file.readRows(name, 0, 12, found);
    for (const [at, value] of found.entries()) {
      expect(Math.abs(value - (values[at] ?? 0))).toBeLessThan(0.005 * Math.abs(value) + 1e-9);
    }
    await file.close();
  });

  it.each([
    ["sz", 32017],
    ["sz3", 32024],
    ["sperr", 32028],
  ])("%s, which is not there, is named", async (name, id) => {
    const file = await open("filters.h5");
    const reason = file.tensors.find((tensor) => tensor.name === name)?.unreadable;
    expect(reason).toBe(
      `its chunks are packed with the filter ${name} (HDF5 filter ${id}), which is not read: rewrite it with gzip.`,
    );
    await expect(file.readRows(name, 0, 12, new Float32Array(60))).rejects.toThrow(reason);
    await file.close();
  });
});

describe("labels", () => {
  it.each(["enum", "enum_big", "enum_negative", "variable", "fixed"])("of %s", async (name) => {
    const file = await open("hdf5_labels.h5");
    expect(await file.readLabels(name)).toEqual(labels);
    await file.close();
  });

  it("of an enumeration that lacks a name are the number, of booleans True and False", async () => {
    const file = await open("hdf5_labels.h5");
    const numbers = labels.map((label) => (label === "him" ? "1" : label));
    expect(await file.readLabels("enum_partial")).toEqual(numbers);
    const truths = labels.map((label) => (label === "him" ? "True" : "False"));
    expect(await file.readLabels("bool")).toEqual(truths);
    await file.close();
  });

  it("of enumerations are numbers, too", async () => {
    const file = await open("hdf5_labels.h5");
    const found = new Float64Array(12);
    await file.readRows("enum_big", 0, 12, found);
    expect([...found]).toEqual(labels.map((label) => (label === "him" ? 1000 : 0)));
    await file.close();
  });

  it("of other types are refused with the type's name", async () => {
    const file = await open("hdf5_labels.h5");
    const reasons = new Map(file.tensors.map(({ name, unreadable }) => [name, unreadable]));
    expect(reasons.get("compound")).toMatch(/\(compound, 8 bytes, with the fields a, b\)/);
    expect(reasons.get("reference")).toMatch(/\(reference, 8 bytes\)/);
    expect(reasons.get("lists")).toMatch(/\(variable-length list, 8 bytes\)/);
    await file.close();
  });
});

it("hard links in circles are visited once, soft and external ones that lead nowhere left out", async () => {
  const file = await open("links.h5");
  expect(file.tensors.map(({ name }) => name)).toEqual([
    `a0/${Array.from({ length: 19 }, () => "x").join("/")}/X`,
  ]);
  await file.close();
});

it("a user block before the file is skipped", async () => {
  const file = await open("user_block.h5");
  const found = new Float64Array(60);
  await file.readRows("X", 0, 12, found);
  expect([...found]).toEqual(values);
  await file.close();
});
