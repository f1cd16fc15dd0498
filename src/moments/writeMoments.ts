import { writeWholeFile, type Inputs } from "../files/writeWholeFile.ts";
import type { Scatter } from "../linalg/crossProductAccumulator.ts";
import { EigenlensError } from "../errors.ts";
import { printable } from "../text/printable.ts";
import {
  isConditionName,
  partNames,
  subsetsOf,
  tensorName,
  type Subset,
} from "./documentFormat.ts";
import { writtenMetadata, type MomentsMetadata } from "./metadata.ts";
import {
  reservoirBytes,
  reservoirMetadata,
  reservoirTensors,
  type ReservoirLayout,
} from "./reservoir/writtenReservoir.ts";

/** What a moments document will hold, known before the first row is read. */
export interface MomentsLayout {
  readonly conditions: readonly string[];
  /** D */
  readonly columns: number;
  readonly metadata: MomentsMetadata;
  /** Which rows are kept as they are; absent for none. */
  readonly reservoir?: ReservoirLayout;
}

/** The moments of one condition: of all its rows, and of those of each fold if there are folds. */
export interface ConditionSums {
  readonly total: Scatter;
  readonly folds: readonly Scatter[];
  /** Of each group of clusters, if there are groups. */
  readonly groups?: readonly Scatter[];
  /** The rows that the layout's reservoir chose, [m, D]; absent for none. */
  readonly kept?: Float64Array;
}

/**
 * Writes a moments document (safetensors, float64), one condition after the other, so that only one is in memory. The
 * file is there whole or not at all.
 * @param produce is asked for each condition in the layout's order
 * @param maker the version of Eigenlens
 * @param inputs what must not be written over
 * @throws EigenlensError "condition" if a condition cannot be called so; "numerics" if a sum is beyond a
 *   double; as {@link writeWholeFile} and `produce` do
 */
export async function writeMoments(
  path: string,
  layout: MomentsLayout,
  produce: (condition: string) => Promise<ConditionSums>,
  maker: string,
  inputs?: Inputs,
): Promise<void> {
  const { conditions, columns, metadata } = layout;
  checkNames(conditions);
  const folds = metadata.assignment?.folds ?? 0;
  const groups = metadata.assignment?.groups?.count ?? 0;
  const subsets = subsetsOf(folds, groups);
  await writeWholeFile(
    path,
    async (append) => {
      await append(headerBytes(layout, subsets, maker));
      for (const condition of conditions) {
        const sums = await produce(condition);
        const parts = [sums.total, ...sums.folds, ...(sums.groups ?? [])];
        if (sums.folds.length !== folds || parts.length !== subsets.length) {
          throw new RangeError(`${parts.length} sums came for a document of ${subsets.length}.`);
        }
        for (const { rows, mean, scatter } of parts) {
          if (mean.length !== columns) throw new RangeError(`A mean has ${mean.length} columns.`);
          checkFinite(condition, scatter.values);
          for (const values of [Float64Array.of(rows), mean, scatter.values]) {
            await append(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
          }
        }
        const chosen = layout.reservoir?.chosen.get(condition);
        if (chosen === undefined) continue;
        const { kept } = sums;
        if (kept?.length !== chosen.index.length * columns) {
          throw new RangeError(`${chosen.index.length} rows of ${condition} were to be kept.`);
        }
        for (const bytes of reservoirBytes(chosen, kept)) await append(bytes);
      }
    },
    inputs,
  );
}

function checkFinite(condition: string, scatter: Float64Array): void {
  if (scatter.every(Number.isFinite)) return;
  throw new EigenlensError(
    "numerics",
    `The sums of squares of ${printable(condition)} are beyond what a double holds: scale the activations first.`,
  );
}

/** @throws EigenlensError "condition" for names that a reader would not tell apart */
function checkNames(conditions: readonly string[]): void {
  for (const [place, name] of conditions.entries()) {
    if (conditions.indexOf(name) !== place) {
      throw new EigenlensError(
        "condition",
        `Two conditions are called ${printable(name)}: give each a name of its own.`,
      );
    }
    if (isConditionName(name)) continue;
    throw new EigenlensError(
      "condition",
      `A condition in a moments document cannot be called "${printable(name)}", which reads as the name of a fold or of a group of clusters: choose another name.`,
    );
  }
}

function headerBytes(
  { conditions, columns, metadata, reservoir }: MomentsLayout,
  subsets: readonly (Subset | undefined)[],
  maker: string,
): Uint8Array {
  const kept = reservoir === undefined ? {} : reservoirMetadata(reservoir);
  const header: Record<string, unknown> = {
    __metadata__: { ...writtenMetadata(metadata, maker), ...kept },
  };
  let end = 0;
  const add = (name: string, shape: readonly number[], dtype: "F64" | "I64" = "F64"): void => {
    const start = end;
    end += shape.reduce((product, extent) => product * extent, 8);
    header[name] = { dtype, shape, data_offsets: [start, end] };
  };
  for (const condition of conditions) {
    for (const subset of subsets) {
      const shapes = { count: [1], mean: [columns], scatter: [columns, columns] };
      for (const part of partNames) add(tensorName(condition, subset, part), shapes[part]);
    }
    const chosen = reservoir?.chosen.get(condition);
    if (chosen === undefined) continue;
    for (const { name, shape, dtype } of reservoirTensors(condition, chosen, columns)) {
      add(name, shape, dtype);
    }
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + length).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  return bytes;
}
