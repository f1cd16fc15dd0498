import { memorySource } from "../../src/activations/sources/memorySource.ts";
import { directionNames } from "../../src/ged/method/directions.ts";
import { SolvableRun } from "../../src/engine/solving/solvableRun.ts";
import type { SolvedRun } from "../../src/engine/solving/solvedRun.ts";
import { EigenlensError } from "../../src/errors.ts";
import { createScriptProducts } from "../../src/linalg/engines/scriptProducts.ts";
import { encodeDocument } from "../../src/runs/documentFile.ts";
import { readDocument } from "../../src/runs/reading/readDocument.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";
import { refusal } from "./exercise.ts";
import type { Outcome } from "./fuzz.ts";

/**
 * Reads a document and, where it is one, does with it what a panel does: shows it, solves it again, asks
 * for components, stores it.
 * @throws whatever is no EigenlensError of one line, and every document that is refused as anything but
 *   "file-format": faults of ours
 */
export async function exerciseDocument(path: string, bytes: Uint8Array): Promise<Outcome> {
  let document: RunDocument;
  try {
    document = await readDocument(memorySource(path, bytes));
  } catch (error) {
    if (error instanceof EigenlensError && error.code !== "file-format")
      throw new Error(error.code);
    return refusal(error);
  }
  const stored = await readDocument(memorySource(path, await encodeDocument(document)));
  if (JSON.stringify(stored) !== JSON.stringify(document))
    throw new Error("it changed when stored");
  const run = new SolvableRun("fuzz", document, createScriptProducts());
  await tried(() => componentsOf(run.made));
  await tried(async () => {
    const variance = Math.min(0.9, run.header.maximalVariance);
    await componentsOf(run.solve({ shrinkage: 0.3, variance }));
  });
  return "read";
}

async function componentsOf(solved: SolvedRun): Promise<void> {
  const { directions } = solved.solution.summary;
  for (const direction of directionNames) {
    for (const index of [0, directions[direction].eigenvalues.length - 1]) {
      await solved.component(direction, index);
    }
  }
}

/** Numbers that no run has may fail in a step, but in one line. */
async function tried(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    refusal(error);
  }
}
