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
