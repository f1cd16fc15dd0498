import type { ElementType, TensorInfo } from "../../activations/activationFile.ts";
import { extentsText } from "../../activations/axes/axes.ts";

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

type DescribedShape = Pick<TensorInfo, "shape" | "ragged" | "axes" | "sequences">;

/** "53 x 3072 f32": shape, outermost axis first, and element type; "12 rows x 4-9 tokens" where axes are named. */
export function describeTensor(tensor: DescribedShape & Pick<TensorInfo, "elementType">): string {
  return `${describeShape(tensor)} ${shortElementTypes[tensor.elementType]}`;
}

/** {@link describeTensor} without the element type. */
export function describeShape(tensor: DescribedShape): string {
  const { shape, axes, sequences } = tensor;
  if (shape.length === 0) return "scalar";
  const extents = extentsText(tensor).split(" x ");
  if (axes === undefined) return extents.join(" x ");
  const [first = "", ...others] = extents.map((extent, at) => counted(extent, axes.names[at]));
  const together = sequences && ` (${counted(String(sequences.count), sequences.word)})`;
  return [`${first}${together ?? ""}`, ...others].join(" x ");
}

function counted(extent: string, name = ""): string {
  return `${extent} ${extent === "1" ? name : `${name}s`}`;
}

/**
 * "row x token x neuron (token_ids has one value for each row and token)"; undefined if nothing names them.
 * @param translate gives the reason, an engine's text, in the reader's language
 */
export function axesReason(
  { axes }: Pick<TensorInfo, "axes">,
  translate: (english: string) => string,
): string | undefined {
  return axes && `${axes.names.join(" x ")} (${translate(axes.reason)})`;
}
