import type * as zarrita from "zarrita";
import { EigenlensError } from "../../errors.ts";
import type { TensorInfo } from "../activationFile.ts";
import type { FileSystem } from "../byteSource.ts";
import { decodeIntegerLabels, decodeValues } from "../decode.ts";
import { byteWidth, isIntegral, isNumericType, type NumericType } from "../elementType.ts";
import { gatherRows } from "../gatherRows.ts";
import type * as zarr from "../libraries/zarr.ts";
import { panelRowCount, RowPanels, type RowPanel } from "../rowPanels.ts";
import { denseStrides, rowLength, valueCount } from "../shape.ts";
import { memorySource } from "../sources/memorySource.ts";
import { place, type StoredTensor } from "../storedTensor.ts";
import { readingAhead } from "./zarrAhead.ts";
import { chunkPanel, type ChunkedMatrix } from "./zarrChunks.ts";
import { zarrStore } from "./zarrStore.ts";

const mostChunkBytes = 2 ** 28;
/** Larger panels are not read further ahead than the next one. */
const mostAheadBytes = 2 ** 25;

type ZarrArray = zarrita.Array<zarrita.DataType, zarrita.Readable>;

/**
 * One array of a zarr folder. Two-byte floats are opened as integers of the same width and decoded here, since
 * the runtime has no type for them.
 */
export async function zarrArray(
  folder: string,
  name: string,
  fileSystem: FileSystem,
): Promise<StoredTensor> {
  const where = place(folder, name);
  const library = await import("../libraries/zarr.ts");
  const store = zarrStore(folder, fileSystem);
  const info: TensorInfo = {
    name,
    shape: [],
    elementType: "uint8",
    byteOrder: "little",
    order: "row-major",
  };
  let array: ZarrArray;
  try {
    const location = library.root(store).resolve(name === "" ? "/" : `/${name}`);
    array = (await library.open(location, { kind: "array" })) as ZarrArray;
    checkMetadata(array);
  } catch (cause) {
    if (cause instanceof EigenlensError) throw cause;
    return {
      info: { ...info, unreadable: `zarr cannot open it (${reasonOf(cause)}): save it again.` },
    };
  }
  const { shape, chunks, dtype } = array;
  const halfFloat = store.halfFloats.get(`/${name}`.replace(/\/$/, ""));
  const elementType = halfFloat ?? (isNumericType(dtype) ? dtype : undefined);
  if (/^(string|v2:|number_or_string)/.test(dtype)) {
    const readLabels = async () => texts(await slab(where, library, array, 0, shape[0] ?? 0));
    return { info: { ...info, shape, elementType: "text" }, readLabels };
  }
  if (elementType === undefined) {
    return { info: { ...info, shape, unreadable: `its type ${dtype} is not read: save float32.` } };
  }
  const chunkBytes = valueCount(chunks) * byteWidth(elementType);
  if (chunkBytes > mostChunkBytes || chunks.some((extent) => !(extent >= 1))) {
    const unreadable = `its chunks [${chunks.join(", ")}] take ${chunkBytes} bytes each, more than ${mostChunkBytes}: save it with smaller chunks.`;
    return { info: { ...info, shape, elementType, unreadable } };
  }
  store.limitChunks(chunkBytes);
  const length = rowLength(shape);
  const read = (start: number, stop: number) =>
    rowsInOrder(where, library, array, elementType, start, stop);
  const panelRows = panelRowCount(length * byteWidth(elementType), chunks[0] ?? 1);
  const readPanel = async (start: number, stop: number): Promise<RowPanel> => {
    const panel = await chunksOf(where, array, elementType, start, stop);
    if (panel !== undefined) return panel;
    const bytes = await read(start, stop);
    const rowBytes = length * byteWidth(elementType);
    return {
      start,
      stop,
      copy(from, to, destination, at) {
        const part = bytes.subarray(from * rowBytes, to * rowBytes);
        decodeValues(elementType, "little", part, destination, at, (to - from) * length);
      },
    };
  };
  const rows = shape[0] ?? 0;
  const isSmall = panelRows * length * byteWidth(elementType) <= mostAheadBytes;
  const readPanels = isSmall ? readingAhead(readPanel, rows, panelRows) : readPanel;
  const panels = new RowPanels(rows, length, panelRows, readPanels, true);
  return {
    info: { ...info, shape, elementType },
    readRows: (start, stop, destination) => panels.readRows(start, stop, destination),
    ...(isIntegral(elementType)
      ? {
          async readLabels() {
            const bytes = await read(0, shape[0] ?? 0);
            return decodeIntegerLabels(elementType, "little", bytes, valueCount(shape));
          },
        }
      : {}),
  };
}

