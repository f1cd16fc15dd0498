import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../src/activations/openActivationFile.ts";

const data = join(__dirname, "data", "hostile");
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hdf5-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A file that is kept packed, since most of it repeats. */
function open(name: string) {
  const path = join(folder, name);
  writeFileSync(path, gunzipSync(readFileSync(join(data, `${name}.gz`))));
  return openActivationFile(path, nodeFileSystem);
}

describe("groups in groups", () => {
  it("400 deep are listed", async () => {
    const file = await open("deep400.h5");
    expect(file.tensors.map(({ shape }) => shape)).toEqual([[3, 4]]);
    const name = file.tensors[0]?.name ?? "";
    expect(name).toBe(`${"g/".repeat(400)}X`);
    const values = new Float32Array(12);
    await file.readRows(name, 0, 3, values);
    expect([...values]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    await file.close();
  });

  it("2,500 deep are refused, and the next file is read", async () => {
    await expect(open("deep2500.h5")).rejects.toThrow(
      /deep2500\.h5: its groups lie too deep in each other: save/,
    );
    const file = await open("deep400.h5");
    expect(file.tensors).toHaveLength(1);
    await file.close();
  });
});

describe("chunks", () => {
  it("of one value are refused by their number", async () => {
    const file = await openActivationFile(join(data, "grains.h5"), nodeFileSystem);
    expect(file.tensors[0]?.unreadable).toMatch(/its 20000000 chunks \[1,1\] hold 4 bytes each/);
    await file.close();
  });

  it("that unpack to 500 MB instead of 4 get no memory for it", async () => {
    const before = process.resourceUsage().maxRSS;
    const file = await open("bomb.h5");
    const values = new Float32Array(1_000_000);
    await expect(file.readRows("X", 0, 1000, values)).rejects.toThrow(/cannot read it/);
    expect((process.resourceUsage().maxRSS - before) * 1024).toBeLessThan(200e6);
    await file.close();
  });
});
