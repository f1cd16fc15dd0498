import {
  rolesOfDirection,
  type ConditionName,
  type DirectionName,
} from "../../ged/method/directions.ts";
import type { DirectionReport, ScoredComponent } from "../../ged/validation/report.ts";
import type { ComponentView } from "../../protocol/views/runView.ts";
import type { RunDocument } from "../../runs/runDocument.ts";

/** One component of one run, as everything that leaves Eigenlens begins from. */
export interface ExportedComponent {
  readonly document: RunDocument;
  readonly component: ComponentView;
}

/** One value of the condition that a direction carries and one of the condition that it silences. */
export interface Roles<Value> {
  readonly carried: Value;
  readonly silenced: Value;
}

/** Orders a pair by what a direction does with it. */
export function rolesOf<Value>(
  direction: DirectionName,
  pair: Readonly<Record<ConditionName, Value>>,
): Roles<Value> {
  const { carried, silenced } = rolesOfDirection[direction];
  return { carried: pair[carried], silenced: pair[silenced] };
}

/** What a validation says of one direction; undefined without one. */
export function reportOf(
  { summary }: RunDocument,
  direction: DirectionName,
): DirectionReport | undefined {
  return summary.validation?.directions[direction];
}

/** What a validation says of one component; undefined if it was not validated. */
export function scoredComponent(exported: ExportedComponent): ScoredComponent | undefined {
  const { document, component } = exported;
  return reportOf(document, component.direction)?.components[component.index];
}

/**
 * The p of a component, held out: component 1's own, that of others corrected for all that are reported.
 * @returns undefined if it is not known
 */
export function heldOutP(exported: ExportedComponent): number | undefined {
  const { document, component } = exported;
  return component.index === 0
    ? reportOf(document, component.direction)?.permutation?.heldOut?.p
    : scoredComponent(exported)?.correctedP?.heldOut;
}

/** What values in the run's units must be multiplied by to be in those of the activations. */
export function unitsOf({ summary: { numerics } }: RunDocument): number {
  return numerics?.scaledUnits === true && numerics.scaled !== null ? 1 / numerics.scaled : 1;
}
