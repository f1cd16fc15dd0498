// Column means of a block of rows, and their removal in place: the block is then ready for a cross product.

import { jobBlock } from "./layout";
import { takeTile } from "./threads";

const blockAt: usize = jobBlock + 4;
const rowsAt: usize = jobBlock + 8;
const columnsAt: usize = jobBlock + 12;
const meansAt: usize = jobBlock + 16;

/** Columns that a thread takes at a time: 4 kB of float32, so that rows are walked in whole pages. */
const columnsTaken: i32 = 512;

export function prepareCentring(block: u32, rows: i32, columns: i32, means: u32): void {
  store<u32>(blockAt, block);
  store<i32>(rowsAt, rows);
  store<i32>(columnsAt, columns);
  store<u32>(meansAt, means);
}

/** Writes the float64 means of the columns and subtracts them from the block. */
export function runCentring<T>(): void {
  const columns = load<i32>(columnsAt);
  const rows = load<i32>(rowsAt);
  const block = <usize>load<u32>(blockAt);
  const means = <usize>load<u32>(meansAt);
  const rowBytes = <usize>columns * sizeof<T>();
  while (true) {
    const first = takeTile() * columnsTaken;
    if (first >= columns) return;
    const last = min(columns, first + columnsTaken);
    memory.fill(means + <usize>first * 8, 0, <usize>(last - first) * 8);
    for (let row = 0; row < rows; row++) {
      const start = block + <usize>row * rowBytes;
      for (let column = first; column < last; column++) {
        const at = means + <usize>column * 8;
        store<f64>(at, load<f64>(at) + <f64>load<T>(start + <usize>column * sizeof<T>()));
      }
    }
    for (let column = first; column < last; column++) {
      const at = means + <usize>column * 8;
      store<f64>(at, load<f64>(at) / <f64>rows);
    }
    for (let row = 0; row < rows; row++) {
      const start = block + <usize>row * rowBytes;
      for (let column = first; column < last; column++) {
        const at = start + <usize>column * sizeof<T>();
        store<T>(at, <T>(<f64>load<T>(at) - load<f64>(means + <usize>column * 8)));
      }
    }
  }
}
