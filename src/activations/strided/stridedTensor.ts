import type { RowBuffer } from "../activationFile.ts";
import { decodeIntegerLabels, decodeValues } from "../elements/decode.ts";
import { byteWidth } from "../elements/elementType.ts";
import { gatherRows } from "../rows/gatherRows.ts";
import { SequentialDecoder } from "../elements/sequentialDecoder.ts";
import { denseStrides, rowLength, valueCount } from "../shape.ts";
import type { StridedLayout } from "./stridedLayout.ts";

/** Rows this long in bytes are gathered at a time where they are not contiguous. */
const panelBytes = 32 * 2 ** 20;

/**
 * Reads rows of numbers that lie in a file uncompressed: contiguous rows are streamed; any other layout
 * (Fortran order, views) is gathered a panel of many rows at a time and kept for the next call, so that
 * memory stays bounded and no byte is read more than a few times.
 */
export class StridedTensor {
  readonly #layout: StridedLayout;
  readonly #rowLength: number;
  readonly #decoder: SequentialDecoder | undefined;
  #panel: { start: number; stop: number; bytes: Uint8Array } | undefined;

  constructor(layout: StridedLayout) {
    this.#layout = layout;
    this.#rowLength = rowLength(layout.shape);
    const dense = denseStrides(layout.shape, "row-major");
    const contiguous = layout.shape.every(
      (extent, axis) => extent <= 1 || layout.strides[axis] === dense[axis],
    );
    if (contiguous) {
      this.#decoder = new SequentialDecoder(
        layout.source,
        layout.offset,
        valueCount(layout.shape),
        layout.elementType,
        layout.byteOrder,
      );
    }
  }

  /** Rows `start` to `stop` (exclusive) in C order into `destination`. */
  async readRows(start: number, stop: number, destination: RowBuffer): Promise<void> {
    if (this.#decoder !== undefined) {
      await this.#decoder.read(start * this.#rowLength, destination);
      return;
    }
    const { elementType, byteOrder } = this.#layout;
    const rowBytes = this.#rowLength * byteWidth(elementType);
    for (let row = start; row < stop;) {
      const panel = await this.#panelAt(row, rowBytes);
      const rows = Math.min(stop, panel.stop) - row;
      // A copy, because decoding big-endian values swaps them in place.
      const bytes = panel.bytes.slice(
        (row - panel.start) * rowBytes,
        (row - panel.start + rows) * rowBytes,
      );
      const at = (row - start) * this.#rowLength;
      decodeValues(elementType, byteOrder, bytes, destination, at, rows * this.#rowLength);
      row += rows;
    }
  }

  /** The values of a vector of integers or booleans as decimal text. */
  async readLabels(): Promise<string[]> {
    const { shape, elementType, byteOrder } = this.#layout;
    const count = valueCount(shape);
    const bytes = await gatherRows(this.#layout, 0, shape[0] ?? 0);
    return decodeIntegerLabels(elementType, byteOrder, bytes, count);
  }

  async #panelAt(row: number, rowBytes: number) {
    const kept = this.#panel;
    if (kept !== undefined && row >= kept.start && row < kept.stop) return kept;
    const rows = Math.max(1, Math.floor(panelBytes / Math.max(1, rowBytes)));
    const stop = Math.min(this.#layout.shape[0] ?? 0, row + rows);
    const bytes = await gatherRows(this.#layout, row, stop);
    this.#panel = { start: row, stop, bytes };
    return this.#panel;
  }
}
