// Our own reader, because the packages for MATLAB files read them whole and lack single precision, compressed
// variables or large files. The layout is that of "MAT-File Format" (MathWorks), level 5.
import { EigenlensError } from "../../../errors.ts";
import type { ActivationFile } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { decodeLatin1 } from "../../latin1.ts";
import { byteWidth, type NumericType } from "../../elements/elementType.ts";
import { isAddressable, shapeText, valueCount } from "../../shape.ts";
import { inflatedHead, inflatedSource, KeptBytes } from "../../sources/inflatedSource.ts";
import { sliceSource } from "../../sources/sliceSource.ts";
import { windowedSource } from "../../sources/windowedSource.ts";
import {
  activationFile,
  textVector,
  unreadableTensor,
  type StoredTensor,
} from "../../storedTensor.ts";
import { matlabMatrix } from "./matrix.ts";

/** Data types of elements (mi...). */
const storedTypes: Readonly<Record<number, NumericType>> = {
  1: "int8",
  2: "uint8",
  3: "int16",
  4: "uint16",
  5: "int32",
  6: "uint32",
  7: "float32",
  9: "float64",
  12: "int64",
  13: "uint64",
  16: "uint8",
  17: "uint16",
  18: "uint32",
};
const matrixElement = 14;
const compressedElement = 15;

/** Array classes (mx...). */
const classTypes: Readonly<Record<number, NumericType>> = {
  6: "float64",
  7: "float32",
  8: "int8",
  9: "uint8",
  10: "int16",
  11: "uint16",
  12: "int32",
  13: "uint32",
  14: "int64",
  15: "uint64",
};
const cellClass = 1;
const characterClass = 4;
const classNames: Readonly<Record<number, string>> = {
  2: "struct",
  3: "object",
  5: "sparse matrix",
  16: "function",
  17: "opaque object",
};

const mostVariables = 50_000;
const longestText = 2 ** 24;
/** See the zip reader: deflate does not pack honest numbers tighter. */
const highestRatio = 1000;

interface Element {
  readonly type: number;
  /** Of its data. */
  readonly offset: number;
  readonly byteLength: number;
  /** Where the next element begins. */
  readonly next: number;
}

/**
 * MATLAB version 5 to 7: a 128-byte header, then one element a variable, each perhaps compressed.
 * @throws EigenlensError "file-format"
 */
export async function openMat5(file: ByteSource): Promise<ActivationFile> {
  const source = windowedSource(file);
  const kept = new KeptBytes();
  if (source.byteLength < 136) throw damaged(source.path, "its header is cut short");
  const header = await source.read(0, 128);
  const little = header[126] === 0x49;
  const tensors: StoredTensor[] = [];
  for (let offset = 128; offset + 8 <= source.byteLength;) {
    if (tensors.length >= mostVariables) {
      throw new EigenlensError(
        "file-format",
        `${source.path} holds more than the ${mostVariables} variables that are read: split it.`,
      );
    }
    const element = await readElement(source, offset, little, false);
    if (element.type === compressedElement) {
      const inner = await inflate(source, element, little, kept);
      tensors.push(
        ...(await readVariable(inner, await readElement(inner, 0, little, true), little)),
      );
    } else if (element.type === matrixElement) {
      tensors.push(...(await readVariable(source, element, little)));
    }
    offset = element.next;
  }
  return activationFile({
    path: source.path,
    format: "mat",
    byteLength: source.byteLength,
    tensors,
    close: () => file.close(),
  });
}

async function readElement(
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

async function inflate(
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

/** A numeric variable, or texts; variables of other kinds are listed with the reason. */
async function readVariable(
  source: ByteSource,
  element: Element,
  little: boolean,
): Promise<StoredTensor[]> {
  if (element.type !== matrixElement || element.byteLength === 0) return [];
  const flags = await readElement(source, element.offset, little, true);
  const flagWord = await word(source, flags.offset, little);
  const variableClass = flagWord & 0xff;
  const isComplex = (flagWord & 0x800) !== 0;
  const isLogical = (flagWord & 0x200) !== 0;
  const dimensions = await readElement(source, flags.next, little, true);
  const shape = await readDimensions(source, dimensions, little);
  const nameElement = await readElement(source, dimensions.next, little, true);
  if (nameElement.byteLength > 4096) throw damaged(source.path, "a variable's name is too long");
  const name = new TextDecoder().decode(
    await source.read(nameElement.offset, nameElement.byteLength),
  );
  if (variableClass === characterClass) {
    return [await characters(source, name, shape, nameElement.next, little)];
  }
  if (variableClass === cellClass) {
    return [await cells(source, name, shape, nameElement.next, little)];
  }
  const elementType = isLogical ? "bool" : classTypes[variableClass];
  if (elementType === undefined) {
    const kind = classNames[variableClass] ?? `class ${variableClass}`;
    return [unreadableTensor(name, shape, `a ${kind} is not read: save a full numeric matrix.`)];
  }
  if (isComplex) {
    return [unreadableTensor(name, shape, "a complex matrix is not read: save real(x) or abs(x).")];
  }
  const values = await readElement(source, nameElement.next, little, true);
  const storedType = storedTypes[values.type];
  const needed = storedType === undefined ? -1 : valueCount(shape) * byteWidth(storedType);
  if (storedType === undefined || !isAddressable(shape) || needed !== values.byteLength) {
    throw damaged(
      source.path,
      `variable ${name} ${shapeText(shape)} holds ${values.byteLength} bytes, expected ${needed}`,
    );
  }
  const byteOrder = little ? "little" : "big";
  return [
    matlabMatrix(name, {
      source,
      offset: values.offset,
      shape,
      elementType,
      storedType,
      byteOrder,
    }),
  ];
}

async function word(source: ByteSource, offset: number, little: boolean): Promise<number> {
  const bytes = await source.read(offset, 4);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, little);
}

async function readDimensions(source: ByteSource, element: Element, little: boolean) {
  if (element.byteLength > 256 || element.byteLength % 4 !== 0) {
    throw damaged(source.path, "a variable's dimensions make no sense");
  }
  const bytes = await source.read(element.offset, element.byteLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: element.byteLength / 4 }, (_, axis) =>
    view.getInt32(4 * axis, little),
  );
}

/** A character matrix [rows, width] is one text a row. */
async function characters(
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

/** A cell array of texts is one text a cell. */
async function cells(
  source: ByteSource,
  name: string,
  shape: readonly number[],
  offset: number,
  little: boolean,
): Promise<StoredTensor> {
  const texts: string[] = [];
  const count = valueCount(shape);
  let at = offset;
  for (let cell = 0; cell < count && at + 8 <= source.byteLength; cell++) {
    const element = await readElement(source, at, little, true);
    const [inner] = cell < 1e6 ? await readVariable(source, element, little) : [];
    const [text = ""] = (await inner?.readLabels?.()) ?? [];
    if (inner?.info.elementType !== "text" || inner.info.shape[0] !== 1) {
      return unreadableTensor(
        name,
        shape,
        "a cell array of anything but texts is not read: save a numeric matrix.",
      );
    }
    texts.push(text);
    at = element.next;
  }
  return textVector(name, texts);
}

function damaged(path: string, reason: string): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${path}: not a readable MATLAB file (${reason}): it is cut short or damaged; save it again.`,
  );
}
