import { describe, expect, it } from "vitest";
import { neuronDiscoveries } from "../../../../src/ged/validation/stability/neuronDiscoveries.ts";
import { matrix, type Matrix } from "../../../../src/linalg/matrix.ts";
import { normalDeviates } from "../../../../src/statistics/normalDeviates.ts";
import { purposes, RandomStream } from "../../../../src/statistics/random.ts";

const [neurons, planted, permutations] = [80, 8, 60];

/** Loadings of neurons of very different scales that share what chance gives them, in tens. */
function draw(seed: number, effect: number): { observed: Float64Array; permuted: Matrix } {
  const normal = normalDeviates(new RandomStream(seed, purposes.design, 1));
  const own = (): Float64Array => {
    const shared = Array.from({ length: neurons / 10 }, normal);
    return Float64Array.from({ length: neurons }, (_, j) => {
      const chance = 0.8 * (shared[Math.floor(j / 10)] ?? NaN) + 0.6 * normal();
      return chance * 0.95 ** j;
    });
  };
  const permuted = matrix(permutations, neurons);
  for (let i = 0; i < permutations; i += 1) permuted.values.set(own(), i * neurons);
  const observed = own();
  for (let k = 0; k < planted; k += 1) observed[k * 10] += effect * 0.95 ** (k * 10);
  return { observed, permuted };
}

describe("neurons whose loadings permuted labels do not give", () => {
  it("hold no more false ones than allowed, over 200 planted data sets", () => {
    let falseRate = 0;
    let found = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const { observed, permuted } = draw(seed, 6);
      const q = neuronDiscoveries(observed, permuted, 0);
      const discoveries = [...q.keys()].filter((neuron) => q[neuron] <= 0.05);
      const wrong = discoveries.filter((neuron) => neuron % 10 !== 0).length;
      falseRate += wrong / Math.max(1, discoveries.length) / 200;
      found += (discoveries.length - wrong) / planted / 200;
    }
    expect(falseRate).toBeLessThan(0.05);
    expect(found).toBeGreaterThan(0.8);
  });

  it("are none of a direction that is not shown", () => {
    const { observed, permuted } = draw(1, 50);
    expect(Math.min(...neuronDiscoveries(observed, permuted, 0.2))).toBe(0.2);
  });

  it("are never neurons that do not vary", () => {
    const { observed, permuted } = draw(2, 0);
    observed[3] = 1e-14;
    for (let i = 0; i < permutations; i += 1) permuted.values[i * neurons + 3] = 0;
    expect(neuronDiscoveries(observed, permuted, 0)[3]).toBe(1);
  });
});
