import { EigenlensError } from "../../../errors.ts";
import type { ByteSource } from "../../byteSource.ts";
import { PickleEnd, PickleFault, readPickleValue } from "./machine.ts";
import type { PickleValue } from "./values.ts";

const firstRead = 2 ** 16;
const longestPickle = 2 ** 28;

/**
 * Reads the pickle that begins at a byte of a file. Its length is written nowhere, so more is read until it
 * is complete.
 * @throws EigenlensError "file-format"
 */
export async function readPickle(
  source: ByteSource,
  offset: number,
): Promise<{ value: PickleValue; end: number }> {
  const available = source.byteLength - offset;
  for (let length = firstRead; ; length *= 8) {
    const taken = Math.min(length, available);
    const bytes = await source.read(offset, taken);
    try {
      const { value, end } = readPickleValue(bytes, 0);
      return { value, end: offset + end };
    } catch (cause) {
      if (cause instanceof PickleEnd && taken < available && taken < longestPickle) continue;
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
