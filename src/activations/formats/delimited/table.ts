import { EigenlensError } from "../../../errors.ts";
import { printable } from "../../../text/printable.ts";
import type { RowBuffer } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { sameShape, valueCount } from "../../shape.ts";
import { blockOf, readBlock, type RecordBlock } from "../../sources/recordBlocks.ts";
import { place } from "../../storedTensor.ts";
import { labelName } from "../columnRoles.ts";
import type { CellColumn } from "./columns.ts";
import { parseCell, parseRecords, type Dialect } from "./dialect.ts";
import { parseListCell } from "../listCell.ts";
import { missingValue, raggedList } from "../nestedRows.ts";

type ReadRows = (start: number, stop: number, destination: RowBuffer) => Promise<void>;

/** The records of a delimited text, a block of the file at a time. */
export class DelimitedTable {
  readonly rows: number;
  readonly #source: ByteSource;
  readonly #blocks: readonly RecordBlock[];
  readonly #dialect: Dialect;
  readonly #columns: readonly CellColumn[];
  /** The block read last, since rows are mostly asked for in order. */
  #kept: { block: RecordBlock; records: string[][] } | undefined;

  constructor(
    source: ByteSource,
    blocks: readonly RecordBlock[],
    dialect: Dialect,
    columns: readonly CellColumn[],
  ) {
    this.#source = source;
    this.#blocks = blocks;
    this.#dialect = dialect;
    this.#columns = columns;
    const last = blocks.at(-1);
    const records = last === undefined ? 0 : last.firstRecord + last.records;
    this.rows = records - this.#shift;
  }

  /** Records before the first row. */
  get #shift(): number {
    return this.#dialect.header ? 1 : 0;
  }

  #nameOf(column: number): string {
    return labelName(this.#columns[column]?.name ?? "");
  }

  /** Reads columns of numbers side by side; blocks are decoded whole, and the last is kept. */
  numbers(columns: readonly number[]): ReadRows {
    const width = columns.length;
    let decoded: { block: RecordBlock; values: Float64Array } | undefined;
    return async (start, stop, destination) => {
      for (let record = start + this.#shift; record < stop + this.#shift;) {
        const block = this.#block(record);
        if (decoded?.block !== block) {
          const records = await this.#records(block);
          decoded = { block, values: this.#decode(block, records, columns) };
        }
        const end = Math.min(stop + this.#shift, block.firstRecord + block.records);
        const from = (record - block.firstRecord) * width;
        const to = (end - block.firstRecord) * width;
        destination.set(decoded.values.subarray(from, to), (record - this.#shift - start) * width);
        record = end;
      }
    };
  }

  #decode(
    block: RecordBlock,
    records: readonly string[][],
    columns: readonly number[],
  ): Float64Array {
    const values = new Float64Array(block.records * columns.length);
    let at = 0;
    records.forEach((record, offset) => {
      const header = this.#dialect.header && block.firstRecord + offset === 0;
      for (const column of columns) {
        const cell = record[column] ?? "";
        const value = header ? 0 : parseCell(cell, this.#dialect.decimalComma);
        if (value === undefined) {
          const row = block.firstRecord + offset - this.#shift;
          throw new EigenlensError(
            "file-format",
            `${this.#source.path}: row ${row}, column ${printable(this.#nameOf(column), 80)} holds "${printable(cell, 40)}", expected a number: correct it or leave the column out.`,
          );
        }
        values[at++] = value;
      }
    });
    return values;
  }

  /**
   * Reads a column of lists.
   * @param shape of one row
   */
  lists(column: number, shape: readonly number[]): ReadRows {
    const length = valueCount(shape);
    return async (start, stop, destination) => {
      for (let row = start; row < stop; row++) {
        const block = this.#block(row + this.#shift);
        const records = await this.#recordsOf(block);
        const record = records[row + this.#shift - block.firstRecord] ?? [];
        const values = this.#listOf(record[column] ?? "", column, row, shape);
        destination.set(values, (row - start) * length);
      }
    };
  }

  #listOf(cell: string, column: number, row: number, shape: readonly number[]): readonly number[] {
    const where = `${place(this.#source.path, this.#nameOf(column))}, row ${row}`;
    if (cell.trim() === "") throw missingValue(where);
    const list = parseListCell(cell);
    if (typeof list === "string") {
      const reasons = {
        text: "expected a list of numbers: correct it or drop the row.",
        shortened: 'which numpy has shortened ("..."): save row.tolist(), or the array as npy.',
        ragged: "a list of lists of different lengths: pad them to one length.",
      };
      throw new EigenlensError(
        "file-format",
        `${where} holds "${printable(cell, 40)}", ${reasons[list]}`,
      );
    }
    if (!sameShape(list.shape, shape)) throw raggedList(where, shape, list.shape[0] ?? 0);
    return list.values;
  }

  /** The texts of one column, one per row. */
  async readColumn(column: number): Promise<string[]> {
    const labels: string[] = [];
    for (const block of this.#blocks) {
      for (const record of await this.#records(block)) labels.push((record[column] ?? "").trim());
    }
    return this.#dialect.header ? labels.slice(1) : labels;
  }

  #block(record: number): RecordBlock {
    const block = this.#blocks[blockOf(this.#blocks, record)];
    if (block === undefined) throw new RangeError(`There is no record ${record}.`);
    return block;
  }

  async #recordsOf(block: RecordBlock): Promise<string[][]> {
    if (this.#kept?.block !== block) this.#kept = { block, records: await this.#records(block) };
    return this.#kept.records;
  }

  async #records(block: RecordBlock): Promise<string[][]> {
    const records = parseRecords(
      await readBlock(this.#source, block),
      this.#dialect.delimiter,
      this.#source.path,
    );
    if (records.length !== block.records) {
      throw new EigenlensError(
        "file-format",
        `${this.#source.path}: ${records.length} records were found between bytes ${block.offset} and ${block.offset + block.byteLength}, expected ${block.records}: its quotes are unbalanced.`,
      );
    }
    const width = this.#columns.length;
    const ragged = records.findIndex((record) => record.length !== width);
    const found = records[ragged];
    if (found !== undefined) {
      const row = block.firstRecord + ragged - this.#shift;
      throw new EigenlensError(
        "file-format",
        `${this.#source.path}: row ${row} has ${found.length} fields, expected ${width}: the file is cut short or its separators are inconsistent.`,
      );
    }
    return records;
  }
}
