import { manyLooks, Thread } from "../../../threads/thread.ts";
import type { UnpackReply, UnpackRequest, WasmCodec } from "./messages.ts";

/** A thread that answers nothing for so many looks will answer no more. */
const mostLooks = 16;

/** What a thread tells those who started it, once each. */
export interface ThreadEvents {
  /** It has loaded its codec and may be called. */
  ready(): void;
  /** It is gone. */
  ended(): void;
}

/** What a chunk unpacked to, and the memory in which it lay. */
export type Unpacked = Extract<UnpackReply, { kind: "unpacked" }>;

interface Pending {
  resolve(unpacked: Unpacked): void;
  reject(error: Error): void;
}

/**
 * One thread that unpacks one chunk at a time. It is ended where its codec crashes on a damaged chunk or comes to no
 * end, and keeps the program alive only while a chunk is awaited.
 */
export class ZarrThread {
  readonly #thread: Thread<UnpackReply>;
  readonly #events: ThreadEvents;
  #pending: Pending | undefined;

  /**
   * @param path of the bundle that it runs
   * @param codec loaded at once; others when they are needed
   */
  constructor(path: string, codec: WasmCodec, events: ThreadEvents) {
    this.#events = events;
    this.#thread = new Thread<UnpackReply>(path, {
      data: codec,
      isSilent: true,
      mostStartLooks: mostLooks,
      onMessage: (reply) => this.#settle(reply),
      onEnd: ({ how, message }) => {
        const pending = this.#pending;
        this.#pending = undefined;
        this.#events.ended();
        pending?.reject(new Error(how === "exited" ? "its thread ended" : message));
      },
    });
    this.keepAlive(false);
  }

  /** Whether the program waits for this thread to start. */
  keepAlive(isAwaited: boolean): void {
    this.#thread.keepAlive(isAwaited);
  }

  /**
   * Unpacks a chunk; called when it is ready and no other call is under way.
   * @param bytes whose buffer is handed over to the thread
   * @param mostBytes that it may unpack to; the codec gets little more memory than it needs for so many
   * @param into memory for what it unpacks to, handed over too
   * @throws Error with the codec's reason, or where it does not come to an end
   */
  unpack(
    codec: WasmCodec,
    bytes: Uint8Array,
    mostBytes: number,
    into: ArrayBuffer | undefined,
  ): Promise<Unpacked> {
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      const memory = into === undefined ? [] : [into];
      const request: UnpackRequest = { codec, bytes, mostBytes, ...(into && { into }) };
      this.#thread.post(request, [bytes.buffer as ArrayBuffer, ...memory]);
      this.#thread.watch(
        manyLooks(mostLooks, (seconds) => `unpacking it came to no end within ${seconds} seconds`),
      );
      this.keepAlive(true);
    });
  }

  /** Whoever waits for an answer is told the reason. */
  end(reason: string): void {
    void this.#thread.end(reason);
  }

  #settle(reply: UnpackReply): void {
    this.#thread.stopWatching();
    this.keepAlive(false);
    const pending = this.#pending;
    this.#pending = undefined;
    if (reply.kind === "ready") this.#events.ready();
    else if (reply.kind === "unpacked") pending?.resolve(reply);
    else {
      pending?.reject(new Error(reply.fault));
      // After such a fault the codec's memory may be in any state.
      if (/out of bounds|unreachable|Aborted|memory/i.test(reply.fault)) this.end(reply.fault);
    }
  }
}
