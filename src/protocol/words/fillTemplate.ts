/**
 * Puts values in the place of `{name}`; a name without a value stays as it is, so that a faulty
 * translation is seen rather than hidden.
 */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string | number>>,
): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    // A name that every object inherits is none of the values.
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? whole : String(value);
  });
}
