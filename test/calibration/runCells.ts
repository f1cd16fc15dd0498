import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

const run = promisify(execFile);
/** Seeds of one process, whose outcomes are kept together. */
const usualChunk = 50;

/**
 * Runs cells in processes of their own, one per core, and keeps what is finished: the next run goes on from there,
 * as long as neither the method nor the data have changed.
 */
export class CellRunner<Outcome> {
  readonly #program: string;
  readonly #folder: string;
  readonly #chunk: number;

  private constructor(program: string, folder: string, chunk: number) {
    this.#program = program;
    this.#folder = folder;
    this.#chunk = chunk;
  }

  /**
   * @param output folder for the program and what it finished
   * @param entry the program: given a cell's name and seeds from and to (exclusive) it prints one outcome per seed
   * @param chunk seeds of one process; fewer if one takes long
   */
  static async open<Outcome>(
    output: string,
    entry: string,
    chunk = usualChunk,
  ): Promise<CellRunner<Outcome>> {
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      platform: "node",
      format: "cjs",
      target: "node20",
      logLevel: "error",
    });
    const text = outputFiles[0].contents;
    const folder = join(output, createHash("sha256").update(text).digest("hex").slice(0, 12));
    mkdirSync(folder, { recursive: true });
    const program = join(folder, "process.cjs");
    writeFileSync(program, text);
    return new CellRunner<Outcome>(program, folder, chunk);
  }

  /** The outcomes of seeds 1 to `sets`. */
  async outcomes(cell: string, sets: number): Promise<Outcome[]> {
    const chunk = this.#chunk;
    const starts = Array.from({ length: Math.ceil(sets / chunk) }, (_, i) => 1 + i * chunk);
    const found: Outcome[][] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      for (let i = next++; i < starts.length; i = next++) {
        found[i] = await this.#part(cell, starts[i], Math.min(sets + 1, starts[i] + chunk));
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    return found.flat();
  }

  async #part(cell: string, from: number, to: number): Promise<Outcome[]> {
    const name = `${cell.replace(/[^a-z0-9.]+/gi, "-")}.${from}-${to - 1}.json`;
    const file = join(this.#folder, name);
    if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Outcome[];
    const { stdout } = await run(process.execPath, [this.#program, cell, `${from}`, `${to}`], {
      maxBuffer: 2 ** 26,
    });
    writeFileSync(`${file}.partial`, stdout);
    renameSync(`${file}.partial`, file);
    return JSON.parse(stdout) as Outcome[];
  }
}
