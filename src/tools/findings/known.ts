/**
 * An object without what is not known: undefined, null, NaN and infinite entries, which no schema of numbers allows.
 */
export function known<Entries extends Readonly<Record<string, unknown>>>(
  entries: Entries,
): { readonly [Key in keyof Entries]?: Exclude<Entries[Key], null | undefined> } {
  const kept = Object.entries(entries).filter(([, value]) =>
    typeof value === "number" ? Number.isFinite(value) : value !== undefined && value !== null,
  );
  return Object.fromEntries(kept) as {
    readonly [Key in keyof Entries]?: Exclude<Entries[Key], null | undefined>;
  };
}
