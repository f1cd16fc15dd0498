import type { DirectionName } from "./direction.ts";

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
    };
