// Packing lays a block of a factor out as the micro-kernel walks it: slivers of `width` rows, and in each
// sliver the `width` values of one depth step side by side. A sliver that sticks out is filled with zeros.

//
// Where neighbouring rows lie side by side in memory, steps are a whole row of a large matrix apart, often a multiple
// of 4 kB, so that a cache holds few of their lines at a time: four steps are walked together, line by line.

import { tileColumns } from "./microKernel";
import { tileRows } from "./tileRows";

/** Markers by which one function is compiled for the left and for the right factor: widths are then constants. */
export type Left = i32;
export type Right = f64;

/** Rows of a sliver: those of a micro-tile for the left factor, its columns for the right one. */
@inline
function sliverWidth<T, Side>(): i32 {
  return isInteger<Side>() ? tileRows : tileColumns<T>();
}

/**
 * @param source address of the first element
 * @param outer distance between neighbouring rows of the block, in elements
 * @param inner distance between neighbouring depth steps, in elements
 * @param count rows of the block
 * @param depth steps
 * @param destination address, room for `ceil(count / width) * width * depth` elements
 */
export function pack<T, Side>(
  source: usize,
  outer: usize,
  inner: usize,
  count: i32,
  depth: i32,
  destination: usize,
): void {
  const width = sliverWidth<T, Side>();
  const outerBytes = outer * sizeof<T>();
  const innerBytes = inner * sizeof<T>();
  const sliverBytes = <usize>(width * depth) * sizeof<T>();
  const whole = count / width;
  if (outer == 1) {
    packAcross<T, Side>(source, innerBytes, whole, depth, destination);
  } else {
    for (let sliver = 0; sliver < whole; sliver++) {
      packRows<T>(
        source + <usize>(sliver * width) * outerBytes,
        outerBytes,
        innerBytes,
        width,
        depth,
        width,
        destination + <usize>sliver * sliverBytes,
      );
    }
  }
  const left = count - whole * width;
  if (left > 0) {
    const last = destination + <usize>whole * sliverBytes;
    memory.fill(last, 0, sliverBytes);
    const first = source + <usize>(whole * width) * outerBytes;
    packRows<T>(first, outerBytes, innerBytes, left, depth, width, last);
  }
}

/** Whole slivers whose neighbouring rows lie side by side in memory. */
function packAcross<T, Side>(
  source: usize,
  innerBytes: usize,
  slivers: i32,
  depth: i32,
  destination: usize,
): void {
  const stepBytes = <usize>sliverWidth<T, Side>() * sizeof<T>();
  const sliverBytes = stepBytes * <usize>depth;
  const together = depth & ~3;
  for (let step = 0; step < together; step += 4) {
    let from = source + <usize>step * innerBytes;
    let to = destination + <usize>step * stepBytes;
    for (let sliver = 0; sliver < slivers; sliver++) {
      copyStep<T, Side>(from, to);
      copyStep<T, Side>(from + innerBytes, to + stepBytes);
      copyStep<T, Side>(from + 2 * innerBytes, to + 2 * stepBytes);
      copyStep<T, Side>(from + 3 * innerBytes, to + 3 * stepBytes);
      from += stepBytes;
      to += sliverBytes;
    }
  }
  for (let step = together; step < depth; step++) {
    let from = source + <usize>step * innerBytes;
    let to = destination + <usize>step * stepBytes;
    for (let sliver = 0; sliver < slivers; sliver++) {
      copyStep<T, Side>(from, to);
      from += stepBytes;
      to += sliverBytes;
    }
  }
}

/** The values of one step: 16 bytes at a time, and the 8 that may be left. */
@inline
function copyStep<T, Side>(source: usize, destination: usize): void {
  const bytes: usize = <usize>sliverWidth<T, Side>() * sizeof<T>();
  v128.store(destination, v128.load(source));
  if (bytes >= 32) v128.store(destination, v128.load(source, 16), 16);
  if (bytes >= 48) v128.store(destination, v128.load(source, 32), 32);
  if (bytes == 24) store<u64>(destination, load<u64>(source, 16), 16);
}

/** Some rows of one sliver, two at a time where their steps lie side by side. */
function packRows<T>(
  source: usize,
  outerBytes: usize,
  innerBytes: usize,
  rows: i32,
  depth: i32,
  width: i32,
  destination: usize,
): void {
  const stepBytes = <usize>width * sizeof<T>();
  let row = 0;
  if (innerBytes == sizeof<T>()) {
    for (; row + 1 < rows; row += 2) {
      packPair<T>(source, outerBytes, depth, stepBytes, destination);
      source += 2 * outerBytes;
      destination += 2 * sizeof<T>();
    }
  }
  for (; row < rows; row++) {
    packOne<T>(source, innerBytes, depth, stepBytes, destination);
    source += outerBytes;
    destination += sizeof<T>();
  }
}

/** Two rows whose steps lie side by side: pairs of one step are woven together in registers. */
function packPair<T>(
  source: usize,
  outerBytes: usize,
  depth: i32,
  stepBytes: usize,
  destination: usize,
): void {
  const together: i32 = sizeof<T>() == 4 ? 4 : 2;
  let step = 0;
  for (; step + together <= depth; step += together) {
    const first = v128.load(source);
    const second = v128.load(source + outerBytes);
    if (sizeof<T>() == 4) {
      const low = v128.shuffle<u32>(first, second, 0, 4, 1, 5);
      const high = v128.shuffle<u32>(first, second, 2, 6, 3, 7);
      store<u64>(destination, i64x2.extract_lane(low, 0));
      store<u64>(destination + stepBytes, i64x2.extract_lane(low, 1));
      store<u64>(destination + 2 * stepBytes, i64x2.extract_lane(high, 0));
      store<u64>(destination + 3 * stepBytes, i64x2.extract_lane(high, 1));
    } else {
      v128.store(destination, v128.shuffle<u64>(first, second, 0, 2));
      v128.store(destination + stepBytes, v128.shuffle<u64>(first, second, 1, 3));
    }
    source += 16;
    destination += <usize>together * stepBytes;
  }
  packOne<T>(source, sizeof<T>(), depth - step, stepBytes, destination);
  packOne<T>(source + outerBytes, sizeof<T>(), depth - step, stepBytes, destination + sizeof<T>());
}

function packOne<T>(
  source: usize,
  innerBytes: usize,
  depth: i32,
  stepBytes: usize,
  destination: usize,
): void {
  for (let step = 0; step < depth; step++) {
    store<T>(destination, load<T>(source));
    source += innerBytes;
    destination += stepBytes;
  }
}
