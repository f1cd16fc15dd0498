import { rolesAmong } from "../direction.ts";
import type { Say } from "../strings.ts";
import { isShown, strongest } from "./strongest.ts";
import type { SweepView } from "../views/sweepView.ts";
import { formatProbability, formatRatio } from "../words/numbers.ts";

/**
 * What a sweep shows in one line. The best layer was chosen by looking at all of them, so that only the p that counts
 * all layers and both directions speaks for it.
 */
export function sweepFinding(sweep: SweepView, say: Say): string {
  const best = strongest(sweep.layers);
  if (best === undefined) return say("sweep.finding.none");
  const { heldOutRatio, correctedP } = best.found;
  const values = {
    layer: best.run.layer,
    ...rolesAmong(sweep, best.direction),
    ratio: formatRatio(heldOutRatio),
  };
  if (correctedP === undefined) {
    const isUnfinished = sweep.layers.length < sweep.count;
    return say(isUnfinished ? "sweep.finding.soFar" : "sweep.finding.notPermuted", values);
  }
  return say(isShown(best.found) ? "sweep.finding.shown" : "sweep.finding.notShown", {
    ...values,
    p: formatProbability(correctedP),
  });
}
