import type { TensorInfo } from "../../activationFile.ts";
import { decodeIntegerLabels, decodeValues } from "../../elements/decode.ts";
import { byteWidth, isIntegral, type NumericType } from "../../elements/elementType.ts";
import { gatherRows } from "../../rows/gatherRows.ts";
import { mostAheadBytes, readingAhead } from "../../rows/readingAhead.ts";
import { panelRowCount, RowPanels, type RowPanel } from "../../rows/rowPanels.ts";
import { SpareBuffers } from "../../rows/spareBuffers.ts";
import { denseStrides, isAddressable, rowLength, valueCount } from "../../shape.ts";
import { memorySource } from "../../sources/memorySource.ts";
import { place, type StoredTensor } from "../../storedTensor.ts";
import { printable } from "../../../text/printable.ts";
import { unreadFilter } from "./filters.ts";
import { matlabTexts } from "./matlab.ts";
import type { Hdf5Listing } from "./messages.ts";
import type { OpenHdf5 } from "./openFile.ts";

const classes = { integer: 0, float: 1, string: 3, compound: 6, enumeration: 8 } as const;
/** What the library's other classes of types are called. */
const classNames: ReadonlyMap<number, string> = new Map([
  [2, "time"],
  [4, "bit field"],
  [5, "opaque"],
  [classes.compound, "compound"],
  [7, "reference"],
  [9, "variable-length list"],
  [10, "array"],
]);

/** The library unpacks a chunk in memory, whatever part of it is wanted. */
const mostChunkBytes = 2 ** 28;
const mostLabels = 10_000_000;
/** So many chunks of so few bytes take the library longer to look up than anybody waits, for next to no values. */
const mostGrains = 100_000;
const grainBytes = 512;

/** The library writes a panel before it is copied: small enough that it is still in a cache of the processor then. */
const panelBytes = 2 ** 23;
/** Panels that are used again, of all files. */
const spare = new SpareBuffers(2 ** 26);

/** A dataset as a tensor: rows are read a panel of whole chunks at a time. */
export function hdf5Dataset(opened: OpenHdf5, metadata: Hdf5Listing): StoredTensor {
  const { name } = metadata;
  const texts = opened.matlab ? matlabTexts(opened, metadata) : undefined;
  if (texts !== undefined) return texts;
  const where = place(opened.path, name);
  const shape = opened.matlab ? matlabShape(metadata.shape) : metadata.shape;
  const elementType = typeOf(metadata);
  const info: TensorInfo = {
    name,
    shape,
    elementType: elementType ?? "uint8",
    byteOrder: metadata.littleEndian ? "little" : "big",
    order: opened.matlab ? "column-major" : "row-major",
  };
  const refused = refusal(metadata, elementType, shape);
  if (refused !== undefined) return { info: { ...info, unreadable: refused } };
  if (elementType === undefined || elementType === "text") {
    const readLabels = async () => {
      return (await opened.thread.call({ kind: "texts", name }, where)) as string[];
    };
    return { info, readLabels };
  }
  const dataset = new NumericDataset(opened, metadata, where, shape, elementType);
  return {
    info,
    readRows: (start, stop, destination) => dataset.panels.readRows(start, stop, destination),
    ...(isIntegral(elementType) ? { readLabels: () => dataset.readLabels() } : {}),
  };
}

/** MATLAB has no vectors: a single row or column of the file is taken as one where it has more than one value. */
function matlabShape(stored: readonly number[]): number[] {
  const shape = [...stored].reverse();
  const [rows = 0, columns = 0] = shape;
  return shape.length === 2 && columns === 1 && rows > 1 ? [rows] : shape;
}

function typeOf(metadata: Hdf5Listing): NumericType | "text" | undefined {
  const { type, size, signed, members } = metadata;
  if (type === classes.string) return "text";
  if (type === classes.float) {
    return ({ 2: "float16", 4: "float32", 8: "float64" } as const)[size];
  }
  if (type !== classes.integer && type !== classes.enumeration) return undefined;
  // h5py writes booleans as an enumeration of FALSE and TRUE.
  const names = members.map(([name, value]) => `${name}=${value}`).sort();
  if (type === classes.enumeration && size === 1 && names.join() === "FALSE=0,TRUE=1") {
    return "bool";
  }
  const bits = ({ 1: 8, 2: 16, 4: 32, 8: 64 } as const)[size];
  return bits === undefined ? undefined : `${signed ? "int" : "uint"}${bits}`;
}

