import { innerProduct } from "../innerProduct.ts";
import { orthonormalBasis, subtract } from "./orthonormalBasis.ts";
import { singularValues } from "./singularValues.ts";

/**
 * The principal angles between the spans of two sets of vectors [n], in degrees and ascending, as many as the smaller
 * span has dimensions: with `Q_A`, `Q_B` orthonormal, `cos(theta)` are the singular values of `Q_A' Q_B`, and
 * `sin(theta)` those of `Q_B - Q_A Q_A' Q_B`, from which angles below 45 degrees are taken, since a cosine near 1 has
 * lost half of their digits (Bjoerck and Golub 1973; Knyazev and Argentati 2002; scipy.linalg.subspace_angles).
 * @param first any number of vectors [n], not all zero
 * @param second the same
 * @returns empty if one of them spans nothing
 */
export function principalAngles(
  first: readonly Float64Array[],
  second: readonly Float64Array[],
): number[] {
  const bases = [orthonormalBasis(first), orthonormalBasis(second)].sort(
    (a, b) => b.length - a.length,
  );
  const [large = [], small = []] = bases;
  const cosines = small.map((b) => Float64Array.from(large, (a) => innerProduct(a, b)));
  const rests = small.map((b, j) => {
    const rest = Float64Array.from(b);
    large.forEach((a, i) => {
      subtract(rest, a, cosines[j][i]);
    });
    return rest;
  });
  const sines = singularValues(rests).reverse();
  return singularValues(cosines).map((cosine, i) => {
    const angle = cosine ** 2 >= 0.5 ? Math.asin(Math.min(1, sines[i])) : Math.acos(cosine);
    return (angle * 180) / Math.PI;
  });
}
