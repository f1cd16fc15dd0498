// Our own undoing of blosc's byte shuffle, because the codec's build for WebAssembly does it without vector
// instructions, byte by byte, which takes longer than all the rest of unpacking. The layout is that of
// c-blosc's README_CHUNK_FORMAT.

const headerBytes = 16;
const shuffled = 1;
const stored = 2;

/**
 * Unpacks a blosc buffer, of whose shuffle the codec is told nothing.
 * @param decode the codec
 */
export async function decodeBlosc(
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<Uint8Array> {
  const flags = bytes[2] ?? 0;
  const width = bytes[3] ?? 0;
  const isShuffled = (flags & (shuffled | stored)) === shuffled;
  if (bytes.byteLength < headerBytes || !isShuffled || (width !== 2 && width !== 4)) {
    return decode(bytes);
  }
  const blockBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  const plain = bytes.slice();
  plain[2] = flags & ~shuffled;
  const values = await decode(plain);
  return blockBytes === 0 ? values : unshuffle(values, width, blockBytes);
}

/**
 * Undoes the shuffle of blosc: in each block, the first bytes of all values come first, then the second ones.
 * @param width bytes of a value, 2 or 4
 * @param blockBytes of every block but the last; what is left over in a block after whole values is not shuffled
 */
export function unshuffle(bytes: Uint8Array, width: 2 | 4, blockBytes: number): Uint8Array {
  const result = new Uint8Array(bytes.byteLength);
  for (let start = 0; start < bytes.byteLength; start += blockBytes) {
    const stop = Math.min(bytes.byteLength, start + blockBytes);
    const count = Math.floor((stop - start) / width);
    const whole = start + count * width;
    if (start % width !== 0) unshuffleBytes(bytes, start, count, width, result);
    else if (width === 2) unshufflePairs(bytes, start, count, result);
    else unshuffleWords(bytes, start, count, result);
    result.set(bytes.subarray(whole, stop), whole);
  }
  return result;
}

function unshuffleWords(from: Uint8Array, start: number, count: number, result: Uint8Array): void {
  const words = new Int32Array(result.buffer, start, count);
  const second = start + count;
  const third = second + count;
  const fourth = third + count;
  for (let i = 0; i < count; i++) {
    words[i] =
      (from[start + i] as number) |
      ((from[second + i] as number) << 8) |
      ((from[third + i] as number) << 16) |
      ((from[fourth + i] as number) << 24);
  }
}

function unshufflePairs(from: Uint8Array, start: number, count: number, result: Uint8Array): void {
  const pairs = new Uint16Array(result.buffer, start, count);
  const second = start + count;
  for (let i = 0; i < count; i++) {
    pairs[i] = (from[start + i] as number) | ((from[second + i] as number) << 8);
  }
}

/** Where blocks do not begin at whole values of the result. */
function unshuffleBytes(
  from: Uint8Array,
  start: number,
  count: number,
  width: number,
  result: Uint8Array,
): void {
  for (let byte = 0; byte < width; byte++) {
    for (let i = 0; i < count; i++) {
      result[start + i * width + byte] = from[start + byte * count + i] as number;
    }
  }
}
