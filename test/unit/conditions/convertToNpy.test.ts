import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import { convertToNpy } from "../../../src/conditions/convertToNpy.ts";
import { parseSource } from "../../../src/conditions/parseSource.ts";

const data = join(__dirname, "../../formats/data/reports");
const folder = mkdtempSync(join(tmpdir(), "eigenlens-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a source of the field, as numpy and TensorBoard write it", () => {
  it.each([
    ["labels_bool.npz#X[labels=True]", "03.npy"],
    ["labels_bool.npz#X[labels=true]", "03.npy"],
    ["labels_bool.npz#X[labels=1]", "03.npy"],
    ["labels_bool.npz[labels=1.0]", "03.npy"],
    ["vectors.tsv[metadata.tsv=her]", "12.npy"],
    ["vectors.tsv[labels=her]", "12.npy"],
    ["side/acts.npy[labels=him]", "13.npy"],
    ["side/acts.npy[labels.csv=him]", "13.npy"],
    ["path.npz#model.transformer.h[2]", "16.npy"],
    ["one_token.npy", "18.npy"],
    ["one_token.npy[token=last]", "18.npy"],
    ["one_token.npy[token=mean]", "18.npy"],
    ["one_token.npy[token=-1]", "18.npy"],
    ["one_token.npy[token=0,rows=0:12]", "18.npy"],
    ["stepped.npy[rows=0::2]", "19.npy"],
    ["stepped.npy[rows=-12:-1:2]", "19.npy"],
  ])("%s gives the rows that are meant", async (source, expected) => {
    const out = join(folder, "out.npy");
    await convertToNpy(parseSource(join(data, source)), out, nodeFileSystem);
    expect(readFileSync(out)).toEqual(readFileSync(join(data, "expected", expected)));
  });
});
