import { join } from "node:path";

/** The version that the engine was tested with. */
export const specification = "@tensorflow/tfjs-node@4.22.0";

/** Below the extension's folder: the package.json and package-lock.json that pin it and all that it needs. */
export const lock = join("extension", "accelerator", "lock");

/** Where "Install TensorFlow Accelerator" puts its installations. */
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
