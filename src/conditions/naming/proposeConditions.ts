import type { ActivationFile } from "../../activations/activationFile.ts";
import type { FileSystem } from "../../activations/byteSource.ts";
import { listNames } from "../../activations/storedTensor.ts";
import { EigenlensError } from "../../errors.ts";
import { matrixTensors } from "../chooseTensor.ts";
import type { ConditionSource } from "../condition.ts";
import { tensorChoices, type TensorChoice } from "./tensorChoices.ts";
import { customaryOrder, guessName } from "./guessName.ts";
import { namedLayerOf } from "./layerNumber.ts";
import { openAsRead } from "./openAsRead.ts";
import { readingOf, readingSelections, type TensorReading } from "./tensorReading.ts";
import { labelCounts } from "../selection/matchLabel.ts";
import { findSidecarLabels } from "../selection/rowTexts.ts";
import { findRowVector, readVectorTexts, rowVectors } from "../selection/rowVectors.ts";

/** One condition that the files offer. */
export interface ConditionCandidate {
  readonly source: ConditionSource;
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Number of tokens where a token position must still be chosen (`[rows, tokens, columns]`). */
  readonly tokens?: number;
  /** Set if the tensor's integers may be the bits of bfloat16: whoever can ask should. */
  readonly doubtfulType?: true;
}

/** What to offer for one or two files. */
export interface ConditionProposal {
  /** Everything that could be a condition, in the files' order. */
  readonly candidates: readonly ConditionCandidate[];
  /** Absent if fewer than two candidates fit together. */
  readonly target?: ConditionCandidate;
  readonly reference?: ConditionCandidate;
  /** Whether the user must choose: several pairs are as likely, or a token position is open. */
  readonly mustChoose: boolean;
}

/** What a vector of labels is called; the first kind of vector that there is does where none is. */
const labelNames = ["labels", "label", "condition", "conditions", "class", "classes"];

/** Vectors with more different values than this name rows, not conditions. */
const mostConditions = 50;

/**
 * Proposes target and reference from the headers of one or two files (and their label vectors): him before
 * her, target before reference, A before B; the first file before the second where custom says nothing.
 * @param readings of tensors that leave something open
 * @throws EigenlensError "condition" if a file offers no condition, or as the files do
 */
export async function proposeConditions(
  paths: readonly string[],
  fileSystem: FileSystem,
  readings: readonly TensorReading[] = [],
): Promise<ConditionProposal> {
  if (paths.length < 1 || paths.length > 2) {
    throw new EigenlensError("usage", `${paths.length} files were chosen: choose one or two.`);
  }
  const perFile: ConditionCandidate[][] = [];
  for (const path of paths) perFile.push(await conditionCandidates(path, fileSystem, readings));
  const candidates = perFile.flat();
  const [first = [], second] = perFile;
  const pairs = second === undefined ? pairsWithin(first) : pairsAcross(first, second);
  const best = bestPair(pairs);
  const open = best !== undefined && best.target.tokens !== undefined;
  const mustChoose = best === undefined || best.ambiguous || open;
  if (best === undefined) return { candidates, mustChoose };
  return { candidates, target: best.target, reference: best.reference, mustChoose };
}

/**
 * Everything in one file that could be a condition, from its headers and label vectors.
 * @param readings of tensors that leave something open
 * @throws EigenlensError "condition" if the file offers none, or as the file does
 */
export async function conditionCandidates(
  path: string,
  fileSystem: FileSystem,
  readings: readonly TensorReading[] = [],
): Promise<ConditionCandidate[]> {
  const file = await openAsRead(path, fileSystem, readings);
  try {
    return await candidatesOf(file, readings, fileSystem);
  } finally {
    await file.close();
  }
}

/** The likeliest pair among candidates from one place in a model; undefined if no two fit together. */
export function likeliestPair(
  candidates: readonly ConditionCandidate[],
): { readonly target: ConditionCandidate; readonly reference: ConditionCandidate } | undefined {
  return bestPair([...pairsWithin(candidates)]);
}

