import type { FileMetaData, ParquetScan } from "hyparquet";
import { EigenlensError } from "../../../errors.ts";
import type { RowBuffer } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { RowPanels, type RowPanel } from "../../rows/rowPanels.ts";
import { place, unreadableTensor, type StoredTensor } from "../../storedTensor.ts";
import { nameOfClass } from "../classNames.ts";
import { labelName, saysSo, type ColumnRoles } from "../columnRoles.ts";
import { nestedShape } from "../json/values.ts";
import type { ParquetColumn } from "./columns.ts";
import { guard } from "./errors.ts";
import { ParquetFloats } from "./floats.ts";
import { RaggedLists } from "./raggedLists.ts";
import { fillRows, firstMissing, plain } from "./lists.ts";
import { checkPages } from "./pages.ts";
import { labelText } from "../../../text/labelText.ts";

const sampleRows = 64;
/** Rows that are looked at for one that tells how long the lists are. */
const mostShapeless = 100_000;
/** Of decoded rows kept at a time; a file that fits is unpacked only once. */
const mostPanelBytes = 2 ** 30;

/** The columns of a parquet file as tensors. */
export class ParquetTable {
  readonly rows: number;
  readonly #source: ByteSource;
  readonly #path: string;
  readonly #byteLength: number;
  readonly #metadata: FileMetaData;
  readonly #scan: ParquetScan;
  readonly #floats: ParquetFloats;
  /** Columns whose page headers have been looked at. */
  readonly #checked = new Set<string>();

  constructor(source: ByteSource, metadata: FileMetaData, scan: ParquetScan) {
    const { path, byteLength } = source;
    this.#source = source;
    this.#path = path;
    this.#byteLength = byteLength;
    this.#metadata = metadata;
    this.#scan = scan;
    this.#floats = new ParquetFloats(source, metadata);
    this.rows = Number(metadata.num_rows);
    const covered = scan.ranges.reduce((sum, range) => sum + range.rowEnd - range.rowStart, 0);
    if (covered !== this.rows) {
      throw new EigenlensError(
        "file-format",
        `${path} claims ${this.rows} rows, its row groups hold ${covered}: it is damaged; save it again.`,
      );
    }
  }

  /** Whole numbers stored as floats (labels of a data frame with gaps) are labels too, if they are called so. */
  async isWhole({ name }: ParquetColumn): Promise<boolean> {
    if (!saysSo(name)) return false;
    const sample = await this.#sample(name);
    return sample.every((value) => value === null || Number.isInteger(value));
  }

  async #sample(name: string): Promise<unknown[]> {
    return Array.from(await this.#column(name, 0, Math.min(sampleRows, this.rows)));
  }

