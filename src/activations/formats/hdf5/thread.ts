import { EigenlensError } from "../../../errors.ts";
import { FreeThreads } from "../../../threads/freeThreads.ts";
import { Thread } from "../../../threads/thread.ts";
import { valueCount } from "../../shape.ts";
import type { Hdf5Call, Hdf5Reply, Hdf5Request } from "./messages.ts";
import { hdf5WorkerPath } from "./workerPath.ts";

/**
 * A library that neither answers nor reads for so long will do neither any more, and one that reads but does not
 * answer for so much longer is sent round in circles. Milliseconds, both of time and of the program's processor
 * time: on a busy machine or a slow disk it takes longer without any fault of its own.
 */
const patience = 2500;
const mostPatience = 8000;
/** Values and texts that are unpacked in a millisecond at the least. */
const valuesPerMillisecond = 2000;

/** Threads without a file, kept for the next one: starting one takes a quarter of a second. */
const idle = new FreeThreads<Hdf5Thread>(2);

interface Pending {
  readonly where: string;
  /** Milliseconds in which it must be answered once it is the first in line. */
  readonly patience: number;
  resolve(value: Hdf5Reply["value"]): void;
  reject(error: Error): void;
}

/** One thread with the HDF5 library; it is ended where the library fails on a damaged file. */
export class Hdf5Thread {
  readonly #thread: Thread<Hdf5Reply>;
  readonly #progress = new Int32Array(new SharedArrayBuffer(4));
  readonly #pending = new Map<number, Pending>();
  #calls = 0;
  /** Since when the library is at work on the first call in line. */
  #begun = clocks();

  private constructor() {
    this.#thread = new Thread<Hdf5Reply>(hdf5WorkerPath, {
      data: this.#progress.buffer,
      isSilent: true,
      onMessage: (reply) => this.#settle(reply),
      onEnd: ({ how, message }) => {
        idle.forget(this);
        const reason = how === "exited" ? "its thread ended" : message;
        for (const { where, reject } of this.#pending.values()) reject(unreadable(where, reason));
        this.#pending.clear();
      },
    });
    this.#thread.keepAlive(false);
  }

  static take(): Hdf5Thread {
    return idle.take() ?? new Hdf5Thread();
  }

  /** Gives the thread back once its file is closed. */
  async release(): Promise<void> {
    if (this.#thread.ended) return;
    try {
      await this.call({ kind: "close" }, "HDF5");
    } catch {
      // A thread that cannot close its file is no use any more, and its file is no longer asked for.
      this.#end("it could not close its file");
    }
    if (this.#thread.ended) return;
    if (!idle.give(this)) this.#end("it is no longer needed");
  }

  /**
   * @param where the file and dataset, for the message
   * @throws EigenlensError "file-format" with the library's reason, or where it does not come to an end
   */
  call(call: Hdf5Call, where: string): Promise<Hdf5Reply["value"]> {
    return new Promise((resolve, reject) => {
      if (this.#thread.ended) {
        reject(unreadable(where, "the library failed on it before"));
        return;
      }
      const id = this.#calls++;
      this.#pending.set(id, { where, patience: patienceFor(call), resolve, reject });
      const request: Hdf5Request = { ...call, id };
      const memory = call.kind === "read" && call.into !== undefined ? [call.into] : [];
      this.#thread.post(request, memory);
      this.#startWatching();
    });
  }

  #settle({ id, value, fault, isLimit, isFatal }: Hdf5Reply): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#begun = clocks();
    if (this.#pending.size === 0) this.#stopWatching();
    if (fault === undefined) pending?.resolve(value);
    else if (isLimit !== true) pending?.reject(unreadable(pending.where, fault));
    else pending?.reject(new EigenlensError("file-format", `${pending.where}: ${fault}.`));
    if (fault !== undefined && isFatal === true) this.#end(fault);
  }

  /** While an answer is awaited the thread keeps the program alive, and is looked after. */
  #startWatching(): void {
    if (this.#thread.isWatched) return;
    this.#thread.keepAlive(true);
    let seen = Atomics.load(this.#progress, 0);
    let since = clocks();
    this.#begun = since;
    this.#thread.watch(() => {
      const now = Atomics.load(this.#progress, 0);
      if (now !== seen) {
        seen = now;
        since = clocks();
      }
      const [first] = this.#pending.values();
      const most = first?.patience ?? mostPatience;
      if (elapsed(since) > patience) return lateAfter(patience);
      return elapsed(this.#begun) > most ? lateAfter(most) : undefined;
    });
  }

  #stopWatching(): void {
    this.#thread.stopWatching();
    this.#thread.keepAlive(false);
  }

  #end(reason: string): void {
    void this.#thread.end(reason);
  }
}

function lateAfter(milliseconds: number): string {
  return `the library came to no end within ${Math.round(milliseconds / 100) / 10} seconds`;
}

/** Time and processor time of the whole program, in milliseconds: a thread has none of its own that others see. */
function clocks(): readonly [number, number] {
  const { user, system } = process.cpuUsage();
  return [performance.now(), (user + system) / 1000];
}

/** Milliseconds for certain: the lesser of both. */
function elapsed([time, processor]: readonly [number, number]): number {
  const [timeNow, processorNow] = clocks();
  return Math.min(timeNow - time, processorNow - processor);
}

/** What is asked for takes its time. */
function patienceFor(call: Hdf5Call): number {
  if (call.kind !== "read") return mostPatience;
  return mostPatience + valueCount(call.count) / valuesPerMillisecond;
}

function unreadable(where: string, reason: string): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${where}: the HDF5 library cannot read it (${reason}): the file is cut short, damaged or uses a feature that is not known here; save it again.`,
  );
}
