import type { ConditionName, DirectionName } from "./direction.ts";
import type { Verdict } from "./results.ts";

/** One value for each condition. */
export type OfConditions<Value> = Readonly<Record<ConditionName, Value>>;

/** What the inspector shows of the selection. */
export type Inspected = InspectedComponent | InspectedNeuron | InspectedRow | InspectedRows;

/** What one component separates, how much of it survives held out, and which neurons make it. */
export interface InspectedComponent {
  readonly kind: "component";
  readonly names: OfConditions<string>;
  readonly direction: DirectionName;
  /** From 0. */
  readonly index: number;
  readonly eigenvalue: number;
  readonly carriedVariance: number;
  readonly silencedVariance: number;
  /** Null if it was not held out. */
  readonly heldOutRatio: number | null;
  /** Of the direction's first component; null before any validation. */
  readonly verdict: Verdict | null;
  readonly meanDifference: number;
  /** The largest by magnitude. */
  readonly loadings: readonly { readonly neuron: number; readonly value: number }[];
}

/** A neuron's entry of a vector, and its place among all by magnitude, from 1. */
export interface RankedEntry {
  readonly value: number;
  readonly rank: number;
  readonly among: number;
}

/** How one neuron takes part in a component, and what it does in each condition. */
export interface InspectedNeuron {
  readonly kind: "neuron";
  readonly names: OfConditions<string>;
  readonly neuron: number;
  /** From 0. */
  readonly component: number;
  readonly filter: RankedEntry;
  readonly pattern: RankedEntry;
  /** Whether the pattern lies within the kept components. */
  readonly patternWithinSpan: boolean;
  readonly mean: OfConditions<number>;
  readonly variance: OfConditions<number>;
  /** Its entry of the first filters. */
  readonly filters: readonly { readonly index: number; readonly value: number }[];
}

/** Where one row lies on a component, among its condition and beside its counterpart. */
export interface InspectedRow {
  readonly kind: "row";
  readonly names: OfConditions<string>;
  readonly component: number;
  readonly row: ListedRow;
  /** Undefined if sentences are not known. */
  readonly sentence?: string;
  /** Of the projections of its condition, ddof = 1; 0 if they do not vary. */
  readonly deviation: number;
  /** Of its condition. */
  readonly rows: number;
  /** From 1, the largest projection first; and by distance from the mean. */
  readonly rank: number;
  readonly distanceRank: number;
  /** The same row of the other condition, if both have sentences, one for one. */
  readonly counterpart?: { readonly value: number; readonly sentence: string };
  /** On which of the first components it stands out most, in standard deviations. */
  readonly strongest?: { readonly index: number; readonly score: number; readonly among: number };
  readonly projections: OfConditions<Float64Array>;
}

/** Several rows. */
export interface InspectedRows {
  readonly kind: "rows";
  readonly names: OfConditions<string>;
  readonly component: number;
  readonly rows: readonly ListedRow[];
  /** To how many clusters they belong; absent if none are known. */
  readonly clusters?: number;
}

/** One row with its numbers on the component. */
export interface ListedRow {
  readonly condition: ConditionName;
  /** From 0. */
  readonly row: number;
  /** The sentence: what stands before, in and after the words that differ from its counterpart; empty if unknown. */
  readonly before: string;
  readonly differing: string;
  readonly after: string;
  /** The projection from the folds that did not see the row. */
  readonly heldOut?: number;
  readonly inSample: number;
  /** From 0. */
  readonly cluster?: number;
}

export type HostToInspector =
  { readonly kind: "shown"; readonly shown: Inspected } | { readonly kind: "empty" };

/** All that the inspector may ask the host to do. */
export const inspectorCommands = ["run", "openWalkthrough"] as const;
export type InspectorCommand = (typeof inspectorCommands)[number];

export type InspectorToHost =
  | { readonly kind: "ready" }
  | { readonly kind: "command"; readonly command: InspectorCommand }
  | { readonly kind: "fault"; readonly message: string; readonly stack?: string };
