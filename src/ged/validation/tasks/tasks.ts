import type { Directions } from "../../method/directions.ts";
import type { Cancellation } from "../../../cancellation.ts";
import type { Products } from "../../../linalg/products.ts";
import { bootstrapFit, type BootstrapFit, type BootstrapProblem } from "../stability/bootstrap.ts";
import { relabelledFit, type RowSums } from "../stability/rowSums.ts";
import { evaluateSplit, type DirectionLayout, type SplitEvaluation } from "../evaluateSplit.ts";
import { heldOutLogarithms } from "../learningCurve.ts";
import { permuteLabels, type PermutationPlan } from "../permutation/permuteLabels.ts";
import {
  permutationStatistics,
  statisticCount,
  type PermutationProblem,
  type PreparedSplit,
} from "../permutation/statistics.ts";
import type { FitOptions } from "../../reduced/fitReduced.ts";
import { gridSquares, type GridAxes } from "../grid/grid.ts";
import type { Centring, ReducedRows, Split } from "../../reduced/reduceRows.ts";
import { reduceSource, type RowSource } from "../../reduced/rowSource.ts";
import { Workspace } from "../../../linalg/small/workspace.ts";
import type { Units } from "../design/units.ts";

/** What every task of one validation needs; cloned once to each thread. */
export interface ValidationProblem {
  /** On shared memory. */
  readonly source: RowSource;
  /** [N] */
  readonly labels: Uint8Array;
  readonly units: Units;
  readonly options: FitOptions;
  readonly layout: DirectionLayout;
  readonly seed: number;
  /** Absent if labels cannot be permuted. */
  readonly permutation?: PermutationPlan;
}

/** One split's rows, reduced in two ways, for the tasks that fit them again and again. */
export interface ReducedSplit {
  /** About the mean of all training rows. */
  readonly plain: PreparedSplit;
  /** About the mean of the training rows of each row's own condition; for permutations. */
  readonly residual?: PreparedSplit;
}

/** Splits whose rows are reduced already. */
export interface PreparedProblem {
  readonly whole: ReducedSplit;
  /** The folds of each repeat; none if nothing is held out. */
  readonly repeats: readonly (readonly ReducedSplit[])[];
}

/** One piece of work; its result depends on nothing but the problem and itself. */
export type Task =
  /** Reduces and evaluates one split, and hands the reductions back. */
  | { readonly kind: "split"; readonly split: Split }
  /** Statistics of permutations `start` to `stop` (exclusive); -1 is the observed labelling. */
  | { readonly kind: "permutation"; readonly start: number; readonly stop: number }
  | {
      readonly kind: "grid";
      readonly repeat: number;
      readonly fold: number;
      readonly axes: GridAxes;
    }
  | {
      readonly kind: "resample";
      readonly index: number;
      readonly bootstrap: BootstrapProblem;
      /** Fits with the labels of the permutation of the same index. */
      readonly permuted: boolean;
    }
  /** Component 1 with the labels of one permutation. */
  | { readonly kind: "relabelled"; readonly index: number }
  /** One draw of the learning curve. */
  | { readonly kind: "learning"; readonly splits: readonly Split[] };

export type TaskResult =
  | {
      readonly kind: "split";
      readonly evaluation: SplitEvaluation;
      readonly prepared: ReducedSplit;
    }
  /** [stop - start, statistics] */
  | { readonly kind: "permutation"; readonly statistics: Float64Array }
  | { readonly kind: "grid"; readonly squares: Float64Array }
  | { readonly kind: "resample"; readonly fit: Directions<BootstrapFit> }
  | { readonly kind: "relabelled"; readonly sums: Directions<RowSums> }
  | { readonly kind: "learning"; readonly logarithms: Directions<number> };

/** Does tasks one after the other, on whichever thread it lives. */
export class TaskHandler {
  readonly #problem: ValidationProblem;
  readonly #cancellation: Cancellation;
  readonly #workspace: Workspace;
  #prepared: PreparedProblem | undefined;

  /** @param products an engine of one thread, for the larger products */
  constructor(
    problem: ValidationProblem,
    cancellation: Cancellation,
    products: Products | undefined,
  ) {
    this.#workspace = new Workspace(products);
    this.#problem = problem;
    this.#cancellation = cancellation;
  }

