import type { RunTransfer } from "../../src/runs/runTransfer.ts";

/** A transfer of no component, told from others by its one warning. */
export function someTransfer(warning: string): RunTransfer {
  const condition = { source: { path: "other.npy" }, label: "other.npy", rows: 2 };
  return {
    created: "2026-01-01T00:00:00.000Z",
    target: condition,
    reference: condition,
    permutations: 0,
    seed: 1,
    forward: [],
    swapped: [],
    warnings: [warning],
  };
}
