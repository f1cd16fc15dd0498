import { PlainBlocks } from "../../src/linalg/blocks/plainBlocks.ts";
import type { EigenDecomposition, HeldRows, WantedPairs } from "../../src/linalg/capabilities.ts";
import { leadingRows, matrix, type Matrix } from "../../src/linalg/matrix.ts";
import type { Products } from "../../src/linalg/products.ts";
import { createScriptProducts } from "../../src/linalg/engines/scriptProducts.ts";
import { symmetricDefiniteEigen } from "../../src/linalg/symmetricDefiniteEigen.ts";
import { symmetricEigen } from "../../src/linalg/symmetricEigen.ts";

export type Capability =
  "eigen" | "definiteEigen" | "partialEigen" | "holdMatrix" | "holdRows" | "openBlocks";

/**
 * An engine with every capability, on the plain products, as one that somebody adds: all of it is in this file.
 * @param used is told each time that a capability is called upon
 */
export function createMemoryEngine(used: (capability: Capability) => void): Products {
  const script = createScriptProducts();
  /** As many pairs as are wanted, of all. */
  const leading = (a: Matrix, { count, share = 1, checkpoint }: WantedPairs) => {
    let trace = 0;
    for (let i = 0; i < a.rows; i++) trace += a.values[i * a.columns + i];
    const all = symmetricEigen(a, { ...(checkpoint && { checkpoint }) });
    let reached = 0;
    let wanted = 0;
    const isEnough = () =>
      count === undefined ? reached >= share * trace * (1 - 1e-12) : wanted >= count;
    while (wanted < a.rows && !isEnough()) reached += all.values[wanted++];
    return { values: all.values.slice(0, wanted), vectors: leadingRows(all.vectors, wanted) };
  };
  return {
    ...script,
    eigen: {
      smallestOrder: 2,
      decompose: (copyLower, n, wanted, checkpoint) => {
        used("eigen");
        const a = matrix(n, n);
        copyLower(a.values);
        return symmetricEigen(a, { vectors: wanted, ...(checkpoint && { checkpoint }) });
      },
    },
    definiteEigen: {
      smallestOrder: 2,
      decompose: (s, r, wanted, checkpoint) => {
        used("definiteEigen");
        return symmetricDefiniteEigen(s, r, { vectors: wanted, ...(checkpoint && { checkpoint }) });
      },
    },
    partialEigen: {
      smallestOrder: 2,
      decompose: (a, wanted) => {
        used("partialEigen");
        return leading("matrix" in a ? a.matrix : a, wanted);
      },
    },
    holdMatrix: (rows, columns) => {
      used("holdMatrix");
      return { matrix: matrix(rows, columns), release: () => undefined };
    },
    holdRows: (count, columns): HeldRows => {
      used("holdRows");
      const rows = matrix(count, columns);
      const some = (start: number, stop: number) =>
        matrix(stop - start, columns, rows.values.subarray(start * columns, stop * columns));
      const crossProduct = (start: number, stop: number) =>
        script.multiply(some(start, stop), some(start, stop), { transposeA: true });
      let found: EigenDecomposition | undefined;
      return {
        rows,
        leadingEigenpairs: (_trace, wanted) => (found = leading(crossProduct(0, count), wanted)),
        scores: (components) => {
          if (found === undefined) throw new Error("No eigenpairs were found yet.");
          const basis = leadingRows(found.vectors, components);
          return script.multiply(rows, basis, { transposeB: true });
        },
        project: (directions) => script.multiply(rows, directions, { transposeB: true }),
        combine: (weights, start, stop) => script.multiply(weights, some(start, stop)),
        crossProduct,
        release: () => undefined,
      };
    },
    openBlocks: (columns, options) => {
      used("openBlocks");
      return new PlainBlocks(script, columns, { blockRows: 16, ...options });
    },
  };
}
