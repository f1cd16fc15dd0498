import { spawn, type ChildProcess } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

/** How a child ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

/**
 * Makes a program of TypeScript that may import the project's sources (`./src/...`, from the project's folder), so that
 * a test can run them in a process of their own.
 * @returns the path of a script that any Node runs
 */
export async function childProgram(folder: string, source: string): Promise<string> {
  const built = await build({
    stdin: { contents: source, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode"],
    logLevel: "error",
  });
  const path = join(folder, "child.cjs");
  await writeFile(path, built.outputFiles[0]?.contents ?? "");
  return path;
}

/** Starts a script of {@link childProgram} or of the build. */
export function startChild(
  script: string,
  ...words: readonly string[]
): ChildProcess & { readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [script, ...words]);
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, output, errors }));
  });
  return Object.assign(child, { ended });
}
