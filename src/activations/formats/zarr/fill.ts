import { isNumericType, type NumericType } from "../../elements/elementType.ts";
import { float16Values } from "../../elements/float16.ts";
import { isRecord } from "../../../lookup.ts";
import type { ZarrType } from "./types.ts";

/** What stands where no chunk was written. */
export interface ZarrFill {
  /** Of an array of numbers. */
  readonly value: number;
  /** As a label: exact if it is given as a text; a JSON number beyond 2^53 is read as the nearest double. */
  readonly label: string;
  /** As the library is to read it in the metadata. */
  readonly stored: number | string | boolean;
}

/**
 * The fill value of an array: a number, one of the words for values that JSON lacks, or a bit pattern in hexadecimal
 * digits; of texts, the text itself, in base64 for bytes. Where none is given, it is zero or empty.
 */
export function fillOf(fill: unknown, type: ZarrType): ZarrFill {
  if (type.elementType === "text") {
    const text = textFill(fill, type);
    return { value: Number.NaN, label: text, stored: text };
  }
  const { elementType } = type;
  const value = numberFill(fill, elementType);
  if (elementType === "float16" || elementType === "bfloat16") {
    return { value, label: String(value), stored: bitsOf(value, elementType) };
  }
  if (elementType === "bool") {
    return { value, label: value === 0 ? "False" : "True", stored: value !== 0 };
  }
  if (/^float/.test(elementType)) {
    return { value, label: String(value), stored: Number.isFinite(value) ? value : String(value) };
  }
  const whole = Number.isFinite(value) ? Math.trunc(value) : 0;
  const isDecimal = typeof fill === "string" && /^-?\d{1,20}$/.test(fill);
  return { value: whole, label: BigInt(isDecimal ? fill : whole).toString(), stored: whole };
}

function numberFill(fill: unknown, elementType: string): number {
  if (typeof fill === "number") return fill;
  if (typeof fill === "boolean") return Number(fill);
  if (typeof fill !== "string") return 0;
  if (/^0x[0-9a-f]{1,16}$/i.test(fill) && isFloat(elementType)) {
    return fromBits(BigInt(fill), elementType);
  }
  const value = Number(fill);
  return Number.isNaN(value) && fill !== "NaN" ? 0 : value;
}

/** The value of a bit pattern, most significant digits first. */
function fromBits(bits: bigint, elementType: FloatType): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  switch (elementType) {
    case "float16":
      return float16Values()[view.getUint16(6)] ?? 0;
    case "bfloat16":
      view.setUint32(0, view.getUint16(6) << 16);
      return view.getFloat32(0);
    case "float32":
      return view.getFloat32(4);
    case "float64":
      return view.getFloat64(0);
    default:
      return elementType satisfies never;
  }
}

type FloatType = Extract<NumericType, "float16" | "bfloat16" | "float32" | "float64">;

function isFloat(elementType: string): elementType is FloatType {
  return isNumericType(elementType) && elementType.includes("float");
}

function bitsOf(value: number, elementType: "float16" | "bfloat16"): number {
  if (elementType === "float16") {
    const at = float16Values().findIndex((half) => Object.is(half, Math.fround(value)));
    return at === -1 ? 0x7e00 : at;
  }
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return view.getUint16(0);
}

function textFill(fill: unknown, { text }: ZarrType): string {
  if (isRecord(fill) || typeof fill !== "string") return "";
  return text === "bytes"
    ? Buffer.from(fill, "base64").toString("utf8").replace(/\0+$/, "")
    : fill.replace(/\0+$/, "");
}
