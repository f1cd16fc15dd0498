import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../../src/activations/openActivationFile.ts";
import { matrix, type Matrix } from "../../../src/linalg/matrix.ts";

/** The rows of a file's one tensor. */
export async function readRows(path: string): Promise<Matrix> {
  const file = await openActivationFile(path, nodeFileSystem);
  const [{ name, shape }] = file.tensors;
  const [rows, columns] = shape;
  const values = new Float64Array(rows * columns);
  await file.readRows(name, 0, rows, values);
  await file.close();
  return matrix(rows, columns, values);
}
