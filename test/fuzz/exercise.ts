import type { ActivationFile } from "../../src/activations/activationFile.ts";
import type { FileSystem } from "../../src/activations/byteSource.ts";
import { openActivationFile } from "../../src/activations/openActivationFile.ts";
import { isAddressable, rowLength } from "../../src/activations/shape.ts";
import { EigenlensError } from "../../src/errors.ts";
import type { Outcome } from "./fuzz.ts";

/** Values read of one tensor at the most: enough to enter every path, little enough to stay quick. */
const mostValues = 2 ** 18;

/**
 * Opens a file and reads of every tensor what a run would: first and last rows, and labels.
 * @throws whatever is no EigenlensError of one line: a fault of ours
 */
export async function exercise(path: string, fileSystem: FileSystem): Promise<Outcome> {
  let file: ActivationFile;
  try {
    file = await openActivationFile(path, fileSystem);
  } catch (error) {
    return refusal(error);
  }
  let outcome: Outcome = "read";
  try {
    for (const { name, shape, elementType } of file.tensors) {
      if (!isAddressable(shape)) {
        // Listed with the reason why it is not read; no memory can be asked for.
        outcome = "refused";
        continue;
      }
      const length = rowLength(shape);
      const rows = Math.min(shape[0] ?? 0, Math.floor(mostValues / Math.max(1, length)));
      const isLong = (shape[0] ?? 0) > mostValues;
      try {
        if (elementType !== "text" && rows > 0) {
          await file.readRows(name, 0, rows, new Float32Array(rows * length));
          const last = (shape[0] ?? 0) - 1;
          await file.readRows(name, last, last + 1, new Float64Array(length));
        } else if (shape.length === 1 && !isLong) {
          await file.readLabels(name);
        }
      } catch (error) {
        outcome = refusal(error);
      }
    }
  } finally {
    await file.close();
  }
  return outcome;
}

/** @throws what is no EigenlensError of one line */
export function refusal(error: unknown): Outcome {
  if (error instanceof EigenlensError && !error.message.includes("\n")) return "refused";
  throw error;
}
