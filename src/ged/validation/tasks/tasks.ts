import type { Cancellation } from "../../../cancellation.ts";
import type { Products } from "../../../linalg/products.ts";
import { bootstrapFit } from "../stability/bootstrap.ts";
import { relabelledFit } from "../stability/rowSums.ts";
import { evaluateSplit } from "../scores/evaluateSplit.ts";
import { heldOutLogarithms } from "../learningCurve.ts";
import { permuteLabels } from "../permutation/permuteLabels.ts";
import {
  permutationStatistics,
  statisticCount,
  type PermutationProblem,
} from "../permutation/statistics.ts";
import { gridSquares } from "../grid/grid.ts";
import { chooseForLabels, chosenOptions } from "../tuning/choose.ts";
import type { Centring, PreparedSplit, ReducedRows, Split } from "../../reduced/reduceRows.ts";
import type { FitOptions } from "../../reduced/fitReduced.ts";
import { reduceSource } from "../../reduced/rowSource.ts";
import { Workspace } from "../../../linalg/small/workspace.ts";
import type { PreparedProblem, ReducedSplit, Task, TaskResult, ValidationProblem } from "./task.ts";

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

  /** @throws EigenlensError "numerics" if a fit fails, CancelledError */
  run(task: Task): TaskResult {
    this.#cancellation.throwIfRequested();
    const { labels, options, layout } = this.#problem;
    switch (task.kind) {
      case "split": {
        const prepared = this.#reduce(task.split);
        const { plain } = prepared;
        const own = task.options ?? options;
        const evaluation = evaluateSplit(plain, labels, own, layout, this.#workspace);
        return { kind: "split", evaluation, prepared };
      }
      case "tuning": {
        const started = performance.now();
        const { starts } = task.split;
        // Covariances about the conditions' means are the same for rows that are taken about them.
        const prepared = { ...this.#reduceOnce(task.split, { partOf: labels }), starts };
        const squares = gridSquares(prepared, labels, task.axes, this.#workspace, starts);
        const seconds = (performance.now() - started) / 1000;
        return { kind: "tuning", squares, prepared, seconds };
      }
      case "permutation":
        return { kind: "permutation", ...this.#permutations(task) };
      case "grid": {
        const fold = this.#known().repeats[task.repeat][task.fold].plain;
        const [squares] = gridSquares(fold, labels, task.axes, this.#workspace);
        return { kind: "grid", squares };
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
    const { labels, permutation } = this.#problem;
    return {
      plain: this.#reduceOnce(split, {}),
      ...(permutation === undefined
        ? {}
        : { residual: this.#reduceOnce(split, { partOf: labels }) }),
    };
  }

  #reduceOnce({ train, test }: Split, centring: Centring): PreparedSplit {
    const { source } = this.#problem;
    const split = { train, test };
    const checkpoint = () => this.#cancellation.throwIfRequested();
    const reduced = reduceSource(source, split, centring, this.#workspace, checkpoint);
    return { split, reduced: onSharedMemory(reduced) };
  }

  #permutations({ start, stop, shrinkage }: Extract<Task, { kind: "permutation" }>): {
    readonly statistics: Float64Array;
    readonly tuningSeconds: number;
  } {
    const { layout, options } = this.#problem;
    const problem = this.#permutationProblem();
    const second = shrinkage === undefined ? undefined : sameInAll({ ...options, shrinkage });
    const components = second === undefined ? layout.components : 1;
    let tuningSeconds = 0;
    const width = statisticCount(components);
    const statistics = new Float64Array((stop - start) * width);
    for (let index = start; index < stop; index += 1) {
      this.#cancellation.throwIfRequested();
      const permuted = this.#labelsOf(index);
      const own = statistics.subarray((index - start) * width, (index - start + 1) * width);
      const begun = performance.now();
      const optionsOf = second ?? this.#optionsFor(problem, permuted);
      tuningSeconds += (performance.now() - begun) / 1000;
      permutationStatistics({ ...problem, optionsOf, components }, permuted, own, this.#workspace);
    }
    return { statistics, tuningSeconds };
  }

  /** The problem's own, or those that one labelling chooses. */
  #optionsFor(
    { repeats }: Pick<PermutationProblem, "repeats">,
    labels: Uint8Array,
  ): PermutationProblem["optionsOf"] {
    const { options } = this.#problem;
    const { tuning } = this.#known();
    if (tuning === undefined) return sameInAll(options);
    return chosenOptions(
      tuning.axes,
      chooseForLabels(tuning, repeats, labels, this.#workspace, () =>
        this.#cancellation.throwIfRequested(),
      ),
    );
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

function sameInAll(options: FitOptions): PermutationProblem["optionsOf"] {
  return { whole: options, fold: () => options };
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
