import type { Scatter } from "../../../linalg/crossProductAccumulator.ts";
import { matrix, type Matrix } from "../../../linalg/matrix.ts";
import { withoutScatter } from "../../../linalg/scatters.ts";
import { compressByCovariance } from "../../full/compressByCovariance.ts";
import { silencedGammas } from "../../full/gammas.ts";
import { leadingBlock } from "../../full/compression.ts";
import { momentsFromScatters } from "../../full/moments/scatterMoments.ts";
import { unitQuadraticForms } from "../../full/separate.ts";
import { solveBothDirections, type SolvedDirections } from "../../full/solve.ts";
import type { RunContext } from "../../method/context.ts";
import {
  directionNames,
  ofDirections,
  rolesOfDirection,
  type ConditionName,
  type Directions,
} from "../../method/directions.ts";
import type { GedOptions } from "../../method/options.ts";
import type { Compression } from "../../full/compression.ts";
import type { SeparationScore } from "../report.ts";

/** A fit on moments alone. */
export interface MomentsFit {
  readonly compression: Compression;
  readonly solved: SolvedDirections;
}

/** Sums of both conditions. */
type BothSums = Readonly<Record<ConditionName, Scatter>>;

/**
 * The whole method on given moments.
 * @throws EigenlensError "numerics" if a covariance stays singular; "usage" if the shrinkage needs rows;
 *   CancelledError
 */
export function fitMoments(
  sums: BothSums,
  names: Readonly<Record<ConditionName, string>>,
  options: GedOptions,
  context: RunContext,
): MomentsFit {
  const moments = momentsFromScatters(
    { name: names.target, sums: sums.target },
    { name: names.reference, sums: sums.reference },
  );
  const compression = compressByCovariance(moments, undefined, options, context);
  const k = compression.components;
  const target = leadingBlock(compression.target, k);
  const reference = leadingBlock(compression.reference, k);
  // Of the sums that are fitted: a fold that is held out says nothing of how much is shrunk.
  const rows = { target: sums.target.rows, reference: sums.reference.rows };
  const gammas = silencedGammas(options.shrinkage, { target, reference }, rows, undefined);
  const solved = solveBothDirections(target, reference, names, gammas, context);
  return { compression, solved };
}

/** The filters of the first m components of one direction, `V w`, [m, D]. */
export function leadingFilters(
  { compression, solved }: MomentsFit,
  direction: keyof Directions<unknown>,
  m: number,
): Matrix {
  const k = compression.components;
  return compression.toNeurons(matrix(m, k, solved[direction].vectors.values.slice(0, m * k)));
}

/** Squares and degrees of freedom of held-out rows on each component, summed over folds. */
export class HeldOutSquares {
  readonly #squares: Directions<Record<ConditionName, Float64Array>>;
  readonly #freedom = { target: 0, reference: 0 };
  /** Components that every fold has. */
  #components: number;

  /** @param components m */
  constructor(components: number) {
    this.#components = components;
    this.#squares = ofDirections(() => ({
      target: new Float64Array(components),
      reference: new Float64Array(components),
    }));
  }

  /**
   * Fits on all rows but one fold's, total minus fold, and adds what the fold's rows vary on the unit directions:
   * `w'S_fold w`, about the fold's own mean.
   * @returns the filters of the fit, [m, D] of each direction, of no particular length
   * @throws EigenlensError as {@link fitMoments} does
   */
  add(
    totals: BothSums,
    fold: BothSums,
    names: Readonly<Record<ConditionName, string>>,
    options: GedOptions,
    context: RunContext,
  ): Directions<Matrix> {
    const fit = fitMoments(
      {
        target: withoutScatter(totals.target, fold.target),
        reference: withoutScatter(totals.reference, fold.reference),
      },
      names,
      options,
      context,
    );
    const k = fit.compression.components;
    this.#components = Math.min(this.#components, k);
    const m = this.#components;
    const fitted = ofDirections((direction) => leadingFilters(fit, direction, m));
    for (const direction of directionNames) {
      const filters = fitted[direction];
      for (const condition of ["target", "reference"] as const) {
        const squares = unitQuadraticForms(fold[condition].scatter, filters, context.products);
        for (let c = 0; c < m; c += 1) this.#squares[direction][condition][c] += squares[c];
      }
    }
    this.#freedom.target += Math.max(0, fold.target.rows - 1);
    this.#freedom.reference += Math.max(0, fold.reference.rows - 1);
    return fitted;
  }

  /** What the folds say of component c of one direction; undefined if one of them did not have it. */
  score(direction: keyof Directions<unknown>, c: number): SeparationScore | undefined {
    if (c >= this.#components) return undefined;
    const { carried, silenced } = rolesOfDirection[direction];
    const variance = (condition: ConditionName) =>
      this.#squares[direction][condition][c] / this.#freedom[condition];
    return scoreOf(variance(carried), variance(silenced));
  }
}

/** Variances alone: how rows are ranked, no moments tell. */
export function scoreOf(carriedVariance: number, silencedVariance: number): SeparationScore {
  return {
    carriedVariance,
    silencedVariance,
    ratio: carriedVariance / silencedVariance,
  };
}
