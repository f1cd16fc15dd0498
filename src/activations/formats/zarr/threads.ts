import { existsSync } from "node:fs";
import { FreeThreads } from "../../../threads/freeThreads.ts";
import { IdleTimer } from "../../../threads/idleTimer.ts";
import { SpareBuffers } from "../../rows/spareBuffers.ts";
import { unpackedSize } from "../../unpackedSize.ts";
import type { WasmCodec } from "./messages.ts";
import { ZarrThread } from "./thread.ts";

/** Starting a thread takes as long as unpacking so much; smaller arrays have a single one. */
const bytesBeforeMore = 2 ** 23;
/** Unpacked bytes on all threads at a time: each of them takes memory for its chunk beside that of the result. */
const mostBytesAtOnce = 2 ** 28;
const idleMilliseconds = 3000;
/** Buffers of chunks that are used again, in bytes. */
const mostSpareBytes = 2 ** 26;

type Unpack = (codec: WasmCodec, bytes: Uint8Array) => Promise<Uint8Array>;

interface Job {
  readonly codec: WasmCodec;
  readonly bytes: Uint8Array;
  readonly mostBytes: number;
  /** Bytes that it says it unpacks to, or else may. */
  readonly size: number;
  resolve(bytes: Uint8Array | Promise<Uint8Array>): void;
  reject(error: unknown): void;
}

/**
 * Unpacks chunks on a few threads, however small they are: a damaged one may crash its codec, or send it round in
 * circles for ever, and then a thread is ended, not the program. They are started when there is something to unpack
 * and ended when nothing was unpacked for some seconds. Where they cannot be started, everything is unpacked where it
 * is called.
 */
export class ZarrThreads {
  readonly #path: string;
  readonly #most: number;
  readonly #unpackHere: Unpack;
  /** Whoever has looked at a chunk gives its memory back here. */
  readonly spare = new SpareBuffers(mostSpareBytes);
  readonly #starting = new Set<ZarrThread>();
  readonly #ready = new Set<ZarrThread>();
  /** Of those that are ready. */
  readonly #free = new FreeThreads<ZarrThread>();
  readonly #queue: Job[] = [];
  #bytesAtOnce = 0;
  #bytesSeen = 0;
  #isUnusable = false;
  readonly #idleTimer = new IdleTimer(idleMilliseconds, () => {
    this.#bytesSeen = 0;
    for (const thread of [...this.#ready]) thread.end("it is no longer needed");
  });

  /**
   * @param path of the bundle that each thread runs
   * @param most threads
   * @param unpackHere the same without threads
   */
  constructor(path: string, most: number, unpackHere: Unpack) {
    this.#path = path;
    this.#most = most;
    this.#unpackHere = unpackHere;
  }

  /**
   * @param bytes a whole chunk; no longer to be used where they fill their buffer or lie in a spare one
   * @param mostBytes that it may unpack to
   * @throws Error with the codec's reason, or where unpacking comes to no end
   */
  unpack(codec: WasmCodec, bytes: Uint8Array, mostBytes: number): Promise<Uint8Array> {
    if (this.#isUnusable) return this.#unpackHere(codec, bytes);
    this.#idleTimer.stop();
    const size = unpackedSize(bytes) ?? mostBytes;
    this.#bytesSeen += size;
    return new Promise((resolve, reject) => {
      this.#queue.push({ codec, bytes, mostBytes, size, resolve, reject });
      this.#proceed();
    });
  }

  /** How many threads there are, starting or ready. */
  get count(): number {
    return this.#starting.size + this.#ready.size;
  }

  #proceed(): void {
    this.#startThreads();
    for (let job = this.#queue[0]; job !== undefined; job = this.#queue[0]) {
      if (this.#bytesAtOnce > 0 && this.#bytesAtOnce + job.size > mostBytesAtOnce) break;
      const thread = this.#free.take();
      if (thread === undefined) break;
      this.#queue.shift();
      void this.#unpackOn(thread, job);
    }
    for (const thread of this.#starting) thread.keepAlive(this.#queue.length > 0);
    if (this.#isUnusable && this.count === 0) this.#unpackAllHere();
    if (this.#queue.length === 0 && this.#bytesAtOnce === 0) this.#idleTimer.begin();
  }

  #startThreads(): void {
    const most = this.#bytesSeen >= bytesBeforeMore ? this.#most : 1;
    // As many as have something to do.
    const wanted = Math.min(most, this.#queue.length + this.#ready.size - this.#free.count);
    while (!this.#isUnusable && this.count < wanted) this.#start(this.#queue[0]?.codec ?? "zstd");
  }

  #start(codec: WasmCodec): void {
    if (!existsSync(this.#path)) {
      this.#isUnusable = true;
      return;
    }
    const thread = new ZarrThread(this.#path, codec, {
      ready: () => {
        this.#starting.delete(thread);
        this.#ready.add(thread);
        this.#free.give(thread);
        this.#proceed();
      },
      ended: () => {
        // One that cannot even start will not do so next time.
        if (this.#starting.delete(thread)) this.#isUnusable = true;
        this.#ready.delete(thread);
        this.#free.forget(thread);
        this.#proceed();
      },
    });
    this.#starting.add(thread);
  }

  async #unpackOn(thread: ZarrThread, job: Job): Promise<void> {
    this.#bytesAtOnce += job.size;
    try {
      const { codec, bytes, mostBytes, size } = job;
      // What is a part of somebody else's memory stays there.
      const isOwn = bytes.byteLength === bytes.buffer.byteLength || this.spare.isLent(bytes);
      const owned = isOwn ? bytes : bytes.slice();
      const found = await thread.unpack(codec, owned, mostBytes, this.spare.find(size));
      for (const { buffer } of [found.bytes, found.packed ?? found.bytes]) this.spare.lend(buffer);
      if (found.packed !== undefined) this.spare.giveBack(found.packed);
      job.resolve(found.bytes);
    } catch (error) {
      job.reject(error);
    }
    this.#bytesAtOnce -= job.size;
    if (this.#ready.has(thread)) this.#free.give(thread);
    this.#proceed();
  }

  #unpackAllHere(): void {
    for (const { codec, bytes, resolve } of this.#queue.splice(0)) {
      resolve(this.#unpackHere(codec, bytes));
    }
  }
}
