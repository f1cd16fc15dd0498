import type { FileSystem } from "../../activations/byteSource.ts";
import type { ConditionSource } from "../../conditions/condition.ts";
import { rowLabels } from "../../conditions/rowLabels.ts";
import { EigenlensError } from "../../errors.ts";
import { directionNames, ofDirections } from "../../ged/method/directions.ts";
import {
  mostLabels,
  type ComparedPair,
  type ComparedPairs,
  type LabelPair,
  type LabelPairs,
  type PairsRequest,
} from "../../protocol/pairs.ts";
import type { SweptDirection } from "../../protocol/sweep.ts";
import { holm } from "../../statistics/holm.ts";
import { printable } from "../../text/printable.ts";
import type { EngineCall } from "../engineCall.ts";
import { runInTurn, type RunOutcome, type RunsEngine } from "../sweep/inTurn.ts";

/**
 * Every two labels that a column gives to the rows of a tensor.
 * @throws EigenlensError "condition" if there are too many, or as {@link rowLabels} does
 */
export async function findLabelPairs(
  source: ConditionSource,
  column: string,
  fileSystem: FileSystem,
): Promise<LabelPairs> {
  const labels = await rowLabels(source, column, fileSystem);
  if (labels.length > mostLabels) {
    throw new EigenlensError(
      "condition",
      `${source.path} has ${labels.length} labels in ${printable(column)}: choose a column with at most ${mostLabels}.`,
    );
  }
  const of = (value: string): ConditionSource => ({
    ...source,
    label: { column, value },
    name: value,
  });
  return {
    labels,
    pairs: labels.flatMap((target, i) =>
      labels.slice(i + 1).map((reference) => ({ target: of(target), reference: of(reference) })),
    ),
  };
}

/**
 * Compress-then-separate on every two labels. Pairs have other rows each, so that no permutation is common to them: p are
 * corrected over all pairs and both directions by Holm's method, which needs none. A pair that fails counts as looked
 * at, says why, and the others go on.
 * @param call told all pairs so far, their p not yet corrected
 * @throws CancelledError
 */
export async function comparePairs(
  engine: RunsEngine,
  request: PairsRequest,
  call: EngineCall,
): Promise<ComparedPairs> {
  const { labels, pairs } = request;
  const compared = (outcomes: readonly RunOutcome<LabelPair>[]): ComparedPair[] =>
    outcomes.map(({ report: _report, pair, ...outcome }) => ({ ...pair, ...outcome }));
  const outcomes = await runInTurn(
    engine,
    pairs,
    request,
    call.cancellation,
    ({ pair, outcomes: done, ...progress }) => {
      const [target, reference] = [pair.target, pair.reference].map(({ name = "" }) =>
        printable(name),
      );
      call.report({
        step: `Comparing ${target} and ${reference}`,
        ...progress,
        pairs: compared(done),
      });
    },
  );
  return {
    labels,
    pairs: corrected(compared(outcomes)),
    reports: outcomes.map(({ report }) => report),
  };
}

/** With p of all pairs and both directions corrected. */
function corrected(pairs: readonly ComparedPair[]): ComparedPair[] {
  const places = pairs.flatMap(({ found }, pair) =>
    directionNames.flatMap((direction) => {
      const p = found?.[direction].p;
      return p === undefined ? [] : [{ key: `${pair} ${direction}`, p }];
    }),
  );
  const values = holm(
    places.map(({ p }) => p),
    directionNames.length * pairs.length,
  );
  const byKey = new Map(places.map(({ key }, i) => [key, values[i]]));
  return pairs.map((pair, i) => {
    const { found } = pair;
    if (found === undefined) return pair;
    const own = ofDirections((direction): SweptDirection => {
      const correctedP = byKey.get(`${i} ${direction}`);
      return { ...found[direction], ...(correctedP === undefined ? {} : { correctedP }) };
    });
    return { ...pair, found: { ...found, ...own } };
  });
}
