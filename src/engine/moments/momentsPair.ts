import type { FileSystem } from "../../activations/byteSource.ts";
import { isUnknown, type CaptureProvenance } from "../../activations/captureProvenance.ts";
import { TrackedFiles } from "../../activations/trackedFiles.ts";
import { listNames } from "../../activations/storedTensor.ts";
import { checkComparable } from "../../conditions/checkComparable.ts";
import type { ConditionSource } from "../../conditions/condition.ts";
import { distinctNames } from "../../conditions/naming/distinctNames.ts";
import { EigenlensError } from "../../errors.ts";
import type { CovarianceMoments } from "../../ged/full/moments/moments.ts";
import { momentsFromScatters, momentsInBasis } from "../../ged/full/moments/scatterMoments.ts";
import type { DescribedCondition } from "../../ged/method/run.ts";
import type { MomentsFolds } from "../../ged/validation/moments/input.ts";
import type { Scatter } from "../../linalg/crossProductAccumulator.ts";
import { foldsFault } from "../../moments/checkParts.ts";
import { isMomentsDocument } from "../../moments/isMomentsDocument.ts";
import { damagedMoments, type FoldAssignment } from "../../moments/metadata.ts";
import { isSameAssignment } from "../../moments/mergeMoments.ts";
import { sharedRange, type SharedRange } from "../../moments/momentsRange.ts";
import { openMoments, type MomentsFile } from "../../moments/openMoments.ts";
import { commonProvenance } from "../../moments/provenance.ts";
import { momentsFormat } from "../../runs/rowsAtHand.ts";
import { printable } from "../../text/printable.ts";
import { entryAt } from "../../lookup.ts";
import { readKept, type KeptPair } from "./keptPair.ts";
import { originNotes, sampleOf, type KnownBeside } from "./knownBeside.ts";
import { mixed } from "./proposeMoments.ts";

/** One condition of a moments document, as a run and its document name it. */
export interface MomentsCondition extends DescribedCondition {
  readonly source: ConditionSource;
  readonly capture?: CaptureProvenance;
  readonly rows: number;
  readonly file: MomentsFile;
  /** What it is called in the file. */
  readonly key: string;
}

/** Two conditions given as moments, for as long as a call takes. */
export interface MomentsPair {
  readonly target: MomentsCondition;
  readonly reference: MomentsCondition;
  /** k, the width of the moments: as many as neurons, or fewer if they are of projections. */
  readonly dimensions: number;
  /** @throws EigenlensError as {@link MomentsFile.read} does; "condition" if both are the same */
  read(): Promise<CovarianceMoments>;
  /**
   * The folds of both; undefined if a document has none, or they were assigned differently.
   * @throws EigenlensError "file-format" if they do not add up
   */
  readonly folds: MomentsFolds | undefined;
  /** The rows that both documents keep as they are; undefined if there are none. */
  readonly kept: KeptPair | undefined;
  /** @throws EigenlensError "file-access" if a document changed since it was opened */
  checkUnchanged(): Promise<void>;
}

/**
 * Opens two sources as moments if they are, for as long as `use` takes.
 * @returns undefined if neither is a moments document
 * @throws EigenlensError "condition" if only one is, or the two contradict each other; as {@link openMoments} and `use`
 */
export async function withMoments<Result>(
  sources: { readonly target: ConditionSource; readonly reference: ConditionSource },
  fileSystem: FileSystem,
  use: (pair: MomentsPair) => Promise<Result>,
): Promise<Result | undefined> {
  const are = [
    await isMomentsDocument(sources.target.path, fileSystem),
    await isMomentsDocument(sources.reference.path, fileSystem),
  ];
  if (!are[0] && !are[1]) return undefined;
  if (are[0] !== are[1]) {
    const [moments, rows] = are[0]
      ? [sources.target, sources.reference]
      : [sources.reference, sources.target];
    throw mixed(moments.path, rows.path);
  }
  const files = new TrackedFiles(fileSystem);
  const target = await openMoments(sources.target.path, files.fileSystem);
  try {
    const reference = await openMoments(sources.reference.path, files.fileSystem);
    try {
      const conditions = [
        await describe(sources.target, target, fileSystem),
        await describe(sources.reference, reference, fileSystem),
      ] as const;
      checkPair(...conditions);
      const range = await sharedRange(...conditions);
      const kept = await readKept(...conditions);
      return await use(pairOf(...conditions, { range, kept }, files));
    } finally {
      await reference.close();
    }
  } finally {
    await target.close();
  }
}

