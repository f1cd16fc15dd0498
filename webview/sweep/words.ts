import { rolesAmong, type DirectionName } from "../../src/protocol/direction.ts";
import type { SweepView } from "../../src/protocol/views/sweepView.ts";
import { text } from "../text.ts";

/** "him over her", by which a line is called. */
export function directionLabel(view: SweepView, direction: DirectionName): string {
  return text("sweep.direction", rolesAmong(view, direction));
}

/** Whether any layer was made from sums over its rows. */
export function isFromMoments({ layers }: SweepView): boolean {
  return layers.some(({ found }) => found?.fromMoments === true);
}

/** Where the layers come from: "layers.safetensors · blocks.#.mlp". */
export function originOf(view: SweepView): string {
  const { files, places } = view;
  const [only = ""] = files;
  return [
    files.length === 1 ? only : text("sweep.files", { count: files.length }),
    ...places,
    ...(isFromMoments(view) ? [text("sweep.moments")] : []),
  ].join(" · ");
}
