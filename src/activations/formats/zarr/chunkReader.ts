import type * as zarrita from "zarrita";
import { EigenlensError } from "../../../errors.ts";
import type { FileSystem } from "../../byteSource.ts";
import { gatherRows } from "../../rows/gatherRows.ts";
import { denseStrides, valueCount } from "../../shape.ts";
import { memorySource } from "../../sources/memorySource.ts";
import type { SpareBuffers } from "../../rows/spareBuffers.ts";
import { place } from "../../storedTensor.ts";
import { ChunkFiles } from "./chunkFiles.ts";
import type { ZarrChunk } from "./chunkPanel.ts";
import type { ZarrMetadata } from "./metadata.ts";
import { zarrStore } from "./store.ts";

/** Chunks that are read and unpacked at a time. */
const mostAtOnce = 32;
/** So many chunks of so few bytes take longer to open than anybody waits, for next to no values. */
const mostGrains = 20_000;
const grainBytes = 512;
/** More would not be told apart in memory. */
const mostChunks = 2_000_000;
/** Unpacked chunks that are held together: what they are packed in bounds what may come out of it. */
const alwaysHeld = 2 ** 26;
const heldPerByte = 3;

type ZarrArray = zarrita.Array<zarrita.DataType, zarrita.Readable>;

/** One array below a zarr folder. */
export interface ZarrPlace {
  /** The folder that was opened, for messages. */
  readonly root: string;
  /** The array's own folder. */
  readonly folder: string;
  readonly name: string;
  /** Bytes of all files below the root. */
  readonly byteLength: number;
}

/** A chunk, or its texts where they differ in length. */
export interface ReadChunk extends ZarrChunk {
  readonly texts?: readonly string[];
}

/** Reads the chunks of one array through the library, a few at a time, and those that were written only. */
export class ChunkReader {
  readonly metadata: ZarrMetadata;
  readonly #array: ZarrArray;
  readonly #files: ChunkFiles;
  readonly #where: string;
  readonly #mostHeld: number;
  readonly #spare: SpareBuffers;

  private constructor(
    where: ZarrPlace,
    metadata: ZarrMetadata,
    array: ZarrArray,
    files: ChunkFiles,
    spare: SpareBuffers,
  ) {
    this.#spare = spare;
    this.metadata = metadata;
    this.#array = array;
    this.#files = files;
    this.#where = place(where.root, where.name);
    this.#mostHeld = alwaysHeld + heldPerByte * where.byteLength;
  }

  /** @throws Error with the library's reason why it does not open the array */
  static async open(
    where: ZarrPlace,
    metadata: ZarrMetadata,
    fileSystem: FileSystem,
  ): Promise<ChunkReader> {
    const library = await import("../../libraries/zarr.ts");
    const location = library.root(zarrStore(where.folder, metadata, fileSystem, library.spare));
    const array =
      metadata.document.version === 2
        ? await library.open.v2(location, { kind: "array", attrs: false })
        : await library.open.v3(location, { kind: "array" });
    const { shape, fileShape, keys } = metadata;
    const grid = shape.map((extent, axis) => Math.ceil(extent / (fileShape[axis] ?? 1)));
    const files = new ChunkFiles(fileSystem, where.folder, keys, grid);
    return new ChunkReader(where, metadata, array, files, library.spare);
  }

  /**
   * The chunks that were written of rows `start` to `stop`, in the order of their coordinates.
   * @throws EigenlensError "file-format" if one is damaged, or where they are too many or too large
   */
  async read(start: number, stop: number): Promise<ReadChunk[]> {
    const wanted = await this.#wanted(start, stop);
    const chunks: ReadChunk[] = [];
    let next = 0;
    const readSome = async () => {
      while (next < wanted.length) {
        const at = next++;
        chunks[at] = await this.#chunk(wanted[at] ?? [], start, stop);
      }
    };
    try {
      await Promise.all(Array.from({ length: mostAtOnce }, readSome));
    } finally {
      // Nobody waits for what is left once one has failed.
      next = wanted.length;
    }
    return chunks;
  }

  /** For chunks that nobody looks at any more: their memory is used again. */
  giveBack(chunks: readonly ReadChunk[]): void {
    for (const { bytes } of chunks) this.#spare.giveBack(bytes);
  }

