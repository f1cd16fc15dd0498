import { EigenlensError } from "../../../errors.ts";
import type { ActivationFile } from "../../activationFile.ts";
import type { ByteSource, FileSystem } from "../../byteSource.ts";
import { activationFile, type StoredTensor } from "../../storedTensor.ts";
import { metadataVectors } from "./metadataVectors.ts";
import { mostTensors, readSafetensors } from "./openSafetensors.ts";
import { printable } from "../../../text/printable.ts";
import { isRecord } from "../../../lookup.ts";

const mostShards = 1000;

/** Whether parsed JSON is the index of sharded safetensors: `{"weight_map": {"name": "shard.safetensors"}}`. */
export function isShardIndex(value: unknown): boolean {
  return isRecord(value) && isRecord(value["weight_map"]);
}

/**
 * Tensors spread over several safetensors files, through their index. Shards lie beside the index; a name
 * that leads anywhere else is refused.
 * @throws EigenlensError "file-format" if a shard is missing or lacks a tensor that the index promises
 */
export async function openShards(
  index: ByteSource,
  value: unknown,
  fileSystem: FileSystem,
): Promise<ActivationFile> {
  const map = isRecord(value) && isRecord(value["weight_map"]) ? value["weight_map"] : {};
  const folder = /^.*[/\\]/s.exec(index.path)?.[0] ?? "";
  const promised = tensorsOfShards(index.path, map);
  const names = [...promised.keys()];
  if (names.length > mostShards) {
    throw new EigenlensError(
      "file-format",
      `${index.path} names ${names.length} shards, more than ${mostShards}.`,
    );
  }
  const sources: ByteSource[] = [];
  const tensors: StoredTensor[] = [];
  let byteLength = index.byteLength;
  try {
    for (const name of names) {
      const source = await fileSystem.open(folder + name);
      sources.push(source);
      byteLength += source.byteLength;
      tensors.push(...(await promisedTensors(index.path, name, source, promised.get(name) ?? [])));
    }
  } catch (error) {
    await Promise.all(sources.map((source) => source.close()));
    throw error;
  }
  const rows = new Set(tensors.map(({ info }) => info.shape[0]));
  const metadata = isRecord(value) && isRecord(value["metadata"]) ? value["metadata"] : {};
  return activationFile({
    path: index.path,
    format: "safetensors",
    byteLength,
    tensors: [...tensors, ...metadataVectors(metadata, rows)],
    async close() {
      await Promise.all([...sources, index].map((source) => source.close()));
    },
  });
}

function checkName(path: string, name: unknown): string {
  if (typeof name === "string" && /^[^/\\:\0]+\.safetensors$/.test(name) && !name.startsWith(".."))
    return name;
  throw new EigenlensError(
    "file-format",
    `${path} names ${printable(JSON.stringify(name) ?? "nothing")} as a shard: shards are .safetensors files in the same folder, other paths are refused.`,
  );
}

/** The names of the tensors that each shard should hold. */
function tensorsOfShards(
  path: string,
  map: Readonly<Record<string, unknown>>,
): Map<string, string[]> {
  const promised = new Map<string, string[]>();
  const entries = Object.entries(map);
  if (entries.length > mostTensors) {
    throw new EigenlensError(
      "file-format",
      `${path} names ${entries.length} tensors, more than the ${mostTensors} that are read: split it.`,
    );
  }
  for (const [tensor, shard] of entries) {
    const name = typeof shard === "string" ? shard : checkName(path, shard);
    const tensors = promised.get(name);
    if (tensors === undefined) promised.set(checkName(path, name), [tensor]);
    else tensors.push(tensor);
  }
  return promised;
}

async function promisedTensors(
  indexPath: string,
  shard: string,
  source: ByteSource,
  promised: readonly string[],
): Promise<StoredTensor[]> {
  const { tensors } = await readSafetensors(source);
  const byName = new Map(tensors.map((tensor) => [tensor.info.name, tensor]));
  return promised.map((name) => {
    const tensor = byName.get(name);
    if (tensor !== undefined) return tensor;
    throw new EigenlensError(
      "file-format",
      `${indexPath} promises tensor ${printable(name)} in ${shard}, which does not hold it: copy all shards of the same save.`,
    );
  });
}
