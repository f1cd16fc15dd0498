import { describe, expect, it } from "vitest";
import { SpareBuffers } from "../../../../src/activations/rows/spareBuffers.ts";

const size = 2 ** 17;

describe("buffers that are used again", () => {
  it("are those that were given back, and hardly longer than what is asked for", () => {
    const spare = new SpareBuffers(2 ** 20);
    const first = spare.take(size);
    spare.giveBack(first);
    expect(spare.byteLength).toBe(size);
    const shorter = spare.take(size - 1000);
    expect(shorter.buffer).toBe(first.buffer);
    expect(shorter.byteLength).toBe(size - 1000);
    spare.giveBack(shorter);
    expect(spare.take(size / 2).buffer).not.toBe(first.buffer);
    expect(spare.take(size + 1).buffer).not.toBe(first.buffer);
    expect(spare.byteLength).toBe(size);
  });

  it("never have two users", () => {
    const spare = new SpareBuffers(2 ** 20);
    const bytes = spare.take(size);
    spare.giveBack(bytes);
    // Given back twice, it is still one buffer.
    spare.giveBack(bytes);
    const [one, other] = [spare.take(size), spare.take(size)];
    expect(one.buffer).not.toBe(other.buffer);
  });

  it("are none that somebody else may hold", () => {
    const spare = new SpareBuffers(2 ** 20);
    const foreign = new Uint8Array(size);
    expect(spare.isLent(foreign)).toBe(false);
    spare.giveBack(foreign);
    expect(spare.byteLength).toBe(0);
    spare.lend(foreign.buffer);
    expect(spare.isLent(foreign)).toBe(true);
    spare.giveBack(foreign);
    expect(spare.find(size)).toBe(foreign.buffer);
  });

  it("hold no more than they may, and the smallest that fits is the next", () => {
    const spare = new SpareBuffers(3 * size);
    const lent = [1, 1.1, 1.2, 1].map((times) => spare.take(times * size));
    for (const bytes of lent) spare.giveBack(bytes);
    expect(spare.byteLength).toBeLessThanOrEqual(3 * size);
    expect(spare.find(size)?.byteLength).toBe(size);
    spare.clear();
    expect(spare.find(size)).toBeUndefined();
  });

  it("are forgotten, and counted no more, if they went to another thread all the same", () => {
    const spare = new SpareBuffers(3 * size);
    const lent = Array.from({ length: 3 }, () => spare.take(size));
    for (const bytes of lent) spare.giveBack(bytes);
    for (const { buffer } of lent) structuredClone(buffer, { transfer: [buffer] });
    expect(spare.find(size)).toBeUndefined();
    const next = Array.from({ length: 4 }, () => spare.take(size));
    for (const bytes of next) spare.giveBack(bytes);
    expect(spare.byteLength).toBe(3 * size);
    expect(spare.find(size)).toBe(next[1]?.buffer);
  });

  it("are let go when nothing was read for some seconds", async () => {
    const spare = new SpareBuffers(2 ** 20);
    spare.giveBack(spare.take(size));
    await expect.poll(() => spare.byteLength).toBe(0);
  });

  it("are not looked for where there is little to gain", () => {
    const spare = new SpareBuffers(2 ** 20);
    const small = spare.take(100);
    spare.giveBack(small);
    expect(spare.byteLength).toBe(0);
    expect(small.byteLength).toBe(100);
  });
});
