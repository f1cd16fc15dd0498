import { directionNames, ofDirections, type Directions } from "../../method/directions.ts";
import { stepDownMaximum } from "../../../statistics/stepDownMaximum.ts";
import type { DirectionReport, ValidationReport } from "../report.ts";

/** p of both directions of one layer, corrected over all layers and both directions. */
export type CorrectedLayer = Directions<number>;

/**
 * One p for the best layer: held-out ratios of component 1, both directions of all layers at once, against the largest
 * of each permutation ({@link stepDownMaximum}, of logarithms). Layers whose labels were permuted alike, permutation by
 * permutation, are corrected together, which keeps what they have in common from counting as many tests. Layers
 * whose rows depend on each other in another way (rows that repeat in the first layers only) were permuted otherwise;
 * such sets share the error by their number of layers (weighted Bonferroni; Holm 1979).
 * @param reports one per layer; null if it was not validated
 * @returns one per layer; undefined if it has no held-out p
 */
export function correctOverLayers(
  reports: readonly (ValidationReport | null)[],
): (CorrectedLayer | undefined)[] {
  const together = new Map<string, number[]>();
  reports.forEach((report, layer) => {
    const permutations = report?.permutations;
    if (!permutations || directionsOf(report).some(({ permutation }) => !permutation?.heldOut))
      return;
    const key = `${permutations.labelling} ${permutations.count}`;
    const known = together.get(key);
    if (known === undefined) together.set(key, [layer]);
    else known.push(layer);
  });
  const all = [...together.values()].reduce((sum, layers) => sum + layers.length, 0);
  const corrected: (CorrectedLayer | undefined)[] = reports.map(() => undefined);
  for (const layers of together.values()) {
    const directions = layers.flatMap((layer) => directionsOf(reports[layer]));
    const nulls = directions.flatMap(({ permutation }) => permutation?.heldOut ?? []);
    const p = stepDownMaximum(
      nulls.map(({ observed }) => Math.log(observed)),
      nulls[0].permuted.map((_, m) => nulls.map(({ permuted }) => Math.log(permuted[m]))),
    );
    const shared = p.map((own) => Math.min(1, (own * all) / layers.length));
    layers.forEach((layer, i) => {
      const first = directionNames.length * i;
      corrected[layer] = ofDirections(
        (direction) => shared[first + directionNames.indexOf(direction)],
      );
    });
  }
  return corrected;
}

function directionsOf(report: ValidationReport | null): DirectionReport[] {
  return report === null ? [] : directionNames.map((direction) => report.directions[direction]);
}
