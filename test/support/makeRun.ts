import { Cancellation } from "../../src/cancellation.ts";
import { defaultGedOptions, type GedOptions } from "../../src/ged/method/options.ts";
import { planRun } from "../../src/ged/method/plan.ts";
import { runGed } from "../../src/ged/method/run.ts";
import type { Products } from "../../src/linalg/products.ts";
import { createScriptProducts } from "../../src/linalg/engines/scriptProducts.ts";
import { buildDocument, sourceRecord } from "../../src/runs/buildDocument.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";
import { memoryCondition } from "./memoryCondition.ts";
import { randomRows } from "./random.ts";

/** A real run on seeded normal data, target and reference [rows, columns] with decaying variances. */
export async function makeRun(
  options: Partial<GedOptions> = {},
  rows = 12,
  columns = 40,
  seed = 7,
  products: Products = createScriptProducts(),
): Promise<RunDocument> {
  const decay = (column: number) => 0.85 ** column;
  const target = memoryCondition("target", randomRows(rows, columns, seed, decay));
  const reference = memoryCondition("reference", randomRows(rows, columns, seed + 1, decay));
  const chosen = { ...defaultGedOptions, ...options };
  const shape = { targetRows: rows, referenceRows: rows, columns };
  const run = await runGed(target, reference, chosen, planRun(shape, chosen), {
    products,
    cancellation: new Cancellation(),
    report: () => undefined,
  });
  const sources = {
    target: sourceRecord(target, "sha256:0"),
    reference: sourceRecord(reference, "sha256:1"),
  };
  try {
    return await buildDocument(run, { target, reference }, sources, "0.0.0");
  } finally {
    run.release();
  }
}
