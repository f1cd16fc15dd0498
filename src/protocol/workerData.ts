/** What the host tells a worker of the engine at its start. */
export interface WorkerData {
  /** Folders from which `@tensorflow/tfjs-node` may be loaded, the one most wanted first. */
  readonly tensorflowFolders: readonly string[];
}
