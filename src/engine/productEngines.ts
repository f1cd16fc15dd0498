import type { Plan } from "../ged/method/plan.ts";
import { defaultEngine, engineTraits, type EngineName } from "../linalg/engines/engineNames.ts";
import type { Products } from "../linalg/products.ts";
import { createScriptProducts } from "../linalg/engines/scriptProducts.ts";
import { engineOpeners, type EngineOpeners } from "./engineOpeners.ts";

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
  /** Told in one line why an engine is not used. */
  readonly log?: (message: string) => void;
  /** How engines are started; by default as they really are. */
  readonly openers?: EngineOpeners;
}

/**
 * The product engines of one process, started when first wanted and kept: threads and compiled kernels
 * are worth reusing.
 */
export class ProductEngines {
  readonly #options: ProductEngineOptions;
  /** Null where an engine cannot be had. */
  readonly #started = new Map<string, Promise<Products | null>>();

  constructor(options: ProductEngineOptions = {}) {
    this.#options = options;
  }

  /** The engines that a plan names; what cannot be had is replaced by what is always there. */
  async for({ engine, threads }: Pick<Plan, "engine" | "threads">): Promise<EnginePair> {
    const multipliesOnly = engineTraits(engine).role === "multiply";
    const products =
      (await this.#start(multipliesOnly ? defaultEngine : engine, threads)) ??
      // Slower, and always there.
      createScriptProducts();
    // An accelerator has threads of its own: one is enough, whatever the plan's number.
    const bulk = multipliesOnly ? await this.#start(engine, 1) : null;
    return { products, bulk: bulk ?? products };
  }

  /** Ends every thread. */
  async dispose(): Promise<void> {
    const all = [...this.#started.values()];
    this.#started.clear();
    for (const products of all) await (await products)?.dispose();
  }

  #start(engine: EngineName, threads: number): Promise<Products | null> {
    const key = `${engine} ${threads}`;
    let found = this.#started.get(key);
    if (found === undefined) {
      found = this.#open(engine, threads);
      this.#started.set(key, found);
      // A failed start may succeed another time.
      found.catch(() => this.#started.delete(key));
    }
    return found;
  }

  async #open(engine: EngineName, threads: number): Promise<Products | null> {
    const { openers = engineOpeners, tensorflowFolders = [], log } = this.#options;
    const opened = await openers[engine]({ threads, tensorflowFolders });
    if ("products" in opened) return opened.products;
    log?.(opened.unavailable);
    return null;
  }
}
