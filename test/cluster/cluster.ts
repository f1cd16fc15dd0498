import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

export const files = process.env["EIGENLENS_CLUSTER_FILES"] ?? "";
export const python = process.env["EIGENLENS_CLUSTER_PYTHON"] ?? "python3";
export const at = (name: string) => join(files, name);

/** A scheduler and workers as processes of their own, as somebody starts them on several machines. */
export class Cluster {
  readonly workers: readonly ChildProcess[];

  private constructor(
    readonly address: string,
    private readonly scheduler: ChildProcess,
    workers: readonly ChildProcess[],
  ) {
    this.workers = workers;
  }

  /** @param count workers of one thread each */
  static async start(count: number): Promise<Cluster> {
    const scheduler = distributed("scheduler", "--port", "0", "--no-dashboard");
    const found = await lineWith(scheduler, /Scheduler at:\s+(tcp:\S+)/);
    const flags = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", files];
    const workers = Array.from({ length: count }, () => distributed("worker", found, ...flags));
    await Promise.all(workers.map((worker) => lineWith(worker, /(Registered to)/)));
    return new Cluster(found, scheduler, workers);
  }

  /** The most memory that each living worker has ever held, bytes; undefined if the system does not tell. */
  peaks(): readonly number[] | undefined {
    if (process.platform !== "linux") return undefined;
    return this.workers
      .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
      .map(({ pid }) => {
        const status = readFileSync(`/proc/${pid}/status`, "utf8");
        return 1024 * Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? NaN);
      });
  }

  async stop(): Promise<void> {
    for (const child of [...this.workers, this.scheduler]) await end(child);
  }
}

/** Kills a process of ours and waits until it is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

function distributed(role: "scheduler" | "worker", ...words: readonly string[]): ChildProcess {
  const program = `from distributed.cli.dask_${role} import main; main()`;
  return spawn(python, ["-c", program, ...words], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  });
}

async function lineWith(child: ChildProcess, pattern: RegExp): Promise<string> {
  if (child.stderr === null) throw new Error("The process has no standard error.");
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) {
      child.stderr.resume();
      return found;
    }
  }
  throw new Error(`It ended without ${String(pattern)}:\n${said.join("\n")}`);
}

/** Runs a script of ours to its end. @throws Error if it fails */
export async function runPython(script: string, ...words: readonly string[]): Promise<void> {
  const child = spawn(python, [script, ...words], { stdio: "inherit" });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`${script} ended with ${code}.`);
}

/** Starts `eigenlens_dask.py` itself, to be killed or watched; its lines of JSON as they come. */
export function startScript(...words: readonly string[]) {
  const child = spawn(python, ["python/eigenlens_dask.py", "--json", ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return { child, lines: createInterface({ input: child.stdout }) };
}
