import type { LayerPair } from "../../src/conditions/naming/pairLayers.ts";
import type { SweptLayer } from "../../src/protocol/sweep.ts";
import type { SweepView } from "../../src/protocol/views/sweepView.ts";
import { baseName } from "../naming.ts";

/** What the sweep panel shows of the layers done so far. */
export function sweepView(pairs: readonly LayerPair[], layers: readonly SweptLayer[]): SweepView {
  const [first] = pairs;
  return {
    target: first?.target.name ?? "",
    reference: first?.reference.name ?? "",
    files: [...new Set(pairs.map((pair) => baseName(pair.target.source.path)))],
    places: placesOf(pairs),
    layers,
    count: pairs.length,
  };
}

/** The place of the layers without their number: "blocks.#.mlp.hook_post". */
export function placesOf(pairs: readonly LayerPair[]): string[] {
  return [...new Set(pairs.map(placeOf))];
}

export function placeOf({ label, layer }: LayerPair): string {
  return label.replace(String(layer), "#");
}
