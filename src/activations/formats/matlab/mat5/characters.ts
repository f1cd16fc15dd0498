import type { ByteSource } from "../../../byteSource.ts";
import { decodeLatin1 } from "../../../latin1.ts";
import { textVector, unreadableTensor, type StoredTensor } from "../../../storedTensor.ts";
import { readElement } from "./elements.ts";

const longestText = 2 ** 24;

/** A character matrix [rows, width] is one text per row. */
export async function characters(
  source: ByteSource,
  name: string,
  shape: readonly number[],
  offset: number,
  little: boolean,
): Promise<StoredTensor> {
  const element = await readElement(source, offset, little, true);
  const [rows = 0, width = 0] = shape;
  // Rows without a character take no room in the file: any number of them may be claimed.
  const isHonest = rows <= element.byteLength && rows * width <= longestText;
  if (shape.length !== 2 || element.byteLength > longestText || !isHonest) {
    return unreadableTensor(name, shape, "a text of this size is not read: save one label a row.");
  }
  const bytes = await source.read(element.offset, element.byteLength);
  const text = decodeText(bytes, element.type, little);
  const texts = Array.from({ length: rows }, (_, row) => {
    let line = "";
    for (let column = 0; column < width; column++) line += text[row + rows * column] ?? "";
    return line.trimEnd();
  });
  return textVector(name, texts);
}

function decodeText(bytes: Uint8Array, type: number, little: boolean): string[] {
  // Bytes that do not say that they are UTF-8 (type 16) are characters of one byte.
  if (type === 1 || type === 2) return [...decodeLatin1(bytes)];
  const utf16 = type === 4 || type === 17;
  const encoding = utf16 ? (little ? "utf-16le" : "utf-16be") : "utf-8";
  return [...new TextDecoder(encoding).decode(bytes)];
}
