import { strongestLayer } from "../../protocol/strongestLayer.ts";
import type { SweptDirection, SweptLayer } from "../../protocol/sweep.ts";
import { printable } from "../../text/printable.ts";
import { formatNumber } from "../format.ts";

/** What one layer gave, in a line. */
export function describeLayer({ layer, label, found, error }: SweptLayer): string {
  const place = `layer ${String(layer).padStart(2)}  ${printable(label)}`;
  if (found === undefined) return `${place}  failed: ${error}`;
  const { forward, swapped, components, rank } = found;
  return (
    `${place}  k ${components}, rank ${rank.target}/${rank.reference}, ` +
    `eigenvalue ${forward.eigenvalue.toFixed(3)} (${describeDirection(forward)}), ` +
    `swapped ${swapped.eigenvalue.toFixed(3)} (${describeDirection(swapped)})`
  );
}

function describeDirection(direction: SweptDirection): string {
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

/** One line for the layer and direction that speak loudest; none if nothing was permuted. */
export function describeBest(layers: readonly SweptLayer[]): string[] {
  const best = strongestLayer(layers);
  const p = best?.found.correctedP;
  if (best === undefined || p === undefined) return [];
  const { layer, direction, found } = best;
  const which = direction === "swapped" ? ", swapped" : "";
  return [
    `Best: layer ${layer}${which}, ${formatNumber(found.heldOutRatio)} x held out, p = ${formatNumber(p)} corrected over all layers and both directions.`,
  ];
}
