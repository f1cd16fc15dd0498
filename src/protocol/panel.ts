import type { SourceRemedy } from "../errors.ts";
import type { ValidationOptions } from "../ged/validation/options.ts";
import type { ValidationReport } from "../ged/validation/report.ts";
import type { RunTransfer } from "../runs/runTransfer.ts";
import type { Progress } from "./engine.ts";
import type { DirectionName } from "./direction.ts";
import type { NeuronValues } from "./neuronValues.ts";
import type { MeanProjections } from "./meanProjections.ts";
import type { LensState, ShownSteering } from "./steering.ts";
import type { ComponentView, RunHeader, Solution, SolutionChoice } from "./views/runView.ts";
import type { Selection } from "./selection.ts";

/** Why a validation has no report. */
export type GivenUp = "cancelled" | "failed";

export type RemedyKind = SourceRemedy["kind"];

/** What the panel is showing when it has no run, or while one is made. */
export type PanelState =
  | { readonly kind: "computing"; readonly title: string; readonly progress: Progress }
  | {
      readonly kind: "failed";
      readonly title: string;
      readonly message: string;
      /** What the panel may ask the host to try. */
      readonly remedy?: RemedyKind;
    }
  | { readonly kind: "ready"; readonly stale: readonly string[] }
  | { readonly kind: "empty" };

export const exportFormats = [
  "runDocument",
  "json",
  "csv",
  "filterNpy",
  "direction",
  "gguf",
  "report",
  "notebook",
  "png",
] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** All that a panel may ask the host to do beside its own run. */
export const panelCommands = [
  "showLog",
  "run",
  "openWalkthrough",
  "openSettings",
  "copyPython",
] as const;
export type PanelCommand = (typeof panelCommands)[number];

/** Which component of which direction; from 0. */
export type ComponentPlace = Pick<ComponentView, "direction" | "index">;

/** The most components that one `resolve` may ask for. */
export const mostComponents = 16;

/** Host to result panel. */
export type HostToPanel =
  | { readonly kind: "state"; readonly state: PanelState }
  /** A run as it is shown now: what never changes is sent here, and once only. */
  | {
      readonly kind: "run";
      /** By which the host knows it. */
      readonly runId: string;
      readonly header: RunHeader;
      readonly solution: Solution;
      /** That of {@link solution}; null if there is none. */
      readonly validation: ValidationReport | null;
      /** That of the run as it was made; null if there is none. */
      readonly saved: ValidationReport | null;
    }
  /** The answer to `resolve`: what changed, and those of the components asked for that there are. */
  | {
      readonly kind: "resolved";
      readonly request: number;
      readonly solution: Solution;
      readonly components: readonly ComponentView[];
      /** That of {@link solution}; null if there is none. */
      readonly validation: ValidationReport | null;
    }
  | { readonly kind: "component"; readonly view: ComponentView }
  | {
      readonly kind: "validation";
      /** What is or was validated. */
      readonly solution: SolutionChoice;
      readonly report: ValidationReport | null;
      /** Present while it is still running. */
      readonly progress?: Progress;
      /** Present if it ended without a report of its own: the one sent, if any, is the one before. */
      readonly gaveUp?: GivenUp;
    }
  /** All transfers of the run shown, the newest first. */
  | {
      readonly kind: "transfers";
      readonly transfers: readonly RunTransfer[];
      /** Whether they are stored with the run; else they last as long as the panel. */
      readonly kept: boolean;
      /** Whether the user has just asked for one, so that it should come into view. */
      readonly reveal: boolean;
      /** Present while one is made. */
      readonly progress?: Progress;
    }
  /** The answer to `neuronValues`: a neuron's activations, or in one line why there are none. */
  | { readonly kind: "neuronValues"; readonly neuron: number; readonly values: NeuronValues }
  | { readonly kind: "neuronValues"; readonly neuron: number; readonly why: string }
  /** The answer to `meanProjections`, or in one line why there is none. */
  | { readonly kind: "meanProjections"; readonly projections: MeanProjections }
  | { readonly kind: "meanProjections"; readonly why: string }
  /** The logit lens of the run shown, as far as it is known. */
  | {
      readonly kind: "lens";
      readonly state: LensState;
      /** Present while one is made. */
      readonly progress?: Progress;
    }
  /** What a script has measured with a direction of the run shown; or in one line why it is not shown. */
  | { readonly kind: "steering"; readonly shown?: ShownSteering; readonly why?: string }
  /** A request of the panel's failed; the panel goes on as it was. */
  | {
      readonly kind: "problem";
      readonly message: string;
      /** The `resolve` that failed; absent if it was something else. */
      readonly request?: number;
    }
  /** Chooses a component or neuron from outside (the inspector, a command). */
  | { readonly kind: "select"; readonly selection: Selection };

/** Result panel to host. */
export type PanelToHost =
  | { readonly kind: "ready" }
  | ({ readonly kind: "component"; readonly solution: SolutionChoice } & ComponentPlace)
  /** One at a time: the panel asks again when the answer has come. */
  | {
      readonly kind: "resolve";
      readonly request: number;
      readonly solution: SolutionChoice;
      /** What to send with the answer, so that all figures are drawn at once. */
      readonly components: readonly ComponentPlace[];
    }
  | { readonly kind: "select"; readonly selection: Selection }
  /** Asks for one neuron's activations; of several that are asked for, only the last is answered. */
  | { readonly kind: "neuronValues"; readonly neuron: number }
  | {
      readonly kind: "validate";
      readonly solution: SolutionChoice;
      readonly options: ValidationOptions;
    }
  | { readonly kind: "cancel" }
  /** Asks for other files on which to try the directions. */
  | { readonly kind: "transfer" }
  | { readonly kind: "cancelTransfer" }
  | { readonly kind: "removeTransfer"; readonly created: string }
  /** Asks for the rows on the directions of the means, in sample: the files are read. */
  | { readonly kind: "meanProjections" }
  /** Asks for the logit lens of a component, and before that for files unless those chosen last will do. */
  | ({
      readonly kind: "lens";
      readonly solution: SolutionChoice;
      /** Two sets to score, as `he,him/she,her`; empty for none. */
      readonly tokens: string;
      readonly chooseFiles: boolean;
    } & ComponentPlace)
  | { readonly kind: "cancelLens" }
  /** Asks for a file of what a script has measured. */
  | { readonly kind: "steering" }
  | { readonly kind: "rerun" }
  /** Makes the failed run again, changed as its remedy says. */
  | { readonly kind: "remedy" }
  | {
      readonly kind: "export";
      readonly solution: SolutionChoice;
      readonly format: ExportFormat;
      readonly png?: Uint8Array;
      readonly direction: DirectionName;
      readonly component: number;
    }
  | { readonly kind: "copy"; readonly text: string }
  | { readonly kind: "command"; readonly command: PanelCommand }
  /** An exception inside the webview, for the log. */
  | { readonly kind: "fault"; readonly message: string; readonly stack?: string };
