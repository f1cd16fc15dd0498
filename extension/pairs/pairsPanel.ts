import type * as vscode from "vscode";
import { shortSource } from "../../src/conditions/naming/describeSource.ts";
import { defaultValidationOptions } from "../../src/ged/validation/options.ts";
import { pairPermutations, type ComparedPair, type LabelPairs } from "../../src/protocol/pairs.ts";
import type { PairsView } from "../../src/protocol/views/pairsView.ts";
import type { ConditionSource } from "../../src/conditions/condition.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import { openRun } from "../series/openRun.ts";
import { SeriesPanel } from "../series/seriesPanel.ts";
import { say } from "../words/say.ts";

/** A column of labels, with the labels that it had when it was chosen. */
export interface ChosenColumn extends Pick<LabelPairs, "labels"> {
  readonly source: ConditionSource;
  readonly column: string;
}

/**
 * GED between every two labels of a column: a matrix that fills while it runs. Labels are read anew each time, since the
 * file may have others by then.
 * @param shown the column, or what an earlier window had found
 */
export function pairsPanel(
  context: CommandContext,
  panel: vscode.WebviewPanel,
  shown: ChosenColumn | { readonly view: PairsView },
): SeriesPanel<PairsView> {
  const { calls } = context.engine;
  const start = "view" in shown ? shown.view : pairsView(shown, []);
  const { source, column } = start;
  let labels: LabelPairs["labels"] = start.labels;
  const viewOf = (pairs: readonly ComparedPair[]) => pairsView({ source, column, labels }, pairs);
  return new SeriesPanel(
    context,
    panel,
    {
      bundle: "pairs",
      name: "Pairs panel",
      heading: say("pairs.title", { column }),
      start,
      paths: [source.path],
      async compute(options, call) {
        const found = await calls.labelPairs({ source, column });
        ({ labels } = found);
        const validation = {
          ...defaultValidationOptions,
          permutations: pairPermutations(found.pairs.length),
          extended: false,
        };
        const compared = await calls.comparePairs({ ...found, options, validation }, call);
        return { view: viewOf(compared.pairs), reports: compared.reports };
      },
      partial: ({ pairs }) => pairs && viewOf(pairs),
      runAt: ({ pairs }, place) => (pairs[place]?.found ? pairs[place] : undefined),
      finding: (view) => `${view.from}, ${view.column}: ${view.pairs.length} pairs were compared.`,
    },
    openRun(context),
  );
}

/** What the page shows of the pairs done so far. */
export function pairsView(
  { source, column, labels }: ChosenColumn,
  pairs: readonly ComparedPair[],
): PairsView {
  return { source, from: shortSource(source), column, labels, pairs };
}
