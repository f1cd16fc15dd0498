import type { Condition } from "../../src/conditions/condition.ts";

/** A condition over rows in memory, for tests of the mathematics; files have tests of their own. */
export function memoryCondition(name: string, rows: readonly (readonly number[])[]): Condition {
  const columns = rows[0]?.length ?? 0;
  const path = `${name}.npy`;
  return {
    name,
    rows: rows.length,
    columns,
    source: { path },
    provenance: {
      path,
      format: "npy",
      byteLength: 8 * rows.length * columns,
      modified: 0,
      tensor: "",
      elementType: "float64",
    },
    readRows: (start, stop, destination) => {
      for (let i = start; i < stop; i += 1) destination.set(rows[i], (i - start) * columns);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
