import { printableLine } from "./text/printable.ts";

/** What kind of thing went wrong; the host and the CLI choose their next step from it. */
export type ErrorCode =
  /** The bytes of a file are not what its format promises. */
  | "file-format"
  /** A file cannot be opened or read, or changed while it was read. */
  | "file-access"
  /** The tensors do not make two comparable conditions. */
  | "condition"
  /** The mathematics cannot go on (a matrix is singular, a value is not finite). */
  | "numerics"
  /** The plan needs more memory than there is. */
  | "memory"
  /** An option or argument has no meaning. */
  | "usage"
  /** The user stopped the work. */
  | "cancelled"
  /** A fault of ours; the log has the stack. */
  | "internal";

/**
 * An error whose message a user may read: one line that says what is wrong, where, and what to do.
 * Anything else that is thrown is a fault of ours and is shown as `internal`.
 */
export class EigenlensError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(printableLine(message), options);
    this.name = "EigenlensError";
    this.code = code;
  }
}

/** Thrown by every long computation when its {@link Cancellation} is requested. */
export class CancelledError extends EigenlensError {
  constructor() {
    super("cancelled", "Cancelled.");
    this.name = "CancelledError";
  }
}

/**
 * The code and the one line that a user may see for anything that was thrown.
 * @param thrown whatever a `catch` caught
 */
export function describeError(thrown: unknown): { code: ErrorCode; message: string } {
  if (thrown instanceof EigenlensError) return { code: thrown.code, message: thrown.message };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "internal", message: printableLine(`Eigenlens failed unexpectedly: ${message}`) };
}
