import { EigenlensError } from "../../../../errors.ts";
import type { ByteSource } from "../../../byteSource.ts";
import type { KeptBytes } from "../../../sources/inflatedSource.ts";
import { inflatedHead, inflatedSource } from "../../../sources/inflatedSource.ts";
import { sliceSource } from "../../../sources/sliceSource.ts";

/** A piece of the file: a tag that tells type and length, then data. */
export interface Element {
  readonly type: number;
  /** Of its data. */
  readonly offset: number;
  readonly byteLength: number;
  /** Where the next element begins. */
  readonly next: number;
}

/** Data types of elements (mi...) that are no plain numbers. */
export const matrixElement = 14;
export const compressedElement = 15;

/** See the zip reader: deflate does not pack honest numbers tighter. */
const highestRatio = 1000;

/**
 * The tag of an element.
 * @param offset of the tag, in bytes
 * @param padded whether elements of any type end at a multiple of eight bytes, as inside a variable
 * @throws EigenlensError "file-format" if it ends beyond the file
 */
export async function readElement(
  source: ByteSource,
  offset: number,
  little: boolean,
  padded: boolean,
): Promise<Element> {
  if (offset + 8 > source.byteLength) throw damaged(source.path, "an element is cut short");
  const bytes = await source.read(offset, 8);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const first = view.getUint32(0, little);
  if (first >>> 16 !== 0) {
    // Small elements hold their data in the tag.
    return { type: first & 0xffff, offset: offset + 4, byteLength: first >>> 16, next: offset + 8 };
  }
  const byteLength = view.getUint32(4, little);
  const end = offset + 8 + byteLength;
  if (end > source.byteLength) {
    throw damaged(
      source.path,
      `an element of ${byteLength} bytes at byte ${offset} ends beyond the file`,
    );
  }
  // Compressed elements are not padded, all others end at a multiple of eight bytes.
  const isPadded = padded || first !== compressedElement;
  const next = isPadded ? offset + 8 + Math.ceil(byteLength / 8) * 8 : end;
  return { type: first, offset: offset + 8, byteLength, next };
}

/**
 * What a compressed element inflates to, a single element with its tag, read when asked for.
 * @throws EigenlensError "file-format" if it does not inflate, or claims to become far larger
 */
export async function inflate(
  source: ByteSource,
  element: Element,
  little: boolean,
  kept: KeptBytes,
): Promise<ByteSource> {
  const compressed = sliceSource(source, element.offset, element.byteLength, source.path);
  // The first eight inflated bytes say how many follow.
  const head = await inflatedHead(compressed, "zlib");
  if (head === undefined || head.byteLength < 8) {
    throw damaged(source.path, "a compressed variable cannot be inflated");
  }
  const byteLength = 8 + new DataView(head.buffer, head.byteOffset).getUint32(4, little);
  if (byteLength > highestRatio * Math.max(64, element.byteLength)) {
    throw damaged(
      source.path,
      `${element.byteLength} bytes claim to inflate to ${byteLength}, which is taken for a bomb`,
    );
  }
  return inflatedSource(compressed, byteLength, "zlib", kept);
}

/** 32 bits without a sign. */
export async function word(source: ByteSource, offset: number, little: boolean): Promise<number> {
  const bytes = await source.read(offset, 4);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, little);
}

/**
 * A variable's shape, rows first.
 * @throws EigenlensError "file-format" if the element cannot be one
 */
export async function readDimensions(source: ByteSource, element: Element, little: boolean) {
  if (element.byteLength > 256 || element.byteLength % 4 !== 0) {
    throw damaged(source.path, "a variable's dimensions make no sense");
  }
  const bytes = await source.read(element.offset, element.byteLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: element.byteLength / 4 }, (_, axis) =>
    view.getInt32(4 * axis, little),
  );
}

/** The one line for a file that does not hold what it should. */
export function damaged(path: string, reason: string): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${path}: not a readable MATLAB file (${reason}): it is cut short or damaged; save it again.`,
  );
}
