import { purposes, RandomStream } from "../../statistics/random.ts";
import { studentQuantile } from "../../statistics/studentQuantile.ts";
import type { Workspace } from "../../linalg/small/workspace.ts";
import type { Split } from "../reduced/reduceRows.ts";
import { reduceSource } from "../reduced/rowSource.ts";
import { crossValidationSplits, measuresVariance, mostFolds } from "./design/splits.ts";
import type { Units } from "./design/units.ts";
import {
  directionNames,
  ofDirections,
  rolesOfDirection,
  type Directions,
} from "../method/directions.ts";
import { componentRow, evaluateSplit } from "./scores/evaluateSplit.ts";
import type { LearningPoint } from "./report.ts";
import {
  labelledProjections,
  scoreOutcomes,
  type LabelledProjections,
} from "./scores/scoreOutcomes.ts";
import type { Task, ValidationProblem } from "./tasks/task.ts";

/** Shares of the units at which the held-out ratio is measured; all of them come last. */
export const learningShares: readonly number[] = [0.4, 0.6, 0.8, 1];
/** Subsets of each smaller share. */
export const subsetDraws = 8;
/** Fewer draws than this have no spread worth the name. */
export const leastDraws = 3;

/** One subset of the rows and its folds. */
export interface LearningDraw {
  /** How many rows of both conditions the subset has. */
  readonly rows: number;
  readonly splits: readonly Split[];
}

/**
 * One draw of whole units without replacement, as many as the share says (rounded), and one repeat of the folds in
 * them. The same for the same seed, share and draw.
 * @param labels [N]
 * @param draw which; with all units draws differ in their folds alone, those of the validation's own repeats
 * @returns undefined if the subset has too few units for the folds, or too few rows for a variance in any
 */
export function drawSubset(
  labels: Uint8Array,
  units: Units,
  folds: number,
  seed: number,
  share: number,
  draw: number,
): LearningDraw | undefined {
  const order = Array.from(units.members.keys());
  const wanted = Math.round(share * order.length);
  if (wanted < order.length) {
    const index = 1000 * Math.round(100 * share) + draw;
    new RandomStream(seed, purposes.learning, index).shuffle(order);
  }
  const rows = order
    .slice(0, wanted)
    .flatMap((unit) => units.members[unit])
    .sort((a, b) => a - b);
  const own = Uint8Array.from(rows, (row) => labels[row]);
  const part = restrict(units, rows);
  if (mostFolds(own, part) < folds) return undefined;
  const splits = crossValidationSplits(own, part, folds, seed, draw);
  if (!measuresVariance(own, splits)) return undefined;
  const inFile = (positions: Int32Array) => positions.map((position) => rows[position]);
  return {
    rows: rows.length,
    splits: splits.map(({ train, test }) => ({
      train: inFile(train),
      test: inFile(test),
    })),
  };
}

/** The units that the rows make up, rows numbered within the subset. */
function restrict(units: Units, rows: readonly number[]): Units {
  const position = new Map(rows.map((row, i) => [row, i]));
  const renumber = (sets: Units["members"]) =>
    sets
      .filter(([first]) => position.has(first))
      .map((set) => set.map((row) => position.get(row) ?? -1));
  const members = renumber(units.members);
  const unitOf = new Int32Array(rows.length);
  members.forEach((own, unit) => {
    for (const row of own) unitOf[row] = unit;
  });
  return {
    kind: units.kind,
    unitOf,
    members,
    bound: units.bound.filter((_bound, unit) => position.has(units.members[unit][0])),
    clusters: renumber(units.clusters),
    repeats: renumber(units.repeats),
    counted: Uint8Array.from(rows, (row) => units.counted[row]),
  };
}

/**
 * Logarithms of the pooled held-out ratio of component 1 over the splits of one draw, of both directions.
 * @throws EigenlensError "numerics" if a fit fails; what `checkpoint` throws
 */
export function heldOutLogarithms(
  problem: ValidationProblem,
  splits: readonly Split[],
  workspace: Workspace,
  checkpoint: () => void,
): Directions<number> {
  const { source, labels, options } = problem;
  const layout = { components: 1 };
  const projections = ofDirections((): LabelledProjections[] => []);
  for (const split of splits) {
    checkpoint();
    const reduced = reduceSource(source, split, {}, workspace, checkpoint);
    const { heldOut } = evaluateSplit({ split, reduced }, labels, options, layout, workspace);
    for (const direction of directionNames) {
      const row = componentRow(layout, direction, 0);
      projections[direction].push(labelledProjections(heldOut, row, labels));
    }
  }
  return logarithmsOf(projections);
}

