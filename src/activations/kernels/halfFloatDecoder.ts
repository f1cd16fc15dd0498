// Our own kernel, because JavaScript has no vector instructions: a table decodes float16 at a fifth of the speed
// at which files are read from memory, 128-bit SIMD keeps up with them.
import type { RowBuffer } from "../activationFile.ts";
import { halfFloatsModule } from "./halfFloatsModule.ts";
import { instantiate } from "./webAssembly.ts";

/** Bytes read from the file at a time, for each of two buffers. */
export const halfFloatBlockBytes = 2 ** 22;
/** Values decoded at a time: small enough that input and output stay in a core's cache. */
const stepValues = 2 ** 15;
const stepBytes = 4 * stepValues;
const pageBytes = 2 ** 16;

interface Kernel {
  decodeFloat16(source: number, target: number, count: number): void;
  decodeBfloat16(source: number, target: number, count: number): void;
}

/**
 * Decodes two-byte floats to float32 or float64. Files are read straight into its buffers, which lie in the
 * kernel's memory.
 */
export class HalfFloatDecoder {
  /** Two buffers to read into, `halfFloatBlockBytes` each. */
  readonly buffers: readonly [Uint8Array, Uint8Array];
  readonly #decode: Kernel["decodeFloat16"];
  readonly #output: Float32Array;
  /**
   * In the middle of a page of 4 kB: large arrays begin close to the beginning of one, and processors exist (AMD's
   * Zen 3) that copy at a quarter of their speed where target and source lie alike in their pages, but for a few bytes.
   */
  readonly #outputOffset = 2 * halfFloatBlockBytes + 2048;

  constructor(elementType: "float16" | "bfloat16") {
    const pages = Math.ceil((this.#outputOffset + stepBytes) / pageBytes);
    const { memory, exports } = instantiate<Kernel>(halfFloatsModule, pages);
    this.#decode = elementType === "float16" ? exports.decodeFloat16 : exports.decodeBfloat16;
    this.buffers = [
      new Uint8Array(memory, 0, halfFloatBlockBytes),
      new Uint8Array(memory, halfFloatBlockBytes, halfFloatBlockBytes),
    ];
    this.#output = new Float32Array(memory, this.#outputOffset, stepValues);
  }

  /**
   * @param buffer one of {@link buffers}, holding `count` little-endian values
   * @param start index in `destination` of the first value
   */
  decode(buffer: Uint8Array, destination: RowBuffer, start: number, count: number): void {
    for (let done = 0; done < count; done += stepValues) {
      const length = Math.min(stepValues, count - done);
      // Whole steps of sixteen values; what is decoded beyond the last value is not copied.
      this.#decode(buffer.byteOffset + 2 * done, this.#outputOffset, Math.ceil(length / 16) * 16);
      const decoded = length === stepValues ? this.#output : this.#output.subarray(0, length);
      destination.set(decoded, start + done);
    }
  }
}
