import type { Data, Field, RecordBatch, Vector } from "apache-arrow";
import { EigenlensError } from "../../errors.ts";
import type { ActivationFile, RowBuffer } from "../activationFile.ts";
import type { ByteSource } from "../byteSource.ts";
import { startsWith } from "../latin1.ts";
import type * as arrow from "../libraries/arrow.ts";
import { float16Values } from "../float16.ts";
import { activationFile, place, unreadableTensor, type StoredTensor } from "../storedTensor.ts";
import { unpackedSize } from "../unpackedSize.ts";
import { damaged, indexMessages, type ArrowMessages, type BatchRange } from "./arrowMessages.ts";
import { holdsActivations, matrixName } from "./columnRoles.ts";
import { unpackLz4Frame } from "./lz4Frame.ts";

type ArrowLibrary = typeof arrow;

const mostBufferBytes = 2 ** 30;

/**
 * Arrow and Feather (version 2) through the Apache library, one record batch at a time: every column of lists is a
 * matrix, all columns of plain numbers together make another, columns of texts are labels.
 * @throws EigenlensError "file-format"
 */
export async function openArrow(source: ByteSource): Promise<ActivationFile> {
  const { path, byteLength } = source;
  const head = await source.read(0, Math.min(4, byteLength));
  if (startsWith(head, "FEA1")) {
    throw new EigenlensError(
      "file-format",
      `${path} is Feather version 1, which is no longer read: save it with pyarrow.feather.write_feather(version=2).`,
    );
  }
  const library = await import("../libraries/arrow.ts");
  registerCompression(library);
  const table = new ArrowTable(source, library, await indexMessages(source, library));
  const fields = await table.fields();
  const tensors: StoredTensor[] = [];
  const numbers: Field[] = [];
  const labels: Field[] = [];
  for (const field of fields) {
    if (library.DataType.isList(field.type) || library.DataType.isFixedSizeList(field.type)) {
      tensors.push(await table.listTensor(field));
    } else if (library.DataType.isFloat(field.type) || library.DataType.isInt(field.type)) {
      const integral = library.DataType.isInt(field.type);
      const column = { name: field.name, numeric: true, integral };
      (holdsActivations(column) ? numbers : labels).push(field);
    } else {
      labels.push(field);
    }
  }
  if (tensors.length === 0 && numbers.length > 0) {
    tensors.push(table.wideTensor(matrixName(labels.map(({ name }) => name)), numbers));
  } else {
    labels.push(...numbers);
  }
  tensors.push(...labels.map((field) => table.labelVector(field)));
  return activationFile({
    path,
    format: "arrow",
    byteLength,
    tensors,
    close: () => source.close(),
  });
}

/** The library knows the layouts but not the codecs; it asks for them by type. */
function registerCompression({ compressionRegistry, CompressionType, compressors }: ArrowLibrary) {
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: unpackLz4Frame });
  compressionRegistry.set(CompressionType.ZSTD, {
    decode(bytes) {
      const claimed = unpackedSize(bytes) ?? 0;
      if (claimed > mostBufferBytes || compressors.ZSTD === undefined) {
        throw new RangeError(`a buffer claims to unpack ${bytes.byteLength} bytes to ${claimed}`);
      }
      const unpacked = compressors.ZSTD(bytes, claimed);
      // The library makes views of it, which must begin at a multiple of eight bytes.
      return unpacked.byteOffset % 8 === 0 ? unpacked : unpacked.slice();
    },
  });
}

class ArrowTable {
  readonly rows: number;
  readonly #source: ByteSource;
  readonly #library: ArrowLibrary;
  readonly #messages: ArrowMessages;
  #kept: { range: BatchRange; batch: RecordBatch } | undefined;

  constructor(source: ByteSource, library: ArrowLibrary, messages: ArrowMessages) {
    this.#source = source;
    this.#library = library;
    this.#messages = messages;
    const last = messages.batches.at(-1);
    this.rows = last === undefined ? 0 : last.firstRow + last.rows;
  }

