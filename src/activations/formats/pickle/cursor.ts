/** Thrown where a pickle goes on beyond the bytes that were given; more of the file may hold the rest. */
export class PickleEnd extends Error {}

/** A text that begins with a byte order mark keeps it, as in Python. */
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads numbers and texts one after the other. */
export class Cursor {
  position: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, position: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = position;
  }

  #advance(length: number): number {
    const at = this.position;
    if (!(length >= 0 && at + length <= this.#bytes.byteLength)) throw new PickleEnd();
    this.position += length;
    return at;
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** A length of 64 bits; one that no file has reads as beyond the end. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  /** Big-endian, as pickle writes its floats. */
  float64(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  /** A view, not a copy. */
  bytes(length: number): Uint8Array {
    const at = this.#advance(length);
    return this.#bytes.subarray(at, at + length);
  }

  text(length: number): string {
    return utf8.decode(this.bytes(length));
  }

  /** Up to and without the next line feed. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.position);
    if (end === -1) throw new PickleEnd();
    const text = this.text(end - this.position);
    this.position++;
    return text;
  }

  /** A little-endian two's complement integer; beyond 64 bits only its lowest 64 are told. */
  integer(length: number): number | bigint {
    const bytes = this.bytes(length);
    if (length === 0) return 0;
    let value = 0n;
    for (let i = Math.min(length, 32) - 1; i >= 0; i--)
      value = (value << 8n) | BigInt(bytes[i] ?? 0);
    const negative = ((bytes[length - 1] ?? 0) & 0x80) !== 0;
    if (negative && length <= 32) value -= 1n << BigInt(8 * length);
    const small = Number(value);
    return Number.isSafeInteger(small) ? small : value;
  }
}
