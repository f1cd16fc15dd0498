import type { RowBuffer } from "../../activations/activationFile.ts";
import type { AxisName } from "../../activations/axes/axes.ts";
import { denseStrides } from "../../activations/shape.ts";

/** Which layer and head of a row are taken; heads side by side if all are. */
export interface ChosenEntries {
  /** An index along the axis. */
  readonly layer?: number;
  readonly head?: number | "all";
}

/** Where the values of one token lie in a row, whose axes are in any order. */
export interface RowLayout {
  readonly columns: number;
  /** Undefined if the row has no axis of tokens. */
  readonly tokens?: number;
  readonly tokenStride: number;
  readonly base: number;
  /** [columns], from the base of a token on; undefined if they lie one after another. */
  readonly offsets?: Uint32Array;
}

/**
 * The layout of a row in C order.
 * @param names of its axes, without that of rows; an axis of one needs no choice
 * @param shape of the row
 */
export function rowLayout(
  names: readonly AxisName[],
  shape: readonly number[],
  { layer = 0, head = 0 }: ChosenEntries,
): RowLayout {
  const strides = denseStrides(shape, "row-major");
  const at = (name: AxisName) => names.indexOf(name);
  const strideOf = (name: AxisName) => strides[at(name)] ?? 0;
  const extentOf = (name: AxisName) => shape[at(name)] ?? 1;
  const neurons = extentOf("neuron");
  const heads = head === "all" ? extentOf("head") : 1;
  const base = layer * strideOf("layer") + (head === "all" ? 0 : head * strideOf("head"));
  const offsets = new Uint32Array(heads * neurons);
  for (let each = 0; each < heads; each++) {
    for (let neuron = 0; neuron < neurons; neuron++) {
      offsets[each * neurons + neuron] = each * strideOf("head") + neuron * strideOf("neuron");
    }
  }
  const isDense = offsets.every((offset, column) => offset === column);
  return {
    columns: heads * neurons,
    tokenStride: strideOf("token"),
    base,
    ...(at("token") === -1 ? {} : { tokens: extentOf("token") }),
    ...(isDense ? {} : { offsets }),
  };
}

/** Copies one token of a row that begins at `from` of `values`. */
export function copyToken(
  values: RowBuffer,
  from: number,
  layout: RowLayout,
  token: number,
  destination: RowBuffer,
  to: number,
): void {
  const { columns, offsets } = layout;
  const start = from + layout.base + token * layout.tokenStride;
  if (offsets === undefined) {
    destination.set(values.subarray(start, start + columns), to);
    return;
  }
  for (let column = 0; column < columns; column++) {
    destination[to + column] = values[start + (offsets[column] ?? 0)] as number;
  }
}

/** The mean over tokens of a row, summed in their order. */
export function meanOfTokens(
  values: RowBuffer,
  from: number,
  layout: RowLayout,
  tokens: ArrayLike<number>,
  destination: RowBuffer,
  to: number,
): void {
  const { columns, offsets, base, tokenStride } = layout;
  for (let column = 0; column < columns; column++) {
    const start = from + base + (offsets?.[column] ?? column);
    let sum = 0;
    for (let i = 0; i < tokens.length; i++) {
      sum += values[start + (tokens[i] as number) * tokenStride] as number;
    }
    destination[to + column] = sum / tokens.length;
  }
}

/** Tokens of a row up to the last one that is not zero throughout: what follows is padding. */
export function realTokens(values: RowBuffer, from: number, layout: RowLayout): number {
  const { columns, offsets, base, tokenStride, tokens = 1 } = layout;
  for (let token = tokens - 1; token >= 0; token--) {
    const start = from + base + token * tokenStride;
    for (let column = 0; column < columns; column++) {
      if (values[start + (offsets?.[column] ?? column)] !== 0) return token + 1;
    }
  }
  return 0;
}
