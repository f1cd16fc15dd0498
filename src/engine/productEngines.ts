import type { Plan } from "../ged/method/plan.ts";
import { KernelEngine } from "../linalg/kernels/kernelEngine.ts";
import type { Products } from "../linalg/products.ts";
import { createScriptProducts } from "../linalg/scriptProducts.ts";
import { createTensorflowProducts } from "../linalg/tensorflowProducts.ts";
import { WasmProducts } from "../linalg/wasmProducts.ts";

/** Who computes what in one run. */
export interface EnginePair {
  /** For everything that is decomposed. */
  readonly products: Products;
  /** For the one product that costs with the number of rows; the same unless an accelerator is in use. */
  readonly bulk: Products;
}

export interface ProductEngineOptions {
  /** Folders that may hold `node_modules/@tensorflow/tfjs-node`, the one most wanted first. */
  readonly tensorflowFolders?: readonly string[];
  /** Told in one line why an accelerator is not used. */
  readonly log?: (message: string) => void;
}

/**
 * The product engines of one process, started when first wanted and kept: threads and compiled kernels
 * are worth reusing.
 */
export class ProductEngines {
  readonly #options: ProductEngineOptions;
  readonly #started = new Map<string, Promise<Products>>();
  /** Undefined until it was first wanted, null where it cannot be loaded. */
  #accelerator: Products | null | undefined;

  constructor(options: ProductEngineOptions = {}) {
    this.#options = options;
  }

  /** The engines that a plan names; what cannot be had is replaced by what is always there. */
  async for(plan: Pick<Plan, "engine" | "threads">): Promise<EnginePair> {
    const products = await this.#start(plan.engine === "script" ? "script" : "wasm", plan.threads);
    const accelerator = plan.engine === "tensorflow" ? this.#loadAccelerator() : null;
    return { products, bulk: accelerator ?? products };
  }

  /** Ends every thread. */
  async dispose(): Promise<void> {
    const all = [...this.#started.values()];
    this.#started.clear();
    for (const products of all) await (await products).dispose();
    await this.#accelerator?.dispose();
    this.#accelerator = undefined;
  }

  #start(engine: "script" | "wasm", threads: number): Promise<Products> {
    const key = `${engine} ${threads}`;
    let found = this.#started.get(key);
    if (found === undefined) {
      found = engine === "script" ? Promise.resolve(createScriptProducts()) : startWasm(threads);
      this.#started.set(key, found);
      // A failed start may succeed another time.
      found.catch(() => this.#started.delete(key));
    }
    return found;
  }

  #loadAccelerator(): Products | null {
    if (this.#accelerator === undefined) {
      const loaded = createTensorflowProducts(this.#options.tensorflowFolders ?? []);
      this.#accelerator = "products" in loaded ? loaded.products : null;
      if ("unavailable" in loaded) {
        this.#options.log?.(`The TensorFlow accelerator is not used: ${loaded.unavailable}.`);
      }
    }
    return this.#accelerator;
  }
}

async function startWasm(threads: number): Promise<Products> {
  const kernels = await KernelEngine.create({ threads });
  // A runtime without SIMD or threads in WebAssembly still gets its answer, slower.
  return kernels === undefined ? createScriptProducts() : new WasmProducts(kernels);
}
