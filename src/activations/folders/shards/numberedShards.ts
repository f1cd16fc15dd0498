import { EigenlensError } from "../../../errors.ts";
import { printable } from "../../../text/printable.ts";
import type { ActivationFile } from "../../activationFile.ts";
import { activationFile, type StoredTensor } from "../../storedTensor.ts";
import { splitNotes } from "../datasetsOnDisk.ts";
import {
  arrayExtensions,
  mayHoldActivations,
  tableExtensions,
  readFolder,
  type Folder,
  type FolderContext,
  type FolderRecogniser,
} from "../folder.ts";
import { openParted, partedTensors } from "../parts/openParted.ts";
import { OpenParts } from "../parts/openParts.ts";
import { surveyParts, type Survey } from "../parts/survey.ts";
import { shardName } from "./shardNames.ts";
import { shardSets, type ShardSet } from "./shardSets.ts";

/**
 * Files whose names count the parts of a set (`train-00000-of-00003.parquet`), as the Hugging Face Hub stores datasets,
 * in the folder itself or in its `data`, and as arrays are often saved.
 */
export const numberedShards: FolderRecogniser = {
  format: "numbered parts",
  async recognise(folder, context) {
    const within = await shardFolder(folder, context);
    if (within === undefined) return undefined;
    const names = within.names.filter(isShard);
    const index = within.names.find((name) => name.endsWith(".safetensors.index.json"));
    // Tensors of one model's weights lie each in one of the parts; their index says in which.
    if (index !== undefined) {
      return { claims: isShard, open: () => context.open(within.base + index) };
    }
    // A folder of which a part is missing is no set of files: said when it is opened.
    return {
      claims: (name) => within !== folder || isShard(name),
      open: () => openSets(folder.path, within.base, shardSets(folder.path, names), context),
    };
  },
};

function isShard(name: string): boolean {
  const extension = shardName(name)?.extension ?? "";
  return arrayExtensions.includes(extension) || tableExtensions.includes(extension);
}

/** The folder itself if it holds shards, else its `data`, where the Hub keeps them. */
async function shardFolder(
  folder: Folder,
  { fileSystem }: FolderContext,
): Promise<Folder | undefined> {
  if (folder.names.some(isShard)) return folder;
  if (!folder.names.includes("data") || folder.names.some(mayHoldActivations)) return undefined;
  const within = await readFolder(`${folder.base}data`, fileSystem);
  const { path, names } = within;
  if (!names.some(isShard)) return undefined;
  const foreign = names.find((name) => mayHoldActivations(name) && !isShard(name));
  if (foreign === undefined) return within;
  throw new EigenlensError(
    "file-format",
    `${path} mixes numbered parts with ${printable(foreign, 80)}, which does not belong to them: move one of them to a folder of its own, or choose the file.`,
  );
}

/** Sets of tables are splits of one table; sets of arrays are tensors of their own. */
async function openSets(
  path: string,
  base: string,
  sets: readonly ShardSet[],
  context: FolderContext,
): Promise<ActivationFile> {
  const tables = sets.filter(({ extension }) => tableExtensions.includes(extension));
  const [set] = sets;
  const pathsOf = ({ names }: ShardSet) => names.map((name) => base + name);
  if (sets.length === 1 && set !== undefined) {
    const name = set.stem === "" ? "X" : set.stem;
    return openParted({ path, format: "shards", paths: pathsOf(set), name }, context.open);
  }
  if (tables.length === sets.length) {
    const facts = [
      { name: "split", texts: sets.flatMap(({ stem, names }) => names.map(() => stem)) },
    ];
    const notes = splitNotes(sets.map(({ stem }) => stem));
    const parted = { path, format: "shards", paths: sets.flatMap(pathsOf), facts, notes };
    return openParted(parted, context.open);
  }
  if (tables.length > 0) {
    throw new EigenlensError(
      "file-format",
      `${path} mixes parts of tables (${printable(tables[0]?.stem ?? "", 60)}) with parts of arrays: choose one with a pattern such as ${base}*.${set?.extension ?? "npy"}.`,
    );
  }
  return openArrays(
    path,
    sets.map((each) => ({ name: each.stem, paths: pathsOf(each) })),
    context,
  );
}

interface ArraySet {
  readonly name: string;
  readonly paths: readonly string[];
}

async function openArrays(
  path: string,
  sets: readonly ArraySet[],
  { open }: FolderContext,
): Promise<ActivationFile> {
  const opened: { survey: Survey; parts: OpenParts; tensors: StoredTensor[] }[] = [];
  for (const { name, paths } of sets) {
    const survey = await surveyParts(paths, open);
    const parts = new OpenParts(paths, open);
    const tensors = partedTensors({ path, format: "shards", paths, name }, survey, parts);
    opened.push({ survey, parts, tensors });
  }
  return activationFile({
    path,
    format: "shards",
    byteLength: opened.reduce((sum, { survey }) => sum + survey.byteLength, 0),
    folder: path,
    tensors: opened.flatMap(({ tensors }) => tensors),
    async close() {
      await Promise.all(opened.map(({ parts }) => parts.close()));
    },
  });
}
