import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../src/activations/openActivationFile.ts";

const folder = process.env["EIGENLENS_PEER_FILES"] ?? "";

interface PeerCase {
  readonly index: number;
  readonly maker: string;
  readonly file: string;
  readonly tensors: Readonly<Record<string, string>>;
}

const { seed, cases } = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8")) as {
  seed: number;
  cases: readonly PeerCase[];
};

/** All values of a tensor, asked for in blocks of a few rows. */
async function read(path: string, tensor: string, blockRows: number) {
  const file = await openActivationFile(path, nodeFileSystem);
  const info = file.tensors.find(({ name }) => name === tensor);
  const listed = file.tensors
    .map(({ name, unreadable }) => `${name} ${unreadable ?? ""}`)
    .join("; ");
  expect(info, `"${tensor}" among ${listed}`).toBeDefined();
  const shape = info?.shape ?? [];
  const length = shape.slice(1).reduce((product, extent) => product * extent, 1);
  const rows = shape[0] ?? 0;
  const values = new Float64Array(rows * length);
  for (let start = 0; start < rows; start += blockRows) {
    const stop = Math.min(rows, start + blockRows);
    await file.readRows(tensor, start, stop, values.subarray(start * length, stop * length));
  }
  await file.close();
  return { shape, values };
}

describe(`files of the peers, seed ${seed}`, () => {
  for (const { index, maker, file, tensors } of cases) {
    it(`${index} ${maker} ${file}`, async () => {
      for (const [tensor, reference] of Object.entries(tensors)) {
        const expected = await read(join(folder, reference), "", 1000);
        const found = await read(join(folder, file), tensor, 1 + (index % 7));
        expect(found.shape).toEqual(expected.shape);
        // Told by the first difference: all values would be a screenful.
        const at = found.values.findIndex((value, i) => !Object.is(value, expected.values[i]));
        const difference = `value ${at} of "${tensor}" is ${found.values[at]}, not ${expected.values[at]}`;
        expect(at, difference).toBe(-1);
      }
    });
  }
});