function logarithmsOf(projections: Directions<readonly LabelledProjections[]>): Directions<number> {
  return ofDirections((direction) => {
    const { carried } = rolesOfDirection[direction];
    return Math.log(scoreOutcomes([projections[direction]], carried).ratio);
  });
}

interface KnownDraw {
  readonly rows: number;
  /** Absent until they are computed, or if they cannot be. */
  logarithms?: Directions<number>;
}

/** The draws of every share, and what is known of them so far. */
export class LearningCurve {
  /** One for each draw that is still to be computed. */
  readonly tasks: Extract<Task, { kind: "learning" }>[] = [];
  readonly #draws: KnownDraw[][] = [];
  readonly #places: KnownDraw[] = [];

  /**
   * @param heldOut per direction and repeat, what the folds of all rows gave: the curve ends with them, so with the
   *   ratio that is reported, unless there are fewer than {@link leastDraws}
   */
  constructor(
    problem: ValidationProblem,
    folds: number,
    heldOut: readonly (readonly (readonly LabelledProjections[])[])[],
  ) {
    const { labels, units, seed, layout } = problem;
    for (const share of learningShares) {
      const known = share < 1 ? 0 : heldOut[0].length;
      const count = share < 1 ? subsetDraws : Math.max(known, leastDraws);
      const draws = Array.from({ length: count }, (_, draw) =>
        drawSubset(labels, units, folds, seed, share, draw),
      );
      // A share for which some draws have too few units would be of the larger draws alone.
      if (draws.includes(undefined)) continue;
      const own = draws
        .filter((draw) => draw !== undefined)
        .map(({ rows }): KnownDraw => ({ rows }));
      this.#draws.push(own);
      draws.forEach((draw, index) => {
        if (draw === undefined) return;
        if (index < known) {
          own[index].logarithms = logarithmsOf(
            ofDirections((direction) => heldOut[componentRow(layout, direction, 0)][index]),
          );
          return;
        }
        this.tasks.push({ kind: "learning", splits: draw.splits });
        this.#places.push(own[index]);
      });
    }
  }

  /** At how many numbers of rows the ratio is measured. */
  get measured(): number {
    return this.#draws.length;
  }

  /** @param task which of the tasks */
  add(task: number, logarithms: Directions<number>): void {
    this.#places[task].logarithms = logarithms;
  }

  /** Points of both directions for which enough draws are known, fewest rows first. */
  points(): Directions<LearningPoint[]> {
    return ofDirections((direction) =>
      this.#draws
        .map((draws) =>
          learningPoint(
            draws.map(({ rows, logarithms }) => ({
              rows,
              logarithm: logarithms?.[direction] ?? NaN,
            })),
          ),
        )
        .filter((point) => point !== undefined),
    );
  }
}

/**
 * One point of the curve: `ratio = exp(m)`, m the mean of the draws' logarithms; `low` and `high` are
 * `exp(m -+ t s sqrt(1 + 1/n))`, s their standard deviation and t Student's 97.5 % point at n - 1 degrees of freedom:
 * where one more draw of as many units of these rows falls in 95 of 100, wider the fewer draws there are. It is the
 * spread over draws from these rows, no interval for new ones.
 * @param draws rows and logarithm of each draw, NaN if it could not be fitted
 * @returns undefined with fewer than {@link leastDraws} finite logarithms
 */
export function learningPoint(
  draws: readonly { readonly rows: number; readonly logarithm: number }[],
): LearningPoint | undefined {
  const known = draws.filter(({ logarithm }) => Number.isFinite(logarithm));
  const n = known.length;
  if (n < leastDraws) return undefined;
  const mean = (value: (draw: (typeof known)[number]) => number): number =>
    known.reduce((sum, draw) => sum + value(draw), 0) / n;
  const centre = mean(({ logarithm }) => logarithm);
  const squares = mean(({ logarithm }) => (logarithm - centre) ** 2) * n;
  const width = studentQuantile(n - 1) * Math.sqrt((squares / (n - 1)) * (1 + 1 / n));
  return {
    rows: Math.round(mean(({ rows }) => rows)),
    ratio: Math.exp(centre),
    low: Math.exp(centre - width),
    high: Math.exp(centre + width),
  };
}
