// Packing lays a block of a factor out as the micro-kernel walks it: slivers of `width` rows, and in each
// sliver the `width` values of one depth step side by side. A sliver that sticks out is filled with zeros.

/**
 * Depth steps that are walked together where neighbouring rows lie side by side in memory. Steps are then
 * a whole row of a large matrix apart, often a multiple of 4 kB, so that few of their cache lines can be
 * held at a time: each is used up before the next ones are touched.
 */
const stepsAcross: i32 = 4;

/**
 * @param source address of the first element
 * @param outer distance between neighbouring rows of the block, in elements
 * @param inner distance between neighbouring depth steps, in elements
 * @param count rows of the block
 * @param depth steps
 * @param width rows of one sliver, even
 * @param destination address, room for `ceil(count / width) * width * depth` elements
 */
export function pack<T>(
  source: usize,
  outer: usize,
  inner: usize,
  count: i32,
  depth: i32,
  width: i32,
  destination: usize,
): void {
  const outerBytes = outer * sizeof<T>();
  const innerBytes = inner * sizeof<T>();
  const sliverBytes = <usize>(width * depth) * sizeof<T>();
  const whole = count / width;
  if (outer == 1) {
    packAcross<T>(source, innerBytes, whole, depth, width, destination);
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
function packAcross<T>(
  source: usize,
  innerBytes: usize,
  slivers: i32,
  depth: i32,
  width: i32,
  destination: usize,
): void {
  const stepBytes = <usize>width * sizeof<T>();
  const sliverBytes = stepBytes * <usize>depth;
  for (let step = 0; step < depth; step += stepsAcross) {
    const steps = min(stepsAcross, depth - step);
    let from = source + <usize>step * innerBytes;
    let to = destination + <usize>step * stepBytes;
    for (let sliver = 0; sliver < slivers; sliver++) {
      let at = from;
      let into = to;
      for (let s = 0; s < steps; s++) {
        copyStep<T>(at, width, into);
        at += innerBytes;
        into += stepBytes;
      }
      from += stepBytes;
      to += sliverBytes;
    }
  }
}

/** The values of one step, 16 bytes at a time and the 8 that may be left. */
@inline
function copyStep<T>(source: usize, width: i32, destination: usize): void {
  const bytes = <usize>width * sizeof<T>();
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(destination + at, v128.load(source + at));
  if (at < bytes) store<u64>(destination + at, load<u64>(source + at));
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
