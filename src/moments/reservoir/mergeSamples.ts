import { EigenlensError } from "../../errors.ts";
import type { MomentsFile } from "../openMoments.ts";
import type { KeptRows, ReservoirDesign } from "./keptRows.ts";
import { mergeReservoirs } from "./mergeReservoirs.ts";

/**
 * How the samples of several documents were drawn.
 * @returns undefined if one of them keeps none: a sample of some parts is none of all rows
 * @throws EigenlensError "condition" if they were drawn differently
 */
export function mergedDesign(parts: readonly MomentsFile[]): ReservoirDesign | undefined {
  let common: ReservoirDesign | undefined;
  let first = "";
  for (const { path, reservoir } of parts) {
    if (reservoir === undefined) return undefined;
    const { seed, size } = reservoir.design;
    if (common !== undefined && (common.seed !== seed || common.size !== size)) {
      throw new EigenlensError(
        "condition",
        `${first} keeps ${common.size} rows of each condition by seed ${common.seed}, ${path} ${size} by seed ${seed}: make all parts with the same --reservoir and --seed.`,
      );
    }
    common = { seed, size };
    first = path;
  }
  return common;
}

/**
 * The sample of each condition over all documents that have it.
 * @param columns D
 * @throws EigenlensError as reading and {@link mergeReservoirs} do
 */
export async function mergedSamples(
  parts: readonly MomentsFile[],
  conditions: readonly string[],
  columns: number,
  design: ReservoirDesign,
): Promise<ReadonlyMap<string, KeptRows>> {
  const samples = new Map<string, KeptRows>();
  for (const condition of conditions) {
    const found: { path: string; kept: KeptRows }[] = [];
    for (const { path, reservoir } of parts) {
      const kept = await reservoir?.read(condition);
      if (kept !== undefined) found.push({ path, kept });
    }
    if (found.length > 0)
      samples.set(condition, mergeReservoirs(found, condition, design, columns));
  }
  return samples;
}
