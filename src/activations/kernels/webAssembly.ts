/** The few parts of WebAssembly that are used here: Node's types leave it to those of browsers. */
interface WebAssemblyNamespace {
  Module: new (bytes: Uint8Array) => object;
  Memory: new (limits: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  Instance: new (module: object, imports: object) => { readonly exports: object };
}

const modules = new Map<string, object>();

/**
 * An instance with a memory of its own that never grows, so that views of it stay valid.
 * @param base64 the compiled module; compiled once
 * @param pages of 64 KiB
 */
export function instantiate<Exports extends object>(
  base64: string,
  pages: number,
): { memory: ArrayBuffer; exports: Exports } {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyNamespace };
  let module = modules.get(base64);
  if (module === undefined) {
    module = new WebAssembly.Module(Buffer.from(base64, "base64"));
    modules.set(base64, module);
  }
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return { memory: memory.buffer, exports: instance.exports as Exports };
}
