import { describe, expect, it } from "vitest";
import type { ByteSource } from "../../../../src/activations/byteSource.ts";
import { denseStrides } from "../../../../src/activations/shape.ts";
import { memorySource } from "../../../../src/activations/sources/memorySource.ts";
import { StridedTensor } from "../../../../src/activations/strided/stridedTensor.ts";
import { randomFrom } from "../../../fuzz/mutate.ts";

/** Counts what is read. */
function counted(source: ByteSource) {
  const seen = { calls: 0, bytes: 0, longest: 0 };
  const note = (length: number) => {
    seen.calls++;
    seen.bytes += length;
    seen.longest = Math.max(seen.longest, length);
  };
  const counting: ByteSource = {
    ...source,
    read: (offset, length) => (note(length), source.read(offset, length)),
    readInto: (offset, into) => (note(into.byteLength), source.readInto(offset, into)),
  };
  return { seen, counting };
}

describe("StridedTensor", () => {
  it("reads any strides, order and element width like the definition (200 seeded layouts)", async () => {
    const random = randomFrom(7);
    const below = (limit: number) => Math.floor(random() * limit);
    for (let round = 0; round < 200; round++) {
      const shape = Array.from({ length: 1 + below(3) }, () => 1 + below(9));
      const permuted = [...shape.keys()].sort(() => random() - 0.5);
      // A dense layout of the axes in any order, stretched by a step, some axes repeated by stride 0.
      const strides = new Array<number>(shape.length).fill(1);
      let step = 1 + below(3);
      for (const axis of permuted) {
        strides[axis] = random() < 0.1 ? 0 : step;
        step *= shape[axis] ?? 1;
      }
      const width = [1, 2, 4, 8][below(4)] ?? 1;
      const types = { 1: "uint8", 2: "uint16", 4: "uint32", 8: "float64" } as const;
      const elementType = types[width as 1 | 2 | 4 | 8];
      const stored = Array.from({ length: step + 8 }, (_, i) => i % 251);
      const arrays = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: Float64Array } as const;
      const bytes = new Uint8Array(arrays[width as 1 | 2 | 4 | 8].from(stored).buffer);
      const source = memorySource("memory", bytes);
      const layout = {
        source,
        offset: 0,
        shape,
        strides,
        elementType,
        byteOrder: "little",
      } as const;
      const tensor = new StridedTensor(layout);
      const [rows = 1, ...inner] = shape;
      const length = inner.reduce((product, extent) => product * extent, 1);
      const start = below(rows);
      const stop = start + 1 + below(rows - start);
      const destination = new Float32Array((stop - start) * length);
      await tensor.readRows(start, stop, destination);
      const expected = Array.from(destination, (_, position) => {
        let rest = position;
        let at = 0;
        for (let axis = shape.length - 1; axis > 0; axis--) {
          const extent = shape[axis] ?? 1;
          at += (rest % extent) * (strides[axis] ?? 0);
          rest = Math.floor(rest / extent);
        }
        return stored[at + (start + rest) * (strides[0] ?? 0)];
      });
      expect([...destination], `round ${round}: shape ${shape}, strides ${strides}`).toEqual(
        expected,
      );
    }
  });

  it("transposes by blocks: reading row by row costs no more than a few passes over the file", async () => {
    const [rows, columns] = [4096, 512];
    const values = Float32Array.from({ length: rows * columns }, (_, i) => i % 8191);
    const { seen, counting } = counted(memorySource("memory", new Uint8Array(values.buffer)));
    const shape = [rows, columns];
    const strides = denseStrides(shape, "column-major");
    const tensor = new StridedTensor({
      source: counting,
      offset: 0,
      shape,
      strides,
      elementType: "float32",
      byteOrder: "little",
    });
    const row = new Float32Array(columns);
    for (let at = 0; at < rows; at++) {
      await tensor.readRows(at, at + 1, row);
      expect(row[3]).toBe(values[at + 3 * rows]);
    }
    expect(seen.bytes).toBeLessThanOrEqual(1.1 * values.byteLength);
    expect(seen.calls).toBeLessThan(100);
    expect(seen.longest).toBeLessThanOrEqual(8 * 2 ** 20);
  });

  it("reads consecutive half-float rows once, ahead of their use", async () => {
    const [rows, columns] = [3000, 1024];
    const values = Uint16Array.from({ length: rows * columns }, (_, i) => 0x3c00 + (i % 1000));
    const { seen, counting } = counted(memorySource("memory", new Uint8Array(values.buffer)));
    const shape = [rows, columns];
    const strides = denseStrides(shape, "row-major");
    const layout = { source: counting, offset: 0, shape, strides, byteOrder: "little" } as const;
    const tensor = new StridedTensor({ ...layout, elementType: "float16" });
    const block = new Float32Array(7 * columns);
    for (let at = 0; at + 7 <= rows; at += 7) {
      await tensor.readRows(at, at + 7, block);
      expect(block[0]).toBe(1 + ((at * columns) % 1000) / 1024);
    }
    expect(seen.bytes).toBeLessThanOrEqual(values.byteLength);
    // And again from the start, then backwards.
    await tensor.readRows(0, 7, block);
    await tensor.readRows(2990, 2997, block);
    await tensor.readRows(5, 12, block);
    expect(block[0]).toBe(1 + ((5 * columns) % 1000) / 1024);
  });

  it("says where a file ends that is shorter than its header claims", async () => {
    const source = memorySource("short.npy", new Uint8Array(10));
    const layout = {
      source,
      offset: 0,
      shape: [4, 4],
      strides: [4, 1],
      byteOrder: "little",
    } as const;
    const tensor = new StridedTensor({ ...layout, elementType: "float32" });
    await expect(tensor.readRows(0, 4, new Float32Array(16))).rejects.toThrow(/short\.npy/);
  });
});
