// `C := beta C + alpha A B` in tiles that threads take one by one. Strides make transposed factors, and with
// `lower` only the tiles and entries on and below the diagonal are computed (C square).

import { scratchOf } from "./layout";
import { multiplyTile, tileColumns } from "./microKernel";
import { Left, pack, Right } from "./pack";
import {
  aAt,
  aRowAt,
  aStepAt,
  alphaAt,
  bAt,
  bColumnAt,
  bStepAt,
  cAt,
  cRowAt,
  columnsAt,
  depthAt,
  lowerAt,
  overwriteAt,
  rowsAt,
  tileAt,
} from "./productArguments";
import { takeTile } from "./threads";
import { tileRows } from "./tileRows";

/** Depth steps between two additions into C: what float32 accumulates before float64 takes over. */
const depthBlock: i32 = 256;
/** Rows of A packed at a time; with 256 steps of float64 it is a quarter of a megabyte. */
const rowBlock: i32 = 120;

/** A micro-tile of float64 that sticks out of C is computed here first. */
const edgeBytes: usize = 512;

/** Bytes of scratch memory that a thread needs for tiles of this side. */
export function productScratchBytes(tile: i32): u32 {
  return <u32>edgeBytes + 8 * <u32>(rowBlock * depthBlock + (tile + 8) * depthBlock);
}

/**
 * Describes `C (rows x columns) := (overwrite ? 0 : C) + alpha A B`. Strides count elements.
 * @param aRow distance of neighbouring rows of A, `aStep` of neighbouring columns (depth steps)
 * @param bColumn distance of neighbouring columns of B, `bStep` of neighbouring rows (depth steps)
 * @param tile side of the tiles that threads take, at most what the scratch memory was made for
 */
export function prepareProduct(
  a: u32,
  aRow: u32,
  aStep: u32,
  b: u32,
  bColumn: u32,
  bStep: u32,
  c: u32,
  cRow: u32,
  rows: i32,
  columns: i32,
  depth: i32,
  tile: i32,
  lower: i32,
  overwrite: i32,
  alpha: f64,
): void {
  store<u32>(aAt, a);
  store<u32>(aRowAt, aRow);
  store<u32>(aStepAt, aStep);
  store<u32>(bAt, b);
  store<u32>(bColumnAt, bColumn);
  store<u32>(bStepAt, bStep);
  store<u32>(cAt, c);
  store<u32>(cRowAt, cRow);
  store<i32>(rowsAt, rows);
  store<i32>(columnsAt, columns);
  store<i32>(depthAt, depth);
  store<i32>(tileAt, tile);
  store<i32>(lowerAt, lower);
  store<i32>(overwriteAt, overwrite);
  store<f64>(alphaAt, alpha);
}

/** One thread's share of the product that the job block describes. */
export function runProduct<T>(thread: i32): void {
  const rows = load<i32>(rowsAt);
  const columns = load<i32>(columnsAt);
  const tile = load<i32>(tileAt);
  const lower = load<i32>(lowerAt) != 0;
  const down = (rows + tile - 1) / tile;
  const across = (columns + tile - 1) / tile;
  const count = lower ? (down * (down + 1)) / 2 : down * across;
  while (true) {
    const taken = takeTile();
    if (taken >= count) return;
    let i = taken / across;
    let j = taken - i * across;
    if (lower) {
      i = <i32>((sqrt<f64>(8 * <f64>taken + 1) - 1) / 2);
      while ((i * (i + 1)) / 2 > taken) i--;
      while (((i + 1) * (i + 2)) / 2 <= taken) i++;
      j = taken - (i * (i + 1)) / 2;
    }
    const top = i * tile;
    const left = j * tile;
    computeTile<T>(
      thread,
      top,
      min(rows, top + tile),
      left,
      min(columns, left + tile),
      lower && i == j,
    );
  }
}

