import { EigenlensError } from "../../../errors.ts";
import type { RaggedRow } from "../../activationFile.ts";
import { heldRow } from "../../rows/raggedRows.ts";
import { valueCount } from "../../shape.ts";
import { flattenInto } from "../json/values.ts";
import { missingValue } from "../nestedRows.ts";
import { firstMissing, plain } from "./lists.ts";

interface Panel {
  readonly start: number;
  readonly lists: ArrayLike<unknown>;
}

/** Rows of a column of lists, each as long as it is: the rows that are unpacked together are kept for the next. */
export class RaggedLists {
  readonly #rows: number;
  readonly #panelRows: number;
  readonly #inner: readonly number[];
  readonly #read: (start: number, stop: number) => Promise<ArrayLike<unknown>>;
  readonly #describe: (row: number) => string;
  #kept: Promise<Panel> | undefined;
  #keptStart = -1;

  /**
   * @param rows of the whole column
   * @param panelRows that are unpacked together
   * @param inner the shape of one entry of a row: `[columns]`, or nothing
   * @param read unpacks rows
   * @param describe names a row for messages
   */
  constructor(
    rows: number,
    panelRows: number,
    inner: readonly number[],
    read: (start: number, stop: number) => Promise<ArrayLike<unknown>>,
    describe: (row: number) => string,
  ) {
    this.#rows = rows;
    this.#panelRows = Math.max(1, panelRows);
    this.#inner = inner;
    this.#read = read;
    this.#describe = describe;
  }

  /** @throws EigenlensError "file-format" if the row is missing, or what it holds is ragged or no number */
  async row(row: number): Promise<RaggedRow> {
    const { start, lists } = await this.#panel(row);
    const list = plain(lists[row - start]);
    const where = () => this.#describe(row);
    const missing = firstMissing(list);
    if (missing !== undefined) throw missingValue(where(), missing);
    if (!Array.isArray(list)) {
      throw new EigenlensError("file-format", `${where()} holds no list of numbers: correct it.`);
    }
    const shape = [list.length, ...this.#inner];
    const values = new Float64Array(valueCount(shape));
    flattenInto(list, shape, values, 0, where);
    return heldRow(shape, values);
  }

  #panel(row: number): Promise<Panel> {
    const start = Math.floor(row / this.#panelRows) * this.#panelRows;
    if (this.#kept !== undefined && this.#keptStart === start) return this.#kept;
    this.#keptStart = start;
    const stop = Math.min(this.#rows, start + this.#panelRows);
    const panel = this.#read(start, stop).then((lists) => ({ start, lists }));
    // What failed is read again by whoever asks next.
    panel.catch(() => (this.#keptStart = -1));
    this.#kept = panel;
    return panel;
  }
}
