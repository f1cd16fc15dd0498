import { isStandardOutput } from "../files/standardOutput.ts";
import { harmlessJson } from "../text/harmlessJson.ts";
import { printable, printableLine } from "../text/printable.ts";

/** The most characters of a line: an error, with its line break, stays below 2,000. */
const longestLine = 1990;

/** Prints lines, each of them harmless: what a terminal would obey is shown escaped. */
export function printLines(...lines: readonly string[]): void {
  process.stdout.write(harmlessLines(lines));
}

/** {@link printLines}, on standard error if standard output takes the file that was written. */
export async function printLinesBeside(
  written: string | undefined,
  ...lines: readonly string[]
): Promise<void> {
  (await streamBeside(written)).write(harmlessLines(lines));
}

/** {@link printJson}, on standard error if standard output takes the file that was written. */
export async function printJsonBeside(written: string | undefined, value: unknown): Promise<void> {
  (await streamBeside(written)).write(`${harmlessJson(value)}\n`);
}

async function streamBeside(written: string | undefined): Promise<NodeJS.WriteStream> {
  const taken = written !== undefined && (await isStandardOutput(written));
  return taken ? process.stderr : process.stdout;
}

function harmlessLines(lines: readonly string[]): string {
  return lines.map((line) => `${printable(line, longestLine)}\n`).join("");
}

/** Prints one object as a line of JSON, see {@link harmlessJson}. */
export function printJson(value: unknown): void {
  process.stdout.write(`${harmlessJson(value)}\n`);
}

/**
 * Prints a text that another program will read as it is: nothing may be cut or escaped in it, so it must hold nothing
 * that a terminal would obey.
 * @param ascii printable ASCII and line breaks
 * @throws RangeError for anything else
 */
export function printVerbatim(ascii: string): void {
  if (/[^\x20-\x7e\n]/.test(ascii)) throw new RangeError("The text is not plain ASCII.");
  process.stdout.write(ascii);
}

/** Prints a failure as one line on standard error. */
export function printError(message: string): void {
  process.stderr.write(`${printableLine(message, longestLine)}\n`);
}

/** Prints a text whose line breaks are ours: the help. */
export function printText(text: string): void {
  process.stdout.write(laidOut(text));
}

/** {@link printText} on standard error: a stack, or the help where a command is missing. */
export function printErrorText(text: string): void {
  process.stderr.write(laidOut(text));
}

function laidOut(text: string): string {
  const lines = text.split("\n").map((line) => printable(line, longestLine));
  return lines.join("\n");
}

/** Calls `handle` with every fault of the two streams. */
export function onOutputFault(handle: (fault: Error) => void): void {
  process.stdout.on("error", handle);
  process.stderr.on("error", handle);
}