function computeTile<T>(
  thread: i32,
  top: i32,
  bottom: i32,
  left: i32,
  right: i32,
  diagonal: bool,
): void {
  const depth = load<i32>(depthAt);
  const aStep = <usize>load<u32>(aStepAt);
  const bStep = <usize>load<u32>(bStepAt);
  const a = <usize>load<u32>(aAt) + <usize>top * <usize>load<u32>(aRowAt) * sizeof<T>();
  const b = <usize>load<u32>(bAt) + <usize>left * <usize>load<u32>(bColumnAt) * sizeof<T>();
  const packedA = scratchOf(thread) + edgeBytes;
  const packedB = packedA + rowBlock * depthBlock * 8;
  if (load<i32>(overwriteAt)) clearTile(top, bottom, left, right, diagonal);
  for (let step = 0; step < depth; step += depthBlock) {
    const steps = min(depthBlock, depth - step);
    pack<T, Right>(
      b + <usize>step * bStep * sizeof<T>(),
      <usize>load<u32>(bColumnAt),
      bStep,
      right - left,
      steps,
      packedB,
    );
    for (let row = top; row < bottom; row += rowBlock) {
      const rows = min(rowBlock, bottom - row);
      pack<T, Left>(
        a + (<usize>(row - top) * <usize>load<u32>(aRowAt) + <usize>step * aStep) * sizeof<T>(),
        <usize>load<u32>(aRowAt),
        aStep,
        rows,
        steps,
        packedA,
      );
      multiplyBlock<T>(steps, packedA, packedB, row, rows, left, right, diagonal);
    }
  }
}

function clearTile(top: i32, bottom: i32, left: i32, right: i32, diagonal: bool): void {
  const c = <usize>load<u32>(cAt);
  const cRow = <usize>load<u32>(cRowAt);
  for (let row = top; row < bottom; row++) {
    const end = diagonal ? min(right, row + 1) : right;
    memory.fill(c + (<usize>row * cRow + <usize>left) * 8, 0, <usize>(end - left) * 8);
  }
}

/** A packed block of A times a packed block of B, micro-tile by micro-tile. */
function multiplyBlock<T>(
  steps: i32,
  packedA: usize,
  packedB: usize,
  top: i32,
  rows: i32,
  left: i32,
  right: i32,
  diagonal: bool,
): void {
  const cRow = <usize>load<u32>(cRowAt);
  const rowBytes = cRow * 8;
  const alpha = load<f64>(alphaAt);
  const width = tileColumns<T>();
  const c = <usize>load<u32>(cAt) + (<usize>top * cRow + <usize>left) * 8;
  const aBytes = <usize>(tileRows * steps) * sizeof<T>();
  const bBytes = <usize>(width * steps) * sizeof<T>();
  for (let column = left; column < right; column += width) {
    const columns = min(width, right - column);
    const b = packedB + (<usize>(column - left) / <usize>width) * bBytes;
    let a = packedA;
    for (let row = 0; row < rows; row += tileRows, a += aBytes) {
      const height = min(tileRows, rows - row);
      const first = top + row;
      // Columns beyond the last row of a micro-tile lie above the diagonal.
      if (diagonal && column >= first + height) continue;
      const target = c + <usize>row * rowBytes + <usize>(column - left) * 8;
      if (height == tileRows && columns == width && !(diagonal && column + width - 1 > first)) {
        multiplyTile<T>(steps, a, b, target, rowBytes, alpha);
      } else {
        multiplyEdge<T>(steps, a, b, target, rowBytes, alpha, height, columns, diagonal ? first - column : 8, packedA - edgeBytes);
      }
    }
  }
}

/**
 * A micro-tile that sticks out: computed apart, then its valid entries are added.
 * @param reach row r keeps the columns up to `reach + r`
 * @param whole memory for one whole micro-tile
 */
function multiplyEdge<T>(
  steps: i32,
  a: usize,
  b: usize,
  c: usize,
  rowBytes: usize,
  alpha: f64,
  height: i32,
  columns: i32,
  reach: i32,
  whole: usize,
): void {
  memory.fill(whole, 0, <usize>tileRows * 64);
  multiplyTile<T>(steps, a, b, whole, 64, alpha);
  for (let row = 0; row < height; row++) {
    const end = min(columns, reach + row + 1);
    for (let column = 0; column < end; column++) {
      const at = c + <usize>row * rowBytes + <usize>column * 8;
      store<f64>(at, load<f64>(at) + load<f64>(whole + <usize>row * 64 + <usize>column * 8));
    }
  }
}
