import type { LayerPair } from "../../src/conditions/naming/pairLayers.ts";
import type { SweptLayer } from "../../src/protocol/sweep.ts";
import type { SweepView } from "../../src/protocol/views/sweepView.ts";
import { baseName } from "../naming.ts";
import type { Translate } from "../translate.ts";
import { findingOf } from "./finding.ts";

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
      forward: translate("{0} over {1}", target, reference),
      swapped: translate("{0} over {1}", reference, target),
      layer: translate("layer"),
      ratioAxis: translate("held-out ratio of variances (log)"),
      chart: translate("Component 1 in every layer, held out"),
      finding: findingOf(layers, { target, reference, count: pairs.length }, translate),
      caption: translate(
        "Ratio of variances on component 1 of each layer on rows that the fit has not seen, with its 95 % interval, in both directions. Labels are permuted alike in all layers, and the corrected p counts all layers and both directions. Click a layer to open its run.",
      ),
      open: translate("Open"),
      columns: [
        translate("Layer"),
        translate("Place"),
        ...directionColumns(target, reference, translate),
        ...directionColumns(reference, target, translate),
        translate("Components"),
        translate("Variance kept"),
        translate("Rank of {0}", target),
        translate("Rank of {0}", reference),
      ],
    },
  };
}

function directionColumns(carried: string, silenced: string, translate: Translate): string[] {
  return [
    translate("{0} over {1}, held out", carried, silenced),
    translate("95 % interval"),
    translate("p, corrected"),
    translate("p, this layer alone"),
    translate("In sample"),
  ];
}

/** The place of the layers without their number: "blocks.#.mlp.hook_post". */
export function placesOf(pairs: readonly LayerPair[]): string[] {
  return [...new Set(pairs.map(placeOf))];
}

export function placeOf({ label, layer }: LayerPair): string {
  return label.replace(String(layer), "#");
}
