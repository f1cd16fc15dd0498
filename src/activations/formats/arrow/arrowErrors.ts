import { EigenlensError } from "../../../errors.ts";

/** The one line for everything that the bytes do not bear out. */
export function damaged(path: string, reason: string, cause?: unknown): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${path}: not readable as Arrow (${(reason.split("\n")[0] ?? "").slice(0, 160)}): it is cut short or damaged; save it again.`,
    { cause },
  );
}

/**
 * Calls what may find the bytes damaged.
 * @throws EigenlensError as {@link damaged} for anything that is no EigenlensError yet
 */
export function guard<Result>(path: string, call: () => Result): Result {
  try {
    return call();
  } catch (cause) {
    if (cause instanceof EigenlensError) throw cause;
    throw damaged(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}
