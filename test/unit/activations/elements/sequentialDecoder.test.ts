import { describe, expect, it } from "vitest";
import { SequentialDecoder } from "../../../../src/activations/elements/sequentialDecoder.ts";
import { blockBytes } from "../../../../src/activations/elements/blockBuffers.ts";
import { memorySource } from "../../../../src/activations/sources/memorySource.ts";

/** More than two blocks of float32, each value its index plus a shift. */
const count = Math.floor((2.5 * blockBytes) / 4);

function stream(shift: number): SequentialDecoder {
  const values = Float32Array.from({ length: count }, (_, i) => (i + shift) % 65_536);
  const source = memorySource(`${shift}.bin`, new Uint8Array(values.buffer));
  return new SequentialDecoder(source, 0, count, "float32", "little");
}

async function check(decoder: SequentialDecoder, shift: number, first: number, length: number) {
  const values = new Float64Array(length);
  await decoder.read(first, values);
  const wrong = values.findIndex((value, i) => value !== (first + i + shift) % 65_536);
  expect(wrong).toBe(-1);
}

describe("streams of contiguous values", () => {
  it("read what is theirs, in turns and one after another's end, though buffers go from hand to hand", async () => {
    const [one, two, three] = [stream(1), stream(2), stream(3)];
    const step = count / 4;
    for (const quarter of [0, 1]) {
      await check(one, 1, Math.floor(quarter * step), Math.ceil(step));
      await check(two, 2, Math.floor(quarter * step), Math.ceil(step));
    }
    // The first ends, and the third takes over what it read into.
    await check(one, 1, Math.floor(2 * step), count - Math.floor(2 * step));
    await check(three, 3, 0, Math.ceil(step));
    await check(two, 2, Math.floor(2 * step), count - Math.floor(2 * step));
    await check(one, 1, 0, Math.ceil(step));
    await check(three, 3, Math.ceil(step), count - Math.ceil(step));
    await check(one, 1, Math.ceil(step), count - Math.ceil(step));
  });

  it("are read again from anywhere after their end", async () => {
    const one = stream(1);
    await Promise.all([
      check(one, 1, 0, count),
      check(one, 1, count - 10, 10),
      check(one, 1, 5, 7),
    ]);
  });
});
