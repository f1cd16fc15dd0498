/** JSON that keeps typed arrays, between the page and the server of the development page. */
export function toWire(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) => {
    if (entry instanceof Float64Array) {
      return { wire: "Float64Array", values: Array.from(entry, (each) => String(each)) };
    }
    if (entry instanceof Uint8Array) return { wire: "Uint8Array", values: Array.from(entry) };
    return entry;
  });
}

export function fromWire(json: string): unknown {
  return JSON.parse(json, (_key, entry: unknown) => {
    if (typeof entry !== "object" || entry === null || !("wire" in entry)) return entry;
    const { wire, values } = entry as { wire: string; values: (number | string)[] };
    return wire === "Float64Array"
      ? Float64Array.from(values, Number)
      : Uint8Array.from(values, Number);
  });
}
