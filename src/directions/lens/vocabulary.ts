import type { FileSystem } from "../../activations/byteSource.ts";
import { EigenlensError } from "../../errors.ts";
import { printable } from "../../text/printable.ts";
import { isRecord } from "../../lookup.ts";

/** The tokenizer files of the largest vocabularies have some tens of megabytes. */
const mostBytes = 256 * 2 ** 20;
const mostTokens = 4_194_304;

/** What tokens are called, by their number; undefined for numbers without a name. */
export type TokenNames = readonly (string | undefined)[];

/**
 * Reads the names of tokens: a `tokenizer.json` (Hugging Face tokenizers: BPE, WordPiece, WordLevel or Unigram), a
 * `vocab.json` (`{"name": number}`), a JSON list of names, or a text file with a name a line.
 * @returns names as people read them: a leading space for the marks of byte-level BPE and SentencePiece
 * @throws EigenlensError "file-format" for anything else; "file-access" if it cannot be read
 */
export async function readTokenNames(path: string, fileSystem: FileSystem): Promise<TokenNames> {
  const text = await readText(path, fileSystem);
  const names: (string | undefined)[] = [];
  const found = entriesOf(text, path);
  for (const [name, number] of found) {
    if (!Number.isSafeInteger(number) || number < 0 || number >= mostTokens) {
      throw unreadable(path, `the token ${printable(name, 40)} has no number below ${mostTokens}`);
    }
    names[number] = readableName(name);
  }
  if (names.length === 0) throw unreadable(path, "it holds no token");
  return names;
}

/** Byte-level BPE writes a space as U+0120 and a line break as U+010A, SentencePiece a space as U+2581. */
function readableName(name: string): string {
  return name.replace(/[\u0120\u2581]/g, " ").replace(/\u010a/g, "\n");
}

async function readText(path: string, fileSystem: FileSystem): Promise<string> {
  const source = await fileSystem.open(path);
  try {
    if (source.byteLength > mostBytes) {
      throw unreadable(path, `it has ${source.byteLength} bytes, more than any vocabulary`);
    }
    return decoded(path, await source.read(0, source.byteLength));
  } finally {
    await source.close();
  }
}

/** Any bytes would make lines: those that are no text are some other file. */
function decoded(path: string, bytes: Uint8Array): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch (cause) {
    throw unreadable(path, "it is no UTF-8 text", cause);
  }
  throw unreadable(path, "it is no UTF-8 text");
}

function entriesOf(text: string, path: string): Iterable<readonly [string, number]> {
  if (!/^\s*[[{]/.test(text)) {
    const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
    return lines.map((name, number) => [name, number] as const);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw unreadable(path, "it is no valid JSON", cause);
  }
  const list = listOf(parsed);
  if (list !== undefined) return list;
  if (!isRecord(parsed)) throw unreadable(path, "it is neither a table nor a list of names");
  const model = isRecord(parsed.model) ? parsed.model : {};
  const vocabulary = listOf(model.vocab) ?? tableOf(model.vocab) ?? tableOf(parsed);
  if (vocabulary === undefined) throw unreadable(path, "it has no vocabulary");
  return [...vocabulary, ...addedTokens(parsed.added_tokens)];
}

/** A list of names, or of names with their scores (Unigram). */
function listOf(value: unknown): [string, number][] | undefined {
  if (!Array.isArray(value)) return undefined;
  const names: unknown[] = value.map((entry: unknown) =>
    Array.isArray(entry) ? (entry[0] as unknown) : entry,
  );
  return names.every((name) => typeof name === "string")
    ? names.map((name, number): [string, number] => [name, number])
    : undefined;
}

function tableOf(value: unknown): [string, number][] | undefined {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value);
  return entries.every((entry): entry is [string, number] => typeof entry[1] === "number")
    ? entries
    : undefined;
}

function addedTokens(value: unknown): [string, number][] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown): [string, number][] =>
    isRecord(entry) && typeof entry.content === "string" && typeof entry.id === "number"
      ? [[entry.content, entry.id]]
      : [],
  );
}

function unreadable(path: string, found: string, cause?: unknown): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${path} holds no token names that can be read: ${found}; give a tokenizer.json, a vocab.json or a text file with a token a line.`,
    { cause },
  );
}
