// What the webviews know of results: they see the protocol and nothing behind it.
export type {
  DirectionReport,
  Interval,
  LearningPoint,
  NullDistribution,
  ScoredComponent,
  ScoreRanges,
  SecondFit,
  SeparationScore,
  ValidationReport,
  ValidationScheme,
  ValidationWarning,
  Verdict,
} from "../ged/validation/report.ts";
export type { Stability } from "../ged/validation/stability/report.ts";
export type { Tuning } from "../ged/validation/tuning/report.ts";
export {
  defaultValidationOptions,
  secondShrinkage,
  type ValidationOptions,
} from "../ged/validation/options.ts";
export type { RolesVariance, RunTransfer, TransferredComponent } from "../runs/runTransfer.ts";
export type { RunSummary, SeparationSummary } from "../runs/summary.ts";
