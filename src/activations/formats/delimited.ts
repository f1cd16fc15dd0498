import { EigenlensError } from "../../errors.ts";
import type { ActivationFile, RowBuffer, TensorInfo } from "../activationFile.ts";
import type { ByteSource } from "../byteSource.ts";
import { blockOf, indexRecords, readBlock, type RecordBlock } from "../sources/recordBlocks.ts";
import { activationFile, type StoredTensor } from "../storedTensor.ts";
import { holdsActivations, matrixName, type Column } from "./columnRoles.ts";
import { detectDialect, parseCell, parseRecords, type Dialect } from "./delimitedDialect.ts";

/** So many records are looked at to tell numbers from labels. */
const sampleRecords = 64;

/**
 * Comma-, tab- or semicolon-separated text, with or without a header, quotes, a byte order mark and decimal
 * commas. All columns of numbers make one matrix; every other column is a vector of labels.
 * @throws EigenlensError "file-format" where there is no column of numbers
 */
export async function openDelimited(source: ByteSource): Promise<ActivationFile> {
  const blocks = await indexRecords(source, true);
  const [first] = blocks;
  if (first === undefined) {
    throw new EigenlensError(
      "file-format",
      `${source.path} is empty: it should hold one row of numbers a line.`,
    );
  }
  const sample = await sampleText(source, first);
  const dialect = detectDialect(sample, source.path);
  const table = new DelimitedTable(source, blocks, dialect, sample);
  const labelNames = table.labelColumns.map((column) => table.nameOf(column));
  if (table.valueColumns.length === 0) {
    throw new EigenlensError(
      "file-format",
      `${source.path} has no column of numbers (columns ${table.columns
        .map(({ name }) => name)
        .slice(0, 6)
        .join(", ")}): save one row of activations a line.`,
    );
  }
  const layout = { byteOrder: "little", order: "row-major" } as const;
  const matrix: StoredTensor = {
    info: {
      ...layout,
      name: matrixName(labelNames),
      shape: [table.rows, table.valueColumns.length],
      elementType: "float64",
    },
    readRows: (start, stop, destination) => table.readRows(start, stop, destination),
  };
  const labels = table.labelColumns.map((column): StoredTensor => {
    const info: TensorInfo = {
      ...layout,
      name: table.nameOf(column),
      shape: [table.rows],
      elementType: "text",
    };
    return { info, readLabels: () => table.readColumn(column) };
  });
  return activationFile({
    path: source.path,
    format: dialect.delimiter === "\t" ? "tsv" : "csv",
    byteLength: source.byteLength,
    tensors: [matrix, ...labels],
    close: () => source.close(),
  });
}

async function sampleText(source: ByteSource, first: RecordBlock): Promise<string> {
  const text = await readBlock(source, first);
  const end = nthLineEnd(text, sampleRecords);
  // Cutting between quotes would leave a field open; such a sample is the whole block.
  const cut = text.slice(0, end);
  return (cut.split('"').length - 1) % 2 === 0 ? cut : text;
}

function nthLineEnd(text: string, lines: number): number {
  let end = 0;
  for (let line = 0; line < lines; line++) {
    const next = text.indexOf("\n", end);
    if (next === -1) return text.length;
    end = next + 1;
  }
  return end;
}

class DelimitedTable {
  readonly rows: number;
  readonly columns: readonly Column[];
  readonly valueColumns: readonly number[];
  readonly labelColumns: readonly number[];
  readonly #source: ByteSource;
  readonly #blocks: readonly RecordBlock[];
  readonly #dialect: Dialect;
  /** The block decoded last, since rows are mostly asked for in order. */
  #decoded: { block: RecordBlock; values: Float64Array } | undefined;

  constructor(
    source: ByteSource,
    blocks: readonly RecordBlock[],
    dialect: Dialect,
    sample: string,
  ) {
    this.#source = source;
    this.#blocks = blocks;
    this.#dialect = dialect;
    const last = blocks.at(-1);
    const records = last === undefined ? 0 : last.firstRecord + last.records;
    this.rows = records - (dialect.header ? 1 : 0);
    this.columns = describeColumns(parseRecords(sample, dialect.delimiter, source.path), dialect);
    const all = [...this.columns.keys()];
    const holds = (column: number) => {
      const described = this.columns[column];
      return described !== undefined && holdsActivations(described);
    };
    this.valueColumns = all.filter(holds);
    this.labelColumns = all.filter((column) => !holds(column));
  }

  nameOf(column: number): string {
    const name = this.columns[column]?.name.trim() ?? "";
    return name === "" ? "index" : name;
  }

  async readRows(start: number, stop: number, destination: RowBuffer): Promise<void> {
    const shift = this.#dialect.header ? 1 : 0;
    const width = this.valueColumns.length;
    for (let record = start + shift; record < stop + shift;) {
      const { block, values } = await this.#decode(blockOf(this.#blocks, record));
      const end = Math.min(stop + shift, block.firstRecord + block.records);
      const from = (record - block.firstRecord) * width;
      const to = (end - block.firstRecord) * width;
      destination.set(values.subarray(from, to), (record - shift - start) * width);
      record = end;
    }
  }

  async readColumn(column: number): Promise<string[]> {
    const labels: string[] = [];
    for (const block of this.#blocks) {
      for (const record of await this.#records(block)) labels.push((record[column] ?? "").trim());
    }
    return this.#dialect.header ? labels.slice(1) : labels;
  }

  async #decode(position: number) {
    const block = this.#blocks[position];
    if (block === undefined) throw new RangeError(`There is no block ${position}.`);
    if (this.#decoded?.block === block) return this.#decoded;
    const records = await this.#records(block);
    const values = new Float64Array(block.records * this.valueColumns.length);
    let at = 0;
    records.forEach((record, offset) => {
      const header = this.#dialect.header && block.firstRecord + offset === 0;
      for (const column of this.valueColumns) {
        const cell = record[column] ?? "";
        const value = header ? 0 : parseCell(cell, this.#dialect.decimalComma);
        if (value === undefined) {
          const row = block.firstRecord + offset - (this.#dialect.header ? 1 : 0);
          throw new EigenlensError(
            "file-format",
            `${this.#source.path}: row ${row}, column ${this.nameOf(column)} holds "${cell.slice(0, 40)}", expected a number: correct it or leave the column out.`,
          );
        }
        values[at++] = value;
      }
    });
    this.#decoded = { block, values };
    return this.#decoded;
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
    const width = this.columns.length;
    const ragged = records.findIndex((record) => record.length !== width);
    const found = records[ragged];
    if (found !== undefined) {
      const row = block.firstRecord + ragged - (this.#dialect.header ? 1 : 0);
      throw new EigenlensError(
        "file-format",
        `${this.#source.path}: row ${row} has ${found.length} fields, expected ${width}: the file is cut short or its separators are inconsistent.`,
      );
    }
    return records;
  }
}

function describeColumns(records: readonly string[][], dialect: Dialect): Column[] {
  const [first = []] = records;
  const rows = dialect.header ? records.slice(1) : records;
  return first.map((heading, column) => {
    const cells = rows.map((record) => record[column] ?? "");
    const values = cells.map((cell) => parseCell(cell, dialect.decimalComma));
    const numeric =
      values.every((value) => value !== undefined) && cells.some((cell) => cell !== "");
    return {
      name: dialect.header ? heading : `column${column}`,
      numeric,
      integral: numeric && values.every((value) => Number.isInteger(value)),
    };
  });
}
