// Our own undoing of blosc's byte shuffle, because the codec's build for WebAssembly does it without vector
// instructions, byte by byte, which takes longer than all the rest of unpacking. The layout is that of
// c-blosc's README_CHUNK_FORMAT.
import { unshuffleModule } from "../kernels/unshuffleModule.ts";
import { instantiate } from "../kernels/webAssembly.ts";

const headerBytes = 16;
const shuffled = 1;
const stored = 2;

/** Values unshuffled at a time: small enough that input and output stay in a core's cache. */
const stepValues = 2 ** 14;
const stepBytes = 4 * stepValues;
const pageBytes = 2 ** 16;

type Unshuffle = (source: number, target: number, count: number) => void;

interface Kernel {
  readonly unshufflePairs: Unshuffle;
  readonly unshuffleWords: Unshuffle;
}

interface Unshuffler {
  readonly exports: Kernel;
  readonly input: Uint8Array;
  readonly output: Uint8Array;
}

let instance: Unshuffler | undefined;

/** What the codec writes unpacked bytes into; they are valid only during the call. */
interface Destination {
  set(unpacked: Uint8Array): void;
}

/**
 * Unpacks a blosc buffer, of whose shuffle the codec is told nothing.
 * @param bytes unchanged afterwards, but not while the codec is at work
 * @param decode the codec
 * @param allocate memory for so many unpacked bytes
 */
export async function decodeBlosc(
  bytes: Uint8Array,
  decode: (bytes: Uint8Array, destination: Destination) => unknown,
  allocate: (byteLength: number) => Uint8Array,
): Promise<Uint8Array> {
  const flags = bytes[2] ?? 0;
  const width = bytes[3] ?? 0;
  const isShuffled = (flags & (shuffled | stored)) === shuffled;
  const isOurs = bytes.byteLength >= headerBytes && isShuffled && (width === 2 || width === 4);
  const blockBytes = isOurs ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true) : 0;
  let result: Uint8Array = new Uint8Array(0);
  if (!isOurs || blockBytes === 0) {
    const copy = (unpacked: Uint8Array) => {
      result = allocate(unpacked.byteLength);
      result.set(unpacked);
    };
    await decode(bytes, { set: copy });
    return result;
  }
  bytes[2] = flags & ~shuffled;
  try {
    const unshuffled = (unpacked: Uint8Array) => {
      result = allocate(unpacked.byteLength);
      unshuffle(unpacked, width, blockBytes, result);
    };
    await decode(bytes, { set: unshuffled });
    return result;
  } finally {
    bytes[2] = flags;
  }
}

/**
 * Undoes the shuffle of blosc: in each block, the first bytes of all values come first, then the second ones.
 * @param width bytes of a value, 2 or 4
 * @param blockBytes of every block but the last; what is left over in a block after whole values is not shuffled
 * @param result of the same length; all of it is written
 */
export function unshuffle(
  bytes: Uint8Array,
  width: 2 | 4,
  blockBytes: number,
  result: Uint8Array,
): void {
  const { exports, input, output } = (instance ??= unshuffler());
  const kernel = width === 2 ? exports.unshufflePairs : exports.unshuffleWords;
  for (let start = 0; start < bytes.byteLength; start += blockBytes) {
    const stop = Math.min(bytes.byteLength, start + blockBytes);
    const count = Math.floor((stop - start) / width);
    for (let done = 0; done < count; done += stepValues) {
      const step = Math.min(stepValues, count - done);
      // Whole steps of sixteen values; what comes out beyond the last value is not copied.
      const plane = Math.ceil(step / 16) * 16;
      for (let byte = 0; byte < width; byte++) {
        const from = start + byte * count + done;
        input.set(bytes.subarray(from, from + step), byte * plane);
      }
      kernel(input.byteOffset, output.byteOffset, plane);
      const isFull = step * width === output.byteLength;
      result.set(isFull ? output : output.subarray(0, step * width), start + done * width);
    }
    const whole = start + count * width;
    if (whole < stop) result.set(bytes.subarray(whole, stop), whole);
  }
}

function unshuffler(): Unshuffler {
  const { memory, exports } = instantiate<Kernel>(unshuffleModule, (2 * stepBytes) / pageBytes);
  return {
    exports,
    input: new Uint8Array(memory, 0, stepBytes),
    output: new Uint8Array(memory, stepBytes, stepBytes),
  };
}
