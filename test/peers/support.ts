import { spawnSync } from "node:child_process";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { Cancellation } from "../../src/cancellation.ts";
import { parseSource } from "../../src/conditions/parseSource.ts";
import { Engine } from "../../src/engine/engine.ts";
import { defaultGedOptions, type GedOptions } from "../../src/ged/method/options.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";

export const engine = new Engine(nodeFileSystem);
const program = process.env["EIGENLENS_PEER_PYTHON"] ?? "python3";

/** A run of two sources, written as on the command line. */
export function runOf(
  target: string,
  reference: string,
  options: Partial<GedOptions> = {},
): Promise<RunDocument> {
  const sources = { target: parseSource(target), reference: parseSource(reference) };
  return engine.run(
    { ...sources, options: { ...defaultGedOptions, ...options } },
    { cancellation: new Cancellation(), report: () => undefined },
  );
}

/** Runs a script of Python; what it wrote last is the last line of its output. */
export function python(folder: string, ...words: readonly string[]) {
  const environment = {
    ...process.env,
    HF_HUB_OFFLINE: "1",
    PYTHONWARNINGS: "ignore",
    OMP_NUM_THREADS: "1",
  };
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd: folder,
    encoding: "utf8",
    env: environment,
  });
  return { status, stderr, last: stdout.trimEnd().split("\n").at(-1) ?? "" };
}

/**
 * {@link python} of a program that prints a JSON object last.
 * @throws Error with what it said if it fails
 */
export function pythonObject(folder: string, ...words: readonly string[]): unknown {
  const { status, stderr, last } = python(folder, ...words);
  if (status !== 0) throw new Error(`${words.join(" ")}: ${stderr}`);
  return JSON.parse(last);
}
