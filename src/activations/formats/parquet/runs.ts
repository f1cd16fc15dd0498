// Our own decoding of parquet's run-length hybrid, because the library's hands every value over as an entry of a
// general list: thirty times slower than the typed memory that a matrix of activations is read into.

/** A run of one value, or values packed into `width` bits each. */
interface Run {
  readonly isPacked: boolean;
  readonly count: number;
  /** Of a run of one value. */
  readonly value: number;
  /** Byte offset of packed values. */
  readonly at: number;
}

/**
 * Runs of the hybrid of run-length and bit-packed values (parquet's Encodings.md, RLE = 3), until `count` values.
 * @param width bits of one value, 0 to 24
 * @throws RangeError if they end too early
 */
function forEachRun(
  bytes: Uint8Array,
  start: number,
  width: number,
  count: number,
  use: (run: Run, first: number) => void,
): void {
  if (!(width <= 24)) throw new RangeError(`values of ${width} bits in a page`);
  const valueBytes = (width + 7) >> 3;
  let at = start;
  for (let first = 0; first < count;) {
    let header = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = byteAt(bytes, at++);
      header += (byte & 127) * shift;
      if (byte < 128) break;
      if (shift > 2 ** 28) throw new RangeError("a run in a page has no end");
    }
    const length = Math.floor(header / 2);
    if (header % 2 === 1) {
      const values = Math.min(8 * length, count - first);
      if (at + Math.ceil((values * width) / 8) > bytes.length || length === 0) {
        throw new RangeError("a page ends within its packed values");
      }
      use({ isPacked: true, count: values, value: 0, at }, first);
      at += length * width;
      first += values;
    } else {
      let value = 0;
      for (let i = 0; i < valueBytes; i++) value += byteAt(bytes, at++) * 2 ** (8 * i);
      const values = Math.min(length, count - first);
      if (values === 0) throw new RangeError("a page holds a run of no values");
      use({ isPacked: false, count: values, value, at }, first);
      first += values;
    }
  }
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new RangeError("a page is cut short");
  return byte;
}

/**
 * Whether all of `count` levels are `level`: no value is missing.
 * @param width bits of one level
 */
export function allLevelsAre(
  bytes: Uint8Array,
  level: number,
  width: number,
  count: number,
): boolean {
  let all = true;
  forEachRun(bytes, 0, width, count, (run) => {
    if (!run.isPacked) all &&= run.value === level;
    for (let i = 0; run.isPacked && all && i < run.count; i++) {
      all =
        (wordAt(bytes, run.at + ((i * width) >> 3)) >>> ((i * width) & 7)) % 2 ** width === level;
    }
  });
  return all;
}

/**
 * Whether repetition levels of one bit begin a new list exactly at every multiple of `length`.
 * @param first index of the first of `count` values in its column
 */
export function listsAreRegular(
  bytes: Uint8Array,
  first: number,
  count: number,
  length: number,
): boolean {
  let regular = true;
  forEachRun(bytes, 0, 1, count, (run, at) => {
    if (!regular) return;
    /** How far into its list the run's first value is. */
    let position = (first + at) % length;
    if (!run.isPacked) {
      const begins = position === 0 || position + run.count > length;
      regular = run.value === 1 ? !begins : length === 1 || (position === 0 && run.count === 1);
      return;
    }
    for (let i = 0; i < run.count && regular; i++) {
      const repeats = (((bytes[run.at + (i >> 3)] as number) >> (i & 7)) & 1) === 1;
      regular = repeats === (position !== 0);
      if (++position === length) position = 0;
    }
  });
  return regular;
}

/**
 * Where the next list begins, by repetition levels of one bit.
 * @param from index of the first level to look at
 * @returns the index of its first value, or `count` where none begins
 */
export function nextList(bytes: Uint8Array, from: number, count: number): number {
  let found = count;
  forEachRun(bytes, 0, 1, count, (run, first) => {
    for (let i = Math.max(0, from - first); found === count && i < run.count; i++) {
      const level = run.isPacked
        ? ((bytes[run.at + (i >> 3)] as number) >> (i & 7)) & 1
        : run.value;
      if (level === 0) found = first + i;
      else if (!run.isPacked) return;
    }
  });
  return found;
}

/**
 * Values `skip` to `skip + count` of a page that stores indices into a dictionary, into `destination` from `at` on.
 * @param bytes the page after its levels: the width of an index in bits, then runs
 * @throws RangeError if an index lies outside the dictionary, or the page ends too early
 */
export function decodeIndices(
  bytes: Uint8Array,
  dictionary: Float32Array | Float64Array,
  skip: number,
  count: number,
  destination: Float32Array | Float64Array,
  at: number,
): void {
  const width = byteAt(bytes, 0);
  const words = wordsOf(bytes);
  forEachRun(bytes, 1, width, skip + count, (run, first) => {
    const from = Math.max(0, skip - first);
    if (from >= run.count) return;
    const to = at + first + from - skip;
    if (run.isPacked) {
      unpack(words, run.at, width, from, run.count, dictionary, destination, to);
      return;
    }
    const value = dictionary[run.value];
    if (value === undefined) throw outside(run.value, dictionary.length);
    destination.fill(value, to, to + run.count - from);
  });
}

/** Values `from` to `stop` of a packed run that begins at byte `start`, looked up in `dictionary`. */
function unpack(
  words: Uint32Array,
  start: number,
  width: number,
  from: number,
  stop: number,
  dictionary: Float32Array | Float64Array,
  destination: Float32Array | Float64Array,
  at: number,
): void {
  const mask = 2 ** width - 1;
  let largest = 0;
  for (let i = from, bit = 8 * start + from * width; i < stop; i++, bit += width) {
    const word = bit >>> 5;
    const shift = bit & 31;
    // In two steps: a shift by 32 would be none.
    const above = ((words[word + 1] as number) << 1) << (31 - shift);
    const index = (((words[word] as number) >>> shift) | above) & mask;
    if (index > largest) largest = index;
    destination[at + i - from] = dictionary[index] as number;
  }
  if (largest >= dictionary.length) throw outside(largest, dictionary.length);
}

/** The bytes as little-endian words, and one more: a value may begin in the last. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  const words = new Uint32Array(((bytes.length + 3) >> 2) + 1);
  new Uint8Array(words.buffer).set(bytes);
  return words;
}

/** Four bytes, of which those beyond the end count as zero. */
function wordAt(bytes: Uint8Array, at: number): number {
  let word = 0;
  for (let i = 0; i < 4; i++) word |= (bytes[at + i] ?? 0) << (8 * i);
  return word;
}

function outside(index: number, length: number): RangeError {
  return new RangeError(`a page asks for entry ${index} of a dictionary of ${length}`);
}
