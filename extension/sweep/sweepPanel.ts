import type * as vscode from "vscode";
import type { LayerPair } from "../../src/conditions/naming/pairLayers.ts";
import {
  defaultValidationOptions,
  type ValidationOptions,
} from "../../src/ged/validation/options.ts";
import type { SweptLayer } from "../../src/protocol/sweep.ts";
import type { SweepView } from "../../src/protocol/views/sweepView.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import { openRun } from "../series/openRun.ts";
import { SeriesPanel } from "../series/seriesPanel.ts";
import { sayInEnglish } from "../../src/protocol/strings.ts";
import { sweepFinding } from "../../src/protocol/findings/sweepFinding.ts";
import { say } from "../words/say.ts";
import { sweepView } from "./sweepView.ts";

/** The same permutations in every layer, so that one p can count them all; the rest is left to single runs. */
const validation: ValidationOptions = { ...defaultValidationOptions, extended: false };

/**
 * GED on every layer: a chart that fills while it runs.
 * @param shown the layers to sweep over, or what an earlier window had found
 */
export function sweepPanel(
  context: CommandContext,
  panel: vscode.WebviewPanel,
  shown: { readonly pairs: readonly LayerPair[] } | { readonly view: SweepView },
): SeriesPanel<SweepView> {
  const pairs = "pairs" in shown ? shown.pairs : shown.view.layers.map(pairOfLayer);
  const viewOf = (layers: readonly SweptLayer[]) => sweepView(pairs, layers);
  const start = "pairs" in shown ? viewOf([]) : shown.view;
  return new SeriesPanel(
    context,
    panel,
    {
      bundle: "sweep",
      name: "Sweep panel",
      heading: say("sweep.title", start),
      start,
      paths: pairs.flatMap(({ target, reference }) => [target.source.path, reference.source.path]),
      async compute(options, call) {
        const { layers, reports } = await context.engine.calls.sweep(
          { pairs, options, validation },
          call,
        );
        return { view: viewOf(layers), reports };
      },
      partial: ({ layers }) => layers && viewOf(layers),
      runAt({ layers, ...names }, place) {
        const layer = layers[place];
        if (layer === undefined) return undefined;
        const { target, reference } = layer;
        return {
          target: { ...target, name: target.name ?? names.target },
          reference: { ...reference, name: reference.name ?? names.reference },
        };
      },
      finding: (view) =>
        `${sayInEnglish("sweep.title", view)}: ${sweepFinding(view, sayInEnglish)}.`,
    },
    openRun(context),
  );
}

/** A layer of an earlier window as it was asked for. */
function pairOfLayer({ layer, label, target, reference, found }: SweptLayer): LayerPair {
  const candidate = (source: typeof target, rows: number) => ({
    source,
    name: source.name ?? label,
    rows,
    columns: found?.columns ?? 0,
  });
  return {
    layer,
    label,
    target: candidate(target, found?.rows.target ?? 0),
    reference: candidate(reference, found?.rows.reference ?? 0),
  };
}
