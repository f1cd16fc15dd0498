import { describe, expect, test } from "vitest";
import { matrix, type Matrix } from "../../../src/linalg/matrix.ts";
import { congruence, type Products } from "../../../src/linalg/products.ts";
import { relativeDifference } from "./identities.ts";
import { randomMatrix } from "./random.ts";

/** Three nested loops, nothing else: what every engine is held against. */
function naiveProduct(a: Matrix, b: Matrix, transposeA: boolean, transposeB: boolean): Matrix {
  const rows = transposeA ? a.columns : a.rows;
  const depth = transposeA ? a.rows : a.columns;
  const columns = transposeB ? b.rows : b.columns;
  const product = matrix(rows, columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let p = 0; p < depth; p++) {
        const left = transposeA ? a.values[p * a.columns + i] : a.values[i * a.columns + p];
        const right = transposeB ? b.values[j * b.columns + p] : b.values[p * b.columns + j];
        sum += left * right;
      }
      product.values[i * columns + j] = sum;
    }
  }
  return product;
}

/** The contract of {@link Products}, held against plain loops at many shapes. */
export function describeProducts(
  name: string,
  products: Products,
  shapes: readonly (readonly [rows: number, depth: number, columns: number])[],
): void {
  describe(name, () => {
    describe.each(shapes)("%i x %i x %i", (rows, depth, columns) => {
      test.each([
        [false, false],
        [true, false],
        [false, true],
        [true, true],
      ])("multiply, transposeA %s, transposeB %s", (transposeA, transposeB) => {
        const a = transposeA ? randomMatrix(depth, rows, 1) : randomMatrix(rows, depth, 1);
        const b = transposeB ? randomMatrix(columns, depth, 2) : randomMatrix(depth, columns, 2);
        const expected = naiveProduct(a, b, transposeA, transposeB);
        const found = products.multiply(a, b, { transposeA, transposeB });
        expect([found.rows, found.columns]).toEqual([rows, columns]);
        expect(relativeDifference(found.values, expected.values)).toBeLessThan(1e-13);
      });

      test("congruence with a symmetric matrix", () => {
        const b = randomMatrix(rows, depth, 1);
        const c = randomMatrix(depth, columns, 2);
        const a = products.gram(c);
        const expected = naiveProduct(naiveProduct(b, a, false, false), b, false, true);
        const found = congruence(products, b, a);
        expect([found.rows, found.columns]).toEqual([rows, rows]);
        expect(relativeDifference(found.values, expected.values)).toBeLessThan(1e-12);
      });

      test("gram fills both triangles", () => {
        const a = randomMatrix(rows, depth, 3);
        const expected = naiveProduct(a, a, false, true);
        const found = products.gram(a);
        expect(relativeDifference(found.values, expected.values)).toBeLessThan(1e-13);
        const mirrored = found.values.map(
          (_, at) => found.values[(at % rows) * rows + Math.floor(at / rows)],
        );
        expect(relativeDifference(found.values, mirrored)).toBe(0);
      });

      test("addCrossProduct adds to the lower triangle, weighted", () => {
        const a = randomMatrix(depth, columns, 4);
        const sum = randomMatrix(columns, columns, 5);
        const before = sum.values.slice();
        const product = naiveProduct(a, a, true, false);
        products.addCrossProduct(sum, a, 0.75);
        products.addCrossProduct(sum, a);
        const isLower = (at: number) => at % columns <= Math.floor(at / columns);
        const expected = before.map((value, at) => value + 1.75 * product.values[at]);
        const lower = (values: Float64Array) => values.filter((_, at) => isLower(at));
        expect(relativeDifference(lower(sum.values), lower(expected))).toBeLessThan(1e-13);
      });
    });

    test("shapes that do not fit are refused", () => {
      expect(() => products.multiply(matrix(2, 3), matrix(2, 3))).toThrow(RangeError);
      expect(() => {
        products.addCrossProduct(matrix(2, 2), matrix(4, 3));
      }).toThrow(RangeError);
    });

    test("empty factors give empty or zero products", () => {
      expect(products.multiply(matrix(0, 3), matrix(3, 2)).values.length).toBe(0);
      expect([...products.multiply(matrix(1, 0), matrix(0, 2)).values]).toEqual([0, 0]);
      expect(products.gram(matrix(0, 4)).values.length).toBe(0);
    });
  });
}
