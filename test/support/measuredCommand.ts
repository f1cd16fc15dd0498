import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** What a finished `eigenlens` printed, and what it took. */
export interface MeasuredOutcome {
  readonly code: number | null;
  readonly output: string;
  /** Standard error, without the last line break. */
  readonly message: string;
  /** Of processor time, not of the clock: other work on the machine must not count. */
  readonly seconds: number;
  /** The most memory that the process held. */
  readonly bytes: number;
}

/** It blocks the thread that waits for it, which no limit of the tests ends. */
const mostMilliseconds = 100_000;

/**
 * Runs the built command line and measures it.
 * @throws Error if it does not end
 */
export function measured(...words: readonly string[]): MeasuredOutcome {
  const reporter = join(__dirname, "reportUsage.mjs");
  const child = spawnSync(process.execPath, ["--import", reporter, "dist/cli.js", ...words], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    timeout: mostMilliseconds,
    killSignal: "SIGKILL",
  });
  if (child.error !== undefined) throw child.error;
  const lines = child.stderr.trim().split("\n");
  const usage = JSON.parse(lines.pop() ?? "") as { seconds: number; bytes: number };
  return {
    code: child.status,
    output: child.stdout,
    message: lines.join("\n").trimEnd(),
    ...usage,
  };
}
