import type { Plan } from "../ged/plan.ts";
import type { Products } from "../linalg/products.ts";
import { createScriptProducts } from "../linalg/scriptProducts.ts";

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

function start(_plan: Pick<Plan, "engine" | "threads">): Promise<Products> {
  return Promise.resolve(createScriptProducts());
}
