import type {
  ActivationFile,
  RaggedRow,
  RowBuffer,
  TensorInfo,
} from "../../activations/activationFile.ts";
import type { AxisName } from "../../activations/axes/axes.ts";
import { valueCount } from "../../activations/shape.ts";
import { tokenIndex, type TokenRule } from "../tokens/tokenRule.ts";
import type { OwnTokens } from "../tokens/ownTokens.ts";
import {
  copyToken,
  meanOfTokens,
  realTokens,
  rowLayout,
  type ChosenEntries,
  type RowLayout,
} from "./rowLayout.ts";

/** What is taken of each row. */
export interface RowChoice {
  readonly chosen: ChosenEntries;
  /** Undefined if rows have no axis of tokens. */
  readonly rule?: TokenRule;
  /** The rows' own tokens, by selected row, where a mask says so. */
  readonly own?: OwnTokens;
  /** For messages. */
  readonly where: string;
}

/** One row, by its number in the file and among the selected. */
export interface RowPlace {
  readonly row: number;
  readonly position: number;
}

/** Reduces a row that is in memory, beginning at `from`, to its vector. */
export function reduceRow(
  values: RowBuffer,
  from: number,
  layout: RowLayout,
  choice: RowChoice,
  place: RowPlace,
  destination: RowBuffer,
  to: number,
  countsZeros = false,
): void {
  const { rule, own, where } = choice;
  if (rule === undefined) {
    copyToken(values, from, layout, 0, destination, to);
    return;
  }
  const { tokens = 1 } = layout;
  const known = own?.of(place.position);
  // Without a mask or a length of its own, a row ends with its last token that is not zero throughout.
  const all = () => (countsZeros ? tokens : Math.max(1, realTokens(values, from, layout)));
  if (rule.kind === "mean") {
    const taken = known ?? Uint32Array.from({ length: all() }, (_, token) => token);
    tokenIndex(0, taken.length, where, place.row);
    meanOfTokens(values, from, layout, taken, destination, to);
    return;
  }
  const wanted = rule.kind === "last" ? -1 : rule.of(place.position);
  const count = known?.length ?? (rule.kind === "last" ? all() : tokens);
  const index = tokenIndex(wanted, count, where, place.row);
  copyToken(values, from, layout, known?.[index] ?? index, destination, to);
}

/** Tokens are summed so many values at a time. */
const chunkValues = 2 ** 20;

/**
 * Reads the vector of one row that is an array of its own, and of it no more than is needed: one entry of an axis that
 * stands first, or one token.
 */
export async function readRaggedRow(
  row: RaggedRow,
  names: readonly AxisName[],
  choice: RowChoice,
  place: RowPlace,
  destination: RowBuffer,
  to: number,
  countsZeros: boolean,
): Promise<void> {
  const [first] = names;
  const [extent = 0] = row.shape;
  const { chosen, rule, own, where } = choice;
  const fixed = first === "layer" ? chosen.layer : first === "head" ? chosen.head : undefined;
  const read = async (start: number, stop: number) => {
    const count = (stop - start) * valueCount(row.shape.slice(1));
    const values =
      destination instanceof Float32Array ? new Float32Array(count) : new Float64Array(count);
    if (count > 0) await row.read(start, stop, values);
    return values;
  };
  if (typeof fixed === "number") {
    const values = await read(fixed, fixed + 1);
    const layout = rowLayout(names.slice(1), row.shape.slice(1), chosen);
    reduceRow(values, 0, layout, choice, place, destination, to, countsZeros);
    return;
  }
  const known = own?.of(place.position);
  if (first !== "token" || rule === undefined || (known === undefined && !countsZeros)) {
    const layout = rowLayout(names, row.shape, chosen);
    reduceRow(await read(0, extent), 0, layout, choice, place, destination, to, countsZeros);
    return;
  }
  const layout = rowLayout(names.slice(1), row.shape.slice(1), chosen);
  const count = known?.length ?? extent;
  if (rule.kind !== "mean") {
    const wanted = rule.kind === "last" ? -1 : rule.of(place.position);
    const index = tokenIndex(wanted, count, where, place.row);
    const token = known?.[index] ?? index;
    copyToken(await read(token, token + 1), 0, layout, 0, destination, to);
    return;
  }
  tokenIndex(0, count, where, place.row);
  const sum = new Float64Array(layout.columns);
  const vector = new Float64Array(layout.columns);
  const length = valueCount(row.shape.slice(1));
  const step = Math.max(1, Math.floor(chunkValues / Math.max(1, length)));
  for (let start = 0; start < count; start += step) {
    const stop = Math.min(count, start + step);
    const from = known?.[start] ?? start;
    const values = await read(from, (known?.[stop - 1] ?? stop - 1) + 1);
    for (let each = start; each < stop; each++) {
      copyToken(values, ((known?.[each] ?? each) - from) * length, layout, 0, vector, 0);
      for (let column = 0; column < sum.length; column++) {
        sum[column] = (sum[column] ?? 0) + (vector[column] ?? 0);
      }
    }
  }
  for (let column = 0; column < sum.length; column++) {
    destination[to + column] = (sum[column] ?? 0) / count;
  }
}

/** Rows of a tensor whose format reads any entry, as arrays of their own. */
export function rowOfEntries(
  file: ActivationFile,
  info: TensorInfo,
  row: number,
): RaggedRow | undefined {
  const entry = file.entryOf?.(info.name, row);
  if (entry === undefined) return undefined;
  return {
    shape: info.shape.slice(1),
    read: (start, stop, destination) => entry.readRows(info.name, start, stop, destination),
  };
}
