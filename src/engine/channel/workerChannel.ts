import type { ResourceLimits } from "node:worker_threads";
import { Cancellation } from "../../cancellation.ts";
import { CancelledError, EigenlensError } from "../../errors.ts";
import {
  documentBuffers,
  type EngineArgument,
  type EngineMethod,
  type EngineReply,
  type EngineRequest,
  type EngineResult,
  type Progress,
} from "../../protocol/engine.ts";
import { AbandonedCalls } from "./abandonedCalls.ts";
import { answerFile, type EditorFiles } from "./editorFiles.ts";
import { IdleTimer } from "../../threads/idleTimer.ts";
import { Thread, type ThreadEnd } from "../../threads/thread.ts";
import type { WorkerData } from "../../protocol/workerData.ts";
import { describeEnd } from "./describeEnd.ts";

/** Where the worker's own lines and its faults go. */
export interface EngineLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface CallOptions {
  /**
   * Aborting it asks the worker to stop, and is answered at once: by the worker between two steps, or
   * without it. A worker that does not stop in time is ended.
   */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface WorkerChannelOptions {
  /** For the log: "computing", "interactive". */
  readonly name: string;
  readonly workerPath: string;
  /** Asked at every start of a worker. */
  readonly workerData?: () => WorkerData;
  readonly log: EngineLog;
  readonly resourceLimits?: ResourceLimits;
  /** Drops what a library in the worker prints: standard output is somebody else's. */
  readonly silent?: boolean;
  /** Reads files that only the editor can read. */
  readonly files?: EditorFiles;
  /** Milliseconds between a request to stop and the end of a worker that ignores it. */
  readonly cancellationGrace?: number;
  /** Milliseconds without a call after which the worker is ended and its memory given back. */
  readonly idleTime?: number;
}

/** Milliseconds after which a request to stop is answered without the worker. */
const cancellationPatience = 120;

interface PendingCall {
  readonly method: EngineMethod;
  readonly cancellation: Cancellation;
  readonly onProgress?: (progress: Progress) => void;
  settle(outcome: { value: unknown } | { error: unknown }): void;
}

/**
 * One worker of the engine behind typed calls. The worker starts at the first call; when it dies, its
 * calls are rejected with one clear line and the next call starts a new one.
 */
export class WorkerChannel {
  readonly #options: WorkerChannelOptions;
  readonly #pending = new Map<number, PendingCall>();
  /** Cancelled calls at which the worker is still busy. */
  readonly #abandoned: AbandonedCalls;
  #worker: Thread<EngineReply> | undefined;
  #nextId = 1;
  /** Undefined if the worker stays. */
  readonly #idleTimer: IdleTimer | undefined;
  #disposed = false;
  #restartWhenIdle = false;

