import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../../src/activations/openActivationFile.ts";

/** Shape and values of an npy file, rounded to single precision. */
export async function readNpy(
  path: string,
): Promise<{ readonly shape: readonly number[]; readonly values: Float32Array }> {
  const file = await openActivationFile(path, nodeFileSystem);
  const { shape } = file.tensors[0];
  const found = new Float64Array(shape.reduce((product, extent) => product * extent, 1));
  await file.readRows("", 0, shape[0], found);
  await file.close();
  return { shape, values: Float32Array.from(found) };
}
