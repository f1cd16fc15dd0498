import type { Plan } from "../ged/plan.ts";
import type { Products } from "../linalg/products.ts";
import { EigenlensError } from "../errors.ts";
import { createScriptProducts } from "../linalg/scriptProducts.ts";
import { KernelEngine } from "../linalg/kernels/kernelEngine.ts";
import { WasmProducts } from "../linalg/wasmProducts.ts";

/**
 * The product engines of one process, started when first wanted and kept: threads and compiled kernels
 * are worth reusing.
 */
export class ProductEngines {
  readonly #started = new Map<string, Promise<Products>>();

  /** The engine that a plan names. */
  for(plan: Pick<Plan, "engine" | "threads">): Promise<Products> {
    const key = `${plan.engine} ${plan.threads}`;
    let found = this.#started.get(key);
    if (found === undefined) {
      found = start(plan);
      this.#started.set(key, found);
      // A failed start may succeed another time.
      found.catch(() => this.#started.delete(key));
    }
    return found;
  }

  /** Ends every thread. */
  async dispose(): Promise<void> {
    const all = [...this.#started.values()];
    this.#started.clear();
    for (const products of all) await (await products).dispose();
  }
}

async function start(plan: Pick<Plan, "engine" | "threads">): Promise<Products> {
  switch (plan.engine) {
    case "script":
      return createScriptProducts();
    case "wasm": {
      const kernels = await KernelEngine.create({ threads: plan.threads });
      // A runtime without SIMD or threads in WebAssembly still gets its answer, slower.
      return kernels === undefined ? createScriptProducts() : new WasmProducts(kernels);
    }
    case "tensorflow":
      throw new EigenlensError("usage", "The TensorFlow accelerator is not part of this build.");
  }
}
