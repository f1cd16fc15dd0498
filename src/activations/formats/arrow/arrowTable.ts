import type { RaggedRow, RowBuffer } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { isIntegral, type NumericType } from "../../elements/elementType.ts";
import type * as arrow from "../../libraries/arrow.ts";
import { valueCount } from "../../shape.ts";
import { heldRow, readPadded } from "../../rows/raggedRows.ts";
import { place, unreadableTensor, type StoredTensor } from "../../storedTensor.ts";
import { nameOfClass } from "../classNames.ts";
import { saysSo, type Column, type ColumnRoles } from "../columnRoles.ts";
import { guard } from "./arrowErrors.ts";
import { BatchReader } from "./batchReader.ts";
import { copyLists, copyNumbers, listedNumbers, listShape, listSizes } from "./lists.ts";
import type { ArrowMessages } from "./messages.ts";
import type { ArrowField } from "./schema.ts";
import { CharacterCount, textsOf } from "./texts.ts";
import { isPresent, type Vector } from "./vectors.ts";

const sampleRows = 64;
/** Rows that are looked at for one that tells how long the lists are. */
const mostShapeless = 100_000;

/** The columns of an Arrow file as tensors. */
export class ArrowTable {
  readonly rows: number;
  readonly #path: string;
  readonly #fileBytes: number;
  readonly #fields: readonly ArrowField[];
  readonly #batches: BatchReader;

  constructor(source: ByteSource, library: typeof arrow, messages: ArrowMessages) {
    this.#path = source.path;
    this.#fileBytes = source.byteLength;
    this.#fields = messages.schema.fields;
    this.#batches = new BatchReader(source, library, messages);
    this.rows = this.#batches.rows;
  }

