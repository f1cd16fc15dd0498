import type { ConditionName, DirectionName } from "./direction.ts";

/** The most rows that can be chosen at once: a list of more is read by nobody. */
export const mostRows = 200;

/** One row of one condition, from 0. */
export interface ChosenRow {
  readonly condition: ConditionName;
  readonly row: number;
}

/** Whatever was last chosen anywhere; the inspector follows it. */
export type Selection =
  | {
      readonly kind: "component";
      readonly runId: string;
      readonly direction: DirectionName;
      readonly index: number;
    }
  | {
      readonly kind: "neuron";
      readonly runId: string;
      readonly direction: DirectionName;
      /** The component on which the neuron was chosen. */
      readonly component: number;
      readonly neuron: number;
    }
  | {
      readonly kind: "row";
      readonly runId: string;
      readonly direction: DirectionName;
      readonly component: number;
      readonly condition: "target" | "reference";
      readonly row: number;
    }
  | {
      readonly kind: "rows";
      readonly runId: string;
      readonly direction: DirectionName;
      readonly component: number;
      /** Two or more. */
      readonly rows: readonly ChosenRow[];
    };
