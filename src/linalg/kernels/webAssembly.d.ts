/**
 * The little of WebAssembly's interface that the kernels use. TypeScript keeps it in the DOM library, which
 * the engine must not see.
 */
declare global {
  namespace WebAssembly {
    interface Module {
      readonly [Symbol.toStringTag]?: string;
    }
    interface Instance {
      readonly exports: Record<string, unknown>;
    }
    interface Memory {
      readonly buffer: ArrayBuffer;
      grow(pages: number): number;
    }
    const Instance: new (
      module: Module,
      imports?: Record<string, Record<string, unknown>>,
    ) => Instance;
    const Memory: new (descriptor: {
      initial: number;
      maximum?: number;
      shared?: boolean;
    }) => Memory;
    function compile(bytes: Uint8Array): Promise<Module>;
    function validate(bytes: Uint8Array): boolean;
  }
}
export {};
