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
import { meanEigenvalue, shrinking, shrunkCovariance } from "../method/shrinkage/shrink.ts";

/** One direction: `S w = l R~ w`, S being the carried condition's covariance, R the silenced one's. */
export interface SolvedDirection extends Separation {
  /** g that the silenced condition was shrunk by. */
  readonly gamma: number;
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
 * @param gammas g of the condition that each direction silences
 * @throws EigenlensError "numerics" naming the matrix, its rank and the remedy where a shrunk
 *   covariance is still singular
 */
export function solveBothDirections(
  target: Matrix,
  reference: Matrix,
  names: { readonly target: string; readonly reference: string },
  gammas: Directions<number>,
  context: Pick<RunContext, "products" | "cancellation">,
): SolvedDirections {
  const { products } = context;
  const checkpoint = () => context.cancellation.throwIfRequested();
  const covariances = { target, reference };
  const gammaOf = { target: gammas.swapped, reference: gammas.forward };
  const targetDiagnosis = diagnoseCovariance(target, gammaOf.target, products);
  const referenceDiagnosis = diagnoseCovariance(reference, gammaOf.reference, products);
  const diagnosis = {
    target: targetDiagnosis.before,
    reference: referenceDiagnosis.before,
    targetShrunk: targetDiagnosis.after,
    referenceShrunk: referenceDiagnosis.after,
  };
  const k = target.rows;
  checkInvertible(names.reference, k, diagnosis.referenceShrunk, gammaOf.reference);
  checkInvertible(names.target, k, diagnosis.targetShrunk, gammaOf.target);
  const sum = k >= smallestBySum ? diagonalOfSum(target, reference) : undefined;
  const solve = (carries: ConditionName, silences: ConditionName): SolvedDirection => {
    const [carried, silenced] = [covariances[carries], covariances[silences]];
    const gamma = gammaOf[silences];
    const alpha = meanEigenvalue(silenced);
    const by = shrinking(gamma, alpha);
    const options = { products, checkpoint };
    const found = sum && gamma < 1 ? separateBySum(carried, silenced, sum, by, options) : undefined;
    return {
      ...(found ?? separate(carried, silenced, shrunkCovariance(silenced, by), options)),
      gamma,
      alpha,
    };
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

/** @param k the order of the covariance */
function checkInvertible(name: string, k: number, diagnosis: MatrixDiagnosis, gamma: number): void {
  if (diagnosis.rank === k) return;
  throw new EigenlensError(
    "numerics",
    `The covariance of ${name} has rank ${diagnosis.rank} of ${k} with shrinkage ${gamma}, so it cannot be ` +
      `divided by: raise the shrinkage (0.01 is usual) or keep at most ${Math.max(1, diagnosis.rank)} components.`,
  );
}
