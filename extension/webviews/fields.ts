/** A message as it came: nothing is known of it yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** The message's own fields; undefined if it is none. */
export function fieldsOf(message: unknown): Fields | undefined {
  if (typeof message !== "object" || message === null || Array.isArray(message)) return undefined;
  // A null prototype, so that nothing is found that was not sent.
  return Object.assign(Object.create(null), message) as Fields;
}

/** One of the words of a list. */
export function isOneOf<Word extends string>(
  words: readonly Word[],
  value: unknown,
): value is Word {
  return words.some((word) => word === value);
}

export function isText(value: unknown, most = 100_000): value is string {
  return typeof value === "string" && value.length <= most;
}

/** A whole number from 0, as indices and counts are. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

export function isFinite(value: unknown): value is number {
  return Number.isFinite(value);
}

/** The most characters that a webview may put into the clipboard: tables with full precision are long. */
export const longestCopy = 64 * 2 ** 20;

/** An exception that a webview reports of itself. */
export function readFault({ message, stack }: Fields) {
  if (!isText(message)) return undefined;
  return { kind: "fault" as const, message, ...(isText(stack) ? { stack } : {}) };
}

/** A text for the clipboard. */
export function readCopy({ text }: Fields) {
  return isText(text, longestCopy) ? { kind: "copy" as const, text } : undefined;
}
