import type { ReducedCompression } from "./compressReduced.ts";
import type { ConditionRows } from "./labelledRows.ts";
import { inner } from "../../linalg/small/tiles.ts";
import type { Workspace } from "../../linalg/small/workspace.ts";

/**
 * Both conditions along the kept components. Only what a solution asks for is computed: `S + R = 2 L` there,
 * so that the target's covariance serves both directions.
 */
export class CompressedRows {
  readonly target: ConditionRows;
  readonly reference: ConditionRows;
  readonly compression: ReducedCompression;
  readonly #workspace: Workspace;
  /** [k] diagonal of S */
  readonly #targetVariances: Float64Array;
  readonly #scores: { target?: Float64Array; reference?: Float64Array } = {};
  #covariance: Float64Array | undefined;

  constructor(
    compression: ReducedCompression,
    target: ConditionRows,
    reference: ConditionRows,
    workspace: Workspace,
  ) {
    this.compression = compression;
    this.target = target;
    this.reference = reference;
    this.#workspace = workspace;
    const k = compression.components;
    const scores = this.scores("target");
    this.#targetVariances = workspace.buffer("rows.variances", k).fill(0, 0, k);
    for (let i = 0; i < target.rows; i += 1) {
      for (let j = 0; j < k; j += 1) {
        const score = scores[i * k + j];
        this.#targetVariances[j] += (score * score) / (target.count - 1);
      }
    }
  }

  /** The centred rows of a condition on the kept components, [n, k]. */
  scores(condition: "target" | "reference"): Float64Array {
    const known = this.#scores[condition];
    if (known !== undefined) return known;
    const { rows, values, mean } = this[condition];
    const { components: k, basis } = this.compression;
    const scores = this.#workspace.buffer(`rows.scores.${condition}`, rows * k);
    this.#workspace.multiplyRows(values, rows, basis, k, mean.length, scores);
    this.#scores[condition] = scores;
    return scores;
  }

  /** Trace of S or R in the first `k` components. */
  trace(condition: "target" | "reference", k: number): number {
    const { eigenvalues } = this.compression;
    let trace = 0;
    for (let j = 0; j < k; j += 1) {
      const target = this.#targetVariances[j];
      trace += condition === "target" ? target : Math.max(0, 2 * eigenvalues[j] - target);
    }
    return trace;
  }

  /** S in the kept components, [k, k], at least its lower triangle. */
  targetCovariance(): Float64Array {
    if (this.#covariance !== undefined) return this.#covariance;
    const { rows, count } = this.target;
    const k = this.compression.components;
    const scores = this.scores("target");
    const columns = this.#workspace.buffer("rows.columns", rows * k);
    for (let i = 0; i < rows; i += 1) {
      for (let j = 0; j < k; j += 1) columns[j * rows + i] = scores[i * k + j];
    }
    const covariance = this.#workspace.buffer("rows.covariance", k * k);
    this.#workspace.gram(columns, k, rows, covariance);
    for (let i = 0; i < k * k; i += 1) covariance[i] /= count - 1;
    this.#covariance = covariance;
    return covariance;
  }

  /** `B'w` for weights w of the first `k` components, added to `direction` at `start`. */
  addDirection(weights: Float64Array, k: number, direction: Float64Array, start: number): void {
    const { basis } = this.compression;
    const r = this.target.mean.length;
    const scale = 1 / Math.sqrt(inner(weights, 0, weights, 0, k));
    for (let j = 0; j < k; j += 1) {
      const weight = weights[j] * scale;
      for (let i = 0; i < r; i += 1) direction[start + i] += weight * basis[j * r + i];
    }
  }
}