  /** Says of floats that are called like labels whether they are whole: labels of a frame with gaps come so. */
  async wholeFloats(
    columns: readonly Column[],
    fields: readonly ArrowField[],
  ): Promise<readonly Column[]> {
    const stop = Math.min(sampleRows, this.rows);
    const sampled = new Map<number, boolean>();
    const floats = [...columns.keys()].filter((at) => {
      const { numeric, integral, name } = columns[at] as Column;
      return numeric && !integral && saysSo(name);
    });
    if (floats.length === 0) return columns;
    await this.#batches.each(0, stop, floats, (vectors, from, to) => {
      for (const [i, at] of floats.entries()) {
        const { type } = fields[at] as ArrowField;
        const texts = textsOf(type, vectors[i] as Vector, from, to);
        const whole = texts.every((text) => text === "" || Number.isInteger(Number(text)));
        sampled.set(at, whole && (sampled.get(at) ?? true));
      }
    });
    return columns.map((column, at) =>
      sampled.get(at) === true ? { ...column, integral: true } : column,
    );
  }

  wideTensor(name: string, { neurons, names, notes }: ColumnRoles): StoredTensor {
    const width = neurons.length;
    const types = neurons.map((at) => this.#fields[at]?.type);
    const single = types.every((type) => type?.kind === "numbers" && isSingle(type.elementType));
    const readRows = (start: number, stop: number, destination: RowBuffer) =>
      this.#batches.each(start, stop, neurons, (vectors, from, to, row) => {
        const side = single ? new Float32Array(to - from) : new Float64Array(to - from);
        vectors.forEach((vector, position) => {
          if (vector.kind !== "numbers") throw new RangeError("a column of no numbers");
          copyNumbers(vector, from, to - from, side, 0);
          const at = (row - start) * width + position;
          for (let i = 0; i < side.length; i++) destination[at + i * width] = side[i] as number;
          if (vector.bitmap === undefined) return;
          for (let i = 0; i < side.length; i++) {
            if (!isPresent(vector, from + i)) destination[at + i * width] = Number.NaN;
          }
        });
      });
    return {
      info: {
        name,
        shape: [this.rows, width],
        elementType: single ? "float32" : "float64",
        byteOrder: "little",
        order: "row-major",
        ...(names === undefined ? {} : { columnNames: names }),
        ...(notes.length === 0 ? {} : { notes }),
      },
      readRows,
    };
  }

  async listTensor(field: ArrowField, at: number): Promise<StoredTensor> {
    const { name } = field;
    const numbers = listedNumbers(field);
    if (numbers === undefined) {
      return unreadableTensor(
        name,
        [this.rows],
        "its lists hold no plain numbers: save one list of numbers a row.",
      );
    }
    const shape = await this.#rowShape(at);
    if (shape === undefined) {
      return unreadableTensor(
        name,
        [this.rows],
        "none of its first rows has a value: save one list of numbers a row.",
      );
    }
    const where = place(this.#path, name);
    const describe = (row: number) => `${where}, row ${row}`;
    const elementType = numbers === "bool" ? numbers : isSingle(numbers) ? "float32" : "float64";
    const info = { name, elementType, byteOrder: "little", order: "row-major" } as const;
    // Lists of lists are tokens, and so are lists of whole numbers; any other list is as wide as the first.
    const mayDiffer = shape.length === 2 || (shape.length === 1 && isIntegral(numbers));
    const sizes = mayDiffer ? await this.#listSizes(field, at) : undefined;
    if (sizes !== undefined && sizes.fewest !== sizes.most) {
      const inner = [sizes.most, ...shape.slice(1)];
      const readRagged = async (row: number) => this.#raggedRow(at, row, shape.slice(1), describe);
      return {
        info: { ...info, shape: [this.rows, ...inner], ragged: { axis: 1, fewest: sizes.fewest } },
        readRagged,
        readRows: (start, stop, into) => readPadded(inner, start, stop, into, readRagged),
      };
    }
    const length = valueCount(shape);
    const readRows = (start: number, stop: number, destination: RowBuffer) =>
      this.#batches.each(start, stop, [at], ([vector], from, to, row) => {
        if (vector?.kind !== "lists") throw new RangeError("a column of no lists");
        const found = (each: number) => describe(row + each - from);
        copyLists(vector, shape, from, to, destination, (row - start) * length, found);
      });
    return { info: { ...info, shape: [this.rows, ...shape] }, readRows };
  }

  async #listSizes(field: ArrowField, at: number) {
    if (this.rows === 0 || (field.type.kind === "lists" && field.type.layout === "fixed")) {
      return undefined;
    }
    let [fewest, most] = [Number.POSITIVE_INFINITY, 0];
    await this.#batches.eachBounds(0, this.rows, at, (lists, from, to) => {
      const sizes = listSizes(lists, from, to);
      fewest = Math.min(fewest, sizes.fewest);
      most = Math.max(most, sizes.most);
    });
    return { fewest, most };
  }

  async #raggedRow(
    at: number,
    row: number,
    inner: readonly number[],
    describe: (row: number) => string,
  ): Promise<RaggedRow> {
    let found: RaggedRow | undefined;
    await this.#batches.each(row, row + 1, [at], ([lists], from) => {
      if (lists?.kind !== "lists") throw new RangeError("a column of no lists");
      const size = isPresent(lists, from) ? lists.size(from) : 0;
      const shape = [size, ...inner];
      const values = new Float64Array(valueCount(shape));
      if (size > 0) copyLists(lists, shape, from, from + 1, values, 0, () => describe(row));
      found = heldRow(shape, values);
    });
    if (found === undefined) throw new RangeError(`There is no row ${row}.`);
    return found;
  }

  /** The shape of the first row that has a value; undefined if none of the first has. */
  async #rowShape(at: number): Promise<readonly number[] | undefined> {
    if (this.rows === 0) return [0];
    let shape: readonly number[] | undefined;
    const stop = Math.min(this.rows, mostShapeless);
    await this.#batches.eachBounds(0, stop, at, (lists, from, to) => {
      for (let row = from; row < to && shape === undefined; row++) shape = listShape(lists, row);
      return shape === undefined;
    });
    return shape;
  }

  labelVector(
    field: ArrowField,
    at: number,
    name: string,
    classes: readonly string[] | undefined,
  ): StoredTensor {
    const readLabels = async () => {
      const labels: string[] = [];
      const characters = new CharacterCount(this.#fileBytes);
      const { type } = field;
      const dictionary = type.kind === "codes" ? type : undefined;
      await this.#batches.each(0, this.rows, [at], async ([vector], from, to, _row, range) => {
        const entries = dictionary && (await this.#batches.entries(dictionary, range));
        guard(this.#path, () => {
          if (vector === undefined) throw new RangeError("a column is missing");
          for (const text of textsOf(type, vector, from, to, entries)) {
            // Entries of a dictionary are shared by all rows that name them.
            if (entries === undefined) characters.add(text);
            labels.push(classes === undefined ? text : nameOfClass(classes, text));
          }
        });
      });
      return labels;
    };
    return {
      info: {
        name,
        shape: [this.rows],
        elementType: "text",
        byteOrder: "little",
        order: "row-major",
        ...(classes === undefined ? {} : { classNames: classes }),
      },
      readLabels,
    };
  }
}

/** Half and single precision, which float32 holds exactly. */
function isSingle(elementType: NumericType): boolean {
  return !isIntegral(elementType) && elementType !== "float64";
}
