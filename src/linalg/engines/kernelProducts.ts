import type { KernelEngine } from "../kernels/kernelEngine.ts";
import type { Products } from "../products.ts";

/** Products of an engine that runs on the WebAssembly kernels. */
export interface KernelProducts extends Products {
  readonly kernels: KernelEngine;
}
