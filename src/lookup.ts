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
