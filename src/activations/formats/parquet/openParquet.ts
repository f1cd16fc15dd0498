import type { AsyncBuffer, FileMetaData } from "hyparquet";
import type { ActivationFile } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { activationFile, type StoredTensor } from "../../storedTensor.ts";
import { classNames, indexColumns } from "../classNames.ts";
import { assignColumns, matrixName, type Column, type ColumnChoice } from "../columnRoles.ts";
import { describeColumn, type ParquetColumn } from "./columns.ts";
import { guard } from "./errors.ts";
import { ParquetTable } from "./table.ts";
import { bounded } from "./unpack.ts";

/**
 * Parquet through hyparquet: every column of lists is a matrix, all columns of plain numbers together make
 * another, columns of texts are labels. Row groups are unpacked in panels.
 * @param choice which columns are neurons, if the user says so
 * @throws EigenlensError "file-format"; "usage" as {@link assignColumns}
 */
export async function openParquet(
  source: ByteSource,
  choice?: ColumnChoice,
): Promise<ActivationFile> {
  const library = await import("../../libraries/parquet.ts");
  const { path, byteLength } = source;
  const file: AsyncBuffer = {
    byteLength,
    async slice(start, end = byteLength) {
      const bytes = await source.read(start, Math.max(0, end - start));
      return bytes.buffer as ArrayBuffer;
    },
  };
  const { table, columns, metadata } = await guard(path, async () => {
    const metadata = await library.parquetMetadataAsync(file, { geoparquet: false });
    const scan = await library.parquetScan({
      file,
      metadata,
      compressors: bounded(library.compressors),
    });
    const columns = library.parquetSchema(metadata).children.map(describeColumn);
    return { table: new ParquetTable(source, metadata, scan), columns, metadata };
  });
  return activationFile({
    path,
    format: "parquet",
    byteLength,
    tensors: await tensorsOf(table, columns, metadata, path, choice),
    close: () => source.close(),
  });
}

async function tensorsOf(
  table: ParquetTable,
  columns: readonly ParquetColumn[],
  metadata: FileMetaData,
  path: string,
  choice: ColumnChoice | undefined,
): Promise<StoredTensor[]> {
  const entry = (wanted: string) =>
    metadata.key_value_metadata?.find(({ key }) => key === wanted)?.value;
  const classes = classNames(entry("huggingface"));
  const label = (column: ParquetColumn) => table.labelVector(column, classes.get(column.name));
  const lists = columns.filter(({ kind }) => kind === "list");
  const single = columns.filter(({ kind }) => kind === "number" || kind === "label");
  if (lists.length > 0) {
    const tensors: StoredTensor[] = [];
    for (const column of lists) tensors.push(await table.listTensor(column));
    // Beside lists, plain numbers (a score, a loss) say something of the row.
    return [...tensors, ...single.map(label)];
  }
  const indices = indexColumns(entry("pandas"));
  const described: Column[] = [];
  for (const column of single) {
    const { name, integral: whole } = column;
    const numeric = column.kind === "number" && !classes.has(name);
    const integral = numeric && (whole || (await table.isWhole(column)));
    described.push({ name, numeric, integral, whole, typed: true, index: indices.has(name) });
  }
  const roles = assignColumns(described, path, choice);
  const pick = (positions: readonly number[]) => positions.flatMap((at) => single[at] ?? []);
  const labels = pick(roles.labels).map(label);
  if (roles.neurons.length === 0) return labels;
  const name = matrixName(labels.map(({ info }) => info.name));
  return [table.wideTensor(name, pick(roles.neurons), roles), ...labels];
}
