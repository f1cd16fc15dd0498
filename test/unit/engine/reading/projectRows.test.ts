import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { Cancellation } from "../../../../src/cancellation.ts";
import { Engine } from "../../../../src/engine/engine.ts";
import { defaultGedOptions } from "../../../../src/ged/method/options.ts";

const folder = mkdtempSync(join(tmpdir(), "eigenlens-"));
const engine = new Engine(nodeFileSystem);
afterAll(async () => {
  await engine.dispose();
  rmSync(folder, { recursive: true });
});
const call = { cancellation: new Cancellation(), report: () => undefined };
const [rows, columns] = [53, 3072];

describe("the rows of a run on directions", () => {
  it("are their products at unit length, about the middle of the means", async () => {
    const [him, her] = ["him", "her"].map((name) => join(folder, `${name}.npy`));
    copyFileSync("samples/him.npy", him);
    copyFileSync("samples/her.npy", her);
    const request = { target: { path: him }, reference: { path: her } };
    const { sources } = await engine.run({ ...request, options: defaultGedOptions }, call);
    const hashes = { target: sources.target.hash, reference: sources.reference.hash };
    const direction = Float64Array.from({ length: columns }, (_, j) => 1e150 * Math.sin(j));
    const directions = [direction, new Float64Array(columns)];
    const found = await engine.projectRows({ ...request, hashes, directions }, call);
    const length = Math.hypot(...Array.from({ length: columns }, (_, j) => Math.sin(j)));
    const products = [him, her].map((path) => productsOf(path, (j) => Math.sin(j) / length));
    const [target, reference] = products.map((own) => own.reduce((a, b) => a + b) / rows);
    const middle = (target + reference) / 2;
    found[0].target.forEach((value, i) => expect(value).toBeCloseTo(products[0][i] - middle, 10));
    found[0].reference.forEach((value, i) => {
      expect(value).toBeCloseTo(products[1][i] - middle, 10);
    });
    expect(found[1].target.every(Number.isNaN)).toBe(true);

    const narrow = [direction.subarray(1)];
    await expect(
      engine.projectRows({ ...request, hashes, directions: narrow }, call),
    ).rejects.toThrow(/3072 columns and the direction 3071 values/);
    const changed = readFileSync(her);
    changed[changed.length - 1] ^= 1;
    writeFileSync(her, changed);
    await expect(engine.projectRows({ ...request, hashes, directions }, call)).rejects.toThrow(
      /her\.npy has changed since/,
    );
  });
});

function productsOf(path: string, unit: (column: number) => number): number[] {
  const bytes = new Uint8Array(readFileSync(path).subarray(-4 * rows * columns));
  const values = new Float32Array(bytes.buffer);
  return Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < columns; j += 1) sum += values[i * columns + j] * unit(j);
    return sum;
  });
}
