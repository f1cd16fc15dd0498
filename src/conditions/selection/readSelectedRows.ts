import type { ActivationFile, RowBuffer } from "../../activations/activationFile.ts";

/** Neighbouring rows are read together while at least this share of what is read is wanted. */
const usefulShare = 0.25;
/** Values in one intermediate read. */
const mostValues = 2 ** 21;

/** Calls back with consecutive runs of the wanted rows, decoded; the buffer is used again afterwards. */
export type RowVisitor = (values: RowBuffer, row: number, position: number) => void;

/**
 * Decodes rows of a tensor that need not be consecutive, a stretch of the file at a time.
 * @param rows ascending row numbers; a stretch with few gaps is read whole
 * @param rowLength values in one row of the file
 * @param visit called once a wanted row: its values begin at `row * rowLength` of the buffer
 */
export async function readSelectedRows(
  file: ActivationFile,
  tensor: string,
  rows: Uint32Array,
  rowLength: number,
  example: RowBuffer,
  visit: RowVisitor,
): Promise<void> {
  const mostRows = Math.max(1, Math.floor(mostValues / Math.max(1, rowLength)));
  for (let from = 0; from < rows.length;) {
    const first = rows[from] as number;
    let to = from + 1;
    while (to < rows.length) {
      const span = (rows[to] as number) - first + 1;
      if (span > mostRows || to + 1 - from < span * usefulShare) break;
      to++;
    }
    const stop = (rows[to - 1] as number) + 1;
    const length = (stop - first) * rowLength;
    const values =
      example instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
    const wanted = rows.subarray(from, to);
    try {
      await file.readRows(tensor, first, stop, values);
    } catch (error) {
      // A row in a gap may be the one that cannot be read; nobody asked for it.
      if (wanted.length === stop - first) throw error;
      await readEach(file, tensor, wanted, rowLength, values);
    }
    for (let position = from; position < to; position++) {
      visit(values, (rows[position] as number) - first, position);
    }
    from = to;
  }
}

/** Reads the wanted rows of a stretch that begins with the first of them, and nothing between. */
async function readEach(
  file: ActivationFile,
  tensor: string,
  rows: Uint32Array,
  rowLength: number,
  values: RowBuffer,
): Promise<void> {
  const [first = 0] = rows;
  for (const row of rows) {
    const at = (row - first) * rowLength;
    await file.readRows(tensor, row, row + 1, values.subarray(at, at + rowLength));
  }
}
