import { isRecord, lookup } from "../../../lookup.ts";
import { printable } from "../../../text/printable.ts";
import {
  byteWidth,
  isNumericType,
  numpyTypes,
  type NumericType,
} from "../../elements/elementType.ts";

/** What the values of a zarr array are, and how they are stored. */
export interface ZarrType {
  readonly elementType: NumericType | "text";
  /** The type under which the library opens it: two-byte floats as integers, which every runtime has. */
  readonly stored: string;
  /** Bytes of one value; 0 if texts differ in length. */
  readonly width: number;
  /** Texts of a fixed width, as numpy's `U` and `S` store them, or each with its length. */
  readonly text?: "utf32" | "bytes" | "variable";
}

/** Types of version 3 that hold texts: those of the specification and its registered extensions. */
const variableTexts = ["string", "variable_length_utf8", "variable_length_bytes", "bytes"];
const longestText = 2 ** 24;

/**
 * The type of an array of version 2, a descriptor of numpy's.
 * @throws RangeError with the reason why it is not read
 */
export function typeOfVersion2(dtype: unknown): ZarrType {
  if (typeof dtype !== "string") {
    if (Array.isArray(dtype)) throw unreadType("a record of fields");
    throw unreadType(dtype);
  }
  const [, kind = "", digits = ""] = /^[<>|=]?([a-zA-Z])(\d*)$/.exec(dtype) ?? [];
  if (kind === "O") return { elementType: "text", stored: dtype, width: 0, text: "variable" };
  if (kind === "U") return fixedText("utf32", 4 * Number(digits), dtype);
  if (kind === "S") return fixedText("bytes", Number(digits), dtype);
  const elementType = lookup(numpyTypes, kind + digits);
  if (elementType === undefined) throw unreadType(dtype);
  const stored = elementType === "float16" ? dtype.replace("f2", "u2") : dtype;
  return { elementType, stored, width: byteWidth(elementType) };
}

/**
 * The type of an array of version 3: a name, or a name with its configuration.
 * @throws RangeError with the reason why it is not read
 */
export function typeOfVersion3(dataType: unknown): ZarrType {
  const name = isRecord(dataType) ? dataType["name"] : dataType;
  const configuration = isRecord(dataType) ? dataType["configuration"] : undefined;
  if (typeof name !== "string") throw unreadType(dataType);
  const plain = name.replace(/^numpy\./, "");
  if (isNumericType(plain)) {
    const isHalf = plain === "float16" || plain === "bfloat16";
    return { elementType: plain, stored: isHalf ? "uint16" : plain, width: byteWidth(plain) };
  }
  if (variableTexts.includes(plain)) {
    return { elementType: "text", stored: "string", width: 0, text: "variable" };
  }
  const bytes = Number(isRecord(configuration) ? configuration["length_bytes"] : undefined);
  if (plain === "fixed_length_utf32" || plain === "fixed_length_ucs4") {
    return fixedText("utf32", bytes, `v2:U${bytes / 4}`);
  }
  if (plain === "null_terminated_bytes") return fixedText("bytes", bytes, `v2:S${bytes}`);
  throw unreadType(name);
}

function fixedText(text: "utf32" | "bytes", width: number, stored: string): ZarrType {
  const isWhole = Number.isSafeInteger(text === "utf32" ? width / 4 : width);
  if (!isWhole || width < 0 || width > longestText) throw unreadType(stored);
  return { elementType: "text", stored, width, text };
}

function unreadType(type: unknown): RangeError {
  const name = typeof type === "string" ? type : JSON.stringify(type);
  return new RangeError(`its type ${printable(name ?? "", 80)} is not read: save float32.`);
}
