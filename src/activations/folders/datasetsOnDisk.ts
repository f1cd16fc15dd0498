import { EigenlensError } from "../../errors.ts";
import { printable } from "../../text/printable.ts";
import { isRecord } from "../../lookup.ts";
import {
  folderJson,
  nameWithin,
  readFolder,
  type Folder,
  type FolderContext,
  type FolderRecogniser,
} from "./folder.ts";
import { openParted } from "./parts/openParted.ts";
import { missingPart } from "./shards/missingPart.ts";

const format = "Hugging Face dataset on disk";
const stateName = "state.json";
const splitsName = "dataset_dict.json";

/**
 * What `Dataset.save_to_disk` and `DatasetDict.save_to_disk` write (datasets 2 and later), SAELens's cached activations
 * among it: `state.json` lists the Arrow files; `dataset_dict.json` lists splits, each a folder with its own state.
 */
export const datasetsOnDisk: FolderRecogniser = {
  format,
  async recognise(folder, context) {
    const splits = await splitsOf(folder, context);
    if (splits === undefined) {
      const files = await dataFiles(folder, context);
      if (files === undefined) return undefined;
      const paths = files.map((name) => folder.base + name);
      return {
        // A dataset's folder also holds what `map` and `filter` cached.
        claims: (name) => name.endsWith(".arrow"),
        open: () => openParted({ path: folder.path, format: "datasets", paths }, context.open),
      };
    }
    const paths: string[] = [];
    const texts: string[] = [];
    for (const split of splits) {
      const inner = await readFolder(folder.base + split, context.fileSystem);
      const files = (await dataFiles(inner, context)) ?? [];
      if (files.length === 0) throw missingState(inner.path, folder.path);
      paths.push(...files.map((name) => inner.base + name));
      texts.push(...files.map(() => split));
    }
    const notes = splitNotes(splits);
    const facts = [{ name: "split", texts }];
    const parted = { path: folder.path, format: "datasets", paths, facts, notes };
    return { claims: () => false, open: () => openParted(parted, context.open) };
  },
};

/** What is said of a container whose splits are taken together. */
export function splitNotes(splits: readonly string[]): string[] {
  const [first = ""] = splits;
  if (splits.length < 2) return [];
  const shown = splits.slice(0, 6).map((split) => printable(split, 40));
  return [
    `its splits ${shown.join(", ")} are taken together; [split=${printable(first, 40)}] takes one.`,
  ];
}

async function splitsOf(
  folder: Folder,
  { fileSystem }: FolderContext,
): Promise<readonly string[] | undefined> {
  const described = await folderJson(folder, splitsName, fileSystem);
  const splits = isRecord(described) ? described["splits"] : undefined;
  if (!Array.isArray(splits) || splits.length === 0) return undefined;
  return splits.map((split) => nameWithin(folder.base + splitsName, split));
}

/** The names of the Arrow files; undefined if it is no dataset. */
async function dataFiles(
  folder: Folder,
  { fileSystem }: FolderContext,
): Promise<readonly string[] | undefined> {
  const state = await folderJson(folder, stateName, fileSystem);
  const listed = isRecord(state) ? state["_data_files"] : undefined;
  if (!isRecord(state) || !Array.isArray(listed)) return undefined;
  const path = folder.base + stateName;
  const indices = state["_indices_data_files"] ?? state["_indices_files"];
  if (Array.isArray(indices) && indices.length > 0) {
    throw new EigenlensError(
      "file-format",
      `${folder.path} is a dataset whose rows a separate file of indices selects and orders: save dataset.flatten_indices() instead.`,
    );
  }
  const names = listed.map((entry: unknown) =>
    nameWithin(path, isRecord(entry) ? entry["filename"] : entry),
  );
  if (names.length === 0) {
    throw new EigenlensError("file-format", `${path} lists no data files: save the dataset again.`);
  }
  const missing = names.findIndex((name) => !folder.names.includes(name));
  if (missing >= 0) throw missingPart(folder.path, missing + 1, names.length, names[missing] ?? "");
  return names;
}

function missingState(split: string, path: string): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${path} lists the split ${printable(split)}, which holds no ${stateName}: copy all of the dataset.`,
  );
}
