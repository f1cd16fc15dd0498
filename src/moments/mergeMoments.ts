import type { Scatter } from "../linalg/crossProductAccumulator.ts";
import { addScatter, emptyScatter } from "../linalg/scatters.ts";
import { EigenlensError } from "../errors.ts";
import type { FoldAssignment, MomentsMetadata } from "./metadata.ts";
import type { MomentsFile } from "./openMoments.ts";
import { commonProvenance } from "./provenance.ts";
import type { ConditionSums, MomentsLayout } from "./writeMoments.ts";

/** Of all parts together. */
const acrossParts =
  "Folds were assigned within each of the merged parts: rows that depend on each other across parts may stand on both sides, so that the held-out ratio is too good.";

/**
 * What the sum of several documents holds: every condition of any of them.
 * @throws EigenlensError "condition" if they differ in width, in origin or in how rows were assigned to folds
 */
export function mergedLayout(parts: readonly MomentsFile[]): MomentsLayout {
  const [first, ...others] = parts;
  const inBasis = parts.find(({ basis }) => basis !== undefined);
  if (inBasis !== undefined) {
    throw new EigenlensError(
      "condition",
      `${inBasis.path} has moments in ${inBasis.dimensions} directions that were found in its own rows, which do not add up with others: sum all rows in one job.`,
    );
  }
  let metadata: MomentsMetadata = first.metadata;
  for (const part of others) {
    if (part.columns !== first.columns) {
      throw new EigenlensError(
        "condition",
        `${first.path} has moments of ${first.columns} columns, ${part.path} of ${part.columns}: choose parts of one capture.`,
      );
    }
    const [own, other] = [metadata.assignment, part.metadata.assignment];
    if (other?.groups?.paired === true) metadata = { ...metadata, assignment: other };
    if (!isSameAssignment(own, other)) {
      throw new EigenlensError(
        "condition",
        `${first.path} and ${part.path} were put into folds in different ways (${own?.folds ?? 0} and ${other?.folds ?? 0} folds, seeds ${own?.seed ?? 0} and ${other?.seed ?? 0}): make all parts with the same --folds and --seed.`,
      );
    }
    metadata = {
      ...metadata,
      provenance: commonProvenance(metadata.provenance, part.metadata.provenance, [
        first.path,
        part.path,
      ]),
      notes: [...metadata.notes, ...part.metadata.notes],
    };
  }
  const notes =
    others.length > 0 && metadata.assignment?.rule === "design"
      ? [acrossParts, ...metadata.notes]
      : metadata.notes;
  return {
    conditions: [...new Set(parts.flatMap(({ conditions }) => conditions))],
    columns: first.columns,
    metadata: { ...metadata, notes: [...new Set(notes)] },
  };
}

/** Whether the folds of two documents are of one partition. */
export function isSameAssignment(
  a: FoldAssignment | undefined,
  b: FoldAssignment | undefined,
): boolean {
  if (a === undefined || b === undefined) return a === b;
  const isSame = a.rule === b.rule && a.unit === b.unit && a.seed === b.seed;
  return isSame && a.folds === b.folds && a.groups?.count === b.groups?.count;
}

/**
 * One condition's moments over all documents that have it (Chan, Golub and LeVeque 1983), in float64.
 * @throws EigenlensError "file-format" as {@link MomentsFile.read} does
 */
export async function mergeCondition(
  parts: readonly MomentsFile[],
  condition: string,
  folds: number,
  groups = 0,
): Promise<ConditionSums> {
  const having = parts.filter(({ conditions }) => conditions.includes(condition));
  const columns = having[0].columns;
  const sumOf = async (read: (part: MomentsFile) => Promise<Scatter>): Promise<Scatter> => {
    let total = emptyScatter(columns);
    for (const part of having) total = addScatter(total, await read(part));
    return total;
  };
  const sum = (fold?: number) => sumOf((part) => part.read(condition, fold));
  const inFolds: Scatter[] = [];
  for (let fold = 0; fold < folds; fold += 1) inFolds.push(await sum(fold));
  const total = await sum();
  if (groups === 0) return { total, folds: inFolds };
  const inGroups: Scatter[] = [];
  for (let group = 0; group < groups; group += 1) {
    inGroups.push(await sumOf((part) => part.readGroup(condition, group)));
  }
  return { total, folds: inFolds, groups: inGroups };
}
