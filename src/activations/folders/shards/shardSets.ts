import { EigenlensError } from "../../../errors.ts";
import { printable } from "../../../text/printable.ts";
import { missingPart } from "./missingPart.ts";
import { shardName, type ShardName } from "./shardNames.ts";

/** All parts of one stem, in the order of their numbers. */
export interface ShardSet {
  readonly stem: string;
  readonly extension: string;
  readonly names: readonly string[];
}

/**
 * The sets among the names, each complete.
 * @param path of the folder, for messages
 * @throws EigenlensError "file-format" if a part is missing (it is named), or parts of several sets have one stem
 */
export function shardSets(path: string, names: readonly string[]): ShardSet[] {
  const byStem = new Map<string, ShardName[]>();
  for (const name of names) {
    const shard = shardName(name);
    if (shard === undefined) continue;
    const known = byStem.get(shard.stem);
    if (known === undefined) byStem.set(shard.stem, [shard]);
    else known.push(shard);
  }
  return [...byStem].map(([stem, shards]) => completeSet(path, stem, shards));
}

function completeSet(path: string, stem: string, shards: readonly ShardName[]): ShardSet {
  const [first] = shards;
  if (first === undefined) throw new RangeError("A set of no parts.");
  const { count, extension } = first;
  const byIndex = new Map<number, ShardName>();
  for (const shard of shards) {
    const twin = byIndex.get(shard.index);
    const other = shard.count === count && shard.extension === extension ? twin : first;
    if (other !== undefined) {
      throw new EigenlensError(
        "file-format",
        `${path} holds parts of several sets under one name (${printable(other.name, 100)} and ${printable(shard.name, 100)}): keep those of one save.`,
      );
    }
    byIndex.set(shard.index, shard);
  }
  const from = firstIndex(byIndex, count, extension);
  const ordered: string[] = [];
  for (let number = 1; number <= count; number++) {
    const shard = byIndex.get(from + number - 1);
    if (shard === undefined) throw missingPart(path, number, count, first.write(from + number - 1));
    ordered.push(shard.name);
  }
  if (byIndex.size > count) {
    throw new EigenlensError(
      "file-format",
      `${path} holds ${byIndex.size} parts of ${printable(stem, 100)}, whose names say that there are ${count}: keep those of one save.`,
    );
  }
  return { stem, extension, names: ordered };
}

/** Whether parts are counted from 0 (datasets, transformers' tables) or from 1 (transformers' weights). */
function firstIndex(
  byIndex: ReadonlyMap<number, ShardName>,
  count: number,
  extension: string,
): number {
  if (byIndex.has(0)) return 0;
  if (byIndex.has(count)) return 1;
  return extension === "parquet" || extension === "arrow" ? 0 : 1;
}
