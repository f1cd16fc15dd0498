import { EigenlensError } from "../../../errors.ts";
import type { ActivationFile, TensorInfo } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { indexRecords, readBlock, type RecordBlock } from "../../sources/recordBlocks.ts";
import { activationFile, unreadableTensor, type StoredTensor } from "../../storedTensor.ts";
import { assignColumns, labelName, matrixName, type ColumnChoice } from "../columnRoles.ts";
import { describeCells, type CellColumn } from "./columns.ts";
import { detectDialect, parseRecords } from "./dialect.ts";
import { DelimitedTable } from "./table.ts";

/** So many records are looked at to tell numbers from labels. */
const sampleRecords = 64;
/** Long ones are looked at less: so many are enough, or so many bytes of them. */
const fewestRecords = 16;
const mostSampleBytes = 8 * 2 ** 20;

const layout = { byteOrder: "little", order: "row-major" } as const;

/**
 * Comma-, tab- or semicolon-separated text, with or without a header, quotes, a byte order mark and decimal
 * commas. A column of lists (`"[0.1, 0.2]"`) is a matrix; without one, all columns of numbers together are. Every
 * other column is a vector of labels.
 * @param choice which columns are neurons, if the user says so
 * @throws EigenlensError "file-format"; "usage" as {@link assignColumns}
 */
export async function openDelimited(
  source: ByteSource,
  choice?: ColumnChoice,
): Promise<ActivationFile> {
  const blocks = await indexRecords(source, true);
  if (blocks.length === 0) {
    throw new EigenlensError(
      "file-format",
      `${source.path} is empty: it should hold one row of numbers a line.`,
    );
  }
  const sample = await sampleText(source, blocks);
  const dialect = detectDialect(sample, source.path);
  const records = parseRecords(sample, dialect.delimiter, source.path);
  const columns = describeCells(records, dialect);
  const table = new DelimitedTable(source, blocks, dialect, columns);
  return activationFile({
    path: source.path,
    format: dialect.delimiter === "\t" ? "tsv" : "csv",
    byteLength: source.byteLength,
    tensors: tensorsOf(table, columns, source.path, choice),
    close: () => source.close(),
  });
}

function tensorsOf(
  table: DelimitedTable,
  columns: readonly CellColumn[],
  path: string,
  choice: ColumnChoice | undefined,
): StoredTensor[] {
  const label = (at: number): StoredTensor => {
    const name = labelName(columns[at]?.name ?? "");
    const info: TensorInfo = { ...layout, name, shape: [table.rows], elementType: "text" };
    return { info, readLabels: () => table.readColumn(at) };
  };
  const lists = [...columns.keys()].filter((at) => columns[at]?.list !== undefined);
  if (lists.length > 0) {
    const others = [...columns.keys()].filter((at) => columns[at]?.list === undefined);
    return [...lists.map((at) => listTensor(table, columns, at)), ...others.map(label)];
  }
  const { neurons, labels, names, notes } = assignColumns(columns, path, choice);
  const vectors = labels.map(label);
  if (neurons.length === 0) return vectors;
  const matrix: StoredTensor = {
    info: {
      ...layout,
      name: matrixName(vectors.map(({ info }) => info.name)),
      shape: [table.rows, neurons.length],
      elementType: "float64",
      ...(names === undefined ? {} : { columnNames: names }),
      ...(notes.length === 0 ? {} : { notes }),
    },
    readRows: table.numbers(neurons),
  };
  return [matrix, ...vectors];
}

function listTensor(
  table: DelimitedTable,
  columns: readonly CellColumn[],
  at: number,
): StoredTensor {
  const { list, name } = columns[at] as CellColumn;
  if (list === undefined || list === "shortened") {
    return unreadableTensor(
      labelName(name),
      [table.rows],
      'its lists are shortened ("..."), as numpy prints long ones, so that the values are lost: save row.tolist(), or the array as npy.',
    );
  }
  const info: TensorInfo = {
    ...layout,
    name: labelName(name),
    shape: [table.rows, ...list],
    elementType: "float64",
  };
  return { info, readRows: table.lists(at, list) };
}

/** The first records; a block may hold one alone. */
async function sampleText(source: ByteSource, blocks: readonly RecordBlock[]): Promise<string> {
  let text = "";
  let records = 0;
  for (const block of blocks) {
    const isEnough = records >= fewestRecords || text.length + block.byteLength > mostSampleBytes;
    if (records > 1 && isEnough) break;
    text += await readBlock(source, block);
    records += block.records;
  }
  const end = nthLineEnd(text, sampleRecords);
  // Cutting between quotes would leave a field open; such a sample is taken whole.
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
