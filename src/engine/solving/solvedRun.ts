import { EigenlensError } from "../../errors.ts";
import type { SolvedDirections } from "../../ged/full/solve.ts";
import { ofDirections, rolesOfDirection, type DirectionName } from "../../ged/method/directions.ts";
import type { Separation } from "../../ged/full/separate.ts";
import { matrix } from "../../linalg/matrix.ts";
import type { ComponentView, Solution, SolutionChoice } from "../../protocol/views/runView.ts";
import { storedMatrix, type DocumentCompression } from "../../runs/documentCompression.ts";
import { mapDirection, norm, row } from "../../runs/mapDirection.ts";
import { tensorNames } from "../../runs/written/tensorNames.ts";
import type { RunDocument } from "../../runs/runDocument.ts";
import { summarizeSolution } from "../../runs/summarize.ts";
import { madeChoice, neuronStatistics } from "./runHeader.ts";
import { entryAt } from "../../lookup.ts";

/** A document that can be solved, and its compression cut at the share of one solution. */
export interface Cut {
  readonly run: string;
  readonly document: RunDocument;
  readonly compression: DocumentCompression;
}

/** One solution of one run: its numbers, and its components as they are asked for. Nothing of it changes. */
export class SolvedRun {
  readonly solution: Solution;
  readonly #cut: Cut;
  readonly #solve: () => SolvedDirections;
  /** Undefined while the document's own components are all that was asked for. */
  #solved: SolvedDirections | undefined;
  /** Whether the document holds this solution's first components. */
  readonly #stored: boolean;

  private constructor(
    cut: Cut,
    solution: Solution,
    solve: () => SolvedDirections,
    solved?: SolvedDirections,
  ) {
    this.#cut = cut;
    this.solution = solution;
    this.#solve = solve;
    this.#solved = solved;
    this.#stored = solved === undefined;
  }

  /**
   * The solution that the run was made with, as its document has it.
   * @param solve finds it again, for components that the document does not hold
   */
  static made(cut: Cut, solve: () => SolvedDirections): SolvedRun {
    const { run, document } = cut;
    const { compression, rank, conditionNumber, shrinkage, directions } = document.summary;
    const solution = {
      run,
      choice: madeChoice(document),
      summary: { compression, rank, conditionNumber, shrinkage, directions },
      mappedComponents: ofDirections(
        (direction) => document.tensors[tensorNames[direction].filters]?.shape[0] ?? 0,
      ),
    };
    return new SolvedRun(cut, solution, solve);
  }

  /** Another solution. */
  static anew(cut: Cut, choice: SolutionChoice, solved: SolvedDirections): SolvedRun {
    const { run, compression } = cut;
    const solution = {
      run,
      choice,
      summary: summarizeSolution(compression, solved, choice.shrinkage),
      mappedComponents: ofDirections((direction) =>
        compression.mapsToNeurons ? solved.diagnosis[rolesOfDirection[direction].carried].rank : 0,
      ),
    };
    return new SolvedRun(cut, solution, () => solved, solved);
  }

  /** Bytes that this solution needs beside its run. */
  get bytes(): number {
    const k = this.solution.summary.compression.components;
    // S, R and both directions' vectors.
    return 8 * 4 * k * k;
  }

  /**
   * Loadings and projections of one component.
   * @param index from 0
   * @throws EigenlensError "usage" if there is no such component or its loadings were not stored
   */
  async component(direction: DirectionName, index: number): Promise<ComponentView> {
    const { summary, mappedComponents } = this.solution;
    const { eigenvalues } = summary.directions[direction];
    const eigenvalue = eigenvalues[index];
    if (eigenvalue === undefined) {
      throw new EigenlensError(
        "usage",
        `There is no component ${index + 1}: this run has ${eigenvalues.length}.`,
      );
    }
    return this.#stored && index < mappedComponents[direction]
      ? this.#storedComponent(direction, index, eigenvalue)
      : this.#mappedComponent(direction, index, eigenvalue);
  }

  #storedComponent(direction: DirectionName, index: number, eigenvalue: number): ComponentView {
    const names = tensorNames[direction];
    const filter = this.#tensorRow(names.filters, index).slice();
    const length = norm(filter);
    const differences = this.#cut.document.tensors[names.meanDifference];
    return {
      run: this.solution.run,
      choice: this.solution.choice,
      direction,
      index,
      eigenvalue,
      filter: filter.map((value) => value / length),
      pattern: this.#tensorRow(names.patterns, index).slice(),
      patternWithinSpan: false,
      targetProjections: this.#column(names.projections.target, index),
      referenceProjections: this.#column(names.projections.reference, index),
      meanDifference: differences?.values[index] ?? Number.NaN,
    };
  }

  async #mappedComponent(
    direction: DirectionName,
    index: number,
    eigenvalue: number,
  ): Promise<ComponentView> {
    const { compression, document } = this.#cut;
    if (!compression.mapsToNeurons) {
      throw new EigenlensError(
        "usage",
        `The loadings of component ${index + 1} were not stored, for the run is too large: run again with fewer components.`,
      );
    }
    this.#solved ??= this.#solve();
    const separation: Separation = this.#solved[direction];
    const statistics = neuronStatistics(document);
    const mapped = await mapDirection(
      compression,
      separation,
      rolesOfDirection[direction].carried,
      {
        target: moments(statistics.targetMean, statistics.targetVariance),
        reference: moments(statistics.referenceMean, statistics.referenceVariance),
      },
      index,
      1,
    );
    const filter = row(mapped.filters, 0);
    const length = norm(filter);
    return {
      run: this.solution.run,
      choice: this.solution.choice,
      direction,
      index,
      eigenvalue,
      filter: filter.map((value) => value / length),
      pattern: row(mapped.patterns, 0).slice(),
      patternWithinSpan: !compression.spansEverything,
      targetProjections: mapped.projections?.target.values ?? new Float64Array(0),
      referenceProjections: mapped.projections?.reference.values ?? new Float64Array(0),
      meanDifference: entryAt(mapped.meanDifference, 0),
    };
  }

  #tensorRow(name: string, index: number): Float64Array {
    const found = storedMatrix(this.#cut.document, name);
    if (found === undefined || index >= found.rows) {
      throw new EigenlensError("file-format", `The run document lacks row ${index} of ${name}.`);
    }
    return row(found, index);
  }

  #column(name: string, index: number): Float64Array {
    const found = storedMatrix(this.#cut.document, name) ?? matrix(0, 1);
    const column = new Float64Array(found.rows);
    for (let i = 0; i < found.rows; i += 1) {
      column[i] = entryAt(found.values, i * found.columns + index);
    }
    return column;
  }
}

function moments(mean: Float64Array, variance: Float64Array) {
  return { name: "", rows: 0, mean, variance };
}
