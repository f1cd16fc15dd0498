import { Ahead } from "../../threads/ahead.ts";
import type { RowBuffer } from "../activationFile.ts";
import type { ByteSource } from "../byteSource.ts";
import { blockBytes, giveBackBuffers, takeBuffers, type BlockBuffers } from "./blockBuffers.ts";
import { decodeValues } from "./decode.ts";
import { byteWidth, type NumericType } from "./elementType.ts";

/** Values `index` to `index + count`, as they are stored. */
interface Block {
  readonly index: number;
  readonly count: number;
  readonly buffer: Uint8Array;
}

/**
 * Streams contiguous values: while one block is decoded the next is read, across calls too, since rows are mostly
 * asked for in order. Two buffers serve until the last value was asked for.
 */
export class SequentialDecoder {
  readonly #source: ByteSource;
  readonly #offset: number;
  readonly #count: number;
  readonly #elementType: NumericType;
  readonly #byteOrder: "little" | "big";
  readonly #width: number;
  #buffers: BlockBuffers | undefined;
  #current: Block | undefined;
  readonly #ahead = new Ahead<Block>();
  /** The value after the last one asked for: where sequential reading goes on. */
  #next = 0;
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
      const index = first + done;
      const block = this.#current;
      if (block === undefined || index < block.index || index >= block.index + block.count) {
        await this.#load(index, total - done);
        continue;
      }
      const count = Math.min(total - done, block.index + block.count - index);
      const bytes = block.buffer.subarray((index - block.index) * this.#width);
      this.#decode(bytes, destination, done, count);
      done += count;
      this.#next = first + done;
    }
    if (this.#next === this.#count) await this.#release();
  }

  /** At the end of the values: whoever asks again from the beginning takes others. */
  async #release(): Promise<void> {
    await this.#ahead.settle();
    this.#current = undefined;
    if (this.#buffers !== undefined) giveBackBuffers(this.#buffers);
    this.#buffers = undefined;
  }

  /** Where file and memory hold the same bytes, they are read in place. */
  #isStoredAs(destination: RowBuffer): boolean {
    const type = destination instanceof Float32Array ? "float32" : "float64";
    return this.#elementType === type && this.#byteOrder === "little";
  }

  /** Makes the block that begins at value `index` the current one. */
  async #load(index: number, wanted: number): Promise<void> {
    const sequential = index === this.#next || this.#ahead.isAt(index);
    // Whichever it is: until then its buffer is written into.
    const ahead = await this.#ahead.settle();
    if (ahead?.index === index) {
      this.#current = ahead;
    } else {
      // Out of order, what is wanted may be all that is wanted from here.
      const count = this.#blockCount(index, sequential ? Number.POSITIVE_INFINITY : wanted);
      const [buffer] = this.#pair();
      this.#current = undefined;
      await this.#fill(buffer, index, count);
      this.#current = { index, count, buffer };
    }
    if (sequential) this.#readAhead(this.#current);
  }

  #readAhead(current: Block): void {
    const index = current.index + current.count;
    const count = this.#blockCount(index, Number.POSITIVE_INFINITY);
    if (count <= 0) return;
    const [first, second] = this.#pair();
    const buffer = current.buffer === first ? second : first;
    this.#ahead.begin(index, async () => {
      await this.#fill(buffer, index, count);
      return { index, count, buffer };
    });
  }

  #blockCount(index: number, wanted: number): number {
    return Math.min(wanted, this.#count - index, Math.floor(blockBytes / this.#width));
  }

  #fill(buffer: Uint8Array, index: number, count: number): Promise<void> {
    const bytes = buffer.subarray(0, count * this.#width);
    return this.#source.readInto(this.#offset + index * this.#width, bytes);
  }

  #decode(buffer: Uint8Array, destination: RowBuffer, start: number, count: number): void {
    const halfFloats = this.#buffers?.halfFloats;
    if (halfFloats !== undefined) halfFloats.decode(buffer, destination, start, count);
    else {
      // A copy where bytes are swapped in place: the block may be asked for again.
      const bytes = this.#byteOrder === "big" ? buffer.slice(0, count * this.#width) : buffer;
      decodeValues(this.#elementType, this.#byteOrder, bytes, destination, start, count);
    }
  }

  #pair(): BlockBuffers["pair"] {
    this.#buffers ??= takeBuffers(this.#elementType, this.#byteOrder, this.#count * this.#width);
    return this.#buffers.pair;
  }
}
