/**
 * The entry of a table under a key that comes from a file or a user. Names such as `constructor` or
 * `__proto__`, which every object inherits, are found only if the table itself has them.
 */
export function lookup<Value>(
  table: Readonly<Record<string, Value>>,
  key: string,
): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** A copy of an object without some of its entries. */
export function omit<Whole extends object, Key extends keyof Whole>(
  whole: Whole,
  ...keys: readonly Key[]
): Omit<Whole, Key> {
  const left = new Set<PropertyKey>(keys);
  return Object.fromEntries(Object.entries(whole).filter(([key]) => !left.has(key))) as Omit<
    Whole,
    Key
  >;
}

/**
 * The entry at an index that is known to be there, such as that of a row whose number was checked.
 * @throws RangeError, a fault of ours, if there is none
 */
export function entryAt<Value>(values: ArrayLike<Value>, index: number): Value {
  const value = values[index];
  if (value === undefined) throw new RangeError(`No entry ${index} of ${values.length}.`);
  return value;
}

/** Whether a parsed value is an object with keys: no array, and not null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
