import { Worker } from "node:worker_threads";
import { EigenlensError } from "../../../errors.ts";
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
const lookEvery = 250;

/** Threads without a file, kept for the next one: starting one takes a quarter of a second. */
const idle: Hdf5Thread[] = [];
const mostIdle = 2;

interface Pending {
  readonly where: string;
  /** Milliseconds in which it must be answered once it is the first in line. */
  readonly patience: number;
  resolve(value: Hdf5Reply["value"]): void;
  reject(error: Error): void;
}

/** One thread with the HDF5 library; it is ended where the library fails on a damaged file. */
export class Hdf5Thread {
  readonly #worker: Worker;
  readonly #progress = new Int32Array(new SharedArrayBuffer(4));
  readonly #pending = new Map<number, Pending>();
  #calls = 0;
  /** Since when the library is at work on the first call in line. */
  #begun = clocks();
  #watch: NodeJS.Timeout | undefined;
  #ended = false;

  private constructor() {
    // Its output is the library's, for nobody's eyes.
    this.#worker = new Worker(hdf5WorkerPath, {
      workerData: this.#progress.buffer,
      stdout: true,
      stderr: true,
    });
    this.#worker.unref();
    this.#worker.on("message", (reply: Hdf5Reply) => this.#settle(reply));
    this.#worker.on("error", (error: Error) => this.#end(error.message));
    this.#worker.on("exit", () => this.#end("its thread ended"));
  }

  static take(): Hdf5Thread {
    return idle.pop() ?? new Hdf5Thread();
  }

  /** Gives the thread back once its file is closed. */
  async release(): Promise<void> {
    if (this.#ended) return;
    try {
      await this.call({ kind: "close" }, "HDF5");
    } catch {
      // A thread that cannot close its file is no use any more, and its file is no longer asked for.
      this.#end("it could not close its file");
    }
    if (this.#ended) return;
    if (idle.length < mostIdle) idle.push(this);
    else this.#end("it is no longer needed");
  }

  /**
   * @param where the file and dataset, for the message
   * @throws EigenlensError "file-format" with the library's reason, or where it does not come to an end
   */
  call(call: Hdf5Call, where: string): Promise<Hdf5Reply["value"]> {
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(unreadable(where, "the library failed on it before"));
        return;
      }
      const id = this.#calls++;
      this.#pending.set(id, { where, patience: patienceFor(call), resolve, reject });
      const request: Hdf5Request = { ...call, id };
      this.#worker.postMessage(request);
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
    if (this.#watch !== undefined) return;
    this.#worker.ref();
    let seen = Atomics.load(this.#progress, 0);
    let since = clocks();
    this.#begun = since;
    this.#watch = setInterval(() => {
      const now = Atomics.load(this.#progress, 0);
      if (now !== seen) {
        seen = now;
        since = clocks();
      }
      const [first] = this.#pending.values();
      const most = first?.patience ?? mostPatience;
      if (elapsed(since) > patience) this.#endLate(patience);
      else if (elapsed(this.#begun) > most) this.#endLate(most);
    }, lookEvery);
  }

  #endLate(milliseconds: number): void {
    this.#end(`the library came to no end within ${Math.round(milliseconds / 100) / 10} seconds`);
  }

  #stopWatching(): void {
    clearInterval(this.#watch);
    this.#watch = undefined;
    this.#worker.unref();
  }

  #end(reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopWatching();
    const at = idle.indexOf(this);
    if (at !== -1) idle.splice(at, 1);
    for (const { where, reject } of this.#pending.values()) reject(unreadable(where, reason));
    this.#pending.clear();
    void this.#worker.terminate();
  }
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
