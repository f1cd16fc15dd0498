import { EigenlensError } from "../../../errors.ts";
import type { ActivationFile, RowBuffer } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { valueCount } from "../../shape.ts";
import { blockOf, indexRecords, readBlock, type RecordBlock } from "../../sources/recordBlocks.ts";
import { activationFile, type StoredTensor } from "../../storedTensor.ts";
import { printable } from "../../../text/printable.ts";
import type { ColumnChoice } from "../columnRoles.ts";
import { parseJson } from "./values.ts";
import { decodeRecords, describeRecords, labelOf, type ValueField } from "../recordFields.ts";

const sampleRecords = 64;

/**
 * One JSON record a line: an object with a list of numbers (`activation`) and labels beside it, or a bare list.
 * Lines are read a block at a time.
 * @param choice which fields of plain numbers are neurons, if the user says so
 * @throws EigenlensError "file-format"; "usage" as {@link describeRecords}
 */
export async function openJsonLines(
  source: ByteSource,
  choice?: ColumnChoice,
): Promise<ActivationFile> {
  const { path } = source;
  const blocks = await indexRecords(source, false);
  const [first] = blocks;
  const last = blocks.at(-1);
  if (first === undefined || last === undefined) {
    throw new EigenlensError("file-format", `${path} is empty: write one JSON record per line.`);
  }
  const rows = last.firstRecord + last.records;
  const lines = new LineReader(source, blocks);
  const { values, labels } = describeRecords(
    (await lines.records(0)).slice(0, sampleRecords),
    path,
    choice,
  );
  if (values.length === 0) {
    throw new EigenlensError(
      "file-format",
      `${path}: its first record holds no list of numbers: write {"label": "him", "activation": [...]} a line.`,
    );
  }
  const layout = { byteOrder: "little", order: "row-major" } as const;
  const tensors = values.map((field): StoredTensor => ({
    info: {
      ...layout,
      name: field.name,
      shape: [rows, ...field.shape],
      elementType: "float64",
      ...field.about,
    },
    readRows: (start, stop, destination) => lines.readRows(field, start, stop, destination),
  }));
  const vectors = labels.map((name): StoredTensor => ({
    info: { ...layout, name, shape: [rows], elementType: "text" },
    readLabels: () => lines.readLabels(name),
  }));
  return activationFile({
    path,
    format: "jsonl",
    byteLength: source.byteLength,
    tensors: [...tensors, ...vectors],
    close: () => source.close(),
  });
}

class LineReader {
  readonly #source: ByteSource;
  readonly #blocks: readonly RecordBlock[];
  /** The block read last, since rows are mostly asked for in order. */
  #kept: { position: number; records: unknown[] } | undefined;

  constructor(source: ByteSource, blocks: readonly RecordBlock[]) {
    this.#source = source;
    this.#blocks = blocks;
  }

  async records(position: number): Promise<unknown[]> {
    const block = this.#blocks[position];
    if (block === undefined) throw new RangeError(`There is no block ${position}.`);
    const lines = (await readBlock(this.#source, block))
      .split("\n")
      .filter((line) => line.trim() !== "" && !line.startsWith("#"));
    return lines.map((line, offset) =>
      parseJson(line, `${this.#source.path}, record ${block.firstRecord + offset}`),
    );
  }

  async readRows(field: ValueField, start: number, stop: number, destination: RowBuffer) {
    const length = valueCount(field.shape);
    for (let row = start; row < stop;) {
      const position = blockOf(this.#blocks, row);
      const block = this.#blocks[position];
      if (block === undefined) throw new RangeError(`There is no block ${position}.`);
      if (this.#kept?.position !== position) {
        this.#kept = { position, records: await this.records(position) };
      }
      const end = Math.min(stop, block.firstRecord + block.records);
      const records = this.#kept.records.slice(row - block.firstRecord, end - block.firstRecord);
      const first = row;
      const describe = (record: number) =>
        `${this.#source.path}, record ${first + record}, field ${printable(field.name)}`;
      decodeRecords(records, field, destination, (row - start) * length, describe);
      row = end;
    }
  }

  async readLabels(name: string): Promise<string[]> {
    const labels: string[] = [];
    for (const position of this.#blocks.keys()) {
      for (const record of await this.records(position)) labels.push(labelOf(record, name));
    }
    return labels;
  }
}
