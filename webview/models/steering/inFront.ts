import type { ShownLens, ShownSteering } from "../../../src/protocol/steering.ts";
import { sameChoice } from "../../../src/protocol/views/runView.ts";
import type { PanelModel } from "../panelModel.ts";

/** The lens of the component and solution in front; undefined if the last is of another, or there is none. */
export function currentLens({ run, ui, steering }: PanelModel): ShownLens | undefined {
  const { shown } = steering.lens;
  if (!run || !shown || !isInFront(ui, shown)) return undefined;
  return sameChoice(run.controls, shown.solution) ? shown : undefined;
}

/** Results of the component in front, of the run as it was made; undefined if the last are of another. */
export function currentResults(model: PanelModel): ShownSteering | undefined {
  const { run, header, ui, steering } = model;
  const { results } = steering;
  if (!run || !header || !results || !isInFront(ui, results)) return undefined;
  return sameChoice(run.controls, header.made) ? results : undefined;
}

function isInFront(
  { front, component }: PanelModel["ui"],
  { direction, index }: Pick<ShownSteering, "direction" | "index">,
): boolean {
  return direction === front && index === component[front];
}
