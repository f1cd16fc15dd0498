import type { ActivationFile, RowBuffer, TensorInfo } from "../activations/activationFile.ts";
import type { FileSystem } from "../activations/byteSource.ts";
import { openActivationFile } from "../activations/openActivationFile.ts";
import { rowLength, shapeText } from "../activations/shape.ts";
import { place } from "../activations/storedTensor.ts";
import { EigenlensError } from "../errors.ts";
import { chooseTensor, settleName } from "./chooseTensor.ts";
import type { Condition, ConditionSource } from "./condition.ts";
import { conditionShape, reshaped } from "./conditionShape.ts";
import { areFinite, NonFiniteScan } from "./finiteValues.ts";
import { conditionNames } from "./naming/guessName.ts";
import { readOptions } from "./selection/readOptions.ts";
import { readSelectedRows } from "./selection/readSelectedRows.ts";
import { tokenReduction, type TokenReduction } from "./selection/reduceTokens.ts";
import { selectRows } from "./selection/selectRows.ts";

/**
 * Opens one condition: the file, its tensor, the rows that belong to it and the token position, with each
 * row's sentence and pair where they are found. No activation is read yet.
 * @throws EigenlensError "condition" where the tensor is no matrix, holds no row or only one, or several
 *   tensors would do; "usage" for a selection without meaning; "file-access" and "file-format" as the file
 */
