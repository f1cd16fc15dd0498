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
    const from = <usize>first;
    const whole = from + <usize>((last - first) & ~3);
    for (let row = 0; row < rows; row++) {
      const start = block + <usize>row * rowBytes;
      let column = from;
      for (; column < whole; column += 4) {
        const at = means + column * 8;
        const values = start + column * sizeof<T>();
        v128.store(at, f64x2.add(v128.load(at), loadPair<T>(values)));
        const next = loadPair<T>(values + 2 * sizeof<T>());
        v128.store(at, f64x2.add(v128.load(at, 16), next), 16);
      }
      for (; column < <usize>last; column++) {
        const at = means + column * 8;
        store<f64>(at, load<f64>(at) + <f64>load<T>(start + column * sizeof<T>()));
      }
    }
    for (let column = first; column < last; column++) {
      const at = means + <usize>column * 8;
      store<f64>(at, load<f64>(at) / <f64>rows);
    }
    for (let row = 0; row < rows; row++) {
      const start = block + <usize>row * rowBytes;
      let column = from;
      for (; column < whole; column += 2) {
        const at = start + column * sizeof<T>();
        const mean = v128.load(means + column * 8);
        storePair<T>(at, f64x2.sub(loadPair<T>(at), mean));
      }
      for (; column < <usize>last; column++) {
        const at = start + column * sizeof<T>();
        store<T>(at, <T>(<f64>load<T>(at) - load<f64>(means + column * 8)));
      }
    }
  }
}

/** Two neighbouring values as float64. */
@inline
function loadPair<T>(address: usize): v128 {
  return sizeof<T>() == 4
    ? f64x2.promote_low_f32x4(v128.load64_zero(address))
    : v128.load(address);
}

@inline
function storePair<T>(address: usize, pair: v128): void {
  if (sizeof<T>() == 4) v128.store64_lane(address, f32x4.demote_f64x2_zero(pair), 0);
  else v128.store(address, pair);
}
