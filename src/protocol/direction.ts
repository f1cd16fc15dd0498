import {
  rolesOfDirection,
  type ConditionName,
  type DirectionName,
} from "../ged/method/directions.ts";

// The two directions, for the webviews: they see the protocol and nothing behind it.
export {
  directionNames,
  ofDirections,
  otherDirection,
  rolesOfDirection,
  type ConditionName,
  type DirectionName,
  type Directions,
} from "../ged/method/directions.ts";
export { traceRatioOf } from "../ged/validation/scale/traceRatio.ts";

/**
 * What a direction carries and for what it is silent, by the names of the conditions.
 * @param names of both, whatever else the object says
 */
export function rolesAmong(
  names: Readonly<Record<ConditionName, string>>,
  direction: DirectionName,
): { readonly carried: string; readonly silent: string } {
  const { carried, silenced } = rolesOfDirection[direction];
  return { carried: names[carried], silent: names[silenced] };
}
