import type { AxisName } from "../../activations/axes/axes.ts";
import type { WordReading } from "../../activations/elements/sixteenBits.ts";
import type { ConditionSource } from "../condition.ts";

/** How a user reads a tensor whose file leaves something open: what its axes are, or what its 16-bit integers stand for. */
export interface TensorReading {
  readonly path: string;
  /** Empty for a bare array. */
  readonly tensor: string;
  readonly axes?: readonly AxisName[];
  readonly words?: WordReading;
}

/** The selections with which a source says the same: `[axes=...]`, `[dtype=bfloat16]`. */
export function readingSelections(
  reading: TensorReading | undefined,
): Pick<ConditionSource, "axes" | "elementType"> {
  const { axes, words } = reading ?? {};
  return {
    ...(axes === undefined ? {} : { axes }),
    ...(words === "bfloat16" ? { elementType: words } : {}),
  };
}

/** The reading of one tensor among those of a file. */
export function readingOf(
  readings: readonly TensorReading[],
  path: string,
  tensor: string,
): TensorReading | undefined {
  return readings.find((each) => each.path === path && each.tensor === tensor);
}
