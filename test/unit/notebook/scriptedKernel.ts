import type { KernelOutput, NotebookKernel } from "../../../src/notebook/kernel.ts";

export const stdout = "application/vnd.code.notebook.stdout";

/** What was asked of a kernel, as the notebook's Python would read it. */
export type Asked = Readonly<Record<string, unknown>> & { readonly mark: string };

/**
 * A kernel whose outputs are written out: for what a real one does only by chance. What real ones do is tested with a
 * Jupyter server among the peers.
 */
export function scriptedKernel(
  answer: (asked: Asked, code: string) => Iterable<KernelOutput> | AsyncIterable<KernelOutput>,
): NotebookKernel {
  return {
    notebook: "walk.ipynb",
    async *execute(code) {
      const [, request] = /"request": (".*")\}\)$/.exec(code) ?? [];
      const text: unknown = JSON.parse(request ?? "");
      yield* answer(JSON.parse(String(text)) as Asked, code);
    },
  };
}

/** One output of texts of a type. */
export function output(text: string, mime = stdout): KernelOutput {
  return { items: [{ mime, data: new TextEncoder().encode(text) }] };
}
