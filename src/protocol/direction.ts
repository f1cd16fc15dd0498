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