export async function openCondition(
  source: ConditionSource,
  fileSystem: FileSystem,
): Promise<Condition> {
  const file = await openActivationFile(source.path, fileSystem, readOptions(source));
  try {
    return await fromFile(file, source, fileSystem);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function fromFile(
  opened: ActivationFile,
  source: ConditionSource,
  fileSystem: FileSystem,
): Promise<Condition> {
  const settled = settleName(opened, source);
  const stored = chooseTensor(opened, settled.tensor);
  const shape = conditionShape(stored.shape, settled.token !== undefined) ?? stored.shape;
  const { file, info } = reshaped(opened, stored, shape);
  const where = place(file.path, info.name);
  const named = info.name === "" ? settled : { ...settled, tensor: info.name };
  const columns = shape.at(-1) ?? 0;
  if (columns === 0) {
    throw new EigenlensError(
      "condition",
      `${where} has no columns, shape ${shapeText(stored.shape)}.`,
    );
  }
  checkRowCount(where, shape[0] ?? 0, stored);
  const { rows, description, meant } = await selectRows(file, info, named, fileSystem);
  checkRowCount(where, rows.length, stored);
  const names = conditionNames(named);
  const reduce = await chooseReduction(file, info, named, rows, names, fileSystem);
  const found = await fileSystem.stat(source.path);
  const reader = new ConditionReader(file, info, rows, columns, reduce);
  const { sentences, groups, clusters } = description;
  const notes = [
    ...(info.notes ?? []).map((note) => `${file.path}: ${note}`),
    ...description.notes,
  ];
  return {
    name: names[0],
    rows: rows.length,
    columns,
    fileRows: rows,
    source: { ...named, ...meant },
    provenance: {
      path: file.path,
      format: file.format,
      byteLength: file.byteLength,
      modified: found?.modified ?? 0,
      tensor: info.name,
      elementType: info.elementType,
    },
    ...(sentences === undefined ? {} : { sentences }),
    ...(groups === undefined ? {} : { groups }),
    ...(clusters === undefined ? {} : { clusters }),
    ...(notes.length === 0 ? {} : { notes }),
    readRows: (start, stop, destination) => reader.readRows(start, stop, destination),
    close: () => file.close(),
  };
}

function checkRowCount(where: string, rows: number, info: TensorInfo): void {
  const shape = shapeText(info.shape);
  if (rows === 0) {
    throw new EigenlensError(
      "condition",
      `${where} has no rows (shape ${shape}): a condition needs at least two sentences.`,
    );
  }
  if (rows === 1) {
    throw new EigenlensError(
      "condition",
      `${where} gives one row only (shape ${shape}): one observation has no covariance, a condition needs at least two sentences.`,
    );
  }
}

async function chooseReduction(
  file: ActivationFile,
  info: TensorInfo,
  source: ConditionSource,
  rows: Uint32Array,
  names: readonly string[],
  fileSystem: FileSystem,
): Promise<TokenReduction | undefined> {
  const where = place(file.path, info.name);
  const [fileRows = 0, tokens = 0, columns = 0] = info.shape;
  if (info.shape.length === 3) {
    if (source.token === undefined) {
      throw new EigenlensError(
        "condition",
        `${where} is [rows, tokens, columns] ${shapeText(info.shape)}: choose a token with [token=last], [token=mean], [token=index:0] or [token=file:ids.json].`,
      );
    }
    if (tokens === 0) throw new EigenlensError("condition", `${where} has no tokens.`);
    const shape = { fileRows, tokens, columns };
    return tokenReduction(source.token, shape, rows, where, names, fileSystem, file.path);
  }
  if (source.token !== undefined) {
    throw new EigenlensError(
      "condition",
      `${where} is [rows, columns] ${shapeText(info.shape)}, without tokens: leave [token=...] out.`,
    );
  }
  return undefined;
}

class ConditionReader {
  readonly #file: ActivationFile;
  readonly #info: TensorInfo;
  readonly #rows: Uint32Array;
  readonly #columns: number;
  readonly #reduce: TokenReduction | undefined;
  /** Whether the selected rows follow each other without a gap: then blocks are decoded in place. */
  readonly #consecutive: boolean;

  constructor(
    file: ActivationFile,
    info: TensorInfo,
    rows: Uint32Array,
    columns: number,
    reduce: TokenReduction | undefined,
  ) {
    this.#file = file;
    this.#info = info;
    this.#rows = rows;
    this.#columns = columns;
    this.#reduce = reduce;
    this.#consecutive = (rows.at(-1) ?? 0) - (rows[0] ?? 0) === rows.length - 1;
  }

  async readRows(start: number, stop: number, destination: RowBuffer): Promise<void> {
    if (
      !(start >= 0 && start <= stop && stop <= this.#rows.length) ||
      destination.length !== (stop - start) * this.#columns
    ) {
      throw new RangeError(
        `Rows ${start} to ${stop} of ${this.#rows.length} do not fit ${destination.length} values.`,
      );
    }
    await this.#decode(start, stop, destination);
    if (!areFinite(destination)) throw await this.#nonFinite();
  }

  async #decode(start: number, stop: number, destination: RowBuffer): Promise<void> {
    const { name } = this.#info;
    const reduce = this.#reduce;
    if (this.#consecutive && reduce === undefined) {
      const first = this.#rows[0] ?? 0;
      await this.#file.readRows(name, first + start, first + stop, destination);
      return;
    }
    const length = rowLength(this.#info.shape);
    const rows = this.#rows.subarray(start, stop);
    await readSelectedRows(this.#file, name, rows, length, destination, (values, row, position) => {
      const from = row * length;
      const to = position * this.#columns;
      if (reduce === undefined) destination.set(values.subarray(from, from + length), to);
      else reduce(values, from, destination, to, start + position);
    });
  }

  /** Scans the whole condition, so that the error counts every value that must be seen to. */
  async #nonFinite(): Promise<EigenlensError> {
    const scan = new NonFiniteScan();
    const total = this.#rows.length;
    const block = Math.max(1, Math.floor(2 ** 20 / this.#columns));
    for (let start = 0; start < total; start += block) {
      const stop = Math.min(total, start + block);
      const values = new Float64Array((stop - start) * this.#columns);
      await this.#decode(start, stop, values);
      scan.add(values, this.#columns, (row) => this.#rows[start + row] ?? start + row);
    }
    return scan.error(place(this.#file.path, this.#info.name), total * this.#columns);
  }
}
