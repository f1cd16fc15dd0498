import { decodeValues } from "../../elements/decode.ts";
import { byteWidth, numpyTypes } from "../../elements/elementType.ts";
import { lookup } from "../../../lookup.ts";
import { decodeBytes, decodeUtf32 } from "../numpy/npyText.ts";
import { itemsOf, PickleCall, type PickleValue } from "./values.ts";

/** A type of numpy: its code without byte order (`f4`, `U3`, `O8`). */
export interface NumpyDtype {
  readonly code: string;
  readonly byteOrder: "little" | "big";
}

/** The type that `numpy.dtype(code)` and its state describe; an empty code if it is no such call. */
export function dtypeOf(value: PickleValue | undefined): NumpyDtype {
  if (!(value instanceof PickleCall)) return { code: "", byteOrder: "little" };
  const [code] = value.parameters;
  const order = itemsOf(value.state)[1];
  return {
    code: typeof code === "string" ? code.slice(0, 32).replace(/^[<>|=]/, "") : "",
    byteOrder: order === ">" ? "big" : "little",
  };
}

/** Fixed-width text: `U` holds four bytes a character, `S` one. */
export function textWidth(
  code: string,
): { characters: number; encoding: "utf32" | "bytes" } | undefined {
  const found = /^([US])(\d{1,9})$/.exec(code);
  if (found === null) return undefined;
  return { characters: Number(found[2]), encoding: found[1] === "U" ? "utf32" : "bytes" };
}

/**
 * The bytes that a pickle holds, or holds as Latin-1 text to be encoded again (protocol 2 has no bytes); undefined
 * for anything else. Text is encoded when the bytes are asked for.
 */
export function bytesOf(
  value: PickleValue | undefined,
): { readonly byteLength: number; take(): Uint8Array } | undefined {
  let inner = value;
  for (let depth = 0; depth < 4 && inner instanceof PickleCall; depth++) {
    if (!/^(_codecs\.encode|(builtins|__builtin__)\.(bytes|bytearray))$/.test(inner.name ?? ""))
      break;
    inner = inner.parameters[0] ?? "";
  }
  if (inner instanceof Uint8Array) {
    const bytes = inner;
    return { byteLength: bytes.byteLength, take: () => bytes };
  }
  if (typeof inner !== "string") return undefined;
  const text = inner;
  let encoded: Uint8Array | undefined;
  const take = () => (encoded ??= new Uint8Array(Buffer.from(text, "latin1")));
  return { byteLength: text.length, take };
}

/**
 * A plain value: itself, or what a scalar of numpy holds (`numpy.core.multiarray.scalar(dtype, bytes)`); bytes
 * become text. Undefined for anything else.
 */
export function scalarOf(
  value: PickleValue | undefined,
): null | boolean | number | bigint | string | undefined {
  if (value instanceof Uint8Array) return value.byteLength < 4096 ? decodeBytes(value) : undefined;
  if (!(value instanceof PickleCall))
    return typeof value === "object" && value !== null ? undefined : value;
  if (!/^numpy\.(_core|core)\.multiarray\.scalar$/.test(value.name ?? "")) return undefined;
  const { code, byteOrder } = dtypeOf(value.parameters[0]);
  const stored = value.parameters[1];
  const bytes = bytesOf(stored)?.take();
  if (bytes === undefined || bytes.byteLength > 4096) {
    return code.startsWith("O") && typeof stored === "string" ? stored : undefined;
  }
  const text = textWidth(code);
  if (text?.encoding === "utf32")
    return decodeUtf32(bytes, byteOrder === "little").replace(/\0+$/, "");
  if (text !== undefined) return decodeBytes(bytes).replace(/\0+$/, "");
  const elementType = lookup(numpyTypes, code);
  if (elementType === undefined || bytes.byteLength !== byteWidth(elementType)) return undefined;
  const one = new Float64Array(1);
  decodeValues(elementType, byteOrder, bytes.slice(), one, 0, 1);
  return elementType === "bool" ? one[0] !== 0 : one[0];
}
