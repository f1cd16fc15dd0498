import type { FileSystem } from "../activations/byteSource.ts";
import type { ConditionSource } from "./condition.ts";

/**
 * The source with its path settled: a `#` that was taken to begin a tensor's name may be part of a folder's or a
 * file's, if nothing is at the shorter path.
 */
export async function locateSource(
  source: ConditionSource,
  fileSystem: FileSystem,
): Promise<ConditionSource> {
  const { path, tensor, longerNames, ...others } = source;
  if (tensor === undefined || (await fileSystem.stat(path).catch(() => undefined)) !== undefined) {
    return source;
  }
  const parts = tensor.split("#");
  for (let taken = 1; taken <= parts.length; taken++) {
    const longer = [path, ...parts.slice(0, taken)].join("#");
    if ((await fileSystem.stat(longer).catch(() => undefined)) === undefined) continue;
    const rest = parts.slice(taken).join("#");
    const cut = longer.length - path.length;
    const names = longerNames?.map((each) => ({ ...each, tensor: each.tensor.slice(cut) }));
    return {
      ...others,
      path: longer,
      ...(rest === "" ? {} : { tensor: rest }),
      ...(names === undefined || rest === "" ? {} : { longerNames: names }),
    };
  }
  return source;
}
