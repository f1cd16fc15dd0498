import type { FileSystem } from "../../activations/byteSource.ts";
import {
  likeliestPair,
  type ConditionCandidate,
  type ConditionProposal,
} from "../../conditions/naming/proposeConditions.ts";
import { openMoments } from "../../moments/openMoments.ts";
import { isMomentsDocument } from "./momentsPair.ts";

/**
 * The conditions of moments documents as those to choose from: their tensors are no rows.
 * @returns undefined if not all files are moments documents
 * @throws EigenlensError as {@link openMoments} does
 */
export async function proposeMoments(
  paths: readonly string[],
  fileSystem: FileSystem,
): Promise<ConditionProposal | undefined> {
  const candidates: ConditionCandidate[] = [];
  for (const path of paths) {
    if (!(await isMomentsDocument(path, fileSystem))) return undefined;
    const file = await openMoments(path, fileSystem);
    for (const name of file.conditions) {
      const source = { path, tensor: name };
      candidates.push({ source, name, rows: file.rows(name), columns: file.columns });
    }
    await file.close();
  }
  const mustChoose = candidates.length !== 2;
  return { candidates, mustChoose, ...likeliestPair(candidates) };
}
