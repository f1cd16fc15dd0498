import type { SweptDirection } from "../../protocol/sweep.ts";
import { formatNumber } from "../format.ts";

/** Component 1 of one direction among many, for a line of the terminal. */
export function describeDirection(direction: SweptDirection): string {
  const { inSampleRatio, heldOutRatio, heldOutRatioInterval: interval, p } = direction;
  const inSample = `${formatNumber(inSampleRatio)} x in sample`;
  if (heldOutRatio === null) return inSample;
  const facts = [
    ...(interval === undefined
      ? []
      : [`${formatNumber(interval.low)} to ${formatNumber(interval.high)}`]),
    ...(p === undefined ? [] : [`p = ${formatNumber(p)} alone`]),
  ];
  const evidence = facts.length === 0 ? "" : ` [${facts.join("; ")}]`;
  return `${formatNumber(heldOutRatio)} x held out${evidence}, ${inSample}`;
}

/** The same under the names that scripts know. */
export function directionJson(direction: SweptDirection): object {
  const { eigenvalue, inSampleRatio, heldOutRatio, heldOutRatioInterval, p, correctedP, verdict } =
    direction;
  return {
    eigenvalue,
    ratioInSample: inSampleRatio,
    ...(heldOutRatio === null ? {} : { ratioHeldOut: heldOutRatio }),
    ...(heldOutRatioInterval ?? {}),
    ...(p === undefined ? {} : { p }),
    ...(correctedP === undefined ? {} : { pCorrected: correctedP }),
    ...(verdict === undefined ? {} : { verdict }),
  };
}
