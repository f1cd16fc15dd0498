// Our own decoder, because the library for Arrow leaves compression to its users, and the LZ4 packages are native
// or no longer kept. The layout is that of "LZ4 Frame Format" 1.6 and "LZ4 Block Format" (lz4/lz4, doc/).

/** LZ4 cannot pack tighter than this. */
const highestRatio = 255;

/**
 * Unpacks one LZ4 frame; checksums are skipped.
 * @param length bytes that it is said to unpack to
 * @throws RangeError if the frame is damaged or unpacks beyond what LZ4 can
 */
export function unpackLz4Frame(frame: Uint8Array, length: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.byteLength < 11 || view.getUint32(0, true) !== 0x184d2204) {
    throw new RangeError("no LZ4 frame begins here");
  }
  const flags = frame[4] ?? 0;
  const blockChecksum = (flags & 0x10) !== 0;
  const hasSize = (flags & 0x08) !== 0;
  const hasDictionary = (flags & 0x01) !== 0;
  const most = Math.min(length, frame.byteLength * highestRatio);
  const announced = hasSize
    ? Number(view.getBigUint64(6, true))
    : Math.min(most, 4 * frame.byteLength);
  if (hasSize && announced > most) throw new RangeError(`an LZ4 frame claims ${announced} bytes`);
  const output = new GrowingBytes(announced, most);
  let at = 7 + (hasSize ? 8 : 0) + (hasDictionary ? 4 : 0);
  for (;;) {
    const header = view.getUint32(at, true);
    at += 4;
    if (header === 0) return output.taken();
    const stored = header & 0x7fffffff;
    if (at + stored > frame.byteLength) throw new RangeError("an LZ4 block is cut short");
    const block = frame.subarray(at, at + stored);
    if (header >>> 31 === 1) output.append(block, 0, stored);
    else unpackBlock(block, output);
    at += stored + (blockChecksum ? 4 : 0);
  }
}

/** Blocks may refer back into those before, so all share one output. */
function unpackBlock(block: Uint8Array, output: GrowingBytes): void {
  let at = 0;
  const extended = (length: number) => {
    if (length !== 15) return length;
    let total = length;
    for (let more = 255; more === 255;) {
      more = block[at++] ?? 0;
      total += more;
    }
    return total;
  };
  while (at < block.byteLength) {
    const token = block[at++] ?? 0;
    const literals = extended(token >> 4);
    if (at + literals > block.byteLength) throw new RangeError("LZ4 literals are cut short");
    output.append(block, at, literals);
    at += literals;
    // The last sequence is literals only.
    if (at >= block.byteLength) return;
    const distance = (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8);
    at += 2;
    output.repeat(distance, extended(token & 15) + 4);
  }
}

class GrowingBytes {
  #bytes: Uint8Array;
  #length = 0;
  readonly #most: number;

  constructor(capacity: number, most: number) {
    this.#bytes = new Uint8Array(capacity);
    this.#most = most;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed > this.#most) throw new RangeError("an LZ4 frame unpacks beyond its bounds");
    if (needed <= this.#bytes.byteLength) return;
    const grown = new Uint8Array(
      Math.min(this.#most, Math.max(needed, 2 * this.#bytes.byteLength)),
    );
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }

  append(source: Uint8Array, start: number, count: number): void {
    this.#reserve(count);
    this.#bytes.set(source.subarray(start, start + count), this.#length);
    this.#length += count;
  }

  repeat(distance: number, count: number): void {
    if (distance === 0 || distance > this.#length)
      throw new RangeError("an LZ4 match lies outside");
    this.#reserve(count);
    const from = this.#length - distance;
    if (distance >= count) {
      this.#bytes.copyWithin(this.#length, from, from + count);
    } else {
      // Overlapping: the bytes just written are read again.
      for (let i = 0; i < count; i++) {
        this.#bytes[this.#length + i] = this.#bytes[from + i] as number;
      }
    }
    this.#length += count;
  }

  taken(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
