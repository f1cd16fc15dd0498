import type { RunComparison } from "../../runs/compare/comparison.ts";

export type {
  ComparedDirections,
  ComparedPair,
  ComparedRun,
  RunComparison,
  SharedRows,
  VectorComparison,
} from "../../runs/compare/comparison.ts";

/** Host to comparison panel. */
export type HostToComparison =
  | {
      readonly kind: "comparison";
      /** By which the host knows the runs, in their order: kept over a window reload. */
      readonly runIds: readonly string[];
      readonly comparison: RunComparison;
    }
  | { readonly kind: "problem"; readonly message: string };

/** Comparison panel to host. */
export type ComparisonToHost =
  | { readonly kind: "ready" }
  /** Shows one of the runs, by its place. */
  | { readonly kind: "open"; readonly place: number }
  | { readonly kind: "fault"; readonly message: string; readonly stack?: string };
