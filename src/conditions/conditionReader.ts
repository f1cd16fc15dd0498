import type { RowBuffer } from "../activations/activationFile.ts";
import { rowLength, shapeText } from "../activations/shape.ts";
import { place } from "../activations/storedTensor.ts";
import { EigenlensError } from "../errors.ts";
import { rowLayout, type RowLayout } from "./axes/rowLayout.ts";
import { readRaggedRow, reduceRow, rowOfEntries, type RowChoice } from "./axes/rowReader.ts";
import type { TensorView } from "./axes/tensorView.ts";
import { areFinite, NonFiniteScan } from "./finiteValues.ts";
import { readSelectedRows } from "./selection/readSelectedRows.ts";

/** Rows that are arrays of their own are read so many at a time. */
const together = 8;
/** A row of so many values of which one entry is wanted is not read whole. */
const longRow = 2 ** 16;

/** Reads the rows of a condition: the selected ones, each reduced to its vector. */
export class ConditionReader {
  readonly #view: TensorView;
  readonly #rows: Uint32Array;
  readonly #columns: number;
  readonly #choice: RowChoice;
  readonly #layout: RowLayout;
  /** Whether a row of the file is what the condition reads. */
  readonly #isPlain: boolean;
  /** Whether the selected rows follow each other without a gap: then blocks are decoded in place. */
  readonly #consecutive: boolean;

  constructor(view: TensorView, rows: Uint32Array, columns: number, choice: RowChoice) {
    const { info, names, chosen } = view;
    this.#view = view;
    this.#rows = rows;
    this.#columns = columns;
    this.#choice = choice;
    this.#layout = rowLayout(names, info.shape.slice(1), chosen);
    this.#isPlain =
      choice.rule === undefined &&
      this.#layout.offsets === undefined &&
      rowLength(info.shape) === columns;
    this.#consecutive = (rows.at(-1) ?? 0) - (rows[0] ?? 0) === rows.length - 1;
  }

  /** Rows `start` to `stop` (exclusive), see `Condition.readRows`. */
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
    const { file, info } = this.#view;
    if (info.ragged !== undefined || this.#readsEntries()) {
      return this.#decodeEach(start, stop, destination);
    }
    if (this.#consecutive && this.#isPlain) {
      const first = this.#rows[0] ?? 0;
      await file.readRows(info.name, first + start, first + stop, destination);
      return;
    }
    const length = rowLength(info.shape);
    const rows = this.#rows.subarray(start, stop);
    const visit = (values: RowBuffer, row: number, position: number) => {
      const place = { row: rows[position] ?? 0, position: start + position };
      const to = position * this.#columns;
      reduceRow(values, row * length, this.#layout, this.#choice, place, destination, to);
    };
    await readSelectedRows(file, info.name, rows, length, destination, visit);
  }

  /** Whether long rows are read in part: where a layer or head is chosen that stands first in them. */
  #readsEntries(): boolean {
    const { file, info, names, chosen } = this.#view;
    const isFixed =
      (names[0] === "layer" && chosen.layer !== undefined) ||
      (names[0] === "head" && typeof chosen.head === "number");
    return (
      isFixed && rowLength(info.shape) >= longRow && file.entryOf?.(info.name, 0) !== undefined
    );
  }

  async #decodeEach(start: number, stop: number, destination: RowBuffer): Promise<void> {
    for (let from = start; from < stop; from += together) {
      const some = Array.from({ length: Math.min(together, stop - from) }, (_, at) => from + at);
      const to = (position: number) => (position - start) * this.#columns;
      // All come to their end before a failure is told, since the destination may be used again then.
      const ended = await Promise.allSettled(
        some.map((position) => this.#decodeOne(position, destination, to(position))),
      );
      for (const each of ended) if (each.status === "rejected") throw each.reason;
    }
  }

  async #decodeOne(position: number, destination: RowBuffer, to: number): Promise<void> {
    const { file, info, names } = this.#view;
    const row = this.#rows[position] ?? 0;
    const { ragged } = info;
    const found =
      ragged === undefined
        ? rowOfEntries(file, info, row)
        : await file.readRagged?.(info.name, row);
    if (found === undefined)
      throw new RangeError(`Row ${row} of ${info.name} cannot be read alone.`);
    this.#checkShape(found.shape, row);
    // Lengths that are known are the rows' own; others may be padded.
    const countsZeros = ragged?.fewest !== undefined;
    const place = { row, position };
    await readRaggedRow(found, names, this.#choice, place, destination, to, countsZeros);
  }

  /** Rows may differ in their tokens only. */
  #checkShape(shape: readonly number[], row: number): void {
    const { file, info, names } = this.#view;
    const expected = info.shape.slice(1);
    const isLike = names.every((name, axis) => name === "token" || shape[axis] === expected[axis]);
    if (isLike && shape.length === expected.length) return;
    throw new EigenlensError(
      "file-format",
      `${place(file.path, info.name)}, row ${row} is ${shapeText(shape)}, others are ${shapeText(expected)}: rows may differ in the number of their tokens only; name the axes with [axes=...] if they are others.`,
    );
  }

  /** Scans the whole condition, so that the error counts every value that must be seen to. */
  async #nonFinite(): Promise<EigenlensError> {
    const { file, info } = this.#view;
    const scan = new NonFiniteScan();
    const total = this.#rows.length;
    const block = Math.max(1, Math.floor(2 ** 20 / this.#columns));
    for (let start = 0; start < total; start += block) {
      const stop = Math.min(total, start + block);
      const values = new Float64Array((stop - start) * this.#columns);
      await this.#decode(start, stop, values);
      scan.add(values, this.#columns, (row) => this.#rows[start + row] ?? start + row);
    }
    return scan.error(place(file.path, info.name), total * this.#columns);
  }
}
