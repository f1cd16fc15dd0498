// A real kernel of a real Jupyter server, without the editor.
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../../src/activations/openActivationFile.ts";
import { describeError } from "../../../src/errors.ts";
import { copyVariable, type CopyRequest } from "../../../src/notebook/copyVariable.ts";
import { checkUsable, listVariables } from "../../../src/notebook/listVariables.ts";
import { runOf } from "../support.ts";
import { JupyterKernel } from "./jupyterKernel.ts";

const program = process.env["EIGENLENS_PEER_PYTHON"] ?? "python3";
const bridge = join(import.meta.dirname, "bridge.py");
const hasTorch = process.env["EIGENLENS_PEER_MODEL"] !== undefined;

const notebook = `
import numpy as np, pandas as pd, ml_dtypes
random = np.random.default_rng(3)
him = random.normal(size=(40, 16)).astype(np.float32)
her = random.normal(size=(38, 16)).astype(np.float32)
double = him.astype(np.float64)
half = him.astype(np.float16)
swapped = him.astype(">f4")
strided = np.asfortranarray(him)[::2, 1::3]
whole = (him * 100).astype(np.int16)
flags = him > 0
brain = him.astype(ml_dtypes.bfloat16)
stack = random.normal(size=(12, 5, 8)).astype(np.float32)
records = him.astype(object)
line = him[0]
none = him[:0]
masked = np.ma.masked_less(him, 0)
imaginary = him.astype(complex)
größe = him + 1
text = "no array"
table = pd.DataFrame(him[:6, :3], columns=["n0", "n1", "n2"])
table["word"] = ["a", 'b"]', None, "d,e", "ä", "f"]
table["layer"] = range(6)
words = pd.DataFrame({"word": ["a", "b"]})
class Broken(np.ndarray):
    shape = property(lambda self: 1 / 0)
broken = np.zeros((2, 3)).view(Broken)
wholes = pd.DataFrame({"a": [1, 2, 3], "b": [4, 5, 6], "name": ["x", "y", "z"]}, index=["p", "q", "r"])
`;
const withTorch = `
import torch
tensor = torch.from_numpy(him)
tensor16 = tensor.to(torch.float16)
brain_tensor = tensor.to(torch.bfloat16)
turned = brain_tensor.T
learning = torch.nn.Parameter(tensor.clone())
computed = learning * 1
strided_tensor = tensor[::2, 1::3]
flipped = torch.flip(tensor, [0])
sparse = tensor.to_sparse()
compressed = tensor.to_sparse_csr()
scalar = torch.tensor(3.0)
nested = torch.nested.nested_tensor([tensor[:3], tensor[:5]])
quantized = torch.quantize_per_tensor(tensor, 0.1, 0, torch.qint8)
`;
const withJax = `
import jax, jax.numpy as jnp
jax_array = jnp.asarray(him)
jax_brain = jax_array.astype(jnp.bfloat16)
jax_strided = jax_array[::2, 1::3]
jax_scalar = jnp.asarray(2.0)
`;

const cache = join(process.cwd(), ".cache");
/** The same folder by a name that only this process knows: a kernel's own working directory is another. */
const unseen = (name: string) => join("/proc/self/cwd", relative(process.cwd(), folder), name);

let kernel: JupyterKernel;
let folder: string;
beforeAll(async () => {
  // Below the working directory, see `unseen`.
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, "notebook-"));
  kernel = await JupyterKernel.start(program, bridge);
  await kernel.cell(notebook);
  if (hasTorch) await kernel.cell(withTorch + withJax);
});
afterAll(async () => {
  kernel.stop();
  await rm(folder, { recursive: true });
});

const never = new AbortController().signal;

function copy(variable: string, options: Partial<CopyRequest> = {}) {
  const path = join(folder, `${variable}.safetensors`);
  return copyVariable(kernel, { variable, path, metadata: {}, signal: never, ...options });
}

