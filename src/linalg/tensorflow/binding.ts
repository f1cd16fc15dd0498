import { createRequire } from "node:module";
import { join } from "node:path";
import util from "node:util";
import { currentInstallation } from "./installation.ts";

/** What an operation returned: the tensor stays on TensorFlow's side. */
export interface TensorHandle {
  readonly id: number;
  readonly shape: readonly number[];
}

/** An attribute of a TensorFlow operation. */
export interface OperationAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean;
}

/** The part of `@tensorflow/tfjs-node`'s native binding that products need. */
export interface TensorflowBinding {
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  createTensor(shape: readonly number[], type: number, values: Float32Array | Int32Array): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array;
  executeOp(
    name: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): TensorHandle[];
}

interface TensorflowModule {
  backend(): { readonly binding?: unknown };
}

/**
 * Loads `@tensorflow/tfjs-node`, which is never required to be there.
 * @param folders each may hold `node_modules/@tensorflow/tfjs-node`, or name the folder below it that does; the first
 *   that has it is taken
 * @returns the native binding, or in one line why there is none
 */
export function loadTensorflowBinding(
  folders: readonly string[],
): { readonly binding: TensorflowBinding } | { readonly unavailable: string } {
  restoreRemovedUtilities();
  const reasons: string[] = [];
  for (const folder of folders) {
    const installation = currentInstallation(folder);
    let loaded = loadFrom(installation ?? folder);
    // Replaced by a newer one in this very moment.
    const again = currentInstallation(folder);
    if ("reason" in loaded && again !== undefined && again !== installation) {
      loaded = loadFrom(again);
    }
    if ("binding" in loaded) return loaded;
    reasons.push(`${folder}: ${loaded.reason}`);
  }
  return { unavailable: reasons.length === 0 ? "no folder was named" : reasons.join("; ") };
}

function loadFrom(
  folder: string,
): { readonly binding: TensorflowBinding } | { readonly reason: string } {
  try {
    const load = createRequire(join(folder, "package.json"));
    const tensorflow = load("@tensorflow/tfjs-node") as TensorflowModule;
    const { binding } = tensorflow.backend();
    return isBinding(binding) ? { binding } : { reason: "the package has no native backend" };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { reason: message.split("\n", 1)[0] ?? "" };
  }
}

/** tfjs-node 4.22 calls two helpers that Node removed in version 23. */
function restoreRemovedUtilities(): void {
  const helpers = util as unknown as Record<string, unknown>;
  helpers["isNullOrUndefined"] ??= (value: unknown) => value === null || value === undefined;
  helpers["isArray"] ??= Array.isArray;
}

function isBinding(value: unknown): value is TensorflowBinding {
  const binding = value as Partial<TensorflowBinding> | undefined;
  return (
    typeof binding?.executeOp === "function" &&
    typeof binding.createTensor === "function" &&
    typeof binding.tensorDataSync === "function"
  );
}
