import type { ByteSource } from "../../byteSource.ts";
import { decodeLatin1 } from "../../latin1.ts";

/** So many bytes of text are decoded at a time. */
const blockBytes = 2 ** 20;

/**
 * A vector of fixed-width strings (numpy's `U` and `S` types), trailing zeros stripped as numpy does.
 * @param characters the width of one string in characters
 */
export async function npyTextVector(
  source: ByteSource,
  offset: number,
  count: number,
  characters: number,
  encoding: "utf32" | "bytes",
  byteOrder: "little" | "big",
): Promise<string[]> {
  const width = characters * (encoding === "utf32" ? 4 : 1);
  if (width === 0) return new Array<string>(count).fill("");
  const texts: string[] = [];
  const perBlock = Math.max(1, Math.floor(blockBytes / width));
  for (let first = 0; first < count; first += perBlock) {
    const rows = Math.min(perBlock, count - first);
    const bytes = await source.read(offset + first * width, rows * width);
    for (let row = 0; row < rows; row++) {
      const stored = bytes.subarray(row * width, (row + 1) * width);
      const text =
        encoding === "utf32" ? decodeUtf32(stored, byteOrder === "little") : decodeBytes(stored);
      texts.push(text.replace(/\0+$/, ""));
    }
  }
  return texts;
}

/**
 * numpy's `S` holds bytes of no named encoding. What reads as UTF-8 is that, since Python's `encode()` makes it;
 * anything else is Latin-1.
 */
export function decodeBytes(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return decodeLatin1(bytes);
  }
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Characters of four bytes each, as numpy's `U` holds them. */
export function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const point = view.getUint32(at, littleEndian);
    text += point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd";
  }
  return text;
}
