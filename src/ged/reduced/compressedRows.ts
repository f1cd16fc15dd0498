import type { ReducedCompression } from "./compressReduced.ts";
import type { ConditionRows } from "./labelledRows.ts";
import { inner } from "../../linalg/small/tiles.ts";
import type { Workspace } from "../../linalg/small/workspace.ts";

/** Of `S + R = 2 L` in one component: what a subtraction leaves of less has lost digits that can be had. */
const leastShare = 1e-3;
/** Of the largest eigenvalue, which is what rounding is relative to. */
const leastOfLargest = 1e-6;

/**
 * Both conditions along the kept components. Only what a solution asks for is computed: `S + R = 2 L` there,
 * so that the target's covariance serves both directions, unless so little of it is the reference's that the
 * subtraction would lose digits.
 */
export class CompressedRows {
  readonly target: ConditionRows;
  readonly reference: ConditionRows;
  readonly compression: ReducedCompression;
  readonly #workspace: Workspace;
  /** [k] diagonals of S and R */
  readonly #variances: { readonly target: Float64Array; readonly reference: Float64Array };
  /** Whether R is computed from its own rows. */
  readonly referenceProjected: boolean;
  readonly #scores: { target?: Float64Array; reference?: Float64Array } = {};
  readonly #covariances: { target?: Float64Array; reference?: Float64Array } = {};

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
    const { components: k, eigenvalues } = compression;
    const own = this.#diagonal("target");
    let isSmall = false;
    const rest = workspace.buffer("rows.variances.rest", k);
    for (let j = 0; j < k; j += 1) {
      const sum = 2 * eigenvalues[j];
      rest[j] = sum - own[j];
      isSmall ||= rest[j] < Math.max(leastShare * sum, leastOfLargest * 2 * eigenvalues[0]);
    }
    this.referenceProjected = isSmall;
    this.#variances = { target: own, reference: isSmall ? this.#diagonal("reference") : rest };
  }

  #diagonal(condition: "target" | "reference"): Float64Array {
    const k = this.compression.components;
    const { rows, count } = this[condition];
    const scores = this.scores(condition);
    const variances = this.#workspace.buffer(`rows.variances.${condition}`, k).fill(0, 0, k);
    for (let i = 0; i < rows; i += 1) {
      for (let j = 0; j < k; j += 1) {
        const score = scores[i * k + j];
        variances[j] += (score * score) / (count - 1);
      }
    }
    return variances;
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
    const variances = this.#variances[condition];
    let trace = 0;
    for (let j = 0; j < k; j += 1) trace += variances[j];
    return trace;
  }

  /** S or R in the kept components, from the condition's own rows, [k, k], at least its lower triangle. */
  covariance(condition: "target" | "reference"): Float64Array {
    const known = this.#covariances[condition];
    if (known !== undefined) return known;
    const { rows, count } = this[condition];
    const k = this.compression.components;
    const scores = this.scores(condition);
    const columns = this.#workspace.buffer("rows.columns", rows * k);
    for (let i = 0; i < rows; i += 1) {
      for (let j = 0; j < k; j += 1) columns[j * rows + i] = scores[i * k + j];
    }
    const covariance = this.#workspace.buffer(`rows.covariance.${condition}`, k * k);
    this.#workspace.gram(columns, k, rows, covariance);
    for (let i = 0; i < k * k; i += 1) covariance[i] /= count - 1;
    this.#covariances[condition] = covariance;
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