/**
 * zarrita takes metadata as they are written.
 * @throws RangeError where shape and chunks are not lists of whole numbers of the same length
 */
function checkMetadata({ shape, chunks }: { shape: unknown; chunks: unknown }): void {
  const isExtents = (value: unknown): value is number[] =>
    Array.isArray(value) && value.every((extent) => Number.isSafeInteger(extent) && extent >= 0);
  if (!isExtents(shape) || !isExtents(chunks) || shape.length !== chunks.length) {
    throw new RangeError("its metadata lack a shape, or chunks of as many axes");
  }
}

interface Slab {
  readonly data: ArrayLike<unknown>;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
}

async function slab(
  where: string,
  library: typeof zarr,
  array: ZarrArray,
  start: number,
  stop: number,
): Promise<Slab> {
  const selection = array.shape.map((_, axis) => (axis === 0 ? library.slice(start, stop) : null));
  try {
    return (await library.get(array, selection)) as Slab;
  } catch (cause) {
    throw unreadableChunk(where, start, stop, cause);
  }
}

function unreadableChunk(where: string, start: number, stop: number, cause: unknown) {
  if (cause instanceof EigenlensError) return cause;
  return new EigenlensError(
    "file-format",
    `${where}: a chunk of rows ${start} to ${stop} cannot be read (${reasonOf(cause)}): it is damaged or cut short; save it again.`,
    { cause },
  );
}

/** Rows as they lie in their chunks, where the array is a matrix; undefined otherwise. */
async function chunksOf(
  where: string,
  array: ZarrArray,
  elementType: NumericType,
  start: number,
  stop: number,
): Promise<RowPanel | undefined> {
  const [chunkRows = 0, chunkColumns = 0] = array.chunks;
  if (array.shape.length !== 2 || start % chunkRows !== 0) return undefined;
  const matrix: ChunkedMatrix = {
    columns: array.shape[1] ?? 0,
    chunk: [chunkRows, chunkColumns],
    elementType,
    width: byteWidth(elementType),
    async read(coordinates) {
      const { data, shape, stride } = await array.getChunk(coordinates);
      const bytes = bytesOf(where, data);
      if (bytes.byteLength === chunkRows * chunkColumns * byteWidth(elementType)) {
        return { bytes, shape, stride };
      }
      throw new RangeError(`a chunk unpacks to ${bytes.byteLength} bytes`);
    },
  };
  try {
    return await chunkPanel(matrix, start, stop);
  } catch (cause) {
    throw unreadableChunk(where, start, stop, cause);
  }
}

/** Bytes of some rows in C order and this machine's byte order. */
async function rowsInOrder(
  where: string,
  library: typeof zarr,
  array: ZarrArray,
  elementType: NumericType,
  start: number,
  stop: number,
): Promise<Uint8Array> {
  const { data, shape, stride } = await slab(where, library, array, start, stop);
  const bytes = bytesOf(where, data);
  const dense = denseStrides(shape, "row-major");
  if (shape.every((extent, axis) => extent <= 1 || stride[axis] === dense[axis])) return bytes;
  const source = memorySource(where, bytes);
  const layout = {
    source,
    offset: 0,
    shape,
    strides: stride,
    elementType,
    byteOrder: "little",
  } as const;
  return gatherRows(layout, 0, stop - start);
}

function bytesOf(where: string, data: unknown): Uint8Array {
  if (ArrayBuffer.isView(data))
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (hasBuffer(data)) return new Uint8Array(data.buffer, data.byteOffset, data.length);
  throw new EigenlensError("file-format", `${where}: its values are not stored as plain numbers.`);
}

/** zarrita's own array of booleans, one byte each. */
function hasBuffer(
  data: unknown,
): data is { buffer: ArrayBuffer; byteOffset: number; length: number } {
  return typeof data === "object" && data !== null && "buffer" in data && "byteOffset" in data;
}

function texts({ data }: Slab): string[] {
  const isIterable = (value: unknown): value is Iterable<unknown> =>
    typeof value === "object" && value !== null && Symbol.iterator in value;
  return isIterable(data) ? Array.from(data, String) : Array.from(data, String);
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return (
    (inner instanceof Error ? inner.message : String(inner)).split("\n")[0]?.slice(0, 160) ?? ""
  );
}
