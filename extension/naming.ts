import { extentsText } from "../src/activations/axes.ts";
import type { ElementType, TensorInfo } from "../src/activations/activationFile.ts";

const shortElementTypes: Record<ElementType, string> = {
  float16: "f16",
  bfloat16: "bf16",
  float32: "f32",
  float64: "f64",
  int8: "i8",
  int16: "i16",
  int32: "i32",
  int64: "i64",
  uint8: "u8",
  uint16: "u16",
  uint32: "u32",
  uint64: "u64",
  bool: "bool",
  text: "text",
};

type DescribedTensor = Pick<TensorInfo, "shape" | "elementType" | "ragged" | "axes">;

/** "53 x 3072 f32": shape, outermost axis first, and element type; "12 row x 4-9 token" where axes are named. */
export function describeTensor(tensor: DescribedTensor): string {
  const names = tensor.axes?.names;
  const extents = extentsText(tensor).split(" x ");
  const named = names === undefined ? extents : extents.map((each, at) => `${each} ${names[at]}`);
  const shape = tensor.shape.length === 0 ? "scalar" : named.join(" x ");
  return `${shape} ${shortElementTypes[tensor.elementType]}`;
}

/** The last part of a path, whichever separator it has. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

/** A stem for file names: letters, digits, dot and hyphen, never empty, at most 60 characters. */
export function fileStem(text: string): string {
  const stem = text
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9.]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 60);
  return stem === "" ? "run" : stem;
}
