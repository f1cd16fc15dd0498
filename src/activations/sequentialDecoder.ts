import type { RowBuffer } from "./activationFile.ts";
import type { ByteSource } from "./byteSource.ts";
import { decodeValues } from "./decode.ts";
import { byteWidth, type NumericType } from "./elementType.ts";
import { HalfFloatDecoder, halfFloatBlockBytes } from "./kernels/halfFloatDecoder.ts";

/** Large enough to hide what a call costs on a busy machine, small enough for a core's cache. */
const blockBytes = halfFloatBlockBytes;

/**
 * Streams contiguous values: while one block is decoded the next is read, and after a call the block that
 * follows is read ahead, since rows are mostly asked for in order. Two buffers serve for ever.
 */
export class SequentialDecoder {
  readonly #source: ByteSource;
  readonly #offset: number;
  readonly #count: number;
  readonly #elementType: NumericType;
  readonly #byteOrder: "little" | "big";
  readonly #width: number;
  #buffers: readonly [Uint8Array, Uint8Array] | undefined;
  #halfFloats: HalfFloatDecoder | undefined;
  #ahead: { index: number; count: number; buffer: Uint8Array; ready: Promise<void> } | undefined;
  #queue: Promise<void> = Promise.resolve();

  /** @param offset byte offset of the first of `count` values in `source` */
  constructor(
    source: ByteSource,
    offset: number,
    count: number,
    elementType: NumericType,
    byteOrder: "little" | "big",
  ) {
    this.#source = source;
    this.#offset = offset;
    this.#count = count;
    this.#elementType = elementType;
    this.#byteOrder = byteOrder;
    this.#width = byteWidth(elementType);
  }

  /** Decodes `destination.length` values from value `first` on; calls are served one after the other. */
  read(first: number, destination: RowBuffer): Promise<void> {
    const result = this.#queue.then(() => this.#read(first, destination));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #read(first: number, destination: RowBuffer): Promise<void> {
    if (this.#isStoredAs(destination)) {
      const bytes = new Uint8Array(
        destination.buffer,
        destination.byteOffset,
        destination.byteLength,
      );
      await this.#source.readInto(this.#offset + first * this.#width, bytes);
      return;
    }
    const total = destination.length;
    for (let done = 0; done < total;) {
      const wanted = total - done;
      const block = await this.#take(first + done, wanted);
      const count = Math.min(block.count, wanted);
      this.#readAhead(first + done + count, block.buffer);
      this.#decode(block.buffer, destination, done, count);
      done += count;
    }
  }

  /** Where file and memory hold the same bytes, they are read in place. */
  #isStoredAs(destination: RowBuffer): boolean {
    const type = destination instanceof Float32Array ? "float32" : "float64";
    return this.#elementType === type && this.#byteOrder === "little";
  }

  async #take(index: number, wanted: number) {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    if (ahead !== undefined) {
      // A failure of a read that nobody asked for is not an error yet: it is read again below.
      const read = await ahead.ready.then(
        () => true,
        () => false,
      );
      if (read && ahead.index === index) return ahead;
    }
    const buffer = this.#spare(undefined);
    const count = Math.min(wanted, Math.floor(blockBytes / this.#width));
    await this.#source.readInto(
      this.#offset + index * this.#width,
      buffer.subarray(0, count * this.#width),
    );
    return { index, count, buffer };
  }

  #readAhead(index: number, busy: Uint8Array): void {
    const count = Math.min(this.#count - index, Math.floor(blockBytes / this.#width));
    if (count <= 0) return;
    const buffer = this.#spare(busy);
    const ready = this.#source.readInto(
      this.#offset + index * this.#width,
      buffer.subarray(0, count * this.#width),
    );
    ready.catch(() => undefined);
    this.#ahead = { index, count, buffer, ready };
  }

  #decode(buffer: Uint8Array, destination: RowBuffer, start: number, count: number): void {
    if (this.#halfFloats !== undefined) this.#halfFloats.decode(buffer, destination, start, count);
    else decodeValues(this.#elementType, this.#byteOrder, buffer, destination, start, count);
  }

  #spare(busy: Uint8Array | undefined): Uint8Array {
    const [first, second] = this.#buffers ?? this.#allocate();
    return busy === first ? second : first;
  }

  #allocate(): readonly [Uint8Array, Uint8Array] {
    const type = this.#elementType;
    if ((type === "float16" || type === "bfloat16") && this.#byteOrder === "little") {
      this.#halfFloats = new HalfFloatDecoder(type);
    }
    this.#buffers = this.#halfFloats?.buffers ?? [
      new Uint8Array(blockBytes),
      new Uint8Array(blockBytes),
    ];
    return this.#buffers;
  }
}
