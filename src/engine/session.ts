import { Cancellation } from "../cancellation.ts";
import { EigenlensError } from "../errors.ts";
import { leadingBlock } from "../ged/full/compression.ts";
import { solveBothDirections, type SolvedDirections } from "../ged/full/solve.ts";
import type { Separation } from "../ged/full/separate.ts";
import { matrix } from "../linalg/matrix.ts";
import type { Products } from "../linalg/products.ts";
import type { ComponentView, DirectionName, RunView } from "../protocol/runView.ts";
import {
  compressionFromDocument,
  storedMatrix,
  type DocumentCompression,
} from "../runs/documentCompression.ts";
import { mapDirection, norm, row } from "../runs/mapDirection.ts";
import type { RunDocument } from "../runs/runDocument.ts";
import { summarizeSolution } from "../runs/summarize.ts";
import { buildRunView, neuronStatistics } from "./view.ts";

/**
 * One run as the panel holds it open: answers its controls from the document's k x k covariances,
 * never from the files.
 */
export class RunSession {
  readonly runId: string;
  readonly document: RunDocument;
  readonly #products: Products;
  readonly #stored: DocumentCompression;
  #compression: DocumentCompression;
  /** Undefined while the panel shows the run as it was made. */
  #solved: SolvedDirections | undefined;
  #view: RunView;

  constructor(runId: string, document: RunDocument, products: Products) {
    this.runId = runId;
    this.document = document;
    this.#products = products;
    this.#stored = compressionFromDocument(document, products);
    this.#compression = this.#stored;
    this.#view = buildRunView(runId, document);
  }

  get view(): RunView {
    return this.#view;
  }

  /**
   * Solves again with another shrinkage and share of variance.
   * @throws EigenlensError "numerics" where a shrunk covariance is singular, "usage" where the share is
   *   beyond what is stored; the session then stays as it was
   */
  resolve(shrinkage: number, variance: number): RunView {
    const { controls } = buildRunView(this.runId, this.document);
    if (variance > controls.maximalVariance) {
      throw new EigenlensError(
        "usage",
        `This run holds components for ${percent(controls.maximalVariance)} of the variance: run again to keep ${percent(variance)}.`,
      );
    }
    const unchanged = shrinkage === controls.shrinkage && variance === controls.variance;
    if (unchanged) {
      this.#compression = this.#stored;
      this.#solved = undefined;
      this.#view = buildRunView(this.runId, this.document);
      return this.#view;
    }
    const compression = this.#stored.cutAt(variance);
    const solved = this.#solve(compression, shrinkage);
    this.#compression = compression;
    this.#solved = solved;
    const { summary } = this.document;
    this.#view = buildRunView(
      this.runId,
      {
        ...this.document,
        options: { ...this.document.options, shrinkage, variance },
        // What was validated is another fit than the one now shown.
        summary: {
          ...summary,
          ...summarizeSolution(compression, solved, shrinkage),
          validation: null,
        },
      },
      compression.mapsToNeurons
        ? { forward: solved.diagnosis.target.rank, swapped: solved.diagnosis.reference.rank }
        : { forward: 0, swapped: 0 },
    );
    return this.#view;
  }

  /**
   * Loadings and projections of one component, for what was last resolved.
   * @param index from 0
   * @throws EigenlensError "usage" where there is no such component or its loadings were not stored
   */
  async component(direction: DirectionName, index: number): Promise<ComponentView> {
    const { eigenvalues } = this.#view.summary[direction === "forward" ? "separation" : "swapped"];
    if (!(Number.isInteger(index) && index >= 0 && index < eigenvalues.length)) {
      throw new EigenlensError(
        "usage",
        `There is no component ${index + 1}: this run has ${eigenvalues.length}.`,
      );
    }
    return this.#solved === undefined && index < this.#view.mappedComponents[direction]
      ? this.#storedComponent(direction, index, eigenvalues[index])
      : this.#mappedComponent(direction, index, eigenvalues[index]);
  }

  #solve(compression: DocumentCompression, shrinkage: number): SolvedDirections {
    const { target, reference } = this.document.summary;
    return solveBothDirections(
      leadingBlock(compression.target, compression.components),
      leadingBlock(compression.reference, compression.components),
      { target: target.name, reference: reference.name },
      shrinkage,
      { products: this.#products, cancellation: new Cancellation() },
    );
  }

  #storedComponent(direction: DirectionName, index: number, eigenvalue: number): ComponentView {
    const prefix = direction === "forward" ? "separation" : "swapped";
    const projections = direction === "forward" ? "projections" : "swapped.projections";
    const filter = this.#tensorRow(`${prefix}.filters`, index).slice();
    const length = norm(filter);
    const differences = this.document.tensors[`${projections}.meanDifference`];
    return {
      runId: this.runId,
      direction,
      index,
      eigenvalue,
      filter: filter.map((value) => value / length),
      pattern: this.#tensorRow(`${prefix}.patterns`, index).slice(),
      patternWithinSpan: false,
      targetProjections: this.#column(`${projections}.target`, index),
      referenceProjections: this.#column(`${projections}.reference`, index),
      meanDifference: differences?.values[index] ?? Number.NaN,
    };
  }

  async #mappedComponent(
    direction: DirectionName,
    index: number,
    eigenvalue: number,
  ): Promise<ComponentView> {
    const compression = this.#compression;
    if (!compression.mapsToNeurons) {
      throw new EigenlensError(
        "usage",
        `The loadings of component ${index + 1} were not stored, for the run is too large: run again with fewer components.`,
      );
    }
    // A component beyond the stored ones of an unchanged run: solve once for its vector.
    this.#solved ??= this.#solve(compression, this.#view.controls.shrinkage);
    const separation: Separation = this.#solved[direction];
    const statistics = neuronStatistics(this.document);
    const mapped = await mapDirection(
      compression,
      separation,
      direction === "forward" ? "target" : "reference",
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
      runId: this.runId,
      direction,
      index,
      eigenvalue,
      filter: filter.map((value) => value / length),
      pattern: row(mapped.patterns, 0).slice(),
      patternWithinSpan: !compression.spansEverything,
      targetProjections: mapped.projections?.target.values ?? new Float64Array(0),
      referenceProjections: mapped.projections?.reference.values ?? new Float64Array(0),
      meanDifference: mapped.meanDifference[0],
    };
  }

  #tensorRow(name: string, index: number): Float64Array {
    const found = storedMatrix(this.document, name);
    if (found === undefined || index >= found.rows) {
      throw new EigenlensError("file-format", `The run document lacks row ${index} of ${name}.`);
    }
    return row(found, index);
  }

  #column(name: string, index: number): Float64Array {
    const found = storedMatrix(this.document, name) ?? matrix(0, 1);
    const column = new Float64Array(found.rows);
    for (let i = 0; i < found.rows; i += 1) column[i] = found.values[i * found.columns + index];
    return column;
  }
}

function moments(mean: Float64Array, variance: Float64Array) {
  return { name: "", rows: 0, mean, variance };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
