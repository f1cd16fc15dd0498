import type {} from "./webAssembly.d.ts";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { controlBlock, jobKind } from "./controlBlock.ts";
import { compileKernels, type KernelExports, type KernelVariant } from "./kernelModule.ts";
import { SharedHeap } from "./sharedHeap.ts";

export interface KernelOptions {
  /**
   * Threads that compute, the calling one included; default one a processor, and no more: of others each step
   * of a decomposition would have to wait until the system lets them run.
   */
  readonly threads?: number;
  /** Starts all threads that are asked for, for tests. */
  readonly beyondProcessors?: boolean;
  /** Forces one variant of the kernels, for tests. */
  readonly variant?: KernelVariant;
  /** Bytes beyond which the shared memory must not grow; default 4 GiB, which is all it can address. */
  readonly memoryLimit?: number;
}

/** A strided factor of a product in the shared memory: address in bytes, strides in elements. */
export interface Factor {
  readonly address: number;
  /** Distance between neighbouring rows of the left factor, or columns of the right one. */
  readonly outer: number;
  /** Distance between neighbouring steps of the summed dimension. */
  readonly step: number;
}

export interface ProductTask {
  readonly a: Factor;
  readonly b: Factor;
  /** Address of C and the distance between its rows. */
  readonly c: number;
  readonly cRow: number;
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly alpha?: number;
  /** Set C instead of adding to it. */
  readonly overwrite?: boolean;
  /** Only on and below the diagonal of a square C. */
  readonly lower?: boolean;
  /** `jobKind.productDouble` (default) or `productSingle`, by the type of the factors. */
  readonly kind?: number;
}

/** Largest side of the tiles that threads take; a multiple of the micro-tiles' sides. */
const largestTile = 480;
const smallestTile = 48;
/** Above, packing pays. */
const mostSkinnyRows = 64;
/** Below so many multiplications, waking a thread costs more than it brings. */
const smallestSharedProduct = 1 << 20;
/** Rounds of looking: about 20 and 300 microseconds. */
const spinRounds = { short: 8000, long: 120_000 };
/** All that 32-bit addresses reach, in pages of 64 kB. */
const maximumPages = 65536;

/**
 * Whether so few rows are multiplied that packing the right factor would cost as much as multiplying it, and
 * both lie along the summed dimension.
 */
function isSkinny({ a, b, rows, columns, depth, lower }: ProductTask): boolean {
  const alongDepth = a.step === 1 && b.step === 1;
  return alongDepth && rows <= mostSkinnyRows && columns >= 64 && depth >= 256 && lower !== true;
}

/**
 * What a helper thread runs: nothing but the module, so that it needs no file and works in any bundle.
 * The memory's last thread to leave frees it.
 */
const helperSource = `
  const { workerData } = require("node:worker_threads");
  const { module, memory, thread } = workerData;
  new WebAssembly.Instance(module, { env: { memory } }).exports.serve(thread);
`;

/**
 * The kernels on one shared memory, with helper threads that take tiles of whatever job is open while the
 * calling thread takes its own share.
 */
export class KernelEngine {
  readonly threads: number;
  readonly variant: KernelVariant;
  readonly kernels: KernelExports;
  readonly heap: SharedHeap;
  readonly #memory: WebAssembly.Memory;
  #helpers: Worker[];
  #started = false;

  /** @returns undefined if this runtime has no SIMD or no threads in WebAssembly */
  static async create(options: KernelOptions = {}): Promise<KernelEngine | undefined> {
    const compiled = await compileKernels(options.variant);
    if (compiled === undefined) return undefined;
    return new KernelEngine(compiled.module, compiled.variant, options);
  }

  private constructor(module: WebAssembly.Module, variant: KernelVariant, options: KernelOptions) {
    this.variant = variant;
    const processors = availableParallelism();
    const threads = Math.max(1, Math.floor(options.threads ?? processors));
    this.threads = options.beyondProcessors === true ? threads : Math.min(threads, processors);
    this.#memory = new WebAssembly.Memory({ initial: 1, maximum: maximumPages, shared: true });
    const env = { memory: this.#memory };
    // WebAssembly has no types of its own for what a module exports.
    this.kernels = new WebAssembly.Instance(module, { env }).exports as unknown as KernelExports;
    this.heap = new SharedHeap(
      this.#memory,
      controlBlock.heapStart,
      options.memoryLimit ?? maximumPages * 65536,
    );
    const scratchBytes = this.kernels.productScratchBytes(largestTile);
    const words = new Uint32Array(this.#memory.buffer);
    words[controlBlock.helpers / 4] = this.threads - 1;
    words[controlBlock.spin / 4] = spinRounds.short;
    words[controlBlock.scratchBytes / 4] = scratchBytes;
    words[controlBlock.scratch / 4] = this.heap.allocate(scratchBytes * this.threads);
    this.#helpers = Array.from({ length: this.threads - 1 }, (_, i) => {
      const workerData = { module, memory: this.#memory, thread: i + 1 };
      const helper = new Worker(helperSource, { eval: true, workerData });
      helper.unref();
      return helper;
    });
  }

  /** Float64 values at an address of the shared memory; valid until the piece is released. */
  doubles(address: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, address, length);
  }

