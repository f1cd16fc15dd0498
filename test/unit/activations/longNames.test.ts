import { describe, expect, it } from "vitest";
import type { ActivationFile } from "../../../src/activations/activationFile.ts";
import { activationFile, listNames, place } from "../../../src/activations/storedTensor.ts";
import { chooseTensor } from "../../../src/conditions/chooseTensor.ts";
import { parseSource } from "../../../src/conditions/parseSource.ts";
import { describeError } from "../../../src/errors.ts";
import { obeyed } from "../../support/hostileNames.ts";

const longName = `blocks.0.begin${"\x1b[31m x".repeat(20_000)}end.hook_post`;

/** A file of matrices that cannot be read. */
function fileOf(...names: readonly string[]): ActivationFile {
  const tensors = names.map((name) => ({
    info: {
      ...{ name, shape: [2, 3], elementType: "float32" as const },
      ...{ byteOrder: "little" as const, order: "row-major" as const },
    },
  }));
  const close = () => Promise.resolve();
  return activationFile({ path: "a.npz", format: "npz", byteLength: 10, tensors, close });
}

async function failure(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (thrown) {
    return describeError(thrown).message;
  }
  throw new Error("It did not fail.");
}

describe("an error that quotes a name of 100,000 characters", () => {
  const names = Array.from({ length: 30 }, (_, i) => `${longName}${i}`);
  it.each<[string, () => unknown, RegExp]>([
    [
      "a tensor that is not there",
      () => chooseTensor(fileOf(...names), { path: "a.npz", tensor: longName }),
      /^a\.npz has no tensor "blocks\.0\.begin.*hook_post": it holds blocks\.0\.begin.* and 18 more\.$/,
    ],
    [
      "none named",
      () => chooseTensor(fileOf(...names), { path: "a.npz" }),
      /^a\.npz holds 30 tensors and none is named: write a\.npz#blocks\.0\.begin.*hook_post0, or another of .* and 18 more\.$/,
    ],
    [
      "a reader's own",
      () => fileOf(longName).readRows(longName, 0, 2, new Float64Array(6)),
      /^a\.npz, tensor blocks\.0\.begin.*end\.hook_post holds float32.*: choose a tensor of numbers\.$/,
    ],
    [
      "of rows",
      () => fileOf(...names).readRows(longName, 0, 2, new Float64Array(6)),
      /^a\.npz has no tensor "blocks\.0\.begin.*hook_post": choose one of .* and 18 more\.$/,
    ],
    [
      "a selection",
      // A bracket within would make it part of the name.
      () => parseSource(`x.npy[rows=${longName.replaceAll("[", "(")}]`),
      /^\[rows=blocks\.0\.begin.*hook_post\] cannot be read: write \[rows=START:STOP\]/,
    ],
  ])("%s: says where, which one and what to do", async (_kind, work, line) => {
    const message = await failure(work);
    expect(message).toMatch(line);
    expect(message.length).toBeLessThan(2000);
    expect(message).not.toMatch(obeyed);
  });

  it("leaves ordinary names whole", () => {
    const name = "model.layers.17.mlp.experts.12.hook_post_activation [53, 3072]";
    expect(listNames([name, ""])).toBe(`${name}, (unnamed)`);
    expect(place("a.npz", name)).toBe(`a.npz, tensor ${name}`);
  });
});
