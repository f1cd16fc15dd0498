import type { EngineName } from "../linalg/engines/engineNames.ts";
import type { Products } from "../linalg/products.ts";
import { createScriptProducts } from "../linalg/engines/scriptProducts.ts";
import { createTensorflowProducts } from "../linalg/engines/tensorflowProducts.ts";
import { KernelEngine } from "../linalg/kernels/kernelEngine.ts";
import { WasmProducts } from "../linalg/engines/wasmProducts.ts";

/** What an engine may need to know when it is started. */
export interface EngineStart {
  readonly threads: number;
  /** Folders that may hold `node_modules/@tensorflow/tfjs-node`, the one most wanted first. */
  readonly tensorflowFolders: readonly string[];
}

/** An engine, or in one sentence, for the log, why it is not used. */
export type OpenedEngine = { readonly products: Products } | { readonly unavailable: string };

/** How each engine is started. */
export type EngineOpeners = Readonly<
  Record<EngineName, (start: EngineStart) => OpenedEngine | Promise<OpenedEngine>>
>;

/** Every engine; where one is unavailable, another one does its work. */
export const engineOpeners: EngineOpeners = {
  wasm: async ({ threads }) => {
    const kernels = await KernelEngine.create({ threads });
    return kernels === undefined
      ? { unavailable: "The engine is slow here: no WebAssembly with SIMD and threads." }
      : { products: new WasmProducts(kernels) };
  },
  tensorflow: ({ tensorflowFolders }) => {
    const loaded = createTensorflowProducts(tensorflowFolders);
    return "products" in loaded
      ? loaded
      : { unavailable: `The TensorFlow accelerator is not used: ${loaded.unavailable}.` };
  },
  script: () => ({ products: createScriptProducts() }),
};
