import type { Cancellation } from "../../../cancellation.ts";
import { CancelledError, EigenlensError, type ErrorCode } from "../../../errors.ts";
import { Thread } from "../../../threads/thread.ts";
import type { PreparedProblem, Task, TaskResult, ValidationProblem } from "./task.ts";

/** A minute of looks: threads that start all at once on a busy machine take some seconds, and none takes so long. */
const mostStartLooks = 240;

/** What a thread is started with. */
export interface ThreadData {
  readonly problem: ValidationProblem;
  readonly cancellation: SharedArrayBuffer;
}

export type ToThread =
  | { readonly kind: "prepare"; readonly prepared: PreparedProblem }
  | { readonly kind: "task"; readonly task: Task };

export type FromThread =
  | { readonly kind: "ready" }
  | { readonly kind: "result"; readonly result: TaskResult }
  | { readonly kind: "error"; readonly code: ErrorCode; readonly message: string };

/** One thread that does one task at a time. */
export interface TaskThread {
  prepare(prepared: PreparedProblem): void;
  run(task: Task): Promise<TaskResult>;
  end(): Promise<void>;
}

/**
 * Starts `count` threads from the bundle of `validationThread.ts`.
 * @returns undefined if any of them does not come up: the caller then works on its own thread
 */
export async function startThreads(
  problem: ValidationProblem,
  cancellation: Cancellation,
  count: number,
  file: string,
): Promise<TaskThread[] | undefined> {
  const data: ThreadData = { problem, cancellation: cancellation.shared };
  const starts = Array.from({ length: count }, () => startThread(data, file));
  const settled = await Promise.allSettled(starts);
  const threads = settled.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
  if (threads.length === count) return threads;
  await Promise.all(threads.map((thread) => thread.end()));
  return undefined;
}

function startThread(data: ThreadData, file: string): Promise<TaskThread> {
  return new Promise((resolve, reject) => {
    let pending: { done: (result: TaskResult) => void; failed: (error: Error) => void } | undefined;
    let dead: Error | undefined;
    const thread = new Thread<FromThread>(file, {
      data,
      mostStartLooks,
      onMessage: (message) => {
        if (message.kind === "ready") {
          // From here on whoever waits for its tasks keeps the program alive.
          thread.keepAlive(false);
          resolve({
            prepare: (prepared) => {
              thread.post({ kind: "prepare", prepared } satisfies ToThread);
            },
            run: (task) =>
              new Promise((done, failed) => {
                if (dead !== undefined) {
                  failed(dead);
                  return;
                }
                pending = { done, failed };
                thread.post({ kind: "task", task } satisfies ToThread);
              }),
            end: () => thread.end("it is no longer needed"),
          });
          return;
        }
        const waiting = pending;
        pending = undefined;
        if (message.kind === "result") waiting?.done(message.result);
        else waiting?.failed(revive(message.code, message.message));
      },
      onEnd: (end) => {
        dead = end.how === "exited" ? new Error("A validation thread ended unexpectedly.") : end;
        reject(dead);
        pending?.failed(dead);
        pending = undefined;
      },
    });
  });
}

function revive(code: ErrorCode, message: string): Error {
  return code === "cancelled" ? new CancelledError() : new EigenlensError(code, message);
}
