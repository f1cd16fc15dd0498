import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { KernelOutput, NotebookKernel } from "../../../src/notebook/kernel.ts";

interface Line {
  readonly ready?: true;
  readonly id?: number;
  readonly mime?: string;
  readonly data?: string;
  readonly done?: true;
  readonly failed?: string;
}

/** A kernel of a real Jupyter server, reached through `bridge.py`. */
export class JupyterKernel implements NotebookKernel {
  readonly notebook = "walk.ipynb";
  readonly #bridge: ChildProcess;
  readonly #listeners = new Map<number, (line: Line) => void>();
  #count = 0;

  private constructor(bridge: ChildProcess) {
    this.#bridge = bridge;
  }

  /**
   * @param program a Python with jupyter_server and ipykernel
   * @param script where `bridge.py` lies
   */
  static start(program: string, script: string): Promise<JupyterKernel> {
    const bridge = spawn(program, [script], { stdio: ["pipe", "pipe", "inherit"] });
    const kernel = new JupyterKernel(bridge);
    return new Promise((resolve, reject) => {
      bridge.on("exit", (code) => reject(new Error(`The bridge ended with ${code}.`)));
      createInterface({ input: bridge.stdout }).on("line", (text) => {
        const line = JSON.parse(text) as Line;
        if (line.ready) resolve(kernel);
        if (line.id !== undefined) kernel.#listeners.get(line.id)?.(line);
      });
    });
  }

  async *execute(code: string, signal: AbortSignal): AsyncGenerator<KernelOutput> {
    const id = ++this.#count;
    const lines: Line[] = [];
    let wake = () => {};
    this.#listeners.set(id, (line) => {
      lines.push(line);
      wake();
    });
    const interrupt = () => this.#send({ interrupt: true });
    signal.addEventListener("abort", interrupt);
    this.#send({ id, code });
    try {
      for (;;) {
        const line = lines.shift();
        if (line === undefined) {
          await new Promise<void>((resolve) => (wake = resolve));
        } else if (line.failed !== undefined) {
          throw new Error(line.failed);
        } else if (line.done) {
          return;
        } else {
          const data = new TextEncoder().encode(line.data ?? "");
          yield { items: [{ mime: line.mime ?? "", data }] };
        }
      }
    } finally {
      signal.removeEventListener("abort", interrupt);
      this.#listeners.delete(id);
    }
  }

  /** Runs a cell of the notebook. @returns what it prints @throws Error if it fails */
  async cell(code: string): Promise<string> {
    let text = "";
    for await (const { items } of this.execute(code, new AbortController().signal)) {
      for (const { mime, data } of items) {
        const said = new TextDecoder().decode(data);
        if (mime.endsWith("error")) throw new Error(said);
        text += said;
      }
    }
    return text;
  }

  /** Ends the kernel; the server stays. */
  kill(): void {
    this.#send({ end: true });
  }

  stop(): void {
    this.#bridge.stdin?.end();
  }

  #send(line: object): void {
    this.#bridge.stdin?.write(`${JSON.stringify(line)}\n`);
  }
}