async function candidatesOf(
  file: ActivationFile,
  readings: readonly TensorReading[],
  fileSystem: FileSystem,
): Promise<ConditionCandidate[]> {
  const matrices = matrixTensors(file);
  const candidates: ConditionCandidate[] = [];
  const besides = new Map<number, readonly string[]>();
  const beside = async (rows: number) => {
    const known = besides.get(rows) ?? (await findSidecarLabels(file, rows, fileSystem)) ?? [];
    besides.set(rows, known);
    return known;
  };
  for (const stored of matrices) {
    for (const choice of await tensorChoices(file, stored)) {
      const tensor = stored.name === "" ? {} : { tensor: stored.name };
      const read = readingSelections(readingOf(readings, file.path, stored.name));
      const source: ConditionSource = { path: file.path, ...tensor, ...read, ...choice.chosen };
      const labels = await labelled(choice, source, beside);
      candidates.push(...labels, candidate(source, choice, choice.rows));
    }
  }
  if (candidates.length === 0) {
    const refused = file.tensors.find((info) => info.unreadable !== undefined)?.unreadable;
    const held = listNames(file.tensors.map(({ name, shape }) => `${name} [${shape.join(", ")}]`));
    throw new EigenlensError(
      "condition",
      `${file.path} holds no [rows, columns] of numbers (${refused ?? held}): choose a file of activations.`,
    );
  }
  return candidates;
}

function candidate(
  source: ConditionSource,
  { columns, tokens, info }: TensorChoice,
  rows: number,
): ConditionCandidate {
  const open = {
    ...(tokens === undefined ? {} : { tokens }),
    ...(info.doubtfulType === undefined ? {} : { doubtfulType: info.doubtfulType }),
  };
  return { source, name: guessName(source), rows, columns, ...open };
}

/** @param beside labels that a file beside the data gives to so many rows; none if there is none */
async function labelled(
  choice: TensorChoice,
  source: ConditionSource,
  beside: (rows: number) => Promise<readonly string[]>,
): Promise<ConditionCandidate[]> {
  const { file, info } = choice;
  const vector = findRowVector(file, info, labelNames) ?? rowVectors(file, info)[0];
  const labels =
    vector === undefined ? await beside(choice.rows) : await readVectorTexts(file, vector);
  const column = vector?.name ?? "labels";
  const counts = labelCounts(labels);
  if (counts.length < 2 || counts.length > mostConditions) return [];
  return counts
    .filter(([, count]) => count > 1)
    .map(([value, count]) => candidate({ ...source, label: { column, value } }, choice, count));
}

interface Pair {
  readonly target: ConditionCandidate;
  readonly reference: ConditionCandidate;
  /** Higher is likelier. */
  readonly score: number;
}

function pairsAcross(
  first: readonly ConditionCandidate[],
  second: readonly ConditionCandidate[],
): Pair[] {
  return first.flatMap((a) => second.map((b) => pairOf(a, b))).filter((pair) => pair !== undefined);
}

function pairsWithin(candidates: readonly ConditionCandidate[]): Pair[] {
  return candidates
    .flatMap((a, position) => candidates.slice(position + 1).map((b) => pairOf(a, b)))
    .filter((pair) => pair !== undefined);
}

function pairOf(a: ConditionCandidate, b: ConditionCandidate): Pair | undefined {
  if (a.columns !== b.columns || (a.tokens === undefined) !== (b.tokens === undefined)) {
    return undefined;
  }
  const isSamePlace = a.source.layer === b.source.layer && a.source.head === b.source.head;
  if (!isSamePlace) return undefined;
  const order = customaryOrder(a.name, b.name);
  const sameFile = a.source.path === b.source.path;
  const byLabel = a.source.label !== undefined && b.source.label !== undefined;
  if ((a.source.label === undefined) !== (b.source.label === undefined) && sameFile)
    return undefined;
  // Labels of different tensors, or tensors of different layers, are not one comparison.
  if (sameFile && byLabel && a.source.tensor !== b.source.tensor) return undefined;
  if (sameFile && namedLayer(a) !== namedLayer(b)) return undefined;
  const samePlace = placeOf(a) === placeOf(b);
  const score =
    (order !== 0 ? 8 : 0) + (samePlace ? 4 : 0) + (byLabel ? 2 : 0) + (a.rows === b.rows ? 1 : 0);
  return order === -1 ? { target: b, reference: a, score } : { target: a, reference: b, score };
}

/** The tensor's name without the word that names the condition: where the activations were taken. */
function placeOf({ source, name }: ConditionCandidate): string {
  const tensor = source.tensor ?? "";
  return source.label === undefined ? tensor.replace(name, "") : tensor;
}

function namedLayer({ source }: ConditionCandidate): number | undefined {
  return namedLayerOf(source.tensor ?? "");
}

function bestPair(pairs: readonly Pair[]): (Pair & { ambiguous: boolean }) | undefined {
  const ordered = [...pairs].sort((a, b) => b.score - a.score);
  const [best, next] = ordered;
  if (best === undefined) return undefined;
  return { ...best, ambiguous: next !== undefined && next.score === best.score };
}
