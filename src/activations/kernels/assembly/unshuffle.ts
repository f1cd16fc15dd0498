// AssemblyScript (not TypeScript): undoes a byte shuffle with 128-bit SIMD.
// Memory is imported and laid out by the caller; `source` and `target` are byte addresses in it.

/** Two planes of `count` bytes to `count` values of two bytes; sixteen a step, `count` a multiple of that. */
export function unshufflePairs(source: usize, target: usize, count: usize): void {
  const end = source + count;
  for (let from = source; from < end; from += 16) {
    const first = v128.load(from);
    const second = v128.load(from + count);
    v128.store(target, lowBytes(first, second));
    v128.store(target, highBytes(first, second), 16);
    target += 32;
  }
}

/** Four planes of `count` bytes to `count` values of four bytes; sixteen a step, `count` a multiple of that. */
export function unshuffleWords(source: usize, target: usize, count: usize): void {
  const end = source + count;
  const thirdPlane = count << 1;
  const fourthPlane = thirdPlane + count;
  for (let from = source; from < end; from += 16) {
    const first = v128.load(from);
    const second = v128.load(from + count);
    const third = v128.load(from + thirdPlane);
    const fourth = v128.load(from + fourthPlane);
    const lowStart = lowBytes(first, second);
    const highStart = highBytes(first, second);
    const lowEnd = lowBytes(third, fourth);
    const highEnd = highBytes(third, fourth);
    v128.store(target, lowPairs(lowStart, lowEnd));
    v128.store(target, highPairs(lowStart, lowEnd), 16);
    v128.store(target, lowPairs(highStart, highEnd), 32);
    v128.store(target, highPairs(highStart, highEnd), 48);
    target += 64;
  }
}

/** Bytes of the first halves in turns. */
@inline
function lowBytes(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

/** Of the second halves. */
@inline
function highBytes(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/** Pairs of bytes of the first halves in turns. */
@inline
function lowPairs(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23);
}

/** Of the second halves. */
@inline
function highPairs(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 9, 24, 25, 10, 11, 26, 27, 12, 13, 28, 29, 14, 15, 30, 31);
}
