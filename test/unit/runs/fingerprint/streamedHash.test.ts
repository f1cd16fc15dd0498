import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ByteSource } from "../../../../src/activations/byteSource.ts";
import { memorySource } from "../../../../src/activations/sources/memorySource.ts";
import { planHash } from "../../../../src/runs/fingerprint/hashPlan.ts";
import { StreamedHash } from "../../../../src/runs/fingerprint/streamedHash.ts";
import { seededUniform } from "../../../support/random.ts";

const megabyte = 2 ** 20;

function bytesOf(length: number, seed = 1): Uint8Array {
  const random = seededUniform(seed);
  return Uint8Array.from({ length }, () => Math.floor(256 * random()));
}

function sha256(...parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** A source that counts what is read of it. */
function counted(source: ByteSource): ByteSource & { readonly read: ByteSource["read"] } & {
  count: number;
} {
  const counting = {
    ...source,
    count: 0,
    readInto(offset: number, destination: Uint8Array) {
      counting.count += destination.byteLength;
      return source.readInto(offset, destination);
    },
  };
  return counting;
}

/** A file of zeros that takes no memory, but for some marked bytes. */
function sparse(byteLength: number, marks: ReadonlyMap<number, number>): ByteSource {
  const readInto = (offset: number, destination: Uint8Array) => {
    destination.fill(0);
    for (const [at, value] of marks) {
      if (at >= offset && at < offset + destination.byteLength) destination[at - offset] = value;
    }
    return Promise.resolve();
  };
  return {
    path: "sparse",
    byteLength,
    readInto,
    read: async (offset, length) => {
      const bytes = new Uint8Array(length);
      await readInto(offset, bytes);
      return bytes;
    },
    close: () => Promise.resolve(),
  };
}

describe("a hash that is fed with what others read", () => {
  const bytes = bytesOf(10_000);
  const whole = `sha256:${sha256(bytes)}`;

  it.each([
    ["in order", [0, 1000, 4000, 9999]],
    ["backwards", [9999, 4000, 1000, 0]],
    ["mixed", [4000, 0, 9999, 1000]],
  ])("needs no reading of its own where all was read %s", async (_, starts) => {
    const ends = new Map([
      [0, 1000],
      [1000, 4000],
      [4000, 9999],
      [9999, 10_000],
    ]);
    const hash = new StreamedHash(bytes.length);
    for (const start of starts) hash.see(start, bytes.subarray(start, ends.get(start)));
    const source = counted(memorySource("file", bytes));
    expect(hash.isComplete).toBe(true);
    expect(await hash.finish(source)).toBe(whole);
    expect(source.count).toBe(0);
    expect(await hash.finish(source)).toBe(whole);
  });

  it("is the same for any reads whatever, and reads only what they left", async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = seededUniform(seed);
      const hash = new StreamedHash(bytes.length);
      const seen = new Uint8Array(bytes.length);
      const memory = new Uint8Array(bytes.length);
      for (let i = 0; i < 12; i += 1) {
        const start = Math.floor(random() * bytes.length);
        const stop = Math.min(bytes.length, start + Math.floor(random() * 3000));
        memory.set(bytes.subarray(start, stop));
        hash.see(start, memory.subarray(0, stop - start));
        // Whoever read it may use the memory again.
        memory.fill(7);
        seen.fill(1, start, stop);
      }
      const source = counted(memorySource("file", bytes));
      expect(await hash.finish(source), `seed ${seed}`).toBe(whole);
      const left = seen.filter((each) => each === 0).length;
      // What was read beyond a gap may be read with it.
      expect(source.count, `seed ${seed}`).toBe(left);
    }
  });

  it("lets go of what it cannot hold, and reads it again", async () => {
    const large = Uint8Array.from({ length: 40 * megabyte }, (_, i) => i % 251);
    const hash = new StreamedHash(large.length);
    for (let start = 39 * megabyte; start > 0; start -= megabyte) {
      hash.see(start, large.subarray(start, start + megabyte));
    }
    const source = counted(memorySource("file", large));
    expect(await hash.finish(source)).toBe(`sha256:${sha256(large)}`);
    expect(source.count).toBe(8 * megabyte);
  });

  it("of an empty file is that of nothing", async () => {
    const hash = new StreamedHash(0);
    expect(await hash.finish(memorySource("empty", new Uint8Array(0)))).toBe(`sha256:${sha256()}`);
  });

  it("of a file above 256 MiB is that of its size and 32 chunks, whoever reads them", async () => {
    const byteLength = 256 * megabyte + 12_345;
    const marks = new Map([1, 5, 30].map((i) => [Math.floor(i * 8.2 * megabyte), i]));
    const source = counted(sparse(byteLength, marks));
    const chunks: Uint8Array[] = [];
    for (let i = 0; i < 32; i += 1) {
      const start = Math.floor(((byteLength - 4 * megabyte) * i) / 31);
      const chunk = new Uint8Array(4 * megabyte);
      await source.readInto(start, chunk);
      chunks.push(chunk);
    }
    const expected = `sha256-sampled:${sha256(String(byteLength), ...chunks)}`;
    source.count = 0;
    expect(await new StreamedHash(byteLength).finish(source)).toBe(expected);
    expect(source.count).toBe(32 * 4 * megabyte);
    const fed = new StreamedHash(byteLength);
    for (let start = 0; start < byteLength; start += 3 * megabyte) {
      const block = new Uint8Array(Math.min(3 * megabyte, byteLength - start));
      await source.readInto(start, block);
      fed.see(start, block);
    }
    source.count = 0;
    expect(await fed.finish(source)).toBe(expected);
    expect(source.count).toBe(0);
    expect(planHash(byteLength - 12_345).prefix).toBe("sha256:");
  });
});
