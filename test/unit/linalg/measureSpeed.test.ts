import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWasmProducts } from "../../../src/linalg/engines/wasmProducts.ts";
import { measureSpeed } from "../../../src/linalg/measureSpeed.ts";
import type { Products } from "../../../src/linalg/products.ts";

describe("the measured speed of an engine", () => {
  let products: Products;

  beforeAll(async () => {
    products = await createWasmProducts();
  });
  afterAll(() => products.dispose());

  it("is a rate of each kind of work, and is measured once", () => {
    const speed = measureSpeed(products);
    for (const rate of [speed.double, speed.single, speed.decomposition]) {
      expect(rate).toBeGreaterThan(0);
      expect(rate).toBeLessThan(Infinity);
    }
    expect(measureSpeed(products)).toBe(speed);
  });
});
