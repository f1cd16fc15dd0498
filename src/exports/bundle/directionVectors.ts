import { meanDifference } from "../../directions/meanDirections.ts";
import { EigenlensError } from "../../errors.ts";
import type { RunDocument } from "../../runs/runDocument.ts";
import { rolesOf, unitsOf, type ExportedComponent } from "./exportedRun.ts";
import { innerProduct } from "../../linalg/innerProduct.ts";
import { entryAt } from "../../lookup.ts";

/** The vectors of one component, [D] each, in the units of the activations. */
export interface DirectionVectors {
  /** Unit length: what reads. */
  readonly filter: Float64Array;
  /** `C w / (w'Cw)`, C the carried condition's covariance (Haufe et al. 2014), so that `filter . pattern = 1`. */
  readonly pattern: Float64Array;
  readonly meanCarried: Float64Array;
  readonly meanSilenced: Float64Array;
  /** From silenced to carried: what to add. */
  readonly meanDifference: Float64Array;
  /** Mean of all fitted rows, `m` of the eraser. */
  readonly overallMean: Float64Array;
  /** Unit length; absent if the means are equal in the kept components. */
  readonly discriminant?: Float64Array;
  /** `v` of the eraser `x - d (v . (x - m))`, d the mean difference; absent if there is none. */
  readonly eraser?: Float64Array;
}

/**
 * Everything that one component of a run gives to other tools.
 * @throws EigenlensError "file-format" for a run document of an earlier Eigenlens, which lacks some of it
 */
export function directionVectors(exported: ExportedComponent): DirectionVectors {
  const { document, component } = exported;
  const units = unitsOf(document);
  const inUnits = (values: Float64Array) => values.map((value) => value * units);
  const means = rolesOf(component.direction, {
    target: inUnits(required(document, "neurons.target.mean")),
    reference: inUnits(required(document, "neurons.reference.mean")),
  });
  const difference = meanDifference(means.carried, means.silenced);
  // Both are kept from reference to target.
  const sign = component.direction === "forward" ? 1 : -1;
  const eraser = document.tensors["difference.eraser"]?.values;
  const discriminant = document.tensors["difference.discriminant"]?.values;
  if (eraser === undefined && difference.some((value) => value !== 0)) throw lacksEraser();
  return {
    filter: component.filter,
    pattern: unitPattern(component.filter, component.pattern),
    meanCarried: means.carried,
    meanSilenced: means.silenced,
    meanDifference: difference,
    overallMean: overallMean(document, inUnits),
    ...(discriminant === undefined
      ? {}
      : { discriminant: discriminant.map((value) => sign * value) }),
    ...(eraser === undefined ? {} : { eraser: eraser.map((value) => (sign * value) / units) }),
  };
}

/** `C w / (w'Cw)` from `C w`. */
function unitPattern(filter: Float64Array, pattern: Float64Array): Float64Array {
  const variance = innerProduct(filter, pattern);
  if (!(variance > 0)) {
    throw new EigenlensError(
      "numerics",
      "The condition that this component carries does not vary along it: there is no direction to export.",
    );
  }
  return pattern.map((value) => value / variance);
}

function overallMean(
  document: RunDocument,
  inUnits: (values: Float64Array) => Float64Array,
): Float64Array {
  const { target, reference } = document.summary;
  const share = target.rows / (target.rows + reference.rows);
  const own = inUnits(required(document, "neurons.target.mean"));
  const other = inUnits(required(document, "neurons.reference.mean"));
  return own.map((value, j) => share * value + (1 - share) * entryAt(other, j));
}

function required(document: RunDocument, name: string): Float64Array {
  const found = document.tensors[name];
  if (found === undefined) throw new RangeError(`The run document lacks ${name}.`);
  return found.values;
}

function lacksEraser(): EigenlensError {
  return new EigenlensError(
    "file-format",
    "This run was made by an Eigenlens that kept no discriminant and no eraser: run the separation again, then export.",
  );
}