/** Of the only matrix: its type, shape and values as decoded. */
async function read(path: string) {
  const file = await openActivationFile(path, nodeFileSystem);
  try {
    const [info] = file.tensors;
    if (info === undefined) throw new Error(`${path} holds nothing`);
    const length = info.shape.reduce((product, each) => product * each, 1);
    const values = new Float64Array(length);
    await file.readRows(info.name, 0, info.shape[0] ?? 0, values);
    return { info, values, file };
  } finally {
    await file.close();
  }
}

/** What NumPy has of it, as float64. */
async function wanted(expression: string): Promise<number[]> {
  const code = `import json; print(json.dumps(np.asarray(${expression}).astype(np.float64).ravel().tolist()))`;
  return JSON.parse(await kernel.cell(code)) as number[];
}

const arrays: (readonly [string, string, string])[] = [
  ["him", "float32", "him"],
  ["double", "float64", "double"],
  ["half", "float16", "half"],
  ["swapped", "float32", "swapped"],
  ["strided", "float32", "strided"],
  ["whole", "int16", "whole"],
  ["flags", "bool", "flags"],
  ["brain", "bfloat16", "brain"],
  ["stack", "float32", "stack"],
  ["größe", "float32", "größe"],
];
const tensors: typeof arrays = [
  ["tensor", "float32", "him"],
  ["tensor16", "float16", "half"],
  ["brain_tensor", "bfloat16", "brain"],
  ["turned", "bfloat16", "brain.T"],
  ["learning", "float32", "him"],
  ["computed", "float32", "him"],
  ["strided_tensor", "float32", "him[::2, 1::3]"],
  ["flipped", "float32", "him[::-1]"],
  ["jax_array", "float32", "him"],
  ["jax_brain", "bfloat16", "brain"],
  ["jax_strided", "float32", "him[::2, 1::3]"],
];

describe.each(hasTorch ? [...arrays, ...tensors] : arrays)("%s", (variable, type, expression) => {
  it("arrives as it is, of its own type, and stays what it was", async () => {
    const before = await kernel.cell("print(sorted(globals()), him.tobytes()[:64])");
    await copy(variable);
    expect(await kernel.cell("print(sorted(globals()), him.tobytes()[:64])")).toBe(before);
    const { info, values } = await read(join(folder, `${variable}.safetensors`));
    expect(info).toMatchObject({ name: variable, elementType: type });
    expect([...values]).toEqual(await wanted(expression));
  });
});

describe("a list of variables", () => {
  it("holds what can be a condition, and what of the rest is wrong", async () => {
    const variables = await listVariables(kernel, never);
    const of = (name: string) => variables.find((each) => each.name === name);
    expect(of("him")).toEqual({
      ...{ name: "him", kind: "ndarray", dtype: "float32", shape: [40, 16] },
      ...{ bytes: 2560, columns: 0, problem: null },
    });
    expect(of("table")).toMatchObject({ kind: "DataFrame", shape: [6, 3], columns: 2 });
    expect(of("text")).toBeUndefined();
    expect(of("broken")).toBeUndefined();
    const problems = { records: "type", imaginary: "type", line: "axes", none: "empty" };
    for (const [name, problem] of Object.entries({
      ...problems,
      masked: "masked",
      words: "columns",
    })) {
      const found = of(name);
      expect(found?.problem, name).toBe(problem);
      expect(() => found && checkUsable(found)).toThrow(name);
    }
    if (!hasTorch) return;
    const libraries = { sparse: "sparse", compressed: "sparse", quantized: "sparse" };
    for (const [name, problem] of Object.entries({
      ...libraries,
      scalar: "axes",
      jax_scalar: "axes",
    })) {
      const found = of(name);
      expect(found?.problem, name).toBe(problem);
      expect(() => found && checkUsable(found)).toThrow(name);
    }
    expect(of("nested")).toBeUndefined();
  });
});