  /** The library believes page headers; what they claim is compared with the file's first. */
  async #check(name: string): Promise<void> {
    if (this.#checked.has(name)) return;
    for (const group of this.#metadata.row_groups) {
      for (const chunk of group.columns) {
        const path = chunk.meta_data?.path_in_schema;
        if (path?.[0] !== name) continue;
        await checkPages(this.#source, chunk, Number(group.num_rows), path.length > 1);
      }
    }
    this.#checked.add(name);
  }

  /** Values of one column; ranges never cross a row group. */
  async #column(name: string, start: number, stop: number): Promise<ArrayLike<unknown>> {
    await guard(place(this.#path, name), () => this.#check(name));
    const parts: ArrayLike<unknown>[] = [];
    for (const { rowStart, rowEnd } of this.#scan.ranges) {
      const from = Math.max(start, rowStart);
      const to = Math.min(stop, rowEnd);
      if (from >= to) continue;
      const where = place(this.#path, name);
      const values = await guard(where, () =>
        this.#scan.readColumn({ column: name, rowStart: from, rowEnd: to }),
      );
      if (values.length !== to - from) {
        throw new EigenlensError(
          "file-format",
          `${where}: rows ${from} to ${to} hold ${values.length} values: the file is damaged; save it again.`,
        );
      }
      parts.push(values);
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined
      ? only
      : parts.flatMap((part) => Array.from(part));
  }

  /** Rows that are unpacked together: as many as twice the file's size and a little more can hold. */
  #panelRows(rowValues: number, double: boolean): number {
    const bytes = Math.min(mostPanelBytes, 64 * 2 ** 20 + 1.5 * this.#byteLength);
    const most = Math.max(1, Math.floor(bytes / ((double ? 8 : 4) * rowValues)));
    // In equal parts: what is unpacked for a small rest would be unpacked once more.
    return Math.ceil(this.rows / Math.ceil(this.rows / most));
  }

  wideTensor(name: string, columns: readonly ParquetColumn[], roles: ColumnRoles): StoredTensor {
    const width = columns.length;
    const double = columns.some((column) => column.double);
    const panels = new RowPanels(
      this.rows,
      width,
      this.#panelRows(width, double),
      async (start, stop) => {
        const values = allocate(double, (stop - start) * width);
        const where = place(this.#path, name);
        if (await guard(where, () => this.#floats.readColumns(columns, start, stop, values))) {
          return copyPanel(start, stop, values, width);
        }
        for (const [position, column] of columns.entries()) {
          const stored = await this.#column(column.name, start, stop);
          for (let row = 0; row < stored.length; row++) {
            values[row * width + position] = numberOf(
              stored[row],
              place(this.#path, column.name),
              start + row,
            );
          }
        }
        return copyPanel(start, stop, values, width);
      },
    );
    const tensor = matrix(name, [this.rows, width], double, panels);
    const { names, notes } = roles;
    const info = {
      ...tensor.info,
      ...(names === undefined ? {} : { columnNames: names }),
      ...(notes.length === 0 ? {} : { notes }),
    };
    return { ...tensor, info };
  }

  async listTensor(column: ParquetColumn): Promise<StoredTensor> {
    const { name, double } = column;
    const shape = await this.#rowShape(column);
    if (shape === undefined) {
      return unreadableTensor(
        name,
        [this.rows],
        "none of its first rows is a whole list of numbers: save one list of numbers a row.",
      );
    }
    const length = shape.reduce((product, extent) => product * extent, 1);
    const panels = new RowPanels(
      this.rows,
      length,
      this.#panelRows(length, double),
      async (start, stop) => {
        const values = allocate(double, (stop - start) * length);
        const where = place(this.#path, name);
        if (await guard(where, () => this.#floats.readLists(column, length, start, stop, values))) {
          return copyPanel(start, stop, values, length);
        }
        const lists = await this.#column(name, start, stop);
        const faults = fillRows(lists, shape, values, (row) => `${where}, row ${start + row}`);
        return copyPanel(start, stop, values, length, faults);
      },
    );
    const dense = matrix(name, [this.rows, ...shape], double, panels);
    // Lists of lists are tokens, and so are lists of whole numbers: how many a row has is known when it is read.
    const mayDiffer = shape.length === 2 || (shape.length === 1 && column.floats === undefined);
    if (!mayDiffer) return dense;
    const ragged = new RaggedLists(
      this.rows,
      this.#panelRows(8 * length, double),
      shape.slice(1),
      (start, stop) => this.#column(name, start, stop),
      (row) => `${place(this.#path, name)}, row ${row}`,
    );
    const info = { ...dense.info, ragged: { axis: 1 } };
    return { ...dense, info, readRagged: (row) => ragged.row(row) };
  }

  /** The shape of a column's first list that has values; undefined if there is none. */
  async #rowShape(column: ParquetColumn): Promise<readonly number[] | undefined> {
    const { name } = column;
    const length = await guard(place(this.#path, name), () => this.#floats.listLength(column));
    if (length !== undefined && length > 0) return [length];
    if (this.rows === 0) return [0];
    for (let start = 0, step = 1; start < Math.min(this.rows, mostShapeless); step *= 4) {
      const stop = Math.min(this.rows, start + step);
      const lists = await this.#column(name, start, stop);
      for (let row = 0; row < lists.length; row++) {
        const list = plain(lists[row]);
        const shape = firstMissing(list) === undefined ? nestedShape(list) : undefined;
        if (shape?.every((extent) => extent > 0) === true) return shape;
      }
      start = stop;
    }
    return undefined;
  }

  labelVector({ name }: ParquetColumn, classes: readonly string[] | undefined): StoredTensor {
    const text = (value: unknown) =>
      classes === undefined ? cellText(value) : nameOfClass(classes, cellText(value));
    return {
      info: {
        name: labelName(name),
        shape: [this.rows],
        elementType: "text",
        byteOrder: "little",
        order: "row-major",
        ...(classes === undefined ? {} : { classNames: classes }),
      },
      readLabels: async () => Array.from(await this.#column(name, 0, this.rows), text),
    };
  }
}

function matrix(
  name: string,
  shape: readonly number[],
  double: boolean,
  panels: RowPanels,
): StoredTensor {
  const elementType = double ? "float64" : "float32";
  return {
    info: { name, shape, elementType, byteOrder: "little", order: "row-major" },
    readRows: (start, stop, destination) => panels.readRows(start, stop, destination),
  };
}

function allocate(double: boolean, length: number): RowBuffer {
  return double ? new Float64Array(length) : new Float32Array(length);
}

/** @param faults what is wrong with rows of the panel, told only to those who ask for them */
function copyPanel(
  start: number,
  stop: number,
  values: RowBuffer,
  length: number,
  faults: ReadonlyMap<number, EigenlensError> = new Map(),
): RowPanel {
  return {
    start,
    stop,
    copy(from, to, destination, at) {
      for (const [row, fault] of faults) if (row >= from && row < to) throw fault;
      destination.set(values.subarray(from * length, to * length), at);
    },
  };
}

/** Null is NaN; 64-bit integers come as big integers. */
function numberOf(value: unknown, where: string, row: number): number {
  if (typeof value === "number") return value;
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
  throw new EigenlensError(
    "file-format",
    `${where}, row ${row} holds a ${typeof value}, expected a number.`,
  );
}

function cellText(value: unknown): string {
  if (!(value instanceof Date)) return labelText(value);
  // A moment may lie beyond those that a Date holds.
  return Number.isNaN(value.getTime()) ? "" : value.toISOString();
}
