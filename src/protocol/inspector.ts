/** What the inspector shows of the selection: five facts and one small chart at the most. */
export interface InspectorView {
  /** "Component 1", "Neuron 98", "Row 12 (him)". */
  readonly title: string;
  readonly subtitle: string;
  readonly facts: readonly {
    readonly label: string;
    readonly value: string;
    readonly hint?: string;
  }[];
  /** The rows that are chosen. */
  readonly rows?: readonly InspectedRow[];
  readonly chart?: InspectorChart;
}

export interface InspectedRow {
  /** "Row 12 (him)". */
  readonly name: string;
  readonly condition: "target" | "reference";
  /** The sentence: what stands before, in and after the words that differ from its counterpart; empty if unknown. */
  readonly before: string;
  readonly differing: string;
  readonly after: string;
  readonly values: readonly { readonly label: string; readonly value: string }[];
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

export type HostToInspector =
  { readonly kind: "view"; readonly view: InspectorView } | { readonly kind: "empty" };

/** All that the inspector may ask the host to do. */
export const inspectorCommands = ["run", "openWalkthrough"] as const;
export type InspectorCommand = (typeof inspectorCommands)[number];

export type InspectorToHost =
  | { readonly kind: "ready" }
  | { readonly kind: "command"; readonly command: InspectorCommand }
  | { readonly kind: "fault"; readonly message: string; readonly stack?: string };
