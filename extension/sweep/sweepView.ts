import type { LayerPair } from "../../src/conditions/naming/pairLayers.ts";
import type { SweptLayer } from "../../src/protocol/sweep.ts";
import type { SweepView } from "../../src/protocol/sweepView.ts";
import { formatRatio } from "../../src/protocol/numbers.ts";
import { baseName } from "../naming.ts";
import type { Translate } from "../translate.ts";

/** What the sweep panel shows of the layers done so far. */
export function sweepView(
  pairs: readonly LayerPair[],
  layers: readonly SweptLayer[],
  translate: Translate,
): SweepView {
  const [first] = pairs;
  const target = first?.target.name ?? translate("target");
  const reference = first?.reference.name ?? translate("reference");
  const files = [...new Set(pairs.map((pair) => baseName(pair.target.source.path)))];
  return {
    title: translate("{0} vs {1} over layers", target, reference),
    subtitle: [
      files.length === 1 ? (files[0] ?? "") : translate("{0} files", files.length),
      ...placesOf(pairs),
    ].join(" · "),
    target,
    reference,
    layers,
    count: pairs.length,
    labels: {
      inSample: translate("in sample"),
      heldOut: translate("held out"),
      layer: translate("layer"),
      ratioAxis: translate("variance of {0} over {1} (log)", target, reference),
      chart: translate("Component 1 in every layer"),
      finding: findingOf(layers, translate),
      caption: translate(
        "Ratio of variances on component 1 of each layer, on the rows that were fitted (in sample) and on rows that the fit has not seen (held out, 5 folds). Click a layer to open its run.",
      ),
      cancel: translate("Cancel"),
      rerun: translate("Re-run"),
      open: translate("Open"),
      columns: [
        translate("Layer"),
        translate("Place"),
        translate("Components"),
        translate("Variance kept"),
        translate("Rank of {0}", target),
        translate("Rank of {0}", reference),
        translate("Top eigenvalue"),
        translate("In sample"),
        translate("Held out"),
      ],
    },
  };
}

/** The place of the layers without their number: "blocks.#.mlp.hook_post". */
export function placesOf(pairs: readonly LayerPair[]): string[] {
  return [...new Set(pairs.map(placeOf))];
}

export function placeOf({ label, layer }: LayerPair): string {
  return label.replace(String(layer), "#");
}

function findingOf(layers: readonly SweptLayer[], translate: Translate): string {
  let best: { layer: number; ratio: number } | undefined;
  for (const { layer, found } of layers) {
    const ratio = found?.forward.heldOutRatio;
    if (ratio !== null && ratio !== undefined && !(best && best.ratio >= ratio)) {
      best = { layer, ratio };
    }
  }
  return best
    ? translate("Most survives held out in layer {0}: {1}", best.layer, formatRatio(best.ratio))
    : translate("No layer was held out yet");
}
