import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../../editor/paths.mjs";
import { writeNpy } from "./writeNpy.ts";

const COLUMNS = 60;

/** Rows that once passed for a finding: noise repeated, pairs out of order, one condition larger by a constant. */
export const traps = ["repeated", "shuffled", "scaled"] as const;
export type Trap = (typeof traps)[number];

/**
 * Writes `TRAP_him.npy` and `TRAP_her.npy` for each trap, and `TRAP.ged.safetensors`, their validated run by the
 * built command line.
 * @param random uniform in [0, 1)
 */
export function writeTraps(folder: string, random: () => number): void {
  // Box and Muller.
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const matrix = (rows: number, value: (row: number, column: number) => number) =>
    Float32Array.from({ length: rows * COLUMNS }, (_, i) =>
      value(Math.floor(i / COLUMNS), i % COLUMNS),
    );
  const repeated = () => {
    const distinct = matrix(15, normal);
    return matrix(75, (row, column) => distinct[(row % 15) * COLUMNS + column]);
  };
  const shared = matrix(40, normal);
  const counterparts = (order: (row: number) => number) =>
    matrix(40, (row, column) => shared[order(row) * COLUMNS + column] + 0.3 * normal());
  const conditions: Record<Trap, readonly [Float32Array, Float32Array]> = {
    repeated: [repeated(), repeated()],
    shuffled: [counterparts((row) => row), counterparts((row) => (row * 7 + 3) % 40)],
    scaled: [matrix(80, () => 2 * normal()), matrix(80, normal)],
  };
  for (const trap of traps) {
    const files = ["him", "her"].map((condition, i) => {
      const values = conditions[trap][i];
      const file = join(folder, `${trap}_${condition}.npy`);
      writeNpy(file, values, values.length / COLUMNS);
      return file;
    });
    const document = join(folder, `${trap}.ged.safetensors`);
    const choices = ["--validate", "--permutations", "99", "--no-extended", "--out", document];
    execFileSync(process.execPath, [join(root, "dist/cli.js"), "run", ...files, ...choices]);
  }
}
