import type { HostToPanel } from "../../../src/protocol/panel.ts";
import type { NeuronValues } from "../../../src/protocol/neuronValues.ts";
import { conditionNames, rangeOf } from "../rows.ts";

/** A neuron's activations, and between what they lie in both conditions together. */
export interface NeuronColours {
  readonly neuron: number;
  readonly values: NeuronValues;
  readonly low: number;
  readonly high: number;
}

/** By what the rows are coloured, and what is known for it. */
export interface ColourState {
  readonly by: "condition" | "neuron";
  /** That the host was asked for; never asked twice in a row. */
  readonly asked: number | undefined;
  /** The last that came; it stays in the drawings until the next does. */
  readonly known: NeuronColours | undefined;
  /** In one line why the neuron asked for has none. */
  readonly why: string | undefined;
}

export const byCondition: ColourState = {
  by: "condition",
  asked: undefined,
  known: undefined,
  why: undefined,
};

/** A neuron was chosen: the rows are coloured by it; one that failed is tried again. */
export function byNeuron(state: ColourState): ColourState {
  return state.why === undefined
    ? { ...state, by: "neuron" }
    : { ...state, by: "neuron", asked: undefined, why: undefined };
}

/** The neuron to ask the host for now; undefined if there is none. */
export function wantedNeuron({ by, asked }: ColourState, neuron?: number): number | undefined {
  return by === "neuron" && neuron !== asked ? neuron : undefined;
}

/** The state after the host's answer; an answer to an earlier question changes nothing. */
export function withAnswer(
  state: ColourState,
  answer: Extract<HostToPanel, { readonly kind: "neuronValues" }>,
): ColourState {
  const { neuron } = answer;
  if (neuron !== state.asked) return state;
  if ("why" in answer) return { ...state, known: undefined, why: answer.why };
  const { values } = answer;
  const ranges = conditionNames.map((condition) => rangeOf(values[condition]));
  return {
    ...state,
    known: {
      neuron,
      values,
      low: Math.min(...ranges.map(({ low }) => low)),
      high: Math.max(...ranges.map(({ high }) => high)),
    },
    why: undefined,
  };
}

/** What colours the rows now; undefined if their condition does. */
export function shownColours({ by, known }: ColourState): NeuronColours | undefined {
  return by === "neuron" ? known : undefined;
}

/** 0 for the smallest activation, 1 for the largest; in the middle if all are equal. */
export function shareOfRange({ low, high }: NeuronColours, value: number): number {
  return high > low ? (value - low) / (high - low) : 0.5;
}
