import { createHash } from "node:crypto";

/**
 * The fold of a cluster by its name alone, so that every process that meets it puts it into the same fold: the first four
 * bytes, big-endian, of the SHA-256 of `SEED:CLUSTER` in UTF-8, modulo the number of folds. `eigenlens_moments.py` has
 * the same rule.
 */
export function foldOfCluster(cluster: string, seed: number, folds: number): number {
  const digest = createHash("sha256").update(`${seed}:${cluster}`, "utf8").digest();
  return digest.readUInt32BE(0) % folds;
}