function refusal(
  metadata: Hdf5Listing,
  elementType: NumericType | "text" | undefined,
  shape: readonly number[],
): string | undefined {
  if (elementType === undefined) {
    return `its HDF5 type (${typeName(metadata)}) is not read: save float32, float64, integers or strings.`;
  }
  if (metadata.isVirtual) {
    return "a virtual dataset takes its values from other files, which are never opened: save the values themselves.";
  }
  const filter = unreadFilter(metadata.filters);
  if (filter !== undefined) return filter;
  const chunkBytes = metadata.chunks === null ? 0 : valueCount(metadata.chunks) * metadata.size;
  if (chunkBytes > mostChunkBytes) {
    return `its chunks ${JSON.stringify(metadata.chunks)} take ${chunkBytes} bytes each, more than ${mostChunkBytes}: save it with smaller chunks.`;
  }
  const chunkCount = valueCount(
    metadata.shape.map((extent, axis) => Math.ceil(extent / (metadata.chunks?.[axis] ?? extent))),
  );
  if (isAddressable(shape) && chunkBytes < grainBytes && chunkCount > mostGrains) {
    return `its ${chunkCount} chunks ${JSON.stringify(metadata.chunks)} hold ${chunkBytes} bytes each: save it with chunks of whole rows, a few megabytes each.`;
  }
  if (elementType === "text" && valueCount(shape) > mostLabels) {
    return `it claims ${valueCount(shape)} texts, more than ${mostLabels}.`;
  }
  return undefined;
}

function typeName({ type, size, fields }: Hdf5Listing): string {
  const name = classNames.get(type) ?? `class ${type}`;
  const width = `${name}, ${size} bytes`;
  if (fields.length === 0) return width;
  return `${width}, with the fields ${fields.map((field) => printable(field, 40)).join(", ")}`;
}

const booleans: Readonly<Record<string, string>> = { 0: "False", 1: "True" };

class NumericDataset {
  readonly panels: RowPanels;
  readonly #opened: OpenHdf5;
  readonly #metadata: Hdf5Listing;
  readonly #where: string;
  readonly #shape: readonly number[];
  readonly #elementType: NumericType;

  constructor(
    opened: OpenHdf5,
    metadata: Hdf5Listing,
    where: string,
    shape: readonly number[],
    elementType: NumericType,
  ) {
    this.#opened = opened;
    this.#metadata = metadata;
    this.#where = where;
    this.#shape = shape;
    this.#elementType = elementType;
    const chunkRows = (opened.matlab ? metadata.chunks?.at(-1) : metadata.chunks?.[0]) ?? 1;
    const length = rowLength(shape);
    const panelRows = panelRowCount(length * metadata.size, chunkRows, panelBytes);
    const rows = shape[0] ?? 0;
    const read = (start: number, stop: number) => this.#panel(start, stop);
    // The library is to find the next panel asked for while this thread is busy with the one before.
    const isSmall = panelRows * length * metadata.size <= mostAheadBytes;
    const ahead = isSmall ? readingAhead(read, rows, panelRows) : read;
    this.panels = new RowPanels(rows, length, panelRows, ahead, true);
  }

  async readLabels(): Promise<string[]> {
    const count = valueCount(this.#shape);
    const bytes = await this.#read(0, this.#shape[0] ?? 0);
    const labels = decodeIntegerLabels(this.#elementType, "little", bytes, count);
    // As Python prints them, whichever way they were decoded.
    if (this.#elementType === "bool") return labels.map((label) => booleans[label] ?? label);
    const { members, type } = this.#metadata;
    if (type !== classes.enumeration) return labels;
    const names = new Map(members.map(([name, value]) => [String(value), name]));
    return labels.map((label) => names.get(label) ?? label);
  }

  async #panel(start: number, stop: number): Promise<RowPanel> {
    const length = rowLength(this.#shape);
    const width = byteWidth(this.#elementType);
    const bytes = await this.#read(start, stop, spare.find((stop - start) * length * width));
    return {
      start,
      stop,
      release: () => {
        spare.lend(bytes.buffer);
        spare.giveBack(bytes);
      },
      copy: (from, to, destination, at) => {
        const part = bytes.subarray(from * length * width, to * length * width);
        decodeValues(this.#elementType, "little", part, destination, at, (to - from) * length);
      },
    };
  }

  /** Rows in C order; the library hands values over in this machine's byte order. */
  async #read(start: number, stop: number, into?: ArrayBuffer): Promise<Uint8Array> {
    const { matlab, thread } = this.#opened;
    const { name, shape } = this.#metadata;
    const rowAxis = matlab ? shape.length - 1 : 0;
    const count = shape.map((extent, axis) => (axis === rowAxis ? stop - start : extent));
    const first = shape.map((_, axis) => (axis === rowAxis ? start : 0));
    const call = { kind: "read", name, count, first, ...(into && { into }) } as const;
    const bytes = (await thread.call(call, this.#where)) as Uint8Array;
    if (!matlab) return bytes;
    const panelShape = [stop - start, ...this.#shape.slice(1)];
    return gatherRows(
      {
        source: memorySource(this.#where, bytes),
        offset: 0,
        shape: panelShape,
        strides: denseStrides(panelShape, "column-major"),
        elementType: this.#elementType,
        byteOrder: "little",
      },
      0,
      stop - start,
    );
  }
}
