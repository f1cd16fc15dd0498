import { customaryOrder, fileStem, guessName } from "../../src/conditions/naming/guessName.ts";

/** Two files that by their names are the two conditions of one comparison. */
export interface FilePair {
  readonly target: string;
  readonly reference: string;
}

/**
 * Pairs among the files of one folder whose names differ only in the word that names the condition
 * (him/her, target/reference, A/B), by custom the target first. In the files' order.
 */
export function likelyPairs(paths: readonly string[]): FilePair[] {
  const byPlace = new Map<string, { path: string; name: string }[]>();
  for (const path of paths) {
    const name = guessName({ path });
    const key = placeOf(path, name);
    const known = byPlace.get(key);
    if (known) known.push({ path, name });
    else byPlace.set(key, [{ path, name }]);
  }
  const pairs: FilePair[] = [];
  for (const files of byPlace.values()) {
    files.forEach((first, position) => {
      for (const second of files.slice(position + 1)) {
        const order = customaryOrder(first.name, second.name);
        if (order === 0) continue;
        const [target, reference] = order === 1 ? [first, second] : [second, first];
        pairs.push({ target: target.path, reference: reference.path });
      }
    });
  }
  return pairs;
}

/** The files that fit `path` best first: its counterpart by name, then its own folder, then the rest. */
export function rankCounterparts(path: string, others: readonly string[]): string[] {
  const counterparts = new Set(
    likelyPairs([path, ...others])
      .filter((pair) => pair.target === path || pair.reference === path)
      .map((pair) => (pair.target === path ? pair.reference : pair.target)),
  );
  const score = (other: string) =>
    (counterparts.has(other) ? 2 : 0) + (folderOf(other) === folderOf(path) ? 1 : 0);
  return others
    .filter((other) => other !== path)
    .map((other, position) => ({ other, position }))
    .sort((a, b) => score(b.other) - score(a.other) || a.position - b.position)
    .map(({ other }) => other);
}

/** Folder, name without the condition's word, and ending: equal for the two files of one comparison. */
function placeOf(path: string, name: string): string {
  const stem = fileStem(path);
  const at = stem.toLowerCase().lastIndexOf(name.toLowerCase());
  const rest = at < 0 ? stem : `${stem.slice(0, at)}*${stem.slice(at + name.length)}`;
  const ending = /\.[^./\\]+$/.exec(path)?.[0] ?? "";
  return [folderOf(path), rest, ending].join("\n");
}

function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, "");
}
