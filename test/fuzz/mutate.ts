/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

const interesting = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** A copy with one to eight random injuries: flipped bits, extreme numbers, cuts, repeats, swapped parts. */
export function mutate(original: Uint8Array, random: () => number): Uint8Array {
  let bytes: Uint8Array = original.slice();
  const below = (limit: number) => Math.floor(random() * limit);
  // Headers decide most, so half of the injuries hit the first or the last bytes.
  const position = () => {
    const where = random();
    if (where < 0.35) return below(Math.min(bytes.length, 256));
    if (where < 0.5) return Math.max(0, bytes.length - 1 - below(256));
    return below(bytes.length);
  };
  const injuries = 1 + below(8);
  for (let injury = 0; injury < injuries && bytes.length > 0; injury++) {
    const at = position();
    switch (below(7)) {
      case 0:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
        break;
      case 1:
        bytes[at] = below(256);
        break;
      case 2: {
        const value = interesting[below(interesting.length)] ?? 0;
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        if (at + 4 <= bytes.length) view.setUint32(at, value, random() < 0.7);
        break;
      }
      case 3: {
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const value = BigInt(interesting[below(interesting.length)] ?? 0) << BigInt(below(32));
        if (at + 8 <= bytes.length) view.setBigUint64(at, BigInt.asUintN(64, value), true);
        break;
      }
      case 4:
        bytes = bytes.slice(0, at);
        break;
      case 5: {
        const length = below(64);
        const part = bytes.slice(at, at + length);
        const repeated = new Uint8Array(bytes.length + part.length);
        repeated.set(bytes.subarray(0, at));
        repeated.set(part, at);
        repeated.set(bytes.subarray(at), at + part.length);
        bytes = repeated;
        break;
      }
      default: {
        const from = position();
        bytes.copyWithin(at, from, from + 1 + below(32));
      }
    }
  }
  return bytes;
}
