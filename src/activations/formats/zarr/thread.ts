import { Worker } from "node:worker_threads";
import type { UnpackReply, UnpackRequest, WasmCodec } from "./messages.ts";

/** A thread that answers nothing for so many looks, a quarter of a second apart, will answer no more. */
const mostLooks = 16;
const lookEvery = 250;

/** What a thread tells those who started it, once each. */
export interface ThreadEvents {
  /** It has loaded its codec and may be called. */
  ready(): void;
  /** It is gone. */
  ended(): void;
}

interface Pending {
  resolve(bytes: Uint8Array): void;
  reject(error: Error): void;
}

/**
 * One thread that unpacks one chunk at a time. It is ended where its codec crashes on a damaged chunk or comes to no
 * end, and keeps the program alive only while a chunk is awaited.
 */
export class ZarrThread {
  readonly #worker: Worker;
  readonly #events: ThreadEvents;
  #pending: Pending | undefined;
  #watch: NodeJS.Timeout | undefined;
  #ended = false;

  /**
   * @param path of the bundle that it runs
   * @param codec loaded at once; others when they are needed
   */
  constructor(path: string, codec: WasmCodec, events: ThreadEvents) {
    this.#events = events;
    // Its output is the codec's, for nobody's eyes.
    this.#worker = new Worker(path, { workerData: codec, stdout: true, stderr: true });
    this.#worker.on("message", (reply: UnpackReply) => this.#settle(reply));
    this.#worker.on("error", (error: Error) => this.end(error.message));
    this.#worker.on("exit", () => this.end("its thread ended"));
    this.#startWatching();
    this.keepAlive(false);
  }

  /** Whether the program waits for this thread to start. */
  keepAlive(isAwaited: boolean): void {
    if (isAwaited) {
      this.#worker.ref();
      this.#watch?.ref();
    } else {
      this.#worker.unref();
      this.#watch?.unref();
    }
  }

  /**
   * Unpacks a chunk; called when it is ready and no other call is under way.
   * @param bytes handed over to the thread, where they fill their buffer; else copied
   * @param mostBytes that it may unpack to; the codec gets little more memory than it needs for so many
   * @throws Error with the codec's reason, or where it does not come to an end
   */
  unpack(codec: WasmCodec, bytes: Uint8Array, mostBytes: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      const isWhole = bytes.byteLength === bytes.buffer.byteLength;
      const owned = isWhole ? bytes : bytes.slice();
      const request: UnpackRequest = { codec, bytes: owned, mostBytes };
      this.#worker.postMessage(request, [owned.buffer as ArrayBuffer]);
      this.#startWatching();
      this.keepAlive(true);
    });
  }

  /** Whoever waits for an answer is told the reason. */
  end(reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopWatching();
    const pending = this.#pending;
    this.#pending = undefined;
    void this.#worker.terminate();
    this.#events.ended();
    pending?.reject(new Error(reason));
  }

  #settle(reply: UnpackReply): void {
    if (this.#ended) return;
    this.#stopWatching();
    const pending = this.#pending;
    this.#pending = undefined;
    if (reply.kind === "ready") this.#events.ready();
    else if (reply.kind === "unpacked") pending?.resolve(reply.bytes);
    else {
      pending?.reject(new Error(reply.fault));
      // After such a fault the codec's memory may be in any state.
      if (/out of bounds|unreachable|Aborted|memory/i.test(reply.fault)) this.end(reply.fault);
    }
  }

  /** Looks are counted, not seconds: a program that is busy itself sees an answer only after its work. */
  #startWatching(): void {
    let looks = 0;
    this.#watch = setInterval(() => {
      if (++looks < mostLooks) return;
      this.end(`unpacking it came to no end within ${(mostLooks * lookEvery) / 1000} seconds`);
    }, lookEvery);
  }

  #stopWatching(): void {
    clearInterval(this.#watch);
    this.#watch = undefined;
    this.#worker.unref();
  }
}
