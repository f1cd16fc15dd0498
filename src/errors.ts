import type { DescribedKey } from "./activations/captureProvenance.ts";
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

/** A change of a source that would lead on, for whoever can offer it. */
export type SourceRemedy =
  /** Two-byte values that their file does not name are bfloat16. */
  | { readonly kind: "readAsBfloat16" }
  /** One of so many tokens must stand for each row. */
  | { readonly kind: "chooseToken"; readonly tokens: number }
  /** Rows and columns of the file are neurons and rows. */
  | { readonly kind: "transpose" };

/** What would lead on: another reading of the sources, or that these be said of where the activations came from. */
export type Remedy =
  SourceRemedy | { readonly kind: "describeCapture"; readonly missing: readonly DescribedKey[] };

/** What an error is about, beside its line; what is not known is left out. */
export interface ErrorDetail {
  readonly path?: string;
  readonly tensor?: string;
  /** In the words of the line, such as a shape. */
  readonly found?: string;
  readonly wanted?: string;
  readonly remedy?: Remedy;
}

/**
 * An error whose message a user may read: one line that says what is wrong, where, and what to do.
 * Anything else that is thrown is a fault of ours and is shown as `internal`.
 */
export class EigenlensError extends Error {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    { detail, ...options }: { cause?: unknown; detail?: ErrorDetail | undefined } = {},
  ) {
    super(printableLine(message), options);
    this.name = "EigenlensError";
    this.code = code;
    this.detail = detail;
  }
}

/** Thrown by every long computation when its {@link Cancellation} is requested. */
export class CancelledError extends EigenlensError {
  constructor() {
    super("cancelled", "Cancelled.");
    this.name = "CancelledError";
  }
}

/** What was thrown, as a user may see it. */
export interface DescribedError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly detail?: ErrorDetail;
}

/**
 * The code and the one line that a user may see for anything that was thrown, and what it is about if that is known.
 * @param thrown whatever a `catch` caught
 */
export function describeError(thrown: unknown): DescribedError {
  if (thrown instanceof EigenlensError) {
    const { code, message, detail } = thrown;
    return { code, message, ...(detail === undefined ? {} : { detail }) };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "internal", message: printableLine(`Eigenlens failed unexpectedly: ${message}`) };
}
