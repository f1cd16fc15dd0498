import { EigenlensError } from "../../../errors.ts";
import type { ByteSource } from "../../byteSource.ts";
import type { PickleBudget } from "./budget.ts";
import { PickleEnd, PickleFault, readPickleValue, type PickleResult } from "./machine.ts";

const firstRead = 2 ** 16;

/**
 * Reads the pickle that begins at a byte of a file. Its length is written nowhere, so more is read until it
 * is complete.
 * @param budget what the whole file may make in memory
 * @throws EigenlensError "file-format"
 */
export async function readPickle(
  source: ByteSource,
  offset: number,
  budget: PickleBudget,
): Promise<PickleResult> {
  const available = source.byteLength - offset;
  const { longestPickle, used } = budget;
  for (let length = firstRead; ; length *= 8) {
    const taken = Math.min(length, available, longestPickle);
    const bytes = await source.read(offset, taken);
    try {
      const result = readPickleValue(bytes, 0, budget);
      return { ...result, end: offset + result.end };
    } catch (cause) {
      if (cause instanceof PickleEnd && taken < available && taken < longestPickle) {
        budget.restore(used);
        continue;
      }
      if (!(cause instanceof PickleEnd || cause instanceof PickleFault)) throw cause;
      const reason =
        cause instanceof PickleFault
          ? cause.message
          : taken < available
            ? `it is longer than ${longestPickle} bytes`
            : "it ends in the middle";
      throw new EigenlensError(
        "file-format",
        `${source.path}: its pickle cannot be read (${reason}): it is cut short or damaged; save it again with torch.save, or as safetensors.`,
        { cause },
      );
    }
  }
}
