import { Ahead } from "../../threads/ahead.ts";
import type { RowBuffer } from "../activationFile.ts";

/** Decoded or raw rows `start` to `stop`, as a format hands them over. */
export interface RowPanel {
  readonly start: number;
  readonly stop: number;
  /** Writes rows of the panel, counted from 0 within it, into `destination` from index `at` on. */
  copy(from: number, to: number, destination: RowBuffer, at: number): void;
  /** Once, when it is not copied from any more. */
  release?(): void;
}

/**
 * Serves rows from panels of many rows, for formats that unpack whole chunks: the panel that was read last is
 * kept, so that consecutive calls unpack nothing twice.
 */
export class RowPanels {
  readonly #rows: number;
  readonly #rowLength: number;
  readonly #panelRows: number;
  readonly #read: (start: number, stop: number) => Promise<RowPanel>;
  readonly #readsAhead: boolean;
  #kept: RowPanel | undefined;
  readonly #ahead = new Ahead<RowPanel>();
  #queue: Promise<void> = Promise.resolve();

  /**
   * @param rows of the whole tensor
   * @param panelRows rows to read at a time; panels begin at its multiples
   * @param read unpacks rows; called for one panel at a time
   * @param readsAhead whether the next panel is read while the present one is used, where rows are asked for in
   *   order; only for panels of which memory can hold two
   */
  constructor(
    rows: number,
    rowLength: number,
    panelRows: number,
    read: (start: number, stop: number) => Promise<RowPanel>,
    readsAhead = false,
  ) {
    this.#rows = rows;
    this.#rowLength = rowLength;
    this.#panelRows = Math.max(1, panelRows);
    this.#read = read;
    this.#readsAhead = readsAhead;
  }

  /** Rows `start` to `stop` in C order; calls are served one after the other. */
  readRows(start: number, stop: number, destination: RowBuffer): Promise<void> {
    const result = this.#queue.then(() => this.#serve(start, stop, destination));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #serve(start: number, stop: number, destination: RowBuffer): Promise<void> {
    for (let row = start; row < stop;) {
      const panel = await this.#panelAt(row);
      const end = Math.min(stop, panel.stop);
      const at = (row - start) * this.#rowLength;
      panel.copy(row - panel.start, end - panel.start, destination, at);
      row = end;
    }
  }

  async #panelAt(row: number): Promise<RowPanel> {
    const kept = this.#kept;
    if (kept !== undefined && row >= kept.start && row < kept.stop) return kept;
    const start = Math.floor(row / this.#panelRows) * this.#panelRows;
    // Released first: two panels at a time would double the memory.
    this.#kept = undefined;
    kept?.release?.();
    const panel = (await this.#ahead.take(start)) ?? (await this.#readAt(start));
    this.#kept = panel;
    if (this.#readsAhead && start === kept?.stop && panel.stop < this.#rows) {
      this.#ahead.begin(panel.stop, () => this.#readAt(panel.stop));
    }
    return panel;
  }

  #readAt(start: number): Promise<RowPanel> {
    return this.#read(start, Math.min(this.#rows, start + this.#panelRows));
  }
}

const usualPanelBytes = 16 * 2 ** 20;

/**
 * How many rows a panel should have: whole chunks, as many as a few megabytes hold.
 * @param chunkRows rows that are unpacked together anyway
 * @param panelBytes that it should have, unless a chunk's rows have more
 */
export function panelRowCount(
  rowBytes: number,
  chunkRows: number,
  panelBytes = usualPanelBytes,
): number {
  const wanted = Math.max(1, Math.floor(panelBytes / Math.max(1, rowBytes)));
  const chunk = Math.max(1, chunkRows);
  return wanted <= chunk ? chunk : Math.floor(wanted / chunk) * chunk;
}
