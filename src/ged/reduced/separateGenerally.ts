import { NotPositiveDefiniteError } from "../../linalg/cholesky.ts";
import { matrix, type Matrix } from "../../linalg/matrix.ts";
import { engineOptions } from "../../linalg/small/engineOptions.ts";
import type { Workspace } from "../../linalg/small/workspace.ts";
import { shrunkCovariance, type Shrinking } from "../method/shrinkage/shrink.ts";
import { symmetricDefiniteEigen } from "../../linalg/symmetricDefiniteEigen.ts";
import type { CompressedRows } from "./compressedRows.ts";

/**
 * The `count` largest eigenvalues of `S w = l ((1-g) R + g a I) w` in the first k components, both covariances from
 * their own rows and by a Cholesky factor: for a silenced condition so small that nothing may be subtracted.
 * @returns eigenvalues [count] and unit directions [count, r]; undefined if the silenced covariance is singular
 */
export function separateGenerally(
  rows: CompressedRows,
  carries: "target" | "reference",
  by: Shrinking,
  count: number,
  workspace: Workspace,
  k: number,
): { readonly eigenvalues: Float64Array; readonly directions: Float64Array } | undefined {
  const carried = covarianceOf(rows, carries, k);
  const silenced = covarianceOf(rows, carries === "target" ? "reference" : "target", k);
  try {
    const { values, vectors } = symmetricDefiniteEigen(carried, shrunkCovariance(silenced, by), {
      ...engineOptions(workspace.products),
      vectors: count,
    });
    const r = rows[carries].mean.length;
    const directions = new Float64Array(count * r);
    for (let c = 0; c < count; c += 1) {
      rows.addDirection(vectors.values.subarray(c * k, (c + 1) * k), k, directions, c * r);
    }
    return { eigenvalues: values.slice(0, count).map((value) => Math.max(0, value)), directions };
  } catch (error) {
    if (error instanceof NotPositiveDefiniteError) return undefined;
    throw error;
  }
}

/** S or R in the first k components, both triangles, in new memory. */
function covarianceOf(rows: CompressedRows, condition: "target" | "reference", k: number): Matrix {
  const own = rows.covariance(condition);
  const stride = rows.compression.components;
  const result = matrix(k, k);
  for (let i = 0; i < k; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      result.values[i * k + j] = own[i * stride + j];
      result.values[j * k + i] = own[i * stride + j];
    }
  }
  return result;
}
