import type { KernelEngine } from "./kernels/kernelEngine.ts";
import type { Products } from "./products.ts";

/** Products on the WebAssembly kernels, with the kernels themselves for algorithms that are written on them. */
export interface KernelProducts extends Products {
  readonly kernels: KernelEngine;
}
