import { availableParallelism } from "node:os";
import type { Cancellation } from "../../../cancellation.ts";
import { CancelledError } from "../../../errors.ts";
import type { Products } from "../../../linalg/products.ts";
import { openTaskEngine } from "../../../linalg/small/engineOptions.ts";
import type { ValidationContext } from "../input.ts";
import { bundledThread } from "./bundledThread.ts";
import type { PreparedProblem, Task, TaskResult, ValidationProblem } from "./task.ts";
import { TaskHandler } from "./tasks.ts";
import { startThreads, type TaskThread } from "./taskThreads.ts";

/** Does the tasks of one validation, on threads or on the calling one; results are the same either way. */
export interface TaskPool {
  readonly threads: number;
  /** Makes reduced splits known to whoever does the tasks. */
  prepare(prepared: PreparedProblem): void;
  /**
   * Does all tasks and hands over each result as it comes, in any order.
   * @param onFailure what to do with a task that throws; thrown on where absent
   * @throws CancelledError soon after cancellation, whatever a task is doing
   */
  run(
    tasks: readonly Task[],
    onResult: (index: number, result: TaskResult) => void,
    onFailure?: (index: number, thrown: unknown) => void,
  ): Promise<void>;
  /** Ends the threads; idempotent. */
  dispose(): Promise<void>;
}

/**
 * Threads if they can start and any are wanted, else the calling thread, which then lets other
 * events in between tasks.
 * @param threadFile the bundle of `validationThread.ts`; none: no threads
 */
export async function openTaskPool(
  problem: ValidationProblem,
  cancellation: Cancellation,
  threads: number,
  threadFile: string | undefined,
): Promise<TaskPool> {
  const started =
    threadFile === undefined || threads < 1
      ? undefined
      : await startThreads(problem, cancellation, threads, threadFile);
  return started === undefined
    ? new CallingThreadPool(problem, cancellation, await openTaskEngine())
    : new ThreadPool(started, cancellation);
}

/** The pool that a validation's context asks for: as many threads as there are processors unless it says otherwise. */
export function openPool(
  problem: ValidationProblem,
  context: ValidationContext,
): Promise<TaskPool> {
  return openTaskPool(
    problem,
    context.cancellation,
    context.threads ?? availableParallelism(),
    context.threadFile ?? bundledThread(),
  );
}

class CallingThreadPool implements TaskPool {
  readonly threads = 1;
  readonly #handler: TaskHandler;
  readonly #cancellation: Cancellation;
  readonly #products: Products | undefined;

  constructor(
    problem: ValidationProblem,
    cancellation: Cancellation,
    products: Products | undefined,
  ) {
    this.#handler = new TaskHandler(problem, cancellation, products);
    this.#products = products;
    this.#cancellation = cancellation;
  }

  prepare(prepared: PreparedProblem): void {
    this.#handler.prepare(prepared);
  }

  async run(
    tasks: readonly Task[],
    onResult: (index: number, result: TaskResult) => void,
    onFailure?: (index: number, thrown: unknown) => void,
  ): Promise<void> {
    for (const [index, task] of tasks.entries()) {
      this.#cancellation.throwIfRequested();
      let result: TaskResult | undefined;
      try {
        result = this.#handler.run(task);
      } catch (thrown) {
        if (onFailure === undefined || thrown instanceof CancelledError) throw thrown;
        onFailure(index, thrown);
      }
      if (result !== undefined) onResult(index, result);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async dispose(): Promise<void> {
    await this.#products?.dispose();
  }
}

const pollMilliseconds = 50;

class ThreadPool implements TaskPool {
  readonly #threads: readonly TaskThread[];
  readonly #cancellation: Cancellation;

  constructor(threads: readonly TaskThread[], cancellation: Cancellation) {
    this.#threads = threads;
    this.#cancellation = cancellation;
  }

  get threads(): number {
    return this.#threads.length;
  }

  prepare(prepared: PreparedProblem): void {
    for (const thread of this.#threads) thread.prepare(prepared);
  }

  async run(
    tasks: readonly Task[],
    onResult: (index: number, result: TaskResult) => void,
    onFailure?: (index: number, thrown: unknown) => void,
  ): Promise<void> {
    let next = 0;
    let stopped = false;
    const work = async (thread: TaskThread): Promise<void> => {
      while (next < tasks.length && !stopped) {
        const index = next;
        next += 1;
        let result: TaskResult | undefined;
        try {
          result = await thread.run(tasks[index]);
        } catch (thrown) {
          if (onFailure === undefined || stopped || thrown instanceof CancelledError) throw thrown;
          onFailure(index, thrown);
        }
        if (result !== undefined && !stopped) onResult(index, result);
      }
    };
    let poll: NodeJS.Timeout | undefined;
    const cancelled = new Promise<never>((_resolve, reject) => {
      poll = setInterval(() => {
        if (this.#cancellation.requested) reject(new CancelledError());
      }, pollMilliseconds);
    });
    try {
      await Promise.race([Promise.all(this.#threads.map(work)), cancelled]);
    } finally {
      stopped = true;
      clearInterval(poll);
    }
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }
}