  async fields(): Promise<readonly Field[]> {
    const { schema } = this.#messages;
    const bytes = await this.#source.read(schema.offset, schema.byteLength);
    return this.#guard(() => {
      const reader = this.#library.RecordBatchReader.from(bytes).open();
      return reader.schema.fields;
    });
  }

  #guard<Result>(call: () => Result): Result {
    try {
      return call();
    } catch (cause) {
      const { path } = this.#source;
      throw damaged(path, cause instanceof Error ? cause.message : String(cause), cause);
    }
  }

  /** A stream of schema, dictionaries and this batch is all that the library needs to decode it. */
  async #batch(range: BatchRange): Promise<RecordBatch> {
    if (this.#kept?.range === range) return this.#kept.batch;
    const { schema, dictionaries } = this.#messages;
    const parts: Uint8Array[] = [];
    for (const part of [schema, ...dictionaries, range]) {
      parts.push(await this.#source.read(part.offset, part.byteLength));
    }
    const batch = this.#guard(() => {
      const [first] = this.#library.RecordBatchReader.from(parts);
      return first;
    });
    if (batch === undefined || batch.numRows !== range.rows) {
      throw damaged(
        this.#source.path,
        `a batch of ${range.rows} rows holds ${batch?.numRows ?? 0}`,
      );
    }
    this.#kept = { range, batch };
    return batch;
  }

  /** Calls `use` with each batch that holds some of the rows; `from` and `to` count within the batch. */
  async #each(
    start: number,
    stop: number,
    use: (batch: RecordBatch, from: number, to: number, row: number) => void,
  ): Promise<void> {
    for (const range of this.#messages.batches) {
      const from = Math.max(start, range.firstRow);
      const to = Math.min(stop, range.firstRow + range.rows);
      if (from >= to) continue;
      const batch = await this.#batch(range);
      this.#guard(() => use(batch, from - range.firstRow, to - range.firstRow, from));
    }
  }

  #column(batch: RecordBatch, field: Field): Vector {
    const column = batch.getChild(field.name);
    if (column === null) throw new RangeError(`column ${field.name} is missing from a batch`);
    return column;
  }

  wideTensor(name: string, fields: readonly Field[]): StoredTensor {
    const width = fields.length;
    const read = (start: number, stop: number, destination: RowBuffer) =>
      this.#each(start, stop, (batch, from, to, row) => {
        fields.forEach((field, position) => {
          const values = numbersOf(this.#column(batch, field), from, to);
          const at = (row - start) * width + position;
          for (let i = 0; i < values.length; i++) destination[at + i * width] = values[i] as number;
        });
      });
    return this.#tensor(
      name,
      [this.rows, width],
      read,
      fields.every((field) => isSingle(field)),
    );
  }

  async listTensor(field: Field): Promise<StoredTensor> {
    const { name } = field;
    let width = 0;
    await this.#each(0, Math.min(1, this.rows), (batch) => {
      width = listLength(this.#column(batch, field), 0);
    });
    const [inner] = field.type.children as Field[];
    const numeric =
      inner !== undefined &&
      (this.#library.DataType.isFloat(inner.type) || this.#library.DataType.isInt(inner.type));
    if (!numeric) {
      return unreadableTensor(
        name,
        [this.rows],
        "its lists hold no plain numbers: save one list of numbers a row.",
      );
    }
    const read = (start: number, stop: number, destination: RowBuffer) =>
      this.#each(start, stop, (batch, from, to, row) => {
        const column = this.#column(batch, field);
        for (let i = from; i < to; i++) {
          const list: Vector | null = column.get(i);
          const length = list?.length ?? 0;
          if (list === null || length !== width) {
            const where = place(this.#source.path, name);
            throw new RangeError(
              `${where}, row ${row + i - from} holds ${length} values, the first row ${width}`,
            );
          }
          destination.set(numbersOf(list, 0, length), (row - start + i - from) * width);
        }
      });
    return this.#tensor(name, [this.rows, width], read, isSingle(inner));
  }

  #tensor(
    name: string,
    shape: readonly number[],
    read: (start: number, stop: number, destination: RowBuffer) => Promise<void>,
    single: boolean,
  ): StoredTensor {
    return {
      info: {
        name,
        shape,
        elementType: single ? "float32" : "float64",
        byteOrder: "little",
        order: "row-major",
      },
      readRows: read,
    };
  }

  labelVector(field: Field): StoredTensor {
    const readLabels = async () => {
      const labels: string[] = [];
      await this.#each(0, this.rows, (batch, from, to) => {
        const column = this.#column(batch, field);
        for (let row = from; row < to; row++) labels.push(String(column.get(row) ?? ""));
      });
      return labels;
    };
    const name = /^(__index_level_\d+__|)$/.test(field.name) ? "index" : field.name;
    return {
      info: {
        name,
        shape: [this.rows],
        elementType: "text",
        byteOrder: "little",
        order: "row-major",
      },
      readLabels,
    };
  }
}

/** Half and single precision, which float32 holds exactly. */
function isSingle(field: Field): boolean {
  const { precision } = field.type as { precision?: number };
  return precision === 0 || precision === 1;
}

function listLength(column: Vector, row: number): number {
  const list: Vector | null = column.get(row);
  return list?.length ?? 0;
}

/** Values `from` to `to` of a column; null is NaN. */
function numbersOf(column: Vector, from: number, to: number): ArrayLike<number> {
  const [only] = column.data as readonly Data[];
  const type = column.type as { precision?: number };
  const typed: unknown = only?.values;
  const dense = column.data.length === 1 && column.nullCount === 0;
  if (dense && (typed instanceof Float32Array || typed instanceof Float64Array)) {
    return typed.subarray(from, to);
  }
  if (dense && type.precision === 0 && typed instanceof Uint16Array) {
    const table = float16Values();
    return Float32Array.from(typed.subarray(from, to), (bits) => table[bits] as number);
  }
  const values = new Float64Array(to - from);
  for (let row = from; row < to; row++) {
    const value: unknown = column.get(row);
    values[row - from] = value === null || value === undefined ? Number.NaN : Number(value);
  }
  return values;
}
