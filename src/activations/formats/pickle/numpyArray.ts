import { EigenlensError } from "../../../errors.ts";
import { byteWidth, isIntegral, numpyTypes } from "../../elementType.ts";
import { denseStrides, isAddressable, shapeText, valueCount } from "../../shape.ts";
import { memorySource } from "../../sources/memorySource.ts";
import { place, type StoredTensor } from "../../storedTensor.ts";
import { StridedTensor } from "../../stridedTensor.ts";
import { PickleCall, PickleGlobal, PickleSequence, type PickleValue } from "./values.ts";

/**
 * The array that numpy would rebuild (`ndarray.__reduce__`): type, shape and bytes lie in the call's state.
 * Undefined where the call rebuilds no array.
 * @throws EigenlensError "file-format" where bytes and shape disagree
 */
export function numpyArray(
  path: string,
  name: string,
  callee: string,
  call: PickleCall,
): StoredTensor | undefined {
  const parts = arrayParts(callee, call);
  if (parts === undefined) return undefined;
  const { shape, dtype, columnMajor, bytes } = parts;
  const { code, byteOrder } = dtypeOf(dtype);
  const elementType = numpyTypes[code];
  const order = columnMajor ? "column-major" : "row-major";
  const info = { name, shape, byteOrder, order } as const;
  if (elementType === undefined || bytes === undefined) {
    const reason =
      code.startsWith("O") || bytes === undefined
        ? "an object array is a pickle of its own and is never opened: save numbers."
        : `its type ${code} is not read: save it as float32.`;
    return { info: { ...info, elementType: "uint8", unreadable: reason } };
  }
  const needed = valueCount(shape) * byteWidth(elementType);
  if (!isAddressable(shape) || needed !== bytes.byteLength) {
    throw new EigenlensError(
      "file-format",
      `${place(path, name)}: shape ${shapeText(shape)} ${elementType} needs ${needed} bytes, its pickle holds ${bytes.byteLength}: it is damaged; save it again.`,
    );
  }
  const tensor = new StridedTensor({
    source: memorySource(path, bytes),
    offset: 0,
    shape,
    strides: denseStrides(shape, order),
    elementType,
    byteOrder,
  });
  return {
    info: { ...info, elementType },
    readRows: (start, stop, destination) => tensor.readRows(start, stop, destination),
    ...(isIntegral(elementType) ? { readLabels: () => tensor.readLabels() } : {}),
  };
}

interface ArrayParts {
  readonly shape: readonly number[];
  readonly dtype: PickleValue;
  readonly columnMajor: boolean;
  /** Undefined for an object array, whose state is a list. */
  readonly bytes: Uint8Array | undefined;
}

function arrayParts(callee: string, call: PickleCall): ArrayParts | undefined {
  if (/^numpy\.(_core|core)\.multiarray\._reconstruct$/.test(callee)) {
    const state = call.state instanceof PickleSequence ? call.state.items : [];
    const [, shape, dtype = null, fortran, bytes] = state;
    const extents = shapeOf(shape);
    if (extents === undefined) return undefined;
    return { shape: extents, dtype, columnMajor: fortran === true, bytes: bytesOf(bytes) };
  }
  if (/^numpy\.(_core|core)\.numeric\._frombuffer$/.test(callee)) {
    const [buffer, dtype = null, shape, order] = call.parameters;
    const extents = shapeOf(shape);
    if (extents === undefined) return undefined;
    return { shape: extents, dtype, columnMajor: order === "F", bytes: bytesOf(buffer) };
  }
  return undefined;
}

function shapeOf(value: PickleValue | undefined): number[] | undefined {
  if (!(value instanceof PickleSequence)) return undefined;
  const extents = value.items.filter((item): item is number => typeof item === "number");
  return extents.length === value.items.length ? extents : undefined;
}

/** Protocol 2 has no bytes: they are written as Latin-1 text, to be encoded again. */
function bytesOf(value: PickleValue | undefined): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value.slice();
  if (typeof value === "string") return new Uint8Array(Buffer.from(value, "latin1"));
  if (
    value instanceof PickleCall &&
    value.callee instanceof PickleGlobal &&
    /^(_codecs\.encode|(builtins|__builtin__)\.(bytes|bytearray))$/.test(value.callee.name)
  ) {
    return value.parameters.length === 0 ? new Uint8Array(0) : bytesOf(value.parameters[0]);
  }
  return undefined;
}

function dtypeOf(value: PickleValue): { code: string; byteOrder: "little" | "big" } {
  if (!(value instanceof PickleCall)) return { code: "", byteOrder: "little" };
  const code = String(value.parameters[0] ?? "").replace(/^[<>|=]/, "");
  const state = value.state instanceof PickleSequence ? value.state.items[1] : undefined;
  return { code, byteOrder: state === ">" ? "big" : "little" };
}
