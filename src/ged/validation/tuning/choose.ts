import type { Workspace } from "../../../linalg/small/workspace.ts";
import { EigenlensError } from "../../../errors.ts";
import type { FitOptions } from "../../reduced/fitReduced.ts";
import type { PreparedSplit } from "../../reduced/reduceRows.ts";
import { gridSquares, type GridAxes } from "../grid/grid.ts";
import { heldOutRatios, largestAt } from "../grid/gridReport.ts";
import type { TunedChoice } from "./report.ts";
import { foldPairs } from "./pairSplits.ts";

/** A split of two folds with its rows reduced. */
export interface PreparedTuningSplit extends PreparedSplit {
  readonly starts: readonly number[];
}

/** What every labelling chooses from. */
export interface TuningProblem {
  readonly axes: GridAxes;
  /** Of each repeat, in the order of `foldPairs`; rows about the training means of their own condition. */
  readonly pairs: readonly (readonly PreparedTuningSplit[])[];
}

/** Held-out squares of one repeat, as `gridSquares` returns them. */
export interface RepeatSquares {
  /** Of each fold, by the fit without it. */
  readonly folds: readonly Float64Array[];
  /** Of both folds of each pair, by the fit without both; in the order of `foldPairs`. */
  readonly pairs: readonly (readonly Float64Array[])[];
}

/** What all rows choose, and the training rows of each fold. */
export interface Choices {
  readonly whole: TunedChoice;
  /** [repeats, folds] */
  readonly folds: readonly (readonly TunedChoice[])[];
}

/**
 * Nested cross-validation (Stone 1974; Varma and Simon 2006): the training rows of each fold choose by the other folds
 * of the same repeat, all rows by the folds of all repeats. The choice is the largest held-out ratio of component 1,
 * forward, the first of equals, smaller shrinkage before smaller share: no rule of one standard error, whose error four
 * folds would hardly tell.
 * @throws EigenlensError "numerics" if nothing that is tried can be fitted
 */
export function choose(axes: GridAxes, repeats: readonly RepeatSquares[]): Choices {
  return {
    whole: largestOf(
      axes,
      repeats.map(({ folds }) => folds),
    ),
    folds: repeats.map(({ folds, pairs }) => {
      const own = folds.map((): Float64Array[] => []);
      foldPairs(folds.length).forEach(({ first, second }, i) => {
        const [onFirst, onSecond] = pairs[i];
        own[second].push(onFirst);
        own[first].push(onSecond);
      });
      return own.map((squares) => largestOf(axes, [squares]));
    }),
  };
}

/** The choices that one labelling of the rows makes. @throws EigenlensError as {@link choose}; what checkpoint throws */
export function chooseForLabels(
  { axes, pairs }: TuningProblem,
  repeats: readonly (readonly PreparedSplit[])[],
  labels: Uint8Array,
  workspace: Workspace,
  checkpoint: () => void,
): Choices {
  return choose(
    axes,
    repeats.map((folds, repeat) => {
      checkpoint();
      return {
        folds: folds.map((fold) => gridSquares(fold, labels, axes, workspace)[0]),
        pairs: pairs[repeat].map((pair) => gridSquares(pair, labels, axes, workspace, pair.starts)),
      };
    }),
  );
}

/** Choices as options of fits. */
export function chosenOptions(
  { atMost }: GridAxes,
  { whole, folds }: Choices,
): {
  readonly whole: FitOptions;
  readonly fold: (repeat: number, fold: number) => FitOptions;
} {
  const optionsOf = ({ shrinkage, share }: TunedChoice): FitOptions => ({
    keep: atMost === undefined ? { share } : { share, atMost },
    shrinkage,
  });
  return { whole: optionsOf(whole), fold: (repeat, fold) => optionsOf(folds[repeat][fold]) };
}

function largestOf(axes: GridAxes, squares: readonly (readonly Float64Array[])[]): TunedChoice {
  const best = largestAt(heldOutRatios(axes, squares));
  if (best < 0) {
    throw new EigenlensError(
      "numerics",
      "None of the shrinkages and shares that are tried can be fitted on some folds: add rows, or choose both yourself.",
    );
  }
  const { shrinkages, shares } = axes;
  return {
    shrinkage: shrinkages[Math.floor(best / shares.length)],
    share: shares[best % shares.length],
  };
}
