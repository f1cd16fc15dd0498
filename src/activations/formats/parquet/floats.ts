import type { ColumnChunk, FileMetaData } from "hyparquet";
import type { RowBuffer } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { ReadWindow } from "../../sources/readWindow.ts";
import type { ParquetColumn } from "./columns.ts";
import {
  firstListLength,
  isPlainEnough,
  readNumbers,
  unknownLength,
  type NumberChunk,
} from "./numbers.ts";
import { unpacker } from "./unpack.ts";

/** Columns that are turned into rows together: some cache lines of floats in each row, which lie in pages of their own. */
const bundle = 64;
/** A page's header is shorter, unless it carries statistics. */
const headerBytes = 2 ** 14;

interface RowGroup {
  readonly start: number;
  readonly stop: number;
  /** By the name of the top-level column; those with several leaves or of doubtful names are left out. */
  readonly chunks: ReadonlyMap<string, ColumnChunk>;
}

/** Matrices of floats, read straight into rows. Whatever is out of the ordinary is left to the library. */
export class ParquetFloats {
  readonly #source: ByteSource;
  readonly #groups: readonly RowGroup[];

  constructor(source: ByteSource, metadata: FileMetaData) {
    this.#source = source;
    let start = 0;
    this.#groups = metadata.row_groups.map((group) => {
      const stop = start + Number(group.num_rows);
      const found = { start, stop, chunks: singleLeaves(group.columns) };
      start = stop;
      return found;
    });
  }

  /**
   * Rows `start` to `stop` of columns of numbers, side by side.
   * @param values `(stop - start) * columns.length`, in C order
   * @returns false if a column is not read here: nothing that was written is of use then
   * @throws RangeError if the file is damaged
   */
  async readColumns(
    columns: readonly ParquetColumn[],
    start: number,
    stop: number,
    values: RowBuffer,
  ): Promise<boolean> {
    const window = new ReadWindow(this.#source);
    const width = columns.length;
    for (const { group, from, to } of this.#parts(start, stop)) {
      const rows = to - from;
      const length = bundle * rows;
      const side =
        values instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
      for (let first = 0; first < width; first += bundle) {
        const together = columns.slice(first, first + bundle);
        for (const [at, column] of together.entries()) {
          const chunk = await this.#chunk(group, column, 1);
          if (chunk === undefined) return false;
          const local = from - group.start;
          if (!(await readNumbers(window, chunk, local, local + rows, side, at * rows)))
            return false;
        }
        const row = from - start;
        transpose(side, rows, together.length, values, row * width + first, width);
      }
    }
    return true;
  }

  /**
   * Rows `start` to `stop` of a column of lists that all have `length` values.
   * @param values `(stop - start) * length`
   * @returns and throws as {@link readColumns}
   */
  async readLists(
    column: ParquetColumn,
    length: number,
    start: number,
    stop: number,
    values: RowBuffer,
  ): Promise<boolean> {
    const window = new ReadWindow(this.#source);
    for (const { group, from, to } of this.#parts(start, stop)) {
      const chunk = await this.#chunk(group, column, length);
      if (chunk === undefined) return false;
      const local = from - group.start;
      const at = (from - start) * length;
      if (!(await readNumbers(window, chunk, local, local + to - from, values, at))) return false;
    }
    return true;
  }

  /** How many values the lists of a column have, by the first; undefined if they are not read here. */
  async listLength(column: ParquetColumn): Promise<number | undefined> {
    const [group] = this.#groups.filter(({ start, stop }) => stop > start);
    const chunk = group && (await this.#chunk(group, column, unknownLength));
    return chunk && firstListLength(new ReadWindow(this.#source, headerBytes), chunk);
  }

  *#parts(start: number, stop: number): Generator<{ group: RowGroup; from: number; to: number }> {
    for (const group of this.#groups) {
      const from = Math.max(start, group.start);
      const to = Math.min(stop, group.stop);
      if (from < to) yield { group, from, to };
    }
  }

  async #chunk(
    group: RowGroup,
    { name, floats, kind }: ParquetColumn,
    length: number,
  ): Promise<NumberChunk | undefined> {
    const chunk = group.chunks.get(name);
    const description = chunk?.meta_data;
    if (floats === undefined || description === undefined || chunk?.file_path !== undefined) {
      return undefined;
    }
    if (floats.isList !== (kind === "list") || !isPlainEnough(description)) return undefined;
    return {
      ...floats,
      description,
      length,
      rows: group.stop - group.start,
      unpack: await unpacker(description.codec),
    };
  }
}

function singleLeaves(columns: readonly ColumnChunk[]): ReadonlyMap<string, ColumnChunk> {
  const found = new Map<string, ColumnChunk>();
  const several = new Set<string>();
  for (const chunk of columns) {
    const name = chunk.meta_data?.path_in_schema[0] ?? "";
    if (found.has(name)) several.add(name);
    found.set(name, chunk);
  }
  for (const name of several) found.delete(name);
  return found;
}

/** Columns of `rows` values each, one after the other, into rows that are `stride` values apart. */
function transpose(
  side: RowBuffer,
  rows: number,
  columns: number,
  values: RowBuffer,
  at: number,
  stride: number,
): void {
  for (let row = 0; row < rows; row++) {
    const to = at + row * stride;
    for (let column = 0; column < columns; column++) {
      values[to + column] = side[column * rows + row] as number;
    }
  }
}
