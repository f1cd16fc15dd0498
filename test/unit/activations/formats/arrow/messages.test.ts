import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openActivationFile } from "../../../../../src/activations/openActivationFile.ts";
import { EigenlensError } from "../../../../../src/errors.ts";
import { exercise } from "../../../../fuzz/exercise.ts";
import { memoryFileSystem } from "../../../../fuzz/memoryFileSystem.ts";

const data = join(__dirname, "../../../../formats/data");
const original = readFileSync(join(data, "polars_uncompressed.arrow"));

async function messageOf(bytes: Uint8Array): Promise<string> {
  const files = memoryFileSystem(new Map([["x.arrow", bytes]]));
  const thrown: unknown = await openActivationFile("x.arrow", files).catch(
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(EigenlensError);
  return thrown instanceof Error ? thrown.message : "";
}

/** Where the footer begins, and its length. */
function footerOf(bytes: Uint8Array): { start: number; length: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = view.getInt32(bytes.length - 10, true);
  return { start: bytes.length - 10 - length, length };
}

describe("a footer is believed as far as its file goes", () => {
  it("one that is missing or too long", async () => {
    expect(await messageOf(original.subarray(0, -20))).toMatch(/does not end in a footer/);
    for (const length of [0, -1, 2 ** 31 - 1, original.length]) {
      const bytes = Uint8Array.from(original);
      new DataView(bytes.buffer).setInt32(bytes.length - 10, length, true);
      expect(await messageOf(bytes)).toMatch(/a footer of -?\d+ bytes/);
    }
  });

  it("blocks that lie outside, or twice at one place", async () => {
    const { start, length } = footerOf(original);
    let moved = 0;
    // Each place in the footer that holds the offset of a message.
    for (let at = start; at + 24 <= start + length; at += 4) {
      const view = new DataView(original.buffer, original.byteOffset);
      const offset = view.getBigInt64(at, true);
      if (!(offset >= 8n && offset < BigInt(start)) || view.getInt32(at + 12, true) !== 0) continue;
      const stop = offset + BigInt(view.getInt32(at + 8, true)) + view.getBigInt64(at + 16, true);
      if (!(stop > offset && stop <= BigInt(start))) continue;
      const bytes = Uint8Array.from(original);
      new DataView(bytes.buffer).setBigInt64(at, BigInt(start), true);
      expect(await messageOf(bytes)).toMatch(/a message from byte/);
      moved++;
    }
    expect(moved).toBeGreaterThan(0);
  });

  it("every byte of it may be another", async () => {
    const { start } = footerOf(original);
    let refused = 0;
    for (let at = start; at < original.length; at++) {
      for (const value of [0, 0x7f, 0xff]) {
        const bytes = Uint8Array.from(original);
        bytes[at] = value;
        const outcome = await exercise("x.arrow", memoryFileSystem(new Map([["x.arrow", bytes]])));
        if (outcome === "refused") refused++;
      }
    }
    expect(refused).toBeGreaterThan(100);
  });
});

it.each(["lists.arrows", "tokens.arrow", "delta.arrows", "sliced.arrow"])(
  "%s cut short anywhere is read or refused in one line",
  async (name) => {
    const bytes = readFileSync(join(data, name));
    for (let part = 0; part < 32; part++) {
      const cut = Uint8Array.from(bytes.subarray(0, Math.floor((bytes.length * part) / 32)));
      const files = memoryFileSystem(new Map([["x.arrow", cut]]));
      expect(["read", "refused"]).toContain(await exercise("x.arrow", files));
    }
  },
);
