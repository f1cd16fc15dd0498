import type { Dataset, File } from "h5wasm";
import { EigenlensError } from "../../errors.ts";
import type { TensorInfo } from "../activationFile.ts";
import { decodeIntegerLabels, decodeValues } from "../decode.ts";
import { byteWidth, isIntegral, type NumericType } from "../elementType.ts";
import { gatherRows } from "../gatherRows.ts";
import type { loadH5wasm } from "../libraries/h5wasm.ts";
import { panelRowCount, RowPanels, type RowPanel } from "../rowPanels.ts";
import { denseStrides, rowLength, valueCount } from "../shape.ts";
import { memorySource } from "../sources/memorySource.ts";
import { place, type StoredTensor } from "../storedTensor.ts";
import { attempt } from "./hdf5Errors.ts";

/** One opened file and what reading its datasets takes. */
export interface OpenHdf5 {
  readonly path: string;
  readonly byteLength: number;
  readonly library: Awaited<ReturnType<typeof loadH5wasm>>;
  readonly file: File;
  /** Whether axes are stored in reverse. */
  readonly matlab: boolean;
}

type Metadata = Dataset["metadata"];

const classes = { integer: 0, float: 1, string: 3, enumeration: 8 } as const;

/** The library unpacks a chunk in memory, whatever part of it is wanted. */
const mostChunkBytes = 2 ** 28;
const mostLabels = 10_000_000;

/** A dataset as a tensor: rows are read a panel of whole chunks at a time. */
export function hdf5Dataset(opened: OpenHdf5, name: string): StoredTensor {
  const where = place(opened.path, name);
  const { Module } = opened.library;
  const metadata = attempt(where, () => Module.get_dataset_metadata(opened.file.file_id, name));
  const stored = metadata.shape ?? [];
  const shape = opened.matlab ? matlabShape(stored) : stored;
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
    return { info, readLabels: () => Promise.resolve(readTexts(opened, name, where)) };
  }
  const dataset = new NumericDataset(opened, name, where, metadata, shape, elementType);
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

function typeOf(metadata: Metadata): NumericType | "text" | undefined {
  const { type, size, signed } = metadata;
  if (type === classes.string) return "text";
  if (type === classes.float) {
    return ({ 2: "float16", 4: "float32", 8: "float64" } as const)[size];
  }
  if (type === classes.integer) {
    const bits = ({ 1: 8, 2: 16, 4: 32, 8: 64 } as const)[size];
    return bits === undefined ? undefined : `${signed ? "int" : "uint"}${bits}`;
  }
  // h5py writes booleans as an enumeration of FALSE and TRUE.
  const members = Object.keys(metadata.enum_type?.members ?? {})
    .sort()
    .join();
  return type === classes.enumeration && size === 1 && members === "FALSE,TRUE"
    ? "bool"
    : undefined;
}

function refusal(
  metadata: Metadata,
  elementType: NumericType | "text" | undefined,
  shape: readonly number[],
): string | undefined {
  if (elementType === undefined) {
    return `its HDF5 type (class ${metadata.type}, ${metadata.size} bytes) is not read: save float32, float64, integers or strings.`;
  }
  if ((metadata.virtual_sources?.length ?? 0) > 0) {
    return "a virtual dataset takes its values from other files, which are never opened: save the values themselves.";
  }
  const chunkBytes = metadata.chunks === null ? 0 : valueCount(metadata.chunks) * metadata.size;
  if (chunkBytes > mostChunkBytes) {
    return `its chunks ${JSON.stringify(metadata.chunks)} take ${chunkBytes} bytes each, more than ${mostChunkBytes}: save it with smaller chunks.`;
  }
  if (elementType === "text" && valueCount(shape) > mostLabels) {
    return `it claims ${valueCount(shape)} texts, more than ${mostLabels}.`;
  }
  return undefined;
}

function readTexts(opened: OpenHdf5, name: string, where: string): string[] {
  const value = attempt(where, () => new opened.library.Dataset(opened.file.file_id, name).value);
  const texts = Array.isArray(value) ? value : [value];
  if (texts.every((text): text is string => typeof text === "string")) return texts;
  throw new EigenlensError(
    "file-format",
    `${where} holds no plain texts: save a vector of strings.`,
  );
}

class NumericDataset {
  readonly panels: RowPanels;
  readonly #opened: OpenHdf5;
  readonly #name: string;
  readonly #where: string;
  readonly #stored: readonly number[];
  readonly #shape: readonly number[];
  readonly #elementType: NumericType;

  constructor(
    opened: OpenHdf5,
    name: string,
    where: string,
    metadata: Metadata,
    shape: readonly number[],
    elementType: NumericType,
  ) {
    this.#opened = opened;
    this.#name = name;
    this.#where = where;
    this.#stored = metadata.shape ?? [];
    this.#shape = shape;
    this.#elementType = elementType;
    const chunkRows = (opened.matlab ? metadata.chunks?.at(-1) : metadata.chunks?.[0]) ?? 1;
    const length = rowLength(shape);
    const panelRows = panelRowCount(length * metadata.size, chunkRows);
    this.panels = new RowPanels(shape[0] ?? 0, length, panelRows, (start, stop) =>
      this.#panel(start, stop),
    );
  }

  async readLabels(): Promise<string[]> {
    const count = valueCount(this.#shape);
    const bytes = await this.#read(0, this.#shape[0] ?? 0);
    return decodeIntegerLabels(this.#elementType, "little", bytes, count);
  }

  async #panel(start: number, stop: number): Promise<RowPanel> {
    const bytes = await this.#read(start, stop);
    const length = rowLength(this.#shape);
    const width = byteWidth(this.#elementType);
    return {
      start,
      stop,
      copy: (from, to, destination, at) => {
        const part = bytes.subarray(from * length * width, to * length * width);
        decodeValues(this.#elementType, "little", part, destination, at, (to - from) * length);
      },
    };
  }

  /** Rows in C order; the library hands values over in this machine's byte order. */
  async #read(start: number, stop: number): Promise<Uint8Array> {
    const { matlab, library, file } = this.#opened;
    const { Module } = library;
    const rowAxis = matlab ? this.#stored.length - 1 : 0;
    const count = this.#stored.map((extent, axis) => (axis === rowAxis ? stop - start : extent));
    const first = this.#stored.map((_, axis) => (axis === rowAxis ? start : 0));
    // A MATLAB column vector is stored as [1, rows]: its one stored axis of length 1 changes nothing.
    const byteLength = valueCount(count) * byteWidth(this.#elementType);
    const bytes = attempt(this.#where, () => {
      const pointer = Module._malloc(Math.max(1, byteLength));
      if (pointer === 0) throw new Error(`no memory for ${byteLength} bytes`);
      try {
        Module.get_dataset_data(
          file.file_id,
          this.#name,
          count.map(BigInt),
          first.map(BigInt),
          count.map(() => 1n),
          BigInt(pointer),
        );
        return Module.HEAPU8.slice(pointer, pointer + byteLength);
      } finally {
        Module._free(pointer);
      }
    });
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
