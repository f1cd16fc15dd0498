import type { ByteSource } from "../../byteSource.ts";
import type * as arrow from "../../libraries/arrow.ts";
import { unpackedSize } from "../../unpackedSize.ts";
import { unpackLz4Frame } from "../lz4Frame.ts";
import type { MessageRange } from "./messages.ts";

type ArrowLibrary = typeof arrow;

const mostBufferBytes = 2 ** 30;
/** What a buffer may always unpack to, and how much more for each byte of its file. */
const alwaysUnpacked = 64 * 2 ** 20;
const mostUnpackedPerByte = 1000;

/** How many values a column, or what its lists hold, has in one batch. */
export interface FieldNode {
  readonly length: number;
  /** Whether some of them are missing, so that a bitmap says which are there. */
  readonly hasNulls: boolean;
}

/** Where one column begins among what the columns of a batch consist of. */
export interface Cursor {
  node: number;
  buffer: number;
  view: number;
}

/** The table of one record batch (or of a dictionary's): its nodes and buffers, which are read when asked for. */
export class StoredBatch {
  readonly rows: number;
  readonly #source: ByteSource;
  readonly #library: ArrowLibrary;
  readonly #range: MessageRange;
  readonly #table: arrow.RecordBatch;
  readonly #codec: arrow.CompressionType | undefined;
  /** Of all columns, once they have been read together. */
  #body: Uint8Array | undefined;

  constructor(
    source: ByteSource,
    library: ArrowLibrary,
    range: MessageRange,
    table: arrow.RecordBatch,
    body?: Uint8Array,
  ) {
    this.#source = source;
    this.#library = library;
    this.#range = range;
    this.#table = table;
    this.#codec = table.compression()?.codec();
    this.#body = body;
    this.rows = Number(table.length());
  }

  /** Reads the body at once, for those who want most of its columns. */
  async readBody(): Promise<void> {
    const { body, bodyLength } = this.#range;
    this.#body ??= await this.#source.read(body, bodyLength);
  }

  /** @throws RangeError if the batch has no such node */
  node(position: number): FieldNode {
    const node = position < this.#table.nodesLength() ? this.#table.nodes(position) : null;
    const length = Number(node?.length());
    if (!(length >= 0 && Number.isSafeInteger(length))) {
      throw new RangeError(`a column of ${length} values`);
    }
    return { length, hasNulls: Number(node?.nullCount()) !== 0 };
  }

  /** How many further buffers the values of a view point into. */
  viewBuffers(position: number): number {
    const known = position < this.#table.variadicBufferCountsLength();
    const count = known ? Number(this.#table.variadicBufferCounts(position)) : -1;
    if (!(count >= 0 && count <= this.#table.buffersLength())) {
      throw new RangeError(`a column of ${count} buffers`);
    }
    return count;
  }

  /**
   * One buffer, unpacked; its first byte lies at a multiple of eight.
   * @throws RangeError if it lies outside the batch or does not unpack to what it claims
   */
  async buffer(position: number): Promise<Uint8Array> {
    const stored = position < this.#table.buffersLength() ? this.#table.buffers(position) : null;
    const offset = Number(stored?.offset());
    const length = Number(stored?.length());
    const { body, bodyLength } = this.#range;
    if (!(offset >= 0 && length >= 0 && offset + length <= bodyLength)) {
      throw new RangeError(`a buffer from byte ${offset} of ${length} bytes`);
    }
    if (length === 0) return new Uint8Array(0);
    const bytes =
      this.#body?.subarray(offset, offset + length) ??
      (await this.#source.read(body + offset, length));
    return aligned(this.#codec === undefined ? bytes : this.#unpack(bytes));
  }

  #unpack(stored: Uint8Array): Uint8Array {
    if (stored.length < 8) throw new RangeError("a packed buffer is cut short");
    const view = new DataView(stored.buffer, stored.byteOffset);
    const length = Number(view.getBigInt64(0, true));
    const packed = stored.subarray(8);
    if (length === -1) return packed;
    const most = Math.min(
      mostBufferBytes,
      alwaysUnpacked + mostUnpackedPerByte * this.#source.byteLength,
    );
    const claimed = Math.max(length, unpackedSize(packed) ?? 0);
    if (!(length >= 0 && claimed <= most)) {
      throw new RangeError(`a buffer claims to unpack ${packed.length} bytes to ${claimed}`);
    }
    const bytes = this.#decompress(packed, length);
    if (bytes.length === length) return bytes;
    throw new RangeError(`a buffer unpacks to ${bytes.length} bytes instead of ${length}`);
  }

  #decompress(packed: Uint8Array, length: number): Uint8Array {
    const { CompressionType, unpackZstd } = this.#library;
    if (length === 0) return new Uint8Array(0);
    if (this.#codec === CompressionType.LZ4_FRAME) return unpackLz4Frame(packed, length);
    // Into memory of this size: a frame may not say what it unpacks to, or say less.
    if (this.#codec === CompressionType.ZSTD) return unpackZstd(packed, new Uint8Array(length));
    throw new RangeError(`buffers packed by codec ${this.#codec}`);
  }
}

/** Typed arrays are made over it, which must begin at a multiple of their width. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}
