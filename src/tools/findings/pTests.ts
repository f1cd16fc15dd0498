import { among } from "../../commandLine/describe/describeValidation.ts";
import type { ValidationReport } from "../../ged/validation/report.ts";
import { quoted } from "./quoted.ts";

interface Names {
  readonly carries: string;
  readonly silences: string;
}

/**
 * What a p of a held-out ratio tests, so that it never stands beside another number than its own.
 * @param component from 1; the p of later ones counts all components that are reported
 */
export function pTests(
  names: Names,
  component: number,
  permutations: ValidationReport["permutations"],
): string {
  const against =
    permutations === undefined
      ? "permuted labels"
      : `${permutations.count} permutations of the labels ${among[permutations.exchange]}`;
  const counted = component === 1 ? "" : ", corrected for all components that are reported";
  return `ratioHeldOut of component ${component} of ${quoted(names.carries)} over ${quoted(names.silences)} against ${against}${counted}`;
}

/** What the p over everything tests. @param components that are reported of each direction */
export function maxPTests(components: number): string {
  return `the largest held-out ratio of both directions and ${components} components against the largest of each permutation`;
}

/** What the p of a transfer tests. */
export function transferPTests(names: Names, component: number, fitted: boolean): string {
  const ratio = fitted ? "ratioInSample" : "ratioHeldOut";
  return `${ratio} of component ${component} of ${quoted(names.carries)} over ${quoted(names.silences)} against permuted labels of these rows`;
}
