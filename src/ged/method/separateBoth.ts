import type { Condition } from "../../conditions/condition.ts";
import type { FullCompression } from "../full/compression.ts";
import type { Moments } from "../full/moments/moments.ts";
import { compressionError, refineInDouble, singlePrecisionError } from "../full/singlePrecision.ts";
import type { SolvedDirections } from "../full/solve.ts";
import type { RunContext } from "./context.ts";
import type { GedOptions } from "./options.ts";

/** The largest estimated error with which single precision, chosen by the planner, is let stand. */
const acceptableError = 1e-4;

/**
 * Separates; if the planner chose single precision and it says too little, once more from covariances in double.
 * @param solve separates what is kept
 * @throws EigenlensError as `solve` and {@link Condition.readRows} do; CancelledError
 */
export async function separateBoth(
  known: {
    readonly moments: Moments;
    readonly compression: FullCompression;
    readonly rows: { readonly target: Condition; readonly reference: Condition } | undefined;
  },
  solve: (kept: FullCompression) => SolvedDirections,
  options: GedOptions,
  context: RunContext,
): Promise<{
  readonly compression: FullCompression;
  readonly solved: SolvedDirections;
  readonly error: number;
  /** Added to the plan's. */
  readonly reason: string;
}> {
  const { moments, compression, rows } = known;
  const solved = solve(compression);
  if (moments.route !== "covariance" || moments.precision === "double") {
    return { compression, solved, error: 0, reason: "" };
  }
  const error = singlePrecisionError(moments, compression, solved);
  if (error <= acceptableError || options.precision === "single" || rows === undefined) {
    return { compression, solved, error, reason: "" };
  }
  context.report({ step: "Separating: once more in double" });
  const refined = await refineInDouble(compression, moments, rows, context);
  return {
    compression: refined,
    solved: solve(refined),
    error: compressionError(moments, compression),
    reason: `, those of the kept components again in double, because single left an error of ${error.toPrecision(1)}`,
  };
}
