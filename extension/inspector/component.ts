import { entryAt } from "../../src/lookup.ts";
import type { InspectedComponent } from "../../src/protocol/inspector.ts";
import type { InspectedRun } from "./inspectedRun.ts";
import { namesOf } from "./names.ts";
import { largestByMagnitude } from "./ranking.ts";

const loadingCount = 8;

/** What one component separates, how much of it survives held out, and which neurons make it. */
export function inspectComponent({
  view: { summary },
  component,
}: Pick<InspectedRun, "view" | "component">): InspectedComponent {
  const { direction, index, eigenvalue, filter, meanDifference } = component;
  const separation = summary.directions[direction];
  const report = summary.validation?.directions[direction];
  return {
    kind: "component",
    names: namesOf(summary),
    direction,
    index,
    eigenvalue,
    carriedVariance: entryAt(separation.carriedVariance, index),
    silencedVariance: entryAt(separation.silencedVariance, index),
    heldOutRatio: report?.components[index]?.heldOut?.ratio ?? null,
    verdict: report?.verdict ?? null,
    meanDifference,
    loadings: largestByMagnitude(filter, loadingCount).map((neuron) => ({
      neuron,
      value: entryAt(filter, neuron),
    })),
  };
}
