import type { DirectionName } from "../../method/directions.ts";

/** The trace of the carried condition's covariance over that of the silenced one's, all neurons. */
export function traceRatioOf(
  { traceRatio }: { readonly traceRatio: number },
  direction: DirectionName,
): number {
  return direction === "forward" ? traceRatio : 1 / traceRatio;
}
