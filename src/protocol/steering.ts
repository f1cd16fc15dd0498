import type { LensLogits } from "../directions/lens/lensLogits.ts";
import type { LensFiles } from "../directions/lens/lensOfFiles.ts";
import type { LensOptions } from "../directions/lens/logitLens.ts";
import type { SteeringResults } from "../directions/steering/results.ts";
import type { ComponentView, SolutionChoice } from "./views/runView.ts";

export type { LensLogits, LensToken } from "../directions/lens/lensLogits.ts";
export type { LensFiles } from "../directions/lens/lensOfFiles.ts";
export type {
  AddedResults,
  ErasedResults,
  MeanOfPrompts,
  MeasuredChange,
  MeasuredStep,
  SteeringResults,
} from "../directions/steering/results.ts";

/** The directions that go through the lens, what to add first. */
export const lensDirections = ["meanDifference", "filter", "pattern"] as const;
export type LensDirection = (typeof lensDirections)[number];

/** Asks what directions do to the logits. */
export interface LensRequest extends Pick<LensOptions, "most" | "sets"> {
  /** [D] each. */
  readonly directions: Readonly<Record<LensDirection, Float64Array>>;
  readonly files: LensFiles;
}

export type Lens = Readonly<Record<LensDirection, LensLogits>>;

/** Of which component; from 0. */
type Place = Pick<ComponentView, "direction" | "index">;

/** A lens as a panel shows it, with what it is of. */
export interface ShownLens extends Place {
  readonly solution: SolutionChoice;
  /** The two sets of tokens that it scores, as they were typed; empty without. */
  readonly tokens: string;
  readonly lens: Lens;
}

/** Results of a script, with the component of the run (as it was made) whose direction they are of. */
export interface ShownSteering extends Place {
  readonly results: SteeringResults;
}

/** What a panel is told of its logit lens. */
export interface LensState {
  /** The files that were chosen last, as they are called; empty if none were. */
  readonly files: readonly string[];
  readonly shown?: ShownLens;
  /** In one line: why there is none. */
  readonly why?: string;
}
