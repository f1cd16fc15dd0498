/** `forward`: S = target, R = reference. `swapped`: the roles swapped. */
export type DirectionName = (typeof directionNames)[number];
export const directionNames = ["forward", "swapped"] as const;

/** One of the two conditions, by the part that the user gave it. */
export type ConditionName = "target" | "reference";

/** The same of both directions. */
export type Directions<Value> = Readonly<Record<DirectionName, Value>>;

/** Which condition each direction carries (S, whose variance is sought) and which it silences (R, shrunk). */
export const rolesOfDirection: Directions<{
  readonly carried: ConditionName;
  readonly silenced: ConditionName;
}> = {
  forward: { carried: "target", silenced: "reference" },
  swapped: { carried: "reference", silenced: "target" },
};

/** What `make` gives for each direction, forward first. */
export function ofDirections<Value>(make: (direction: DirectionName) => Value): Directions<Value> {
  return { forward: make("forward"), swapped: make("swapped") };
}

export function otherDirection(direction: DirectionName): DirectionName {
  return direction === "forward" ? "swapped" : "forward";
}
