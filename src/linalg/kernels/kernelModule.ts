import type {} from "./webAssembly.d.ts";
import { setFlagsFromString } from "node:v8";
import { plainKernels } from "./generated/plain.ts";
import { relaxedKernels } from "./generated/relaxed.ts";
import { relaxedNarrowKernels } from "./generated/relaxedNarrow.ts";

/** What the compiled kernels offer; documented in `assembly/`. Addresses are bytes, strides are elements. */
export interface KernelExports {
  openJob(kind: number): void;
  openJobAlone(kind: number): void;
  finishJob(): void;
  endService(): void;
  productScratchBytes(tile: number): number;
  prepareProduct(
    a: number,
    aRow: number,
    aStep: number,
    b: number,
    bColumn: number,
    bStep: number,
    c: number,
    cRow: number,
    rows: number,
    columns: number,
    depth: number,
    tile: number,
    lower: number,
    overwrite: number,
    alpha: number,
  ): void;
  prepareCentring(block: number, rows: number, columns: number, means: number): void;
  reduceRow(
    a: number,
    n: number,
    i: number,
    panel: number,
    width: number,
    done: number,
    diagonal: number,
    offDiagonal: number,
    tau: number,
    partials: number,
    partialBytes: number,
    shared: number,
  ): void;
  prepareSecular(
    count: number,
    poles: number,
    weights: number,
    rho: number,
    origins: number,
    distances: number,
    partials: number,
    partialBytes: number,
  ): void;
  collectWeights(threads: number): void;
  prepareSecularVectors(rows: number, wanted: number, places: number, vectors: number): void;
  findRoots(first: number, last: number): void;
  findVectors(first: number, last: number, vectors: number): void;
  multiplyRoots(roots: number, products: number): void;
  prepareLanczos(
    order: number,
    factor: number,
    diagonal: number,
    rank: number,
    columns: number,
    middle: number,
    basis: number,
    work: number,
  ): void;
  extendLanczos(from: number, to: number, tridiagonal: number): void;
  reduceSmall(
    a: number,
    n: number,
    diagonal: number,
    offDiagonal: number,
    tau: number,
    work: number,
  ): void;
  bisectPairs(
    diagonals: number,
    squares: number,
    n: number,
    count: number,
    lows: number,
    highs: number,
    steps: number,
  ): void;
  gatherRows(
    values: number,
    rows: number,
    columns: number,
    labels: number,
    label: number,
    means: number,
    into: number,
  ): void;
  scaleRows(
    values: number,
    rows: number,
    columns: number,
    factors: number,
    weights: number,
    size: number,
    into: number,
  ): void;
  applySmallReflectors(a: number, n: number, tau: number, rows: number, count: number): void;
  factorBlock(block: number, stride: number, order: number, inverse: number): number;
  formReflectorFactor(factor: number, order: number): void;
}

/**
 * `relaxed` uses fused multiply-add, `relaxedNarrow` the same with smaller tiles, for older compilers;
 * `plain` runs wherever WebAssembly has SIMD and threads.
 */
export type KernelVariant = "relaxed" | "relaxedNarrow" | "plain";

const modules: Record<KernelVariant, string> = {
  relaxed: relaxedKernels,
  relaxedNarrow: relaxedNarrowKernels,
  plain: plainKernels,
};

let flagsSet = false;

/**
 * Compiles the kernels, the fastest variant that this runtime accepts.
 * @param variant forces one of the two
 * @returns undefined if the runtime accepts neither (no SIMD or no threads)
 */
export async function compileKernels(
  variant?: KernelVariant,
): Promise<{ module: WebAssembly.Module; variant: KernelVariant } | undefined> {
  if (!flagsSet) {
    flagsSet = true;
    setRuntimeFlags(process.versions.v8);
  }
  const preferred: KernelVariant = process.versions.v8.startsWith("11.3.")
    ? "relaxedNarrow"
    : "relaxed";
  const candidates: KernelVariant[] = variant === undefined ? [preferred, "plain"] : [variant];
  for (const candidate of candidates) {
    const bytes = Buffer.from(modules[candidate], "base64");
    if (WebAssembly.validate(bytes)) {
      return { module: await WebAssembly.compile(bytes), variant: candidate };
    }
  }
  return undefined;
}

/**
 * Two versions of V8 need a word before they compile: 11.3 (Node 20) has relaxed SIMD but leaves it off, and
 * 12.4 (Node 22) runs it at half speed unless its newer compiler is used. Other versions refuse the flags,
 * and 11.3 does not survive the second.
 */
function setRuntimeFlags(version: string): void {
  if (version.startsWith("11.3.")) setFlagsFromString("--experimental-wasm-relaxed-simd");
  if (version.startsWith("12.4.")) setFlagsFromString("--turboshaft-wasm");
}
