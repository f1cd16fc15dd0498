/**
 * Named memory that is kept between fits: hundreds of thousands of small ones are made, and allocating
 * would cost as much as computing. A buffer holds until it is asked for again under the same name.
 */
export class Scratch {
  readonly #buffers = new Map<string, Float64Array>();

  /** At least `length` float64 under `name`; what they hold is left over from their last use. */
  buffer(name: string, length: number): Float64Array {
    let buffer = this.#buffers.get(name);
    if (buffer === undefined || buffer.length < length) {
      buffer = new Float64Array(length);
      this.#buffers.set(name, buffer);
    }
    return buffer;
  }
}
