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

/** Runs the built command line and measures it. */
export function measured(...words: readonly string[]): MeasuredOutcome {
  const reporter = join(__dirname, "reportUsage.mjs");
  const child = spawnSync(process.execPath, ["--import", reporter, "dist/cli.js", ...words], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  const lines = child.stderr.trim().split("\n");
  const usage = JSON.parse(lines.pop() ?? "") as { seconds: number; bytes: number };
  return {
    code: child.status,
    output: child.stdout,
    message: lines.join("\n").trimEnd(),
    ...usage,
  };
}
