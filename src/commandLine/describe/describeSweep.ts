import { strongest } from "../../protocol/findings/strongest.ts";
import type { SweptLayer } from "../../protocol/sweep.ts";
import { printable } from "../../text/printable.ts";
import { formatNumber } from "../format.ts";
import { describeDirection } from "./describeSweptDirection.ts";

/** What one layer gave, in a line. */
export function describeLayer({ layer, label, found, error }: SweptLayer): string {
  const place = `layer ${String(layer).padStart(2)}  ${printable(label)}`;
  if (found === undefined) return `${place}  failed: ${error}`;
  const { forward, swapped, components, rank } = found;
  const origin = found.fromMoments === true ? "from moments, " : "";
  return (
    `${place}  ${origin}k ${components}, rank ${rank.target}/${rank.reference}, ` +
    `eigenvalue ${forward.eigenvalue.toFixed(3)} (${describeDirection(forward)}), ` +
    `swapped ${swapped.eigenvalue.toFixed(3)} (${describeDirection(swapped)})`
  );
}

/** One line for the layer and direction that speak loudest; none if nothing was permuted. */
export function describeBest(layers: readonly SweptLayer[]): string[] {
  const best = strongest(layers);
  const p = best?.found.correctedP;
  if (best === undefined || p === undefined) return [];
  const { run, direction, found } = best;
  const which = direction === "swapped" ? ", swapped" : "";
  return [
    `Best: layer ${run.layer}${which}, ${formatNumber(found.heldOutRatio)} x held out, p = ${formatNumber(p)} corrected over all layers and both directions.`,
  ];
}
