import { formatProbability, formatRatio } from "../../src/protocol/numbers.ts";
import type { SweptDirection, SweptLayer } from "../../src/protocol/sweep.ts";
import type { Translate } from "../translate.ts";

interface Best {
  readonly layer: number;
  readonly carried: string;
  readonly silenced: string;
  readonly ratio: number;
  readonly p: number | undefined;
}

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
  const best = bestOf(layers, sweep);
  if (best === undefined) return translate("No layer was held out yet");
  const { layer, carried, silenced, ratio, p } = best;
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
  return p <= 0.05 && ratio > 1
    ? translate(
        "Shown in layer {0}: {1} varies {2} as much as {3} held out; p = {4}, counting all layers and both directions",
        ...values,
      )
    : translate(
        "Shown in no layer: the strongest is layer {0}, where {1} varies {2} as much as {3} held out; p = {4}, counting all layers and both directions",
        ...values,
      );
}

/** The smallest corrected p, or the largest held-out ratio among equal ones and as long as there is none. */
function bestOf(layers: readonly SweptLayer[], { target, reference }: Sweep): Best | undefined {
  let best: Best | undefined;
  for (const { layer, found } of layers) {
    if (found === undefined) continue;
    for (const [direction, carried, silenced] of [
      [found.forward, target, reference],
      [found.swapped, reference, target],
    ] as const satisfies readonly (readonly [SweptDirection, string, string])[]) {
      const { heldOutRatio: ratio, correctedP: p } = direction;
      if (ratio === null) continue;
      const own = { layer, carried, silenced, ratio, p };
      if (best === undefined || isStronger(own, best)) best = own;
    }
  }
  return best;
}

function isStronger(one: Best, other: Best): boolean {
  const [p, otherP] = [one.p ?? 1, other.p ?? 1];
  return p < otherP || (p === otherP && one.ratio > other.ratio);
}
