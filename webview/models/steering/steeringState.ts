import type { Progress } from "../../../src/protocol/engine.ts";
import type { HostToPanel } from "../../../src/protocol/panel.ts";
import type { LensState, ShownLens, ShownSteering } from "../../../src/protocol/steering.ts";
import { sameChoice } from "../../../src/protocol/views/runView.ts";
import type { PanelModel } from "../panelModel.ts";

/** What is known of the directions' effect in the model. */
export interface SteeringState {
  readonly lens: LensState;
  /** Of a lens that is being made. */
  readonly progress: Progress | undefined;
  readonly results: ShownSteering | undefined;
  /** In one line: why the results chosen last are not shown. */
  readonly why: string | undefined;
}

export const noSteering: SteeringState = {
  lens: { files: [] },
  progress: undefined,
  results: undefined,
  why: undefined,
};

type Told<Kind> = Extract<HostToPanel, { readonly kind: Kind }>;

/** The state after the host told of the lens. */
export function withLens(known: SteeringState, { state, progress }: Told<"lens">): SteeringState {
  return { ...known, lens: state, progress };
}

/** The state after the host told of results. */
export function withSteering(known: SteeringState, told: Told<"steering">): SteeringState {
  return { ...known, results: told.shown, why: told.why };
}

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
