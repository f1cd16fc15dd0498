import { join } from "node:path";
import type { FileSystem } from "../../activations/byteSource.ts";
import type { CaptureProvenance } from "../../activations/captureProvenance.ts";
import { writeNpy } from "../../activations/writeNpy.ts";
import type { ConditionSource } from "../../conditions/condition.ts";
import { EigenlensError } from "../../errors.ts";
import { writeContent } from "../../files/writeWholeFile.ts";
import type { RunContext } from "../../ged/method/context.ts";
import type { AssignedFolds } from "../../moments/assignFolds.ts";
import { entryAt } from "../../lookup.ts";
import { commonProvenance } from "../../moments/provenance.ts";
import type { ChosenRows } from "../../moments/reservoir/keptRows.ts";
import type { ClusterJob, MomentsRequest } from "../../protocol/moments.ts";
import { openRows } from "../reading/openRows.ts";
import { assignFolds, type NamedCondition } from "./assignFolds.ts";
import { chooseReservoir } from "./chooseReservoir.ts";

/**
 * The words for `eigenlens_dask.py`, each of which must reach it as it is, without a shell. What only a reader of
 * Eigenlens knows of the rows (clusters by sidecars, what depends on each other, the capture) is written into a folder
 * for it; a folder of parts that only the script takes for one matrix is left to it, and its rows stand alone.
 * @throws EigenlensError "usage" for a selection of rows; as {@link assignFolds} and opening do
 */
export async function prepareClusterJob(
  { request, cluster, folder }: ClusterJob,
  fileSystem: FileSystem,
  context: RunContext,
): Promise<readonly string[]> {
  for (const { source } of request.conditions) refuseSelections(source);
  const opened: (NamedCondition | undefined)[] = [];
  try {
    for (const { name, source } of request.conditions) {
      const condition = await openUnlessParts(source, fileSystem);
      opened.push(condition && { name, condition: { ...condition, name } });
    }
    const known = opened.filter((each) => each !== undefined);
    const assigned =
      known.length < opened.length
        ? undefined
        : await assignFolds(known, { rule: "hash", ...request }, context);
    const prepared = await preparedJob(known, assigned, request, folder);
    const place = join(folder, "prepared.json");
    await writeContent(place, JSON.stringify(prepared));
    const { folds, seed, out, range, reservoir } = request;
    // What only the script opens has a width that is not known here.
    const groups = assigned?.assignment.groups?.count ?? askedGroups(request);
    return [
      ...[`--out=${out}`, `--folds=${folds}`, `--seed=${seed}`, `--prepared=${place}`],
      ...(groups === undefined ? [] : [`--groups=${groups}`]),
      ...(range === undefined ? [] : [`--range=${range}`]),
      ...reservoirWords(reservoir),
      ...(cluster.scheduler === undefined ? [] : [`--scheduler=${cluster.scheduler}`]),
      ...(cluster.workers === undefined ? [] : [`--workers=${cluster.workers}`]),
      ...(cluster.memory === undefined ? [] : [`--memory=${cluster.memory}`]),
      // After it nothing is an option, whatever a condition is called.
      "--",
      ...request.conditions.map(({ name, source }) => `${name}=${writtenSource(source)}`),
    ];
  } finally {
    for (const each of opened) await each?.condition.close();
  }
}

function reservoirWords(reservoir: MomentsRequest["reservoir"]): string[] {
  if (reservoir === undefined) return [];
  const { size, part } = reservoir;
  return [`--reservoir=${size}`, ...(part === undefined ? [] : [`--part=${part}`])];
}

function askedGroups({ groups }: MomentsRequest): number | undefined {
  return groups === "auto" ? undefined : groups;
}

function writtenSource({ path, tensor }: ConditionSource): string {
  return tensor === undefined ? path : `${path}#${tensor}`;
}

function refuseSelections(source: ConditionSource): void {
  const { path } = source;
  const whole = ["path", "tensor", "name", "longerNames"];
  if (Object.keys(source).every((key) => whole.includes(key))) return;
  throw new EigenlensError(
    "usage",
    `A cluster reads whole tensors, and rows of ${path} are selected: leave the selection in brackets out, or write the rows to a file with eigenlens convert.`,
  );
}

/** @returns undefined for a folder that no reader takes for one matrix: its parts may be one for the script */
async function openUnlessParts(source: ConditionSource, fileSystem: FileSystem) {
  try {
    return await openRows(source, fileSystem);
  } catch (error) {
    const isLayout =
      error instanceof EigenlensError &&
      (error.code === "condition" || error.code === "file-format");
    const isFolder = (await fileSystem.stat(source.path))?.kind === "folder";
    if (isLayout && isFolder && !/\.zarr\/?$/i.test(source.path)) return undefined;
    throw error;
  }
}

async function preparedJob(
  known: readonly NamedCondition[],
  assigned: AssignedFolds | undefined,
  request: MomentsRequest,
  folder: string,
) {
  const { conditions } = request;
  const reservoir = chooseReservoir(known, assigned, request);
  let metadata: CaptureProvenance = {};
  const described: Record<string, object> = {};
  // Rows without a name are assigned by their number, which the workers can do themselves.
  const isByNumber = assigned?.assignment.unit === "rows" && assigned.assignment.rule !== "design";
  for (const [place, { name, condition }] of known.entries()) {
    const { path } = condition.provenance;
    const first = conditions[0]?.source.path ?? path;
    metadata = commonProvenance(metadata, condition.capture ?? {}, [first, path]);
    const { rows, columns } = condition;
    const texts = textsByRow(reservoir?.chosen.get(name));
    described[name] = { rows, columns, ...texts };
    if (assigned === undefined || isByNumber) continue;
    const parts = join(folder, `parts${place}.npy`);
    await writeParts(parts, assigned.foldsOf(place));
    described[name] = { rows, columns, parts, ...texts };
  }
  if (assigned === undefined) return { metadata, conditions: described };
  const { rule, unit, groups } = assigned.assignment;
  const said = { metadata, conditions: described, rule, unit, notes: assigned.notes };
  return groups === undefined ? said : { ...said, paired: groups.paired };
}

/** Sentences of the rows that will be kept, which are known beforehand. */
function textsByRow(chosen: ChosenRows | undefined): { readonly texts?: Record<string, string> } {
  const texts = chosen?.texts;
  if (chosen === undefined || texts === undefined) return {};
  const entries = chosen.index.map((row, place) => [String(row), entryAt(texts, place)]);
  return { texts: Object.fromEntries(entries) };
}

/** @param parts the fold of each row, or its group if there are groups, [rows] */
async function writeParts(path: string, parts: Int32Array): Promise<void> {
  await writeNpy(path, {
    shape: [parts.length],
    elementType: "float32",
    readRows: (start, stop, destination) => {
      destination.set(parts.subarray(start, stop));
      return Promise.resolve();
    },
  });
}
