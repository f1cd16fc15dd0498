import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ActivationFile } from "../../../../../src/activations/activationFile.ts";
import { nodeFileSystem } from "../../../../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../../../../src/activations/openActivationFile.ts";

const folder = mkdtempSync(join(tmpdir(), "eigenlens-"));
/** Several panels, and chunks that are large enough for their memory to be used again. */
const [rows, columns, chunkRows, chunkColumns] = [9000, 1500, 1000, 700];

/** Float32 holds them all. */
const valueAt = (row: number, column: number, shift: number) => row * columns + column + shift;

beforeAll(() => {
  write("plain.zarr", 0, null);
  write("packed.zarr", 1, { id: "gzip", level: 1 });
});

afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, shift: number, compressor: object | null): void {
  mkdirSync(join(folder, name));
  const document = {
    zarr_format: 2,
    shape: [rows, columns],
    chunks: [chunkRows, chunkColumns],
    dtype: "<f4",
    fill_value: 0,
    order: "C",
    filters: null,
    compressor,
  };
  writeFileSync(join(folder, name, ".zarray"), JSON.stringify(document));
  for (let top = 0; top < rows; top += chunkRows) {
    for (let left = 0; left < columns; left += chunkColumns) {
      const values = new Float32Array(chunkRows * chunkColumns);
      for (let at = 0; at < values.length; at++) {
        const row = top + Math.floor(at / chunkColumns);
        values[at] = valueAt(row, left + (at % chunkColumns), shift);
      }
      const bytes = new Uint8Array(values.buffer);
      const key = `${top / chunkRows}.${left / chunkColumns}`;
      writeFileSync(join(folder, name, key), compressor === null ? bytes : gzipSync(bytes));
    }
  }
}

async function check(file: ActivationFile, shift: number, start: number, stop: number) {
  const found = new Float64Array((stop - start) * columns);
  await file.readRows(file.tensors[0]?.name ?? "", start, stop, found);
  const wrong = found.findIndex((value, at) => {
    return value !== valueAt(start + Math.floor(at / columns), at % columns, shift);
  });
  expect([shift, start, wrong]).toEqual([shift, start, -1]);
}

describe("rows of chunks whose memory is used again", () => {
  it("are right, in order and out of it, and of two arrays at a time", async () => {
    const files = await Promise.all(
      ["plain.zarr", "packed.zarr"].map((name) =>
        openActivationFile(join(folder, name), nodeFileSystem),
      ),
    );
    const reading = files.map(async (file, shift) => {
      for (let start = 0; start < rows; start += 700) {
        await check(file, shift, start, Math.min(rows, start + 700));
      }
      for (const start of [8000, 100, 4321, 4400, 0]) await check(file, shift, start, start + 900);
      await file.close();
    });
    await Promise.all(reading);
  });
});
