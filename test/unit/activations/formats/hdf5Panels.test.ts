import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as h5wasm from "h5wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../../../src/activations/openActivationFile.ts";

const folder = mkdtempSync(join(tmpdir(), "eigenlens-"));
const path = join(folder, "chunks.h5");
/** Several panels, so that the memory of the first ones is used again. */
const [rows, columns] = [3900, 1500];

/** Float32 holds them all. */
const valueAt = (row: number, column: number, shift: number) => row * columns + column + shift;

beforeAll(async () => {
  const { FS } = await h5wasm.ready;
  const file = new h5wasm.File("/chunks.h5", "w");
  for (const [shift, name] of ["first", "second"].entries()) {
    const data = Float32Array.from({ length: rows * columns }, (_, at) => at + shift);
    file.create_dataset({ name, data, shape: [rows, columns], chunks: [300, 400] });
  }
  file.close();
  writeFileSync(path, FS.readFile("/chunks.h5"));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("rows of HDF5 datasets of several panels", () => {
  it("are right, in order and out of it, and of two at a time", async () => {
    const file = await openActivationFile(path, nodeFileSystem);
    const reading = ["first", "second"].map(async (name, shift) => {
      const inOrder = Array.from({ length: 6 }, (_, at) => 650 * at);
      for (const start of [...inOrder, 3200, 100, 0]) {
        const found = new Float64Array(650 * columns);
        await file.readRows(name, start, start + 650, found);
        const wrong = found.findIndex((value, at) => {
          return value !== valueAt(start + Math.floor(at / columns), at % columns, shift);
        });
        expect([name, start, wrong]).toEqual([name, start, -1]);
      }
    });
    await Promise.all(reading);
    await file.close();
  });
});
