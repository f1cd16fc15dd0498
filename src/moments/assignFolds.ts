import type { Condition } from "../conditions/condition.ts";
import { rowsToCompare } from "../ged/validation/design/distances.ts";
import { crossValidationSplits } from "../ged/validation/design/splits.ts";
import { allStructure, findDesign, type RowNames } from "../ged/validation/design/design.ts";
import { initialLabels } from "../ged/validation/design/units.ts";
import { readPooledRows } from "../ged/full/pooledRows.ts";
import type { RunContext } from "../ged/method/context.ts";
import { chooseSource, mostGramRows, mostCoordinates } from "../ged/validation/validateRows.ts";
import { foldOfCluster } from "./hashFolds.ts";
import type { FoldAssignment } from "./metadata.ts";

/** The fold of each row of each condition, and how it was found. */
export interface AssignedFolds {
  readonly assignment: FoldAssignment;
  /** Of condition i, [rows], or the groups of its rows if there are groups: computed when its rows are read. */
  foldsOf(condition: number): Int32Array;
  /** What a reader of the numbers must know, one line each. */
  readonly notes: readonly string[];
}

/**
 * Assigns the rows of two conditions to folds as the first repeat of a validation's cross-validation does, by what names,
 * sentences and the rows themselves show to depend on each other. Rows that repeat another, which a validation leaves
 * out of its splits, go to the fold of what they repeat: the folds add up to all rows.
 * @param names of the rows, target first
 * @throws EigenlensError "condition" if there are too few independent rows for the folds; CancelledError
 */
export async function designFolds(
  target: Condition,
  reference: Condition,
  names: RowNames,
  options: { readonly folds: number; readonly seed: number },
  context: RunContext,
): Promise<AssignedFolds> {
  const { folds, seed } = options;
  const labels = initialLabels(target.rows, reference.rows);
  const rows = await readPooledRows(target, reference, context);
  const { source } = chooseSource(rows, context);
  context.report({ step: "Validating: which rows depend on each other" });
  const compared = rowsToCompare(source, context.products);
  const design = findDesign(compared, labels, names, allStructure, seed, () =>
    context.cancellation.throwIfRequested(),
  );
  const { units } = design;
  const foldOfUnit = new Int32Array(units.members.length);
  crossValidationSplits(labels, units, folds, seed, 0).forEach(({ test }, fold) => {
    for (const row of test) foldOfUnit[units.unitOf[row]] = fold;
  });
  const foldOf = units.unitOf.map((unit) => foldOfUnit[unit]);
  const isBound = units.clusters.length < labels.length || units.kind !== "none";
  return {
    assignment: { folds, rule: "design", unit: isBound ? "clusters" : "rows", seed },
    foldsOf: (condition) =>
      condition === 0 ? foldOf.subarray(0, target.rows) : foldOf.subarray(target.rows),
    notes: [...design.warnings.map(({ text }) => text), ...design.notes],
  };
}

/** Whether rows are so few that what depends on each other can be looked for among them. */
export function isDesignFeasible(rows: number, columns: number, bytes: number): boolean {
  return 8 * rows * columns <= bytes && (rows <= mostGramRows || columns <= mostCoordinates);
}

/**
 * Assigns rows to folds by the names of their clusters (or pairs), or each on its own if it has none.
 * @param options with a number of groups, a multiple of that of folds, rows are assigned to these: a group's fold is
 *   that of its clusters, for a number modulo the groups gives, modulo the folds, what it gives modulo the folds at once
 */
export function hashedFolds(
  conditions: readonly { readonly name: string; readonly condition: Condition }[],
  options: { readonly folds: number; readonly seed: number; readonly groups?: number },
): AssignedFolds {
  const { folds, seed, groups = 0 } = options;
  const named = (condition: Condition) => condition.clusters ?? condition.groups;
  const unit = conditions.some(({ condition }) => named(condition) !== undefined)
    ? "clusters"
    : "rows";
  return {
    assignment: {
      folds,
      rule: "hash",
      unit,
      seed,
      ...(groups === 0
        ? {}
        : {
            groups: {
              count: groups,
              paired: haveCommon(conditions.map((each) => named(each.condition))),
            },
          }),
    },
    foldsOf: (place) => {
      const { name, condition } = conditions[place];
      const names = named(condition);
      return Int32Array.from({ length: condition.rows }, (_, row) =>
        foldOfCluster(names?.[row] ?? `${name}#${row}`, seed, groups || folds),
      );
    },
    notes: [
      unit === "clusters"
        ? "Rows were put into folds by the names of their clusters: repeated rows and shared templates were not looked for."
        : "Each row was put into a fold on its own: rows that depend on each other may stand on both sides, so that the held-out ratio is too good.",
    ],
  };
}

/** Whether some name stands in two of the lists. */
function haveCommon(lists: readonly (readonly string[] | undefined)[]): boolean {
  const seen = new Set<string>();
  for (const list of lists) {
    const own = new Set(list);
    for (const name of own) if (seen.has(name)) return true;
    for (const name of own) seen.add(name);
  }
  return false;
}