async function describe(
  source: ConditionSource,
  file: MomentsFile,
  fileSystem: FileSystem,
): Promise<MomentsCondition> {
  const { tensor, name, path, ...selections } = source;
  const chosen = Object.keys(selections).filter((key) => key !== "longerNames");
  if (chosen.length > 0) {
    throw new EigenlensError(
      "usage",
      `${path} holds moments, of which no rows can be selected: leave the selection in brackets out.`,
    );
  }
  const key = tensor ?? (file.conditions.length === 1 ? file.conditions[0] : undefined);
  if (key === undefined) {
    throw new EigenlensError(
      "condition",
      `${path} holds moments of several conditions: choose one of ${listNames(file.conditions)} as ${path}#${printable(entryAt(file.conditions, 0))}.`,
    );
  }
  const found = await fileSystem.stat(path);
  const capture = file.metadata.provenance;
  return {
    name: name ?? key,
    columns: file.columns,
    rows: file.rows(key),
    source: { path, tensor: key },
    provenance: {
      path,
      format: momentsFormat,
      byteLength: file.byteLength,
      modified: found?.modified ?? 0,
      tensor: key,
      elementType: "float64",
    },
    ...(isUnknown(capture) ? {} : { capture }),
    notes: file.metadata.notes,
    file,
    key,
  };
}

function checkPair(first: MomentsCondition, second: MomentsCondition): void {
  checkComparable(first, second);
  commonProvenance(first.file.metadata.provenance, second.file.metadata.provenance, [
    first.file.path,
    second.file.path,
  ]);
  for (const { name, rows, file } of [first, second]) {
    if (rows >= 2) continue;
    throw new EigenlensError(
      "condition",
      `${file.path} has one row of ${printable(name)}: one observation has no covariance, a condition needs at least two.`,
    );
  }
}

function pairOf(
  first: MomentsCondition,
  second: MomentsCondition,
  known: KnownBeside,
  files: TrackedFiles,
): MomentsPair {
  const { range, kept } = known;
  const names = distinctNames(first, second);
  const assignment = sharedAssignment(first, second);
  const own = originNotes([first.rows, second.rows], assignment, known);
  const named = (condition: MomentsCondition, name: string): MomentsCondition => ({
    ...condition,
    name,
    notes: [...own, ...(condition.notes ?? [])],
  });
  const [target, reference] = [named(first, names[0]), named(second, names[1])];
  return {
    target,
    reference,
    dimensions: first.file.dimensions,
    read: async () => {
      const [a, b] = [await readTotal(target), await readTotal(reference)];
      if (isSame(a, b)) {
        throw new EigenlensError(
          "condition",
          `${printable(target.name)} and ${printable(reference.name)} have identical moments: choose two different conditions.`,
        );
      }
      const sides = [
        { name: target.name, sums: a },
        { name: reference.name, sums: b },
      ] as const;
      if (range === undefined) return momentsFromScatters(...sides);
      const [own, other] = range.neurons;
      return momentsInBasis(
        { ...sides[0], neurons: own },
        { ...sides[1], neurons: other },
        range.basis,
      );
    },
    folds: assignment && foldsOf(target, reference, assignment, known),
    kept,
    checkUnchanged: () => files.checkUnchanged(),
  };
}

function readTotal({ file, key }: MomentsCondition): Promise<Scatter> {
  return file.read(key);
}

function isSame(a: Scatter, b: Scatter): boolean {
  return (
    a.rows === b.rows &&
    a.mean.every((value, j) => value === b.mean[j]) &&
    a.scatter.values.every((value, i) => value === b.scatter.values[i])
  );
}

/** How the rows of both were put into folds; undefined unless alike. */
function sharedAssignment(
  target: MomentsCondition,
  reference: MomentsCondition,
): FoldAssignment | undefined {
  const [own, other] = [target.file.metadata.assignment, reference.file.metadata.assignment];
  if (own === undefined || !isSameAssignment(own, other)) return undefined;
  if (own.groups === undefined) return own;
  // What either says: clusters that both have are not told from one document alone.
  const paired = own.groups.paired || other?.groups?.paired === true;
  return { ...own, groups: { ...own.groups, paired } };
}

function foldsOf(
  target: MomentsCondition,
  reference: MomentsCondition,
  assignment: FoldAssignment,
  known: KnownBeside,
): MomentsFolds {
  const of = (condition: MomentsCondition) => ({
    name: condition.name,
    total: async () => {
      const total = await readTotal(condition);
      const fault = await foldsFault(total, assignment.folds, (fold) =>
        condition.file.read(condition.key, fold),
      );
      if (fault === undefined) return total;
      const { path } = condition.file;
      throw damagedMoments(`${path}, condition ${printable(condition.key)}`, fault);
    },
    fold: (fold: number) => condition.file.read(condition.key, fold),
    group: (group: number) => condition.file.readGroup(condition.key, group),
  });
  const { range } = known;
  return {
    assignment,
    target: of(target),
    reference: of(reference),
    ...sampleOf(known),
    ...(range === undefined
      ? {}
      : { range: { basis: range.basis, share: range.share, variances: variancesIn(range) } }),
  };

  function variancesIn({ neurons }: SharedRange) {
    const [first, second] = neurons;
    return {
      target: first.squares.map((value) => value / (target.rows - 1)),
      reference: second.squares.map((value) => value / (reference.rows - 1)),
    };
  }
}
