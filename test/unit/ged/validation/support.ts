import { build } from "esbuild";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../../../src/activations/openActivationFile.ts";
import { Cancellation } from "../../../../src/cancellation.ts";
import type {
  GramInput,
  ValidationContext,
  ValidationProgress,
} from "../../../../src/ged/validation/input.ts";
import { formUnits } from "../../../../src/ged/validation/design/blocks.ts";
import { Partition } from "../../../../src/ged/validation/design/partition.ts";
import type { Units } from "../../../../src/ged/validation/design/units.ts";
import { matrix, type Matrix } from "../../../../src/linalg/matrix.ts";
import { createScriptProducts } from "../../../../src/linalg/engines/scriptProducts.ts";
import { normalDeviates } from "../../../../src/statistics/normalDeviates.ts";
import { RandomStream } from "../../../../src/statistics/random.ts";

/** Seeded normal deviates, [rows, columns], times `scale` of the column. */
export function normalRows(
  rows: number,
  columns: number,
  seed: number,
  scale: (column: number) => number = () => 1,
): Matrix {
  const deviate = normalDeviates(new RandomStream(seed, 77, rows));
  const values = Float64Array.from(
    { length: rows * columns },
    (_, i) => scale(i % columns) * deviate(),
  );
  return matrix(rows, columns, values);
}

/** Stacked rows of both conditions as a validation takes them. */
export function gramInput(
  target: Matrix,
  reference: Matrix,
  groups?: readonly string[],
): GramInput {
  const rows = matrix(target.rows + reference.rows, target.columns);
  rows.values.set(target.values);
  rows.values.set(reference.values, target.values.length);
  for (let j = 0; j < rows.columns; j += 1) {
    let mean = 0;
    for (let i = 0; i < rows.rows; i += 1) mean += rows.values[i * rows.columns + j] / rows.rows;
    for (let i = 0; i < rows.rows; i += 1) rows.values[i * rows.columns + j] -= mean;
  }
  return {
    gram: createScriptProducts().gram(rows),
    rows,
    targetRows: target.rows,
    referenceRows: reference.rows,
    ...(groups === undefined ? {} : { names: { groups } }),
  };
}

/** him and her of the sample data, row i of both the same sentence. */
export async function samples(): Promise<{ input: GramInput; him: Matrix; her: Matrix }> {
  const [him, her] = await Promise.all(
    ["samples/him.npy", "samples/her.npy"].map(async (path) => {
      const file = await openActivationFile(path, nodeFileSystem);
      const [rows, columns] = file.tensors[0].shape;
      const values = new Float64Array(rows * columns);
      await file.readRows(file.tensors[0].name, 0, rows, values);
      await file.close();
      return matrix(rows, columns, values);
    }),
  );
  return { input: gramInput(him, her, pairNames(him.rows)), him, her };
}

/** Row i of both conditions is pair i. */
export function pairNames(pairs: number): string[] {
  return Array.from({ length: 2 * pairs }, (_, row) => `pair ${row % pairs}`);
}

/** Units of rows that nothing but names holds together. */
export function namedUnits(labels: Uint8Array, names?: readonly string[]): Units {
  return formUnits(labels, new Partition(labels.length), names, 1);
}

/** A context that keeps what was reported. */
export function quietContext(
  more: Partial<ValidationContext> = {},
): ValidationContext & { readonly reports: ValidationProgress[] } {
  const reports: ValidationProgress[] = [];
  return {
    cancellation: new Cancellation(),
    products: createScriptProducts(),
    report: (progress) => reports.push(progress),
    ...more,
    reports,
  };
}

/** Bundles the validation thread as the build does, for the tests of one file. */
export async function bundleThread(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "eigenlens-validation-"));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const outfile = join(folder, "validation-thread.js");
  await build({
    entryPoints: ["src/ged/validation/tasks/validationThread.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "error",
  });
  return outfile;
}
