import { EigenlensError } from "../../../errors.ts";
import { lookup } from "../../../lookup.ts";
import { byteWidth, numpyTypes } from "../../elements/elementType.ts";
import { denseStrides, isAddressable, shapeText, valueCount } from "../../shape.ts";
import { memorySource } from "../../sources/memorySource.ts";
import { place } from "../../storedTensor.ts";
import { npyTextVector } from "../numpy/npyText.ts";
import { bytesOf, dtypeOf, textWidth } from "./numpyDtype.ts";
import type { Rebuilt } from "./pickledArray.ts";
import type { PickleCall } from "./values.ts";
import { itemsOf, numbersOf, PickleSequence, type PickleValue } from "./values.ts";

/**
 * The array that numpy would rebuild (`ndarray.__reduce__`): type, shape and bytes lie in the call's state, and are
 * looked at where they lie. Undefined if the call rebuilds no array.
 * @throws EigenlensError "file-format" if bytes and shape disagree
 */
export function numpyArray(path: string, name: string, call: PickleCall): Rebuilt | undefined {
  const parts = arrayParts(call);
  if (parts === undefined) return undefined;
  const { shape, columnMajor, values } = parts;
  const { code, byteOrder } = dtypeOf(parts.dtype);
  if (code.startsWith("O")) return objectArray(shape, values);
  const bytes = bytesOf(values);
  const text = textWidth(code);
  const elementType = lookup(numpyTypes, code);
  const width =
    text === undefined ? undefined : text.characters * (text.encoding === "utf32" ? 4 : 1);
  if (bytes === undefined || (elementType === undefined && (width ?? 0) === 0)) {
    return { kind: "unreadable", shape, reason: typeRefusal(code) };
  }
  const needed =
    valueCount(shape) * (elementType === undefined ? (width ?? 0) : byteWidth(elementType));
  if (!isAddressable(shape) || needed !== bytes.byteLength) {
    throw new EigenlensError(
      "file-format",
      `${place(path, name)}: shape ${shapeText(shape)} ${elementType ?? code} needs ${needed} bytes, its pickle holds ${bytes.byteLength}: it is damaged; save it again.`,
    );
  }
  if (text !== undefined) {
    const { characters, encoding } = text;
    const readTexts = () =>
      npyTextVector(
        memorySource(path, bytes.take()),
        0,
        valueCount(shape),
        characters,
        encoding,
        byteOrder,
      );
    return { kind: "texts", shape, readTexts };
  }
  if (elementType === undefined) return undefined;
  return {
    kind: "array",
    array: {
      shape,
      strides: denseStrides(shape, columnMajor ? "column-major" : "row-major"),
      elementType,
      byteOrder,
      negated: false,
      open: () => Promise.resolve({ source: memorySource(path, bytes.take()), offset: 0 }),
    },
  };
}

function typeRefusal(code: string): string {
  return /^[cFDG]\d*$/.test(code)
    ? `complex values (${code}) have no order of variance here: save the real part, the imaginary part or the magnitude.`
    : `its type ${code === "" ? "(none)" : code} is not read: save it as float32.`;
}

/**
 * An object array holds any values of the pickle, in C order: one per row, or in two dimensions the numbers of each row.
 */
function objectArray(shape: readonly number[], values: PickleValue | undefined): Rebuilt {
  const items = itemsOf(values);
  if (!isAddressable(shape) || valueCount(shape) !== items.length) {
    return {
      kind: "unreadable",
      shape,
      reason: `an object array ${shapeText(shape)} whose pickle holds ${items.length} values is damaged: save it again.`,
    };
  }
  const [rows = 0, columns = 1] = shape;
  if (shape.length === 1 || (shape.length === 2 && columns === 1)) return { kind: "items", items };
  if (shape.length !== 2 || columns === 0) {
    return {
      kind: "unreadable",
      shape,
      reason: `an object array ${shapeText(shape)} is not read: save numbers, as in numpy.asarray(x, dtype="float32").`,
    };
  }
  const row = (_: unknown, index: number) =>
    new PickleSequence(items.slice(index * columns, (index + 1) * columns));
  return { kind: "items", items: Array.from({ length: rows }, row) };
}

interface ArrayParts {
  readonly shape: readonly number[];
  readonly dtype: PickleValue | undefined;
  readonly columnMajor: boolean;
  /** Bytes, or the list of an object array. */
  readonly values: PickleValue | undefined;
}

function arrayParts(call: PickleCall): ArrayParts | undefined {
  const callee = call.name ?? "";
  if (/^numpy\.(_core|core)\.multiarray\._reconstruct$/.test(callee)) {
    const [, shape, dtype, fortran, values] = itemsOf(call.state);
    const extents = numbersOf(shape);
    if (extents === undefined) return undefined;
    return { shape: extents, dtype, columnMajor: fortran === true, values };
  }
  if (/^numpy\.(_core|core)\.numeric\._frombuffer$/.test(callee)) {
    const [values, dtype, shape, order] = call.parameters;
    const extents = numbersOf(shape);
    if (extents === undefined) return undefined;
    return { shape: extents, dtype, columnMajor: order === "F", values };
  }
  return undefined;
}