  /** Float32 values at an address of the shared memory. */
  singles(address: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, address, length);
  }

  /** Bytes at an address of the shared memory. */
  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, address, length);
  }

  /** 32-bit integers at an address of the shared memory. */
  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, address, length);
  }

  /**
   * How long a thread looks for work before it sleeps: `long` where many short jobs follow one another.
   * @returns what it was before
   */
  setSpin(patience: "short" | "long"): "short" | "long" {
    const words = new Int32Array(this.#memory.buffer, 0, 64);
    const previous = words[controlBlock.spin / 4] === spinRounds.long ? "long" : "short";
    Atomics.store(words, controlBlock.spin / 4, spinRounds[patience]);
    return previous;
  }

  /** Memory for so many float64 values; {@link SharedHeap.release} gives it back. */
  allocateDoubles(length: number): number {
    return this.heap.allocate(length * 8);
  }

  /** `C := alpha A B (+ C)`; returns when it is done. */
  multiply(task: ProductTask): void {
    if (task.rows === 0 || task.columns === 0) return;
    this.finish();
    const kind = this.#prepare(task);
    const size = task.rows * task.columns * task.depth * (task.lower === true ? 0.5 : 1);
    this.run(kind, size >= smallestSharedProduct);
  }

  /** Lets helpers begin and returns; whatever is asked of the engine next waits until it is done. */
  start(task: ProductTask): void {
    this.finish();
    this.kernels.openJob(this.#prepare(task));
    this.#started = true;
  }

  /** Does what is left of the job that {@link start} began; returns when it is done. */
  finish(): void {
    if (!this.#started) return;
    this.#started = false;
    this.kernels.finishJob();
  }

  /**
   * Subtracts the means of a block's columns from it.
   * @param block address of `[rows, columns]`, float32 where `single`, else float64
   * @param means address of `[columns]` float64, receives the means
   */
  centre(block: number, rows: number, columns: number, means: number, single: boolean): void {
    this.finish();
    this.kernels.prepareCentring(block, rows, columns, means);
    this.run(single ? jobKind.centringSingle : jobKind.centringDouble, rows * columns > 1 << 16);
  }

  /** Runs the prepared job of this kind, alone or with the helpers; nothing else may be started. */
  run(kind: number, shared = true): void {
    if (shared) this.kernels.openJob(kind);
    else this.kernels.openJobAlone(kind);
    this.kernels.finishJob();
  }

  /**
   * Ends the helpers; idempotent. Whoever still multiplies does so alone: a helper that is ended inside a job would
   * be waited for without end. The memory is freed with the last reference to it.
   */
  async dispose(): Promise<void> {
    const helpers = this.#helpers;
    this.#helpers = [];
    if (helpers.length === 0) return;
    this.finish();
    this.kernels.endService();
    await Promise.all(helpers.map((helper) => helper.terminate()));
  }

  #prepare(task: ProductTask): number {
    const { a, b } = task;
    this.kernels.prepareProduct(
      a.address,
      a.outer,
      a.step,
      b.address,
      b.outer,
      b.step,
      task.c,
      task.cRow,
      task.rows,
      task.columns,
      task.depth,
      this.#tileSide(task),
      task.lower === true ? 1 : 0,
      task.overwrite === true ? 1 : 0,
      task.alpha ?? 1,
    );
    if (task.kind !== undefined) return task.kind;
    return isSkinny(task) ? jobKind.innerProducts : jobKind.productDouble;
  }

  /** Large tiles pack less; but there should be several for each thread. */
  #tileSide(task: ProductTask): number {
    const wanted = this.threads === 1 ? 1 : 4 * this.threads;
    let side = largestTile;
    while (side > smallestTile) {
      const down = Math.ceil(task.rows / side);
      const across = Math.ceil(task.columns / side);
      if ((task.lower === true ? (down * (down + 1)) / 2 : down * across) >= wanted) break;
      side /= 2;
    }
    return Math.max(smallestTile, Math.floor(side / 24) * 24);
  }
}
