const pageBytes = 2 ** 16;

interface GrowingMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/**
 * Bounds the memory of all WebAssembly in this thread: a library that asks for more on behalf of a damaged file is
 * told that there is none.
 * @param limit asked whenever a memory grows: most bytes
 * @param asker who asks, for the fault's message: "The HDF5 library asks for more memory than its file can need."
 */
export function limitWasmMemory(limit: () => number, asker: string): void {
  const { Memory } = (
    globalThis as unknown as { WebAssembly: { Memory: { prototype: GrowingMemory } } }
  ).WebAssembly;
  const grow = Object.getOwnPropertyDescriptor(Memory.prototype, "grow")?.value as (
    this: GrowingMemory,
    pages: number,
  ) => number;
  Memory.prototype.grow = function (this: GrowingMemory, pages: number): number {
    if (this.buffer.byteLength + pages * pageBytes > limit()) {
      throw new RangeError(`${asker} asks for more memory than its file can need.`);
    }
    return grow.call(this, pages);
  };
}
