import type { AsyncBuffer, FileMetaData, ParquetScan } from "hyparquet";
import { EigenlensError } from "../../errors.ts";
import type { ActivationFile, RowBuffer } from "../activationFile.ts";
import type { ByteSource } from "../byteSource.ts";
import { RowPanels, type RowPanel } from "../rowPanels.ts";
import { activationFile, place, unreadableTensor, type StoredTensor } from "../storedTensor.ts";
import { holdsActivations, matrixName } from "./columnRoles.ts";
import { flattenInto, nestedShape } from "./jsonValues.ts";
import { describeColumn, type ParquetColumn } from "./parquetColumns.ts";
import { ParquetFloats } from "./parquetFloats.ts";
import { checkPages } from "./parquetPages.ts";
import { bounded } from "./parquetUnpack.ts";

const sampleRows = 64;
/** Of decoded rows kept at a time; a file that fits is unpacked only once. */
const mostPanelBytes = 2 ** 30;

/**
 * Parquet through hyparquet: every column of lists is a matrix, all columns of plain numbers together make
 * another, columns of texts are labels. Row groups are unpacked in panels.
 * @throws EigenlensError "file-format"
 */
export async function openParquet(source: ByteSource): Promise<ActivationFile> {
  const library = await import("../libraries/parquet.ts");
  const { path, byteLength } = source;
  const file: AsyncBuffer = {
    byteLength,
    async slice(start, end = byteLength) {
      const bytes = await source.read(start, Math.max(0, end - start));
      return bytes.buffer as ArrayBuffer;
    },
  };
  const { table, columns } = await guard(path, async () => {
    const metadata = await library.parquetMetadataAsync(file, { geoparquet: false });
    const scan = await library.parquetScan({
      file,
      metadata,
      compressors: bounded(library.compressors),
    });
    const columns = library.parquetSchema(metadata).children.map(describeColumn);
    return { table: new ParquetTable(source, metadata, scan), columns };
  });
  const tensors: StoredTensor[] = [];
  const labels: ParquetColumn[] = [];
  const numbers: ParquetColumn[] = [];
  for (const column of columns) {
    if (column.kind === "list") tensors.push(await table.listTensor(column));
    else if (column.kind === "number" && (await table.isActivation(column))) numbers.push(column);
    else if (column.kind !== "other") labels.push(column);
  }
  if (tensors.length === 0 && numbers.length > 0) {
    tensors.push(table.wideTensor(matrixName(labels.map(({ name }) => name)), numbers));
  } else {
    labels.push(...numbers);
  }
  tensors.push(...labels.map((column) => table.labelVector(column)));
  return activationFile({
    path,
    format: "parquet",
    byteLength,
    tensors,
    close: () => source.close(),
  });
}

class ParquetTable {
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

  async isActivation({ name, integral }: ParquetColumn): Promise<boolean> {
    // Whole numbers stored as doubles (labels of a data frame with gaps) are labels too, if they are called so.
    if (holdsActivations({ name, numeric: true, integral: true })) return true;
    const sample = integral ? [] : await this.#sample(name);
    const whole = integral || sample.every((value) => Number.isInteger(value));
    return holdsActivations({ name, numeric: true, integral: whole });
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

  wideTensor(name: string, columns: readonly ParquetColumn[]): StoredTensor {
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
    return matrix(name, [this.rows, width], double, panels);
  }

  async listTensor(column: ParquetColumn): Promise<StoredTensor> {
    const { name, double } = column;
    const shape = await this.#rowShape(column);
    if (shape === undefined) {
      return unreadableTensor(
        name,
        [this.rows],
        "its first row is no list of numbers: save one list of numbers a row.",
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
        const row = new Float64Array(length);
        for (let at = 0; at < lists.length; at++) {
          flattenInto(
            plain(lists[at]),
            shape,
            row,
            0,
            () => `${place(this.#path, name)}, row ${start + at}`,
          );
          values.set(row, at * length);
        }
        return copyPanel(start, stop, values, length);
      },
    );
    return matrix(name, [this.rows, ...shape], double, panels);
  }

  /** The shape of a column's first list; undefined where there is none. */
  async #rowShape(column: ParquetColumn): Promise<readonly number[] | undefined> {
    const { name } = column;
    const length = await guard(place(this.#path, name), () => this.#floats.listLength(column));
    if (length !== undefined) return [length];
    const [first] = this.rows > 0 ? Array.from(await this.#column(name, 0, 1)) : [];
    return nestedShape(plain(first));
  }

  labelVector({ name }: ParquetColumn): StoredTensor {
    return {
      info: {
        name: /^(__index_level_\d+__|)$/.test(name) ? "index" : name,
        shape: [this.rows],
        elementType: "text",
        byteOrder: "little",
        order: "row-major",
      },
      readLabels: async () => Array.from(await this.#column(name, 0, this.rows), labelText),
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

function copyPanel(start: number, stop: number, values: RowBuffer, length: number): RowPanel {
  return {
    start,
    stop,
    copy(from, to, destination, at) {
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

/** Typed arrays and 64-bit integers in a list, as plain lists and numbers. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    return Array.from(value as unknown as ArrayLike<unknown>, plain);
  }
  return value === undefined ? null : value;
}

function labelText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return value instanceof Date ? value.toISOString() : String(value);
}

async function guard<Result>(where: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof EigenlensError && cause.code !== "file-access") throw cause;
    const reason = (cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "";
    throw new EigenlensError(
      "file-format",
      `${where}: not readable as parquet (${reason.slice(0, 160)}): the file is cut short, damaged or packed in an unknown way; save it again.`,
      { cause },
    );
  }
}
