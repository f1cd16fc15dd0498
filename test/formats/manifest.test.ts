import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ActivationFile } from "../../src/activations/activationFile.ts";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../src/activations/openActivationFile.ts";
import { openCondition } from "../../src/conditions/openCondition.ts";
import { parseSource } from "../../src/conditions/parseSource.ts";
import { EigenlensError } from "../../src/errors.ts";

const folder = join(__dirname, "data");

interface Case {
  readonly expect: string | Readonly<Record<string, string>> | null;
  readonly error?: string;
  readonly labels?: readonly (string | number)[];
}

/** Both lists have the same form; the second adds formats that the first lacks. */
const cases: Readonly<Record<string, Case>> = Object.assign(
  {},
  ...["manifest.json", "manifest_more.json"].map(
    (name) => (JSON.parse(readFileSync(join(folder, name), "utf8")) as { files: object }).files,
  ),
);

/** What each refused file must say, by what the manifest calls its fault. */
const refusals: readonly (readonly [fault: RegExp, says: RegExp])[] = [
  [/one observation/, /one observation has no covariance/],
  [/1-D array/, /1-D array of shape \[\d+\]/],
  [/NaN at \[(\d+),(\d+)\]/, /NaN at row 3, column 5; Infinity at row 7, column 2/],
  [/no rows/, /has no rows/],
  [/37 bytes missing/, /37 bytes are missing/],
  [/1e18 values/, /1000000000000000000 values/],
  [/object array/, /object array .* never opened/],
  [/Feather version 1/, /Feather version 1, which is no longer read/],
  [/os\.system/, /calls (posix|os|nt)\.system, which could run code/],
];

async function readAll(file: ActivationFile, name: string): Promise<Float64Array> {
  const shape = file.tensors.find((tensor) => tensor.name === name)?.shape ?? [];
  const values = new Float64Array(shape.reduce((product, extent) => product * extent, 1));
  await file.readRows(name, 0, shape[0] ?? 0, values);
  return values;
}

async function reference(
  name: string,
): Promise<{ shape: readonly number[]; values: Float64Array }> {
  const file = await openActivationFile(join(folder, name), nodeFileSystem);
  const shape = file.tensors[0]?.shape ?? [];
  const values = await readAll(file, "");
  await file.close();
  return { shape, values };
}

async function expectTensor(file: ActivationFile, name: string, referenceName: string) {
  const expected = await reference(referenceName);
  const info = file.tensors.find((tensor) => tensor.name === name);
  expect(info, `${file.path} lists ${file.tensors.map((tensor) => tensor.name)}`).toBeDefined();
  expect(info?.unreadable).toBeUndefined();
  expect(info?.shape).toEqual(expected.shape);
  expect(await readAll(file, name)).toEqual(expected.values);
  // Row by row and backwards, too: neither order nor block size may matter.
  const [rows = 0] = expected.shape;
  const columns = expected.values.length / rows;
  for (let row = rows - 1; row >= 0; row--) {
    const single = new Float32Array(columns);
    await file.readRows(name, row, row + 1, single);
    const wanted = expected.values.subarray(row * columns, (row + 1) * columns);
    expect(single).toEqual(Float32Array.from(wanted));
  }
}

describe("every file of the manifests", () => {
  afterAll(() => {
    expect(existsSync(join(folder, "pwned")) || existsSync("pwned")).toBe(false);
  });

  for (const [name, wanted] of Object.entries(cases)) {
    const path = join(folder, name);
    if (wanted.expect === null) {
      it(`${name} is refused: ${wanted.error}`, async () => {
        const attempt = async () => {
          const condition = await openCondition({ path }, nodeFileSystem);
          const values = new Float64Array(condition.rows * condition.columns);
          await condition.readRows(0, condition.rows, values).finally(() => condition.close());
        };
        const thrown: unknown = await attempt().catch((error: unknown) => error);
        expect(thrown).toBeInstanceOf(EigenlensError);
        const message = thrown instanceof Error ? thrown.message : "";
        expect(message).toContain(name);
        expect(message).not.toContain("\n");
        const says = refusals.find(([fault]) => fault.test(wanted.error ?? ""))?.[1];
        const alike = /as (\w+\.pt)/.test(wanted.error ?? "") ? refusals.at(-1)?.[1] : undefined;
        expect(message).toMatch(says ?? alike ?? /no such fault is known/);
      });
      continue;
    }
    const tensors: Record<string, string> =
      typeof wanted.expect === "string" ? { "": wanted.expect } : wanted.expect;
    it(`${name} holds its reference values`, async () => {
      const options = name.startsWith("bf16_mldtypes") ? { voidAs: "bfloat16" as const } : {};
      const file = await openActivationFile(path, nodeFileSystem, options);
      for (const [tensor, referenceName] of Object.entries(tensors)) {
        await expectTensor(file, tensor, referenceName);
      }
      await file.close();
    });
    if (wanted.labels === undefined) continue;
    it(`${name} selects rows by label`, async () => {
      const labels = wanted.labels?.map(String) ?? [];
      for (const [tensor, referenceName] of Object.entries(tensors)) {
        const all = await reference(referenceName);
        for (const label of new Set(labels)) {
          const token = all.shape.length === 3 ? ",token=index:0" : "";
          const source = parseSource(
            `${path}${tensor === "" ? "" : `#${tensor}`}[labels=${label}${token}]`,
          );
          const condition = await openCondition(source, nodeFileSystem);
          const rows = [...labels.keys()].filter((row) => labels[row] === label);
          expect(condition.rows).toBe(rows.length);
          expect(condition.name).toBe(label);
          const values = new Float64Array(rows.length * condition.columns);
          await condition.readRows(0, condition.rows, values);
          await condition.close();
          const length = all.values.length / labels.length;
          const expected = rows.flatMap((row) => [
            ...all.values.subarray(row * length, row * length + condition.columns),
          ]);
          expect([...values]).toEqual(expected);
        }
      }
    });
  }

  it("a two-byte void is refused with the way to read it", async () => {
    const path = join(folder, "bf16_mldtypes.npy");
    await expect(openCondition({ path }, nodeFileSystem)).rejects.toThrow(/\[dtype=bfloat16\]/);
  });
});