describe("a DataFrame", () => {
  it("has its fractions as neurons and all else as texts of the rows", async () => {
    await copy("table", { metadata: { layer: "6", notebook: "walk.ipynb" } });
    const path = join(folder, "table.safetensors");
    const { info, values } = await read(path);
    expect(info.shape).toEqual([6, 3]);
    expect([...values]).toEqual(await wanted("him[:6, :3]"));
    const text = await readFile(path, "utf8");
    const header = JSON.parse(text.slice(8, text.indexOf("}}") + 2)) as {
      __metadata__: Record<string, string>;
    };
    const { word, layer, layer_ } = header.__metadata__;
    expect(JSON.parse(word ?? "")).toEqual(["a", 'b"]', "", "d,e", "ä", "f"]);
    expect([layer, JSON.parse(layer_ ?? "")]).toEqual(["6", ["0", "1", "2", "3", "4", "5"]]);
  });

  it("of whole numbers has them as neurons, and its index as texts", async () => {
    await copy("wholes");
    const { info, values, file } = await read(join(folder, "wholes.safetensors"));
    expect(info.elementType).toBe("int64");
    expect([...values]).toEqual([1, 4, 2, 5, 3, 6]);
    expect(file.tensors.map(({ name }) => name)).toEqual(["wholes", "name", "index"]);
  });
});

describe("a kernel that does not see the folder", () => {
  it("sends the same bytes through its outputs", async () => {
    await kernel.cell("large = random.normal(size=(900, 1024))");
    await copy("large");
    const path = unseen("sent.safetensors");
    const asked: number[] = [];
    const done: number[] = [];
    const { byteLength } = await copy("large", {
      path,
      throughOutputs: (length) => void asked.push(length),
      progress: (bytes) => done.push(bytes),
    });
    expect(asked).toEqual([byteLength]);
    expect(done.at(-1)).toBe(byteLength);
    const sent = await readFile(path);
    expect(sent.equals(await readFile(join(folder, "large.safetensors")))).toBe(true);
  });

  it("leaves nothing if the variable changes meanwhile, or the user gives up", async () => {
    const path = unseen("left.safetensors");
    const changing = copy("large", {
      path,
      throughOutputs: async () => void (await kernel.cell("large[-1, -1] += 1")),
    });
    await expect(changing).rejects.toThrow("large changed while it was read");
    const stop = new AbortController();
    const stopped = copy("large", { path, signal: stop.signal, progress: () => stop.abort() });
    await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
    const left = await readdir(folder);
    expect(left.filter((name) => /^left|^probe/.test(name))).toEqual([]);
  });
});

describe("a run", () => {
  it("on what arrived equals one on the .npy", async () => {
    await kernel.cell(`np.save(${JSON.stringify(join(folder, "him.npy"))}, him)`);
    await kernel.cell(`np.save(${JSON.stringify(join(folder, "her.npy"))}, her)`);
    await copy("her");
    const [arrived, saved] = await Promise.all(
      ["safetensors", "npy"].map((ending) =>
        runOf(join(folder, `him.${ending}`), join(folder, `her.${ending}`)),
      ),
    );
    expect(arrived?.summary.directions).toEqual(saved?.summary.directions);
    expect(arrived?.tensors["separation.filters"]).toEqual(saved?.tensors["separation.filters"]);
  });
});

describe("what cannot be copied", () => {
  it("is told in one line", async () => {
    await expect(copy("him); import os; (him")).rejects.toMatchObject({ code: "usage" });
    await expect(copy("records")).rejects.toThrow("records changed while it was read");
    await kernel.cell(
      "class Bad(np.ndarray):\n def __getitem__(self, at): raise OSError('no disk')",
    );
    await kernel.cell("bad = him.view(Bad)");
    await expect(copy("bad")).rejects.toThrow("OSError: no disk");
  });

  it("of a kernel that ended, too", async () => {
    const ended = await JupyterKernel.start(program, bridge);
    ended.kill();
    const failure = await listVariables(ended, never).catch(describeError);
    ended.stop();
    expect(failure).toMatchObject({
      code: "file-access",
      message: expect.stringContaining("restart it, run the cells") as string,
    });
  });
});
