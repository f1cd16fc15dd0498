import { expect, it } from "vitest";
import { openActivationFile } from "../../../../../src/activations/openActivationFile.ts";
import { memoryFileSystem } from "../../../../fuzz/memoryFileSystem.ts";

const item = (value: number) => `F${value}\n`;
const list = (values: readonly number[]) => `(${values.map(item).join("")}l`;

async function rowsOf(pickle: string): Promise<{ shape: readonly number[]; values: number[] }> {
  const bytes = new Uint8Array(Buffer.from(`\x80\x02${pickle}.`, "latin1"));
  const file = await openActivationFile("x.pkl", memoryFileSystem(new Map([["x.pkl", bytes]])));
  expect(file.tensors).toHaveLength(1);
  const [{ shape, name }] = file.tensors;
  const values = new Float64Array(shape[0] * shape[1]);
  await file.readRows(name, 0, shape[0], values);
  return { shape, values: [...values] };
}

it.each([
  [
    "its items appended, as Python pickles it",
    (row: readonly number[]) => `ccollections\ndeque\n)R(${row.map(item).join("")}e`,
  ],
  [
    "its items appended and a longest length",
    (row: readonly number[]) => `ccollections\ndeque\n)K\x09\x86R(${row.map(item).join("")}e`,
  ],
  ["its items given", (row: readonly number[]) => `ccollections\ndeque\n${list(row)}\x85R`],
])("a list of deques is a matrix: %s", async (_, deque) => {
  const pickle = `](${deque([1.5, 2])}${deque([3, 4.5])}e`;
  expect(await rowsOf(pickle)).toEqual({ shape: [2, 2], values: [1.5, 2, 3, 4.5] });
});
