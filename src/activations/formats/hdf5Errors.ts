import { EigenlensError } from "../../errors.ts";

/**
 * Runs a call into the library; what it throws becomes one line.
 * @throws EigenlensError "file-format"
 */
export function attempt<Result>(where: string, call: () => Result): Result {
  try {
    return call();
  } catch (cause) {
    if (cause instanceof EigenlensError) throw cause;
    const text = cause instanceof Error ? cause.message : String(cause);
    // The library prints the whole chain of its calls; the last link is the cause.
    const last = [...text.matchAll(/^\s*#\d+:.*?\(\): (.*)$/gm)].at(-1)?.[1] ?? text.split("\n")[0];
    throw new EigenlensError(
      "file-format",
      `${where}: the HDF5 library cannot read it (${(last ?? "").slice(0, 160)}): the file is cut short, damaged or uses a feature that is not known here; save it again.`,
      { cause },
    );
  }
}
