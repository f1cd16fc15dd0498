import { EigenlensError } from "../../errors.ts";
import type { Matrix } from "../../linalg/matrix.ts";
import type { RunContext } from "../method/context.ts";
import { diagnoseCovariance, type MatrixDiagnosis } from "./diagnose.ts";
import { separate, type Separation } from "./separate.ts";
import { diagonalOfSum, separateBySum } from "./separateBySum.ts";
import {
  ofDirections,
  rolesOfDirection,
  type ConditionName,
  type Directions,
} from "../method/directions.ts";
import { shrink, type Shrunk } from "../method/shrink.ts";

/** One direction: `S w = l R~ w`, S being the carried condition's covariance, R the silenced one's. */
export interface SolvedDirection extends Separation {
  /** a = trace(R) / k, of the silenced condition. */
  readonly alpha: number;
}

/** GED both ways, from the k x k covariances alone: the interactive core. */
export interface SolvedDirections extends Directions<SolvedDirection> {
  /** S [k, k] and R [k, k], as they were compressed. */
  readonly target: Matrix;
  readonly reference: Matrix;
  readonly diagnosis: {
    readonly target: MatrixDiagnosis;
    readonly reference: MatrixDiagnosis;
    readonly targetShrunk: MatrixDiagnosis;
    readonly referenceShrunk: MatrixDiagnosis;
  };
}

/** Smaller problems are done in a moment by the general way. */
const smallestBySum = 512;

/**
 * Shrinks, checks and separates in both directions.
 * @param target S [k, k]
 * @param reference R [k, k]
 * @param gamma g of the shrinkage
 * @throws EigenlensError "numerics" naming the matrix, its rank and the remedy where a shrunk
 *   covariance is still singular
 */
export function solveBothDirections(
  target: Matrix,
  reference: Matrix,
  names: { readonly target: string; readonly reference: string },
  gamma: number,
  context: Pick<RunContext, "products" | "cancellation">,
): SolvedDirections {
  const { products } = context;
  const checkpoint = () => context.cancellation.throwIfRequested();
  const covariances = { target, reference };
  const shrunk = { target: shrink(target, gamma), reference: shrink(reference, gamma) };
  const targetDiagnosis = diagnoseCovariance(target, gamma, products);
  const referenceDiagnosis = diagnoseCovariance(reference, gamma, products);
  const diagnosis = {
    target: targetDiagnosis.before,
    reference: referenceDiagnosis.before,
    targetShrunk: targetDiagnosis.after,
    referenceShrunk: referenceDiagnosis.after,
  };
  checkInvertible(names.reference, shrunk.reference, diagnosis.referenceShrunk, gamma);
  checkInvertible(names.target, shrunk.target, diagnosis.targetShrunk, gamma);
  const sum =
    target.rows >= smallestBySum && gamma < 1 ? diagonalOfSum(target, reference) : undefined;
  const solve = (carries: ConditionName, silences: ConditionName): SolvedDirection => {
    const [carried, silenced] = [covariances[carries], covariances[silences]];
    const { covariance, alpha } = shrunk[silences];
    const options = { products, checkpoint };
    const found = sum && separateBySum(carried, silenced, sum, { gamma, alpha }, options);
    return { ...(found ?? separate(carried, silenced, covariance, options)), alpha };
  };
  return {
    target,
    reference,
    diagnosis,
    ...ofDirections((direction) => {
      const { carried, silenced } = rolesOfDirection[direction];
      return solve(carried, silenced);
    }),
  };
}

function checkInvertible(
  name: string,
  shrunk: Shrunk,
  diagnosis: MatrixDiagnosis,
  gamma: number,
): void {
  const k = shrunk.covariance.rows;
  if (diagnosis.rank === k) return;
  throw new EigenlensError(
    "numerics",
    `The covariance of ${name} has rank ${diagnosis.rank} of ${k} with shrinkage ${gamma}, so it cannot be ` +
      `divided by: raise the shrinkage (0.01 is usual) or keep at most ${Math.max(1, diagnosis.rank)} components.`,
  );
}

/**
 * First-order estimate of the generalized eigenvalues' relative error where covariances were accumulated
 * from float32 products: float32's unit roundoff times the condition number of the covariance that is
 * divided by (perturbation of a definite pencil; Stewart & Sun 1990, VI.3).
 */
export function singlePrecisionError({ diagnosis }: SolvedDirections): number {
  const worst = Math.max(
    diagnosis.referenceShrunk.conditionNumber ?? Infinity,
    diagnosis.targetShrunk.conditionNumber ?? Infinity,
  );
  return 2 ** -24 * worst;
}
