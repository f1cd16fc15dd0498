import type { ListedRow } from "../../../src/protocol/inspector.ts";

/** What the inspector says of the selection: five facts and one small chart at the most. */
export interface InspectorContent {
  /** "Component 1", "Neuron 98", "Row 12 (him)". */
  readonly title: string;
  readonly subtitle: string;
  readonly facts: readonly InspectorFact[];
  /** The rows that are chosen. */
  readonly rows?: readonly ContentRow[];
  readonly chart?: InspectorChart;
}

export interface InspectorFact {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
}

export interface ContentRow extends Pick<
  ListedRow,
  "condition" | "before" | "differing" | "after"
> {
  /** "Row 12 (him)". */
  readonly name: string;
  /** "held out 0.2 · in sample 0.4". */
  readonly numbers: string;
}

export type InspectorChart =
  /** Signed bars, labelled: a component's top neurons, a sentence's components. */
  | {
      readonly kind: "bars";
      readonly title: string;
      readonly bars: readonly { readonly label: string; readonly value: number }[];
    }
  /** Two groups of values on one axis: a neuron's or component's projections in both conditions. */
  | {
      readonly kind: "strips";
      readonly title: string;
      readonly target: { readonly name: string; readonly values: Float64Array };
      readonly reference: { readonly name: string; readonly values: Float64Array };
      /** The value to mark (a chosen sentence). */
      readonly marked?: number;
    };
