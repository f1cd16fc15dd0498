import { join } from "node:path";

/** Where "Install TensorFlow Accelerator" puts it. */
export function installedFolder(globalStorage: string): string {
  return join(globalStorage, "tensorflow");
}

/**
 * The folders that may hold `node_modules/@tensorflow/tfjs-node`, the one most wanted first: what the user
 * set, then what the extension installed, then the extension's own (a checkout has it there).
 */
export function tensorflowFolders(
  setting: string,
  globalStorage: string,
  extensionFolder: string,
): string[] {
  const chosen = setting.trim();
  return [...(chosen === "" ? [] : [chosen]), installedFolder(globalStorage), extensionFolder];
}
