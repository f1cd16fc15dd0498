import type { Cancellation } from "../../../cancellation.ts";
import type { Products } from "../../../linalg/products.ts";
import { bootstrapFit, type BootstrapFit, type BootstrapProblem } from "../stability/bootstrap.ts";
import { evaluateSplit, type DirectionLayout, type SplitEvaluation } from "../evaluateSplit.ts";
import { exchangeLabels, type Exchange } from "../permutation/exchange.ts";
import {
  exchangeStatistics,
  statisticCount,
  type PreparedSplit,
} from "../permutation/exchangeStatistics.ts";
import type { FitOptions } from "../../reduced/fitReduced.ts";
import { gridSquares, type GridAxes } from "../grid/grid.ts";
import type { Split } from "../../reduced/reduceRows.ts";
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
  /** Absent where labels cannot be exchanged. */
  readonly exchange?: Exchange;
}

/** Splits whose rows are reduced already, for the tasks that fit them again and again. */
export interface PreparedProblem {
  readonly whole: PreparedSplit;
  /** The folds of the first repeats, a repeat an entry; none where nothing is held out. */
  readonly repeats: readonly (readonly PreparedSplit[])[];
}

/** One piece of work; its result depends on nothing but the problem and itself. */
export type Task =
  /** Reduces and evaluates one split, and hands the reduction back where it is kept. */
  | { readonly kind: "split"; readonly split: Split; readonly keep: boolean }
  /** Statistics of permutations `start` to `stop` (exclusive); -1 is the observed labelling. */
  | {
      readonly kind: "exchange";
      readonly start: number;
      readonly stop: number;
      /** On the folds of which prepared repeat. */
      readonly repeat: number;
    }
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
    };

export type TaskResult =
  | {
      readonly kind: "split";
      readonly evaluation: SplitEvaluation;
      readonly prepared?: PreparedSplit;
    }
  /** [stop - start, statistics] */
  | { readonly kind: "exchange"; readonly statistics: Float64Array }
  | { readonly kind: "grid"; readonly squares: Float64Array }
  | { readonly kind: "resample"; readonly fit: BootstrapFit };

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
    const { source, labels, options, layout } = this.#problem;
    switch (task.kind) {
      case "split": {
        const checkpoint = () => this.#cancellation.throwIfRequested();
        const reduced = reduceSource(source, task.split, undefined, this.#workspace, checkpoint);
        const prepared = { split: task.split, reduced };
        const evaluation = evaluateSplit(prepared, labels, options, layout, this.#workspace);
        return { kind: "split", evaluation, ...(task.keep ? { prepared } : {}) };
      }
      case "exchange":
        return { kind: "exchange", statistics: this.#exchange(task.start, task.stop, task.repeat) };
      case "grid": {
        const fold = this.#folds(task.repeat)[task.fold];
        return { kind: "grid", squares: gridSquares(fold, labels, task.axes, this.#workspace) };
      }
      case "resample":
        return {
          kind: "resample",
          fit: bootstrapFit(this.#problem, task.bootstrap, task.index, this.#workspace),
        };
    }
  }

  #exchange(start: number, stop: number, repeat: number): Float64Array {
    const { labels, exchange, options, layout, seed } = this.#problem;
    const { whole } = this.#known();
    const width = statisticCount(layout.components);
    const statistics = new Float64Array((stop - start) * width);
    const problem = {
      whole,
      folds: this.#folds(repeat),
      options,
      components: layout.components,
    };
    for (let index = start; index < stop; index += 1) {
      this.#cancellation.throwIfRequested();
      const exchanged =
        index < 0 || exchange === undefined
          ? labels
          : exchangeLabels(labels, exchange, seed, index);
      const own = statistics.subarray((index - start) * width, (index - start + 1) * width);
      exchangeStatistics(problem, exchanged, own, this.#workspace);
    }
    return statistics;
  }

  #known(): PreparedProblem {
    if (this.#prepared === undefined) throw new Error("A task came before its prepared splits.");
    return this.#prepared;
  }

  #folds(repeat: number): readonly PreparedSplit[] {
    return this.#known().repeats[repeat] ?? [];
  }
}
