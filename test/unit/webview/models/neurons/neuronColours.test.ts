import { describe, expect, it } from "vitest";
import {
  byCondition,
  byNeuron,
  shareOfRange,
  shownColours,
  wantedNeuron,
  withAnswer,
} from "../../../../../webview/models/neurons/neuronColours.ts";

const values = { target: Float64Array.of(1, -2), reference: Float64Array.of(4) };
const asking = (neuron: number) => ({ ...byNeuron(byCondition), asked: neuron });

describe("the colours of the rows", () => {
  it("are their conditions' until a neuron is chosen", () => {
    expect(wantedNeuron(byCondition, 7)).toBeUndefined();
    expect(wantedNeuron(byNeuron(byCondition), 7)).toBe(7);
    expect(wantedNeuron(asking(7), 7)).toBeUndefined();
    expect(wantedNeuron(asking(7), 8)).toBe(8);
  });

  it("span both conditions' activations", () => {
    const state = withAnswer(asking(7), { kind: "neuronValues", neuron: 7, values });
    expect(shownColours(state)).toEqual({ neuron: 7, values, low: -2, high: 4 });
    expect(
      [-2, 1, 4].map((value) => shareOfRange({ neuron: 7, values, low: -2, high: 4 }, value)),
    ).toEqual([0, 0.5, 1]);
    expect(shownColours({ ...state, by: "condition" })).toBeUndefined();
  });

  it("of a neuron that never changes are all alike", () => {
    expect(shareOfRange({ neuron: 7, values, low: 3, high: 3 }, 3)).toBe(0.5);
  });

  it("stay until the next neuron's come, and are not those of one nobody waits for any more", () => {
    const first = withAnswer(asking(7), { kind: "neuronValues", neuron: 7, values });
    const next = { ...byNeuron(first), asked: 8 };
    expect(shownColours(next)?.neuron).toBe(7);
    expect(withAnswer(next, { kind: "neuronValues", neuron: 7, values })).toBe(next);
  });

  it("are the conditions' again if there are none, and are asked for again by a choice", () => {
    const first = withAnswer(asking(7), { kind: "neuronValues", neuron: 7, values });
    const failed = withAnswer(
      { ...first, asked: 8 },
      { kind: "neuronValues", neuron: 8, why: "him.npy is gone." },
    );
    expect(shownColours(failed)).toBeUndefined();
    expect(failed.why).toBe("him.npy is gone.");
    expect(wantedNeuron(failed, 8)).toBeUndefined();
    expect(wantedNeuron(byNeuron(failed), 8)).toBe(8);
  });
});
