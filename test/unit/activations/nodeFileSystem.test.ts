import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";

const folder = mkdtempSync(join(tmpdir(), "eigenlens-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Large enough to be read on several threads, and no whole number of their pieces. */
const byteLength = 5 * 2 ** 20 + 7;
const content = Uint8Array.from({ length: byteLength }, (_, i) => (i * 31 + (i >> 9)) % 253);
const path = join(folder, "large.bin");
writeFileSync(path, content);

describe("a large piece of a file", () => {
  it("is read whole, wherever it begins", async () => {
    const source = await nodeFileSystem.open(path);
    try {
      for (const [start, length] of [
        [0, byteLength],
        [1001, 2 ** 22 + 3],
        [byteLength - 2 ** 21, 2 ** 21],
      ] as const) {
        const found = new Uint8Array(length);
        await source.readInto(start, found);
        expect(Buffer.compare(found, content.subarray(start, start + length))).toBe(0);
      }
    } finally {
      await source.close();
    }
  });

  it("that ends beyond the file is refused with the end that was asked for", async () => {
    const source = await nodeFileSystem.open(path);
    try {
      const wanted = 1000 + 2 ** 23;
      await expect(source.readInto(1000, new Uint8Array(2 ** 23))).rejects.toThrow(
        `${path} ends at byte ${byteLength}, but ${wanted} are needed`,
      );
    } finally {
      await source.close();
    }
  });
});
