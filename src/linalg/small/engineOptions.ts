import type { Products } from "../products.ts";
import type { SymmetricEigenOptions } from "../symmetricEigen.ts";
import { createWasmProducts } from "../engines/wasmProducts.ts";

/**
 * The engine that tasks work with, always of one thread: tasks run side by side already, and the order of
 * sums, hence every last digit, is then the same whatever the number of threads.
 * @returns undefined if WebAssembly kernels cannot run; plain TypeScript does it then, slower
 */
export async function openTaskEngine(): Promise<Products | undefined> {
  try {
    return await createWasmProducts({ threads: 1 });
  } catch {
    return undefined;
  }
}

/** The options of an eigendecomposition, without members that are not there. */
export function engineOptions(
  products: Products | undefined,
  checkpoint?: () => void,
): SymmetricEigenOptions {
  return {
    ...(products === undefined ? {} : { products }),
    ...(checkpoint === undefined ? {} : { checkpoint }),
  };
}