  /** Coordinates of chunks in files, or in the shards that are there. */
  async #wanted(start: number, stop: number): Promise<(readonly number[])[]> {
    const { shape, fileShape, chunkShape, type } = this.metadata;
    const fileRows = fileShape[0] ?? 1;
    const files = await this.#files.written(
      Math.floor(start / fileRows),
      Math.ceil(stop / fileRows),
    );
    const perFile = fileShape.map((extent, axis) => extent / (chunkShape[axis] ?? 1));
    const grid = shape.map((extent, axis) => Math.ceil(extent / (chunkShape[axis] ?? 1)));
    const chunkRows = chunkShape[0] ?? 1;
    const range = { first: Math.floor(start / chunkRows), stop: Math.ceil(stop / chunkRows) };
    const inside = files.map((file) =>
      file.map((at, axis) => {
        const first = at * (perFile[axis] ?? 1);
        const last = Math.min(first + (perFile[axis] ?? 1), grid[axis] ?? 0);
        return axis === 0
          ? ([Math.max(first, range.first), Math.min(last, range.stop)] as const)
          : ([first, last] as const);
      }),
    );
    const count = inside.reduce(
      (sum, spans) => sum + valueCount(spans.map(([first, last]) => Math.max(0, last - first))),
      0,
    );
    const chunkBytes = valueCount(chunkShape) * Math.max(1, type.width);
    const most = chunkBytes < grainBytes ? mostGrains : mostChunks;
    const listed = chunkBytes < grainBytes ? await this.#files.listed() : 0;
    if (Math.max(count, listed / 4) > most) {
      throw this.#refused(
        `its chunks [${chunkShape.join(", ")}] hold so little that ${Math.max(count, listed)} of them must be read one by one`,
      );
    }
    if (count * chunkBytes > this.#mostHeld) {
      throw this.#refused(
        `the chunks [${chunkShape.join(", ")}] of rows ${start} to ${stop} unpack to ${count * chunkBytes} bytes, which no file of this size needs at once`,
      );
    }
    return inside.flatMap(combinations);
  }

  #refused(reason: string): EigenlensError {
    return new EigenlensError(
      "file-format",
      `${this.#where}: ${reason}: save it with chunks of whole rows, a few megabytes each.`,
    );
  }

  async #chunk(coordinates: readonly number[], start: number, stop: number): Promise<ReadChunk> {
    try {
      const { data, shape, stride } = await this.#array.getChunk([...coordinates]);
      const { chunkShape, type } = this.metadata;
      if (type.text === "variable") return { coordinates, ...textsOf(data, chunkShape) };
      const bytes = bytesOf(data);
      if (bytes.byteLength !== valueCount(chunkShape) * type.width) {
        throw new RangeError(`a chunk unpacks to ${bytes.byteLength} bytes`);
      }
      return { coordinates, bytes: await inOrder(bytes, shape, stride, type.width) };
    } catch (cause) {
      if (cause instanceof EigenlensError) throw cause;
      throw new EigenlensError(
        "file-format",
        `${this.#where}: a chunk of rows ${start} to ${stop} cannot be read (${reasonOf(cause)}): it is damaged or cut short; save it again.`,
        { cause },
      );
    }
  }
}

/** All coordinates within spans, the last axis first. */
function combinations(spans: readonly (readonly [number, number])[]): number[][] {
  let found: number[][] = [[]];
  for (const [first, last] of spans) {
    const along = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
    found = found.flatMap((before) => along.map((at) => [...before, at]));
  }
  return found;
}

/** Bytes of a chunk in C order, whatever order it has. */
async function inOrder(
  bytes: Uint8Array,
  shape: readonly number[],
  strides: readonly number[],
  width: number,
): Promise<Uint8Array> {
  const dense = denseStrides(shape, "row-major");
  if (shape.every((extent, axis) => extent <= 1 || strides[axis] === dense[axis])) return bytes;
  const elementType = ({ 1: "uint8", 2: "uint16", 4: "uint32", 8: "uint64" } as const)[width];
  if (elementType === undefined) throw new RangeError("its texts are not in C order");
  const source = memorySource("chunk", bytes);
  const layout = { source, offset: 0, shape, strides, elementType, byteOrder: "little" } as const;
  return gatherRows(layout, 0, shape[0] ?? 0);
}

function bytesOf(data: unknown): Uint8Array {
  if (ArrayBuffer.isView(data)) {
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  }
  if (hasBuffer(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  throw new RangeError("its values are not stored as plain numbers");
}

/** The library's own arrays of booleans and of texts of fixed width. */
function hasBuffer(
  data: unknown,
): data is { buffer: ArrayBuffer; byteOffset: number; byteLength: number } {
  return typeof data === "object" && data !== null && "buffer" in data && "byteOffset" in data;
}

function textsOf(data: unknown, chunkShape: readonly number[]) {
  const texts = Array.isArray(data) ? Array.from(data as unknown[], textOf) : [];
  if (texts.length !== valueCount(chunkShape)) {
    throw new RangeError(`a chunk unpacks to ${texts.length} texts`);
  }
  return { texts, bytes: new Uint8Array(0) };
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return (
    (inner instanceof Error ? inner.message : String(inner)).split("\n")[0]?.slice(0, 160) ?? ""
  );
}
