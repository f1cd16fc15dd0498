import type { FileSystem } from "../../activations/byteSource.ts";
import {
  likeliestPair,
  type ConditionCandidate,
  type ConditionProposal,
} from "../../conditions/naming/proposeConditions.ts";
import { EigenlensError } from "../../errors.ts";
import { isMomentsDocument } from "../../moments/isMomentsDocument.ts";
import { openMoments } from "../../moments/openMoments.ts";

/**
 * The conditions of moments documents as those to choose from: their tensors are no rows.
 * @returns undefined if no file is a moments document
 * @throws EigenlensError "condition" if others are among them; as {@link openMoments} does
 */
export async function proposeMoments(
  paths: readonly string[],
  fileSystem: FileSystem,
): Promise<ConditionProposal | undefined> {
  const found = await Promise.all(paths.map((path) => momentsCandidates(path, fileSystem)));
  const moments = paths.find((_path, place) => found[place] !== undefined);
  if (moments === undefined) return undefined;
  const rows = paths.find((_path, place) => found[place] === undefined);
  if (rows !== undefined) throw mixed(moments, rows);
  const candidates = found.flatMap((own) => own ?? []);
  const mustChoose = candidates.length !== 2;
  return { candidates, mustChoose, ...likeliestPair(candidates) };
}

/**
 * The conditions of one moments document.
 * @returns undefined if the file is none
 * @throws EigenlensError as {@link openMoments} does
 */
export async function momentsCandidates(
  path: string,
  fileSystem: FileSystem,
): Promise<ConditionCandidate[] | undefined> {
  if (!(await isMomentsDocument(path, fileSystem))) return undefined;
  const { conditions, columns, rows, close } = await openMoments(path, fileSystem);
  await close();
  return conditions.map((tensor) => ({
    source: { path, tensor },
    name: tensor,
    rows: rows(tensor),
    columns,
  }));
}

/** One condition as moments and one as rows. */
export function mixed(moments: string, rows: string): EigenlensError {
  return new EigenlensError(
    "condition",
    `${moments} holds moments, ${rows} rows: make moments of both with eigenlens moments.`,
  );
}
