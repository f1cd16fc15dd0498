import type { Progress } from "../../../src/protocol/engine.ts";
import type { HostToPanel } from "../../../src/protocol/panel.ts";
import type { LensState, ShownSteering } from "../../../src/protocol/steering.ts";

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
