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

/** "53 x 3072 f32": shape, outermost axis first, and element type. */
export function describeTensor(tensor: Pick<TensorInfo, "shape" | "elementType">): string {
  const shape = tensor.shape.length === 0 ? "scalar" : tensor.shape.join(" x ");
  return `${shape} ${shortElementTypes[tensor.elementType]}`;
}

/** A size in bytes as people say it, in powers of 1000: "651 kB", "1.6 GB". */
export function describeSize(byteLength: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let value = byteLength;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : toSignificant(value, value >= 100 ? 3 : 2)} ${units[unit]}`;
}

/** A number for prose: `digits` significant digits, thousands separated, a true minus. */
export function toSignificant(value: number, digits = 3): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "infinite" : "\u2212infinite";
  if (value === 0) return "0";
  const magnitude = Math.abs(value);
  const sign = value < 0 ? "\u2212" : "";
  if (magnitude < 1e-3 || magnitude >= 1e9) {
    const [mantissa, exponent] = magnitude.toExponential(digits - 1).split("e");
    return `${sign}${mantissa}e${exponent.replace("+", "").replace("-", "\u2212")}`;
  }
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(magnitude)));
  return sign + magnitude.toLocaleString("en-US", { maximumFractionDigits: decimals });
}

/** "21,286×" or "13.2×": how many times more variance one condition has; whole numbers from 100 on. */
export function describeRatio(ratio: number): string {
  if (!Number.isFinite(ratio)) return "∞×";
  if (ratio >= 100 && ratio < 1e9) return `${Math.round(ratio).toLocaleString("en-US")}×`;
  return `${toSignificant(ratio, 3)}×`;
}

/** "0.8 s", "43 s", "2 min 5 s". */
export function describeDuration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
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
