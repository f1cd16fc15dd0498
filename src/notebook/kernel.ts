/** One output of code that ran in a kernel, as the Jupyter extension publishes it. */
export interface KernelOutput {
  readonly items: readonly { readonly mime: string; readonly data: Uint8Array }[];
}

/** The kernel of a notebook, whoever reaches it. */
export interface NotebookKernel {
  /** What the user calls the notebook, for messages and the run's document. */
  readonly notebook: string;
  /**
   * Runs code among the notebook's variables; ends with it.
   * @throws whatever keeps the code from running: no access, a kernel that ended
   */
  execute(code: string, signal: AbortSignal): AsyncIterable<KernelOutput>;
}
