import { isStandardOutput } from "../files/standardOutput.ts";

/** Prints on standard output, or on standard error if standard output takes the file that was written. */
export async function tell(text: string, written: string | undefined): Promise<void> {
  const taken = written !== undefined && (await isStandardOutput(written));
  (taken ? process.stderr : process.stdout).write(text);
}
