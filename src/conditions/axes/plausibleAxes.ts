import type { AxisName } from "../../activations/axes/axes.ts";

/** Orders in which tools save axes, the commonest first. */
const orders: readonly (readonly AxisName[])[] = [
  ["row", "neuron"],
  ["token", "neuron"],
  ["row", "token", "neuron"],
  ["row", "layer", "neuron"],
  ["row", "head", "neuron"],
  ["layer", "row", "neuron"],
  ["layer", "token", "neuron"],
  ["token", "layer", "neuron"],
  ["token", "head", "neuron"],
  ["row", "layer", "token", "neuron"],
  ["row", "token", "layer", "neuron"],
  ["layer", "row", "token", "neuron"],
  ["row", "token", "head", "neuron"],
  ["row", "head", "token", "neuron"],
  ["row", "layer", "head", "neuron"],
  ["row", "layer", "token", "head", "neuron"],
  ["row", "layer", "head", "token", "neuron"],
  ["row", "token", "layer", "head", "neuron"],
  ["layer", "row", "token", "head", "neuron"],
  ["layer", "row", "head", "token", "neuron"],
];

/**
 * What the axes of an array may be, outermost first, the likeliest first.
 * @param rank how many axes it has
 * @returns none for fewer than two axes or more than five
 */
export function plausibleAxes(rank: number): readonly (readonly AxisName[])[] {
  return orders.filter(({ length }) => length === rank);
}
