import type { ByteSource } from "../../../byteSource.ts";
import { byteWidth, type NumericType } from "../../../elements/elementType.ts";
import { isAddressable, shapeText, valueCount } from "../../../shape.ts";
import { textVector, unreadableTensor, type StoredTensor } from "../../../storedTensor.ts";
import { matlabMatrix } from "../matrix.ts";
import {
  damaged,
  matrixElement,
  readDimensions,
  readElement,
  word,
  type Element,
} from "./elements.ts";
import { characters } from "./characters.ts";

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

/**
 * A numeric variable, or texts; variables of other kinds are listed with the reason.
 * @throws EigenlensError "file-format" if its parts do not fit together
 */
export async function readVariable(
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

/** A cell array of texts is one text per cell. */
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
