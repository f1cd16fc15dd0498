import type { ComponentView, RunView } from "../../src/protocol/views/runView.ts";

/** All that the inspector's facts are computed from. */
export interface InspectedRun {
  readonly view: RunView;
  /** The component that the selection speaks of. */
  readonly component: ComponentView;
  /** The first components of the same direction, for "across components" charts. */
  readonly firstComponents: readonly ComponentView[];
}
