import type { ConditionSource } from "../src/conditions/condition.ts";
import { sourceKey } from "../src/conditions/selection/sourceKey.ts";

export type Role = "target" | "reference";

/** What the user marked for the next run; a tensor is the file's only one where it is not named. */
export interface Marks {
  readonly target?: ConditionSource;
  readonly reference?: ConditionSource;
}

/** Whether both name the same rows of the same tensor of the same file. */
export function sameSource(a: ConditionSource, b: ConditionSource): boolean {
  return sourceKey(a) === sourceKey(b);
}

/**
 * Marks `source` with `role`. The same source cannot play both roles: marking it anew takes the other
 * mark away, and marking it with the role it has takes that mark away.
 */
export function mark(marks: Marks, role: Role, source: ConditionSource): Marks {
  const other: Role = role === "target" ? "reference" : "target";
  const present = marks[role];
  const opposite = marks[other];
  const kept = opposite && !sameSource(opposite, source) ? { [other]: opposite } : {};
  if (present && sameSource(present, source)) return kept;
  return { ...kept, [role]: source };
}

/** The role that a tensor of a file was marked with. */
export function roleOf(marks: Marks, path: string, tensor: string | undefined): Role | undefined {
  for (const role of ["target", "reference"] as const) {
    const source = marks[role];
    if (source?.path === path && (source.tensor ?? "") === (tensor ?? "")) return role;
  }
  return undefined;
}

/** The roles that a file, or any tensor in it, was marked with; for the badge on the file. */
export function rolesInFile(marks: Marks, path: string): readonly Role[] {
  return (["target", "reference"] as const).filter((role) => marks[role]?.path === path);
}

/** Marks that were stored by an earlier session; anything malformed is dropped. */
export function parseMarks(stored: unknown): Marks {
  if (typeof stored !== "object" || stored === null) return {};
  const marks: { target?: ConditionSource; reference?: ConditionSource } = {};
  for (const role of ["target", "reference"] as const) {
    const source: unknown = Reflect.get(stored, role);
    if (isSource(source)) marks[role] = source;
  }
  return marks;
}

/** Whether a value names a file, and perhaps a tensor of it. */
export function isSource(value: unknown): value is ConditionSource {
  return (
    typeof value === "object" &&
    value !== null &&
    "path" in value &&
    typeof value.path === "string" &&
    (!("tensor" in value) || value.tensor === undefined || typeof value.tensor === "string")
  );
}
