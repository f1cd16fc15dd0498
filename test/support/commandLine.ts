import { spawn } from "node:child_process";
import { existsSync } from "node:fs";

/** What a finished `eigenlens` left behind. */
export interface CommandResult {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs the built command line as a user does. */
export function eigenlens(...words: readonly string[]): Promise<CommandResult> {
  if (!existsSync("dist/cli.js")) throw new Error("dist/cli.js is missing: npm run build first.");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["dist/cli.js", ...words]);
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output, errors }));
  });
}