  constructor(options: WorkerChannelOptions) {
    this.#options = options;
    const { idleTime, cancellationGrace = 5000 } = options;
    this.#abandoned = new AbandonedCalls(cancellationGrace);
    this.#idleTimer =
      idleTime === undefined ? undefined : new IdleTimer(idleTime, () => this.#endQuietly());
  }

  get running(): boolean {
    return this.#worker !== undefined;
  }

  /**
   * @param argument the memory of a document in it moves to the worker
   * @throws EigenlensError with the worker's own code and line; "cancelled" once `signal` is aborted;
   *   "internal" or "memory" where the worker ended before it answered
   */
  call<M extends EngineMethod>(
    method: M,
    argument: EngineArgument<M>,
    options: CallOptions = {},
  ): Promise<EngineResult<M>> {
    const { signal } = options;
    if (signal?.aborted) return Promise.reject(new CancelledError());
    if (this.#disposed) {
      return Promise.reject(new EigenlensError("internal", "The engine was shut down already."));
    }
    // Nothing that is wanted keeps this worker busy: a new one need not wait for it.
    if (this.#abandoned.size > 0 && this.#pending.size === 0) this.#endQuietly();
    const worker = this.#start();
    const id = this.#nextId++;
    const cancellation = new Cancellation();
    return new Promise((resolve, reject) => {
      let patience: NodeJS.Timeout | undefined;
      const stop = () => {
        cancellation.request();
        patience = setTimeout(() => this.#abandon(id, worker, method), cancellationPatience);
      };
      signal?.addEventListener("abort", stop, { once: true });
      this.#pending.set(id, {
        method,
        cancellation,
        onProgress: options.onProgress,
        settle: (outcome) => {
          this.#pending.delete(id);
          clearTimeout(patience);
          signal?.removeEventListener("abort", stop);
          this.#restIfIdle();
          // The protocol pairs every method with its result's type; the wire cannot carry that.
          if ("value" in outcome) resolve(outcome.value as EngineResult<M>);
          else reject(cancellation.requested ? new CancelledError() : outcome.error);
        },
      });
      const request = { kind: "call", id, method, argument, cancellation: cancellation.shared };
      try {
        worker.post(request as EngineRequest, documentBuffers(argument));
      } catch (thrown) {
        this.#pending.get(id)?.settle({ error: thrown });
      }
    });
  }

  /** Lets the next call start a new worker; one that is at work finishes first. */
  restart(): void {
    if (this.#isAtWork) {
      this.#restartWhenIdle = true;
      return;
    }
    this.#restartWhenIdle = false;
    this.#endQuietly();
  }

  /** Ends the worker; calls that wait are rejected as cancelled. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#idleTimer?.stop();
    for (const call of this.#pending.values()) call.cancellation.request();
    const worker = this.#worker;
    this.#worker = undefined;
    this.#abandoned.forgetAll();
    await worker?.end("it was shut down");
    this.#rejectAll(new CancelledError());
  }

  #start(): Thread<EngineReply> {
    this.#idleTimer?.stop();
    if (this.#worker) return this.#worker;
    const { workerPath, workerData, name, log, resourceLimits, silent = false } = this.#options;
    const worker = new Thread<EngineReply>(workerPath, {
      data: workerData?.(),
      name: `eigenlens ${name}`,
      ...(resourceLimits ? { resourceLimits } : {}),
      isSilent: silent,
      onMessage: (reply) => this.#receive(worker, reply),
      onUnreadable: (fault) => log.error(`${name} worker: ${fault.message}`),
      onEnd: (end) => this.#workerEnded(worker, end),
    });
    this.#worker = worker;
    return worker;
  }

  #receive(worker: Thread<EngineReply>, reply: EngineReply): void {
    const { log, name } = this.#options;
    if (reply.kind === "log") {
      log[reply.level](reply.message);
      return;
    }
    if (reply.kind === "fileRequest") {
      void answerFile(this.#options.files, reply).then((answer) => worker.post(answer));
      return;
    }
    if (this.#abandoned.has(reply.id)) {
      if (reply.kind !== "progress") this.#forget(reply.id);
      return;
    }
    const call = this.#pending.get(reply.id);
    if (!call) {
      if (reply.kind !== "progress") log.warn(`${name} worker: an answer that nobody waits for.`);
      return;
    }
    switch (reply.kind) {
      case "progress":
        call.onProgress?.(reply.progress);
        break;
      case "result":
        call.settle({ value: reply.value });
        break;
      case "error":
        if (reply.code !== "cancelled") {
          log.error(`${call.method}: ${reply.message}${reply.stack ? `\n${reply.stack}` : ""}`);
        }
        call.settle({
          error: new EigenlensError(reply.code, reply.message, { detail: reply.detail }),
        });
        break;
      default:
        reply satisfies never;
        log.warn(`${name} worker: a message of an unknown kind was ignored.`);
    }
  }

  /** By itself: one that was ended was forgotten before. */
  #workerEnded(worker: Thread<EngineReply>, end: ThreadEnd): void {
    if (this.#worker !== worker) return;
    const { name, log } = this.#options;
    const fault = end.cause instanceof Error ? end.cause : end;
    const error = describeEnd(name, fault);
    this.#worker = undefined;
    this.#abandoned.forgetAll();
    if (this.#pending.size > 0) {
      log.error(end.how === "threw" ? (fault.stack ?? error.message) : error.message);
    }
    this.#rejectAll(error);
  }

  /** Answers a cancelled call whose step is long, and leaves the worker a while to come to its end. */
  #abandon(id: number, worker: Thread<EngineReply>, method: EngineMethod): void {
    if (this.#worker === worker) {
      this.#abandoned.add(id, () => this.#endDeafWorker(worker, method));
    }
    this.#pending.get(id)?.settle({ error: new CancelledError() });
  }

  #endDeafWorker(worker: Thread<EngineReply>, method: EngineMethod): void {
    if (this.#worker !== worker) return;
    const { log, name } = this.#options;
    log.warn(`${name} worker: ${method} did not stop when asked; the worker was ended.`);
    this.#endQuietly();
    this.#rejectAll(
      new EigenlensError("internal", "The engine was restarted. Run the separation again."),
    );
  }

  get #isAtWork(): boolean {
    return this.#pending.size + this.#abandoned.size > 0;
  }

  #forget(id: number): void {
    this.#abandoned.forget(id);
    this.#restIfIdle();
  }

  #rejectAll(error: EigenlensError): void {
    for (const call of [...this.#pending.values()]) call.settle({ error });
  }

  #restIfIdle(): void {
    this.#idleTimer?.stop();
    if (this.#restartWhenIdle && !this.#isAtWork) this.restart();
    if (this.#isAtWork || !this.#worker) return;
    this.#idleTimer?.begin();
  }

  #endQuietly(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#abandoned.forgetAll();
    void worker?.end("it is no longer needed");
  }
}
