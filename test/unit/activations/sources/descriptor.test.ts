import { closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Descriptor } from "../../../../src/activations/sources/descriptor.ts";

describe("an open file of the local disk", () => {
  let folder: string;
  let path: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "eigenlens-"));
    path = join(folder, "a.bin");
    writeFileSync(
      path,
      Uint8Array.from({ length: 100 }, (_, i) => i),
    );
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const open = () => Descriptor.open(path, constants.O_RDONLY);

  it("reads what is asked for, and no more than there is", async () => {
    const file = await open();
    expect(file.stats.size).toBe(100);
    const bytes = new Uint8Array(8);
    expect(await file.read(bytes, 2, 3, 10)).toBe(3);
    expect([...bytes]).toEqual([0, 0, 10, 11, 12, 0, 0, 0]);
    expect(await file.read(bytes, 0, 8, 96)).toBe(4);
    expect(await file.read(bytes, 0, 8, 100)).toBe(0);
    await file.close();
  });

  it("is closed once the reads under way have ended", async () => {
    const file = await open();
    const bytes = Array.from({ length: 20 }, () => new Uint8Array(100));
    const reads = bytes.map((destination) => file.read(destination, 0, 100, 0));
    await file.close();
    expect(await Promise.all(reads)).toEqual(Array(20).fill(100));
    for (const each of bytes) expect(each[99]).toBe(99);
  });

  it("is read no more once it is closed, since its number may be another file's", async () => {
    const file = await open();
    await file.close();
    const other = openSync(join(folder, "a.bin"), "r");
    await expect(file.read(new Uint8Array(4), 0, 4, 0)).rejects.toThrow(/was closed/);
    expect(() => file.statNow()).toThrow(/was closed/);
    // A second time it closes nothing, least of all the other.
    await file.close();
    expect(() => {
      closeSync(other);
    }).not.toThrow();
  });

  it("leaves nothing open that cannot be opened", async () => {
    await expect(Descriptor.open(join(folder, "none"), constants.O_RDONLY)).rejects.toThrow(
      /ENOENT/,
    );
  });
});
