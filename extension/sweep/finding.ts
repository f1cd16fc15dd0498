import { formatProbability, formatRatio } from "../../src/protocol/words/numbers.ts";
import { rolesOfDirection } from "../../src/protocol/direction.ts";
import { isShown, strongest } from "../../src/protocol/strongest.ts";
import type { SweptLayer } from "../../src/protocol/sweep.ts";
import type { Translate } from "../translate.ts";

interface Sweep {
  readonly target: string;
  readonly reference: string;
  /** How many layers there are. */
  readonly count: number;
}

/**
 * What a sweep shows in one line. The best layer was chosen by looking at all of them, so that only the p that counts
 * all layers and both directions speaks for it.
 */
export function findingOf(
  layers: readonly SweptLayer[],
  sweep: Sweep,
  translate: Translate,
): string {
  const best = strongest(layers);
  if (best === undefined) return translate("No layer was held out yet");
  const { run, found } = best;
  const { layer } = run;
  const { heldOutRatio: ratio, correctedP: p } = found;
  const roles = rolesOfDirection[best.direction];
  const [carried, silenced] = [sweep[roles.carried], sweep[roles.silenced]];
  if (p === undefined) {
    return layers.length < sweep.count
      ? translate(
          "So far most survives held out in layer {0}: {1} varies {2} as much as {3}",
          layer,
          carried,
          formatRatio(ratio),
          silenced,
        )
      : translate(
          "Most survives held out in layer {0}: {1} varies {2} as much as {3}; labels were not permuted",
          layer,
          carried,
          formatRatio(ratio),
          silenced,
        );
  }
  const values = [layer, carried, formatRatio(ratio), silenced, formatProbability(p)] as const;
  return isShown(best.found)
    ? translate(
        "Shown in layer {0}: {1} varies {2} as much as {3} held out; p = {4}, counting all layers and both directions",
        ...values,
      )
    : translate(
        "Shown in no layer: the strongest is layer {0}, where {1} varies {2} as much as {3} held out; p = {4}, counting all layers and both directions",
        ...values,
      );
}