  prepare(prepared: PreparedProblem): void {
    this.#prepared = prepared;
  }

  /** @throws EigenlensError "numerics" where a fit fails, CancelledError */
  run(task: Task): TaskResult {
    this.#cancellation.throwIfRequested();
    const { labels, options, layout } = this.#problem;
    switch (task.kind) {
      case "split": {
        const prepared = this.#reduce(task.split);
        const { plain } = prepared;
        const evaluation = evaluateSplit(plain, labels, options, layout, this.#workspace);
        return { kind: "split", evaluation, prepared };
      }
      case "permutation":
        return { kind: "permutation", statistics: this.#permutations(task.start, task.stop) };
      case "grid": {
        const fold = this.#known().repeats[task.repeat][task.fold].plain;
        return { kind: "grid", squares: gridSquares(fold, labels, task.axes, this.#workspace) };
      }
      case "resample":
        return {
          kind: "resample",
          fit: bootstrapFit(
            this.#problem,
            task.bootstrap,
            task.index,
            this.#workspace,
            task.permuted ? this.#labelsOf(task.index) : undefined,
          ),
        };
      case "relabelled": {
        const whole = residual(this.#known().whole);
        const permuted = this.#labelsOf(task.index);
        const sums = relabelledFit(this.#problem, whole, permuted, this.#workspace);
        return { kind: "relabelled", sums };
      }
      case "learning": {
        const checkpoint = () => this.#cancellation.throwIfRequested();
        return {
          kind: "learning",
          logarithms: heldOutLogarithms(this.#problem, task.splits, this.#workspace, checkpoint),
        };
      }
      default:
        return task satisfies never;
    }
  }

  /** On memory that threads see without a copy: every thread fits every split. */
  #reduce(split: Split): ReducedSplit {
    const { source, labels, permutation } = this.#problem;
    const reduce = (centring: Centring): PreparedSplit => {
      const checkpoint = () => this.#cancellation.throwIfRequested();
      const reduced = reduceSource(source, split, centring, this.#workspace, checkpoint);
      return { split, reduced: onSharedMemory(reduced) };
    };
    return {
      plain: reduce({}),
      ...(permutation === undefined ? {} : { residual: reduce({ partOf: labels }) }),
    };
  }

  #permutations(start: number, stop: number): Float64Array {
    const { options, layout } = this.#problem;
    const problem = this.#permutationProblem();
    const width = statisticCount(layout.components);
    const statistics = new Float64Array((stop - start) * width);
    for (let index = start; index < stop; index += 1) {
      this.#cancellation.throwIfRequested();
      const permuted = this.#labelsOf(index);
      const own = statistics.subarray((index - start) * width, (index - start + 1) * width);
      permutationStatistics(
        { ...problem, options, components: layout.components },
        permuted,
        own,
        this.#workspace,
      );
    }
    return statistics;
  }

  /** Those of one permutation; -1 is the observed labelling. */
  #labelsOf(index: number): Uint8Array {
    const { labels, permutation, seed } = this.#problem;
    return index < 0 || permutation === undefined
      ? labels
      : permuteLabels(labels, permutation, seed, index);
  }

  #permutationProblem(): Pick<PermutationProblem, "whole" | "repeats"> {
    const { whole, repeats } = this.#known();
    return { whole: residual(whole), repeats: repeats.map((folds) => folds.map(residual)) };
  }

  #known(): PreparedProblem {
    if (this.#prepared === undefined) throw new Error("A task came before its prepared splits.");
    return this.#prepared;
  }
}

function residual(split: ReducedSplit): PreparedSplit {
  if (split.residual === undefined) throw new Error("A split was not reduced for permutations.");
  return split.residual;
}

function onSharedMemory(reduced: ReducedRows): ReducedRows {
  return {
    ...reduced,
    sums: sharedValues(reduced.sums),
    train: { ...reduced.train, values: sharedValues(reduced.train.values) },
    test: { ...reduced.test, values: sharedValues(reduced.test.values) },
  };
}

/** A copy of values that threads see without further ones. */
export function sharedValues(values: Float64Array): Float64Array {
  const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}
