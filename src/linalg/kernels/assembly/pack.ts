// Packing lays a block of a factor out as the micro-kernel walks it: slivers of `width` rows, and in each
// sliver the `width` values of one depth step side by side. A sliver that sticks out is filled with zeros.

/**
 * @param source address of the first element
 * @param outer distance between neighbouring rows of the block, in elements
 * @param inner distance between neighbouring depth steps, in elements
 * @param count rows of the block
 * @param depth steps
 * @param width rows of one sliver
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
  const stepBytes = <usize>width * sizeof<T>();
  for (let first = 0; first < count; first += width) {
    const rows = min(width, count - first);
    const sliver = source + <usize>first * outerBytes;
    if (rows < width) {
      memory.fill(destination, 0, stepBytes * <usize>depth);
    }
    if (outer == 1) {
      packAcross<T>(sliver, innerBytes, rows, depth, stepBytes, destination);
    } else {
      for (let row = 0; row < rows; row++) {
        packAlong<T>(
          sliver + <usize>row * outerBytes,
          innerBytes,
          depth,
          stepBytes,
          destination + <usize>row * sizeof<T>(),
        );
      }
    }
    destination += stepBytes * <usize>depth;
  }
}

/** Neighbouring rows lie side by side in memory: copy step by step. */
@inline
function packAcross<T>(
  source: usize,
  innerBytes: usize,
  rows: i32,
  depth: i32,
  stepBytes: usize,
  destination: usize,
): void {
  const whole = <usize>rows * sizeof<T>() == stepBytes;
  for (let step = 0; step < depth; step++) {
    if (whole) {
      for (let at: usize = 0; at < stepBytes; at += 16) {
        v128.store(destination + at, v128.load(source + at));
      }
    } else {
      for (let row: usize = 0; row < <usize>rows; row++) {
        store<T>(
          destination + row * sizeof<T>(),
          load<T>(source + row * sizeof<T>()),
        );
      }
    }
    source += innerBytes;
    destination += stepBytes;
  }
}

/** One row, its depth steps usually side by side in memory: spread them out. */
@inline
function packAlong<T>(
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
