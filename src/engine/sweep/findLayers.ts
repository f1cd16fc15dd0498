import type { FileSystem } from "../../activations/byteSource.ts";
import { guessName } from "../../conditions/naming/guessName.ts";
import { pairLayers, type LayerPair } from "../../conditions/naming/pairLayers.ts";
import {
  conditionCandidates,
  type ConditionCandidate,
} from "../../conditions/naming/proposeConditions.ts";
import type { TensorReading } from "../../conditions/naming/tensorReading.ts";
import { parseSource } from "../../conditions/parseSource.ts";
import { EigenlensError } from "../../errors.ts";
import { momentsCandidates } from "../moments/proposeMoments.ts";

/**
 * The pairs of conditions, one per layer, that the files hold.
 * @param readings of tensors that leave something open
 * @throws EigenlensError "condition" if no layer has two conditions that fit together, or as the files do
 */
export async function findLayers(
  paths: readonly string[],
  fileSystem: FileSystem,
  readings: readonly TensorReading[] = [],
): Promise<LayerPair[]> {
  const candidates: ConditionCandidate[] = [];
  for (const text of paths) {
    // Rows and tokens are chosen for all layers alike: `vllm[token=last]`.
    const { path, token, rows } = parseSource(text);
    const chosen = {
      ...(token === undefined ? {} : { token }),
      ...(rows === undefined ? {} : { rows }),
    };
    // Conditions of moments are called as tensors are, place and all.
    const moments = await momentsCandidates(path, fileSystem);
    const found =
      moments?.map((each) => ({ ...each, name: guessName(each.source) })) ??
      (await conditionCandidates(path, fileSystem, readings));
    for (const candidate of found) {
      candidates.push({ ...candidate, source: { ...candidate.source, ...chosen } });
    }
  }
  const pairs = pairLayers(candidates);
  if (pairs.length > 0) return pairs;
  throw new EigenlensError(
    "condition",
    `No layers were found in ${paths.join(", ")}: two conditions per layer are needed, with the layer's number in ` +
      `the tensors' or the files' names, as in blocks.6.mlp.hook_post.him or layer6_him.npy.`,
  );
}
