import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { directionBundle } from "../../src/exports/bundle/directionBundle.ts";
import { directionVectors } from "../../src/exports/bundle/directionVectors.ts";
import { controlVector } from "../../src/exports/gguf/controlVector.ts";
import { steeringScript, type SteeringUse } from "../../src/exports/python/steeringScript.ts";
import { steeringTools, type SteeringTool } from "../../src/exports/python/steeringTools.ts";
import { residualStream, withProvenance } from "../support/exportedComponent.ts";
import { engine, python, pythonObject, runOf } from "./support.ts";

const sources = process.env["EIGENLENS_PEER_SOURCES"] ?? "";
const tiny = process.env["EIGENLENS_PEER_MODEL"] ?? "";
const him = join(tiny, "him.npy");
const her = join(tiny, "her.npy");

const place = { ...residualStream, model: "gpt2", site: "transformer.h.1", layer: "1" };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-"));
});
afterAll(async () => {
  await engine.dispose();
  await rm(folder, { recursive: true });
});

describe("an eraser", () => {
  it.each(["covariance", "krylov"] as const)(
    "is LEACE of concept-erasure, %s route",
    async (route) => {
      const files = ["many_him.npy", "many_her.npy"].map((name) => join(sources, name));
      const document = await runOf(files[0], files[1], { route, keep: { share: 1 }, shrinkage: 0 });
      const component = await engine.componentOf(document, "forward", 0);
      const bundle = join(folder, "many.direction.safetensors");
      await writeFile(bundle, Buffer.concat(directionBundle({ document, component })));
      const program = join(import.meta.dirname, "leace.py");
      const { difference, moved } = pythonObject(folder, program, bundle, ...files) as Record<
        string,
        number
      >;
      expect(moved).toBeGreaterThan(0.1);
      expect(difference).toBeLessThan(1e-6);
    },
  );
});

describe("a control vector", () => {
  it("is read by the gguf package", async () => {
    const exported = await tinyRun();
    const path = join(folder, "him.gguf");
    await writeFile(path, controlVector(exported, "mean-difference"));
    const found = pythonObject(folder, join(import.meta.dirname, "gguf_reader.py"), path);
    expect(found).toMatchObject({
      fields: {
        "general.architecture": "controlvector",
        "controlvector.model_hint": "gpt2",
        "controlvector.layer_count": 1,
      },
      tensors: {
        "direction.1": [
          "0",
          Array.from(Float32Array.from(directionVectors(exported).meanDifference)),
        ],
      },
    });
  });
});

describe.each(steeringTools)("a script for %s", (tool) => {
  it("reads what the panel shows", async () => {
    const exported = await tinyRun();
    const printed = (await execute(tool, "read")) as Record<
      "carried" | "silenced",
      { projections: number[] }
    >;
    const { targetProjections, referenceProjections } = exported.component;
    // TransformerLens has an attention of its own, in float32.
    const tolerance = tool === "transformer-lens" ? 1e-5 : 1e-6;
    expectNear(printed.carried.projections, targetProjections, tolerance);
    expectNear(printed.silenced.projections, referenceProjections, tolerance);
  });

  it("adds, and measures shift and collateral KL of steps and of random directions", async () => {
    const printed = (await execute(tool, "add")) as {
      steps: { step: number; shift: { mean: number; low: number }; kl: { mean: number } }[];
      random: unknown[];
    };
    expect(printed.steps.map(({ step }) => step)).toEqual([-2, -1, -0.5, 0.5, 1, 2]);
    expect(printed.steps.every(({ kl, shift }) => kl.mean > 0 && shift.low < shift.mean)).toBe(
      true,
    );
    expect(printed.random.length).toBe(8);
    const file = await readFile(join(folder, "tiny.steering.json"), "utf8");
    expect(JSON.parse(file)).toEqual(printed);
    const used = use(join(folder, "script.py"));
    expect(used.first).toBe(0);
    expect(used.moved).toBeCloseTo(used.step, 10);
  });

  it("erases: nothing along the eraser is left, and both means are one", async () => {
    const printed = (await execute(tool, "erase")) as { gapBefore: number; gapAfter: number };
    expect(Math.abs(printed.gapBefore)).toBeGreaterThan(0);
    expect(Number.isFinite(printed.gapAfter)).toBe(true);
    const { spread, left } = use(join(folder, "script.py"));
    expect(spread).toBeLessThan(1e-10);
    expect(left).toBeLessThan(1e-10);
  });

  it("says in one line that the model has no such site, or another width", async () => {
    const elsewhere = { ...place, site: "nowhere.at.all", component: "other" } as const;
    expect(await refusal(tool, elsewhere)).toMatch(/^error: .*nowhere\.at\.all[^\n]*\n$/);
  });
});

async function tinyRun(provenance = place) {
  const document = withProvenance(await runOf(him, her), provenance);
  return { document, component: await engine.componentOf(document, "forward", 0) };
}

async function write(tool: SteeringTool, kind: SteeringUse, provenance = place): Promise<string> {
  const path = join(folder, "script.py");
  const options = { use: kind, tool, added: "mean-difference", name: "tiny" } as const;
  await writeFile(path, steeringScript(await tinyRun(provenance), options));
  return path;
}

async function execute(tool: SteeringTool, kind: SteeringUse): Promise<unknown> {
  // Reading is held against every row; changes take a pass for each step and prompt.
  const names = kind === "read" ? ["him.txt", "her.txt"] : ["few_him.txt", "few_her.txt"];
  const prompts = names.map((name) => join(tiny, name));
  return pythonObject(
    folder,
    await write(tool, kind),
    ...["--model", join(tiny, "model"), "--prompts", ...prompts, "--tokens", "he,him/she,her"],
  );
}

async function refusal(tool: SteeringTool, provenance: typeof place): Promise<string> {
  const script = await write(tool, "read", provenance);
  const { stderr } = python(
    folder,
    script,
    "--model",
    join(tiny, "model"),
    "--prompts",
    join(tiny, "him.txt"),
  );
  return stderr.split("\n").slice(-2).join("\n");
}

function use(script: string) {
  return pythonObject(
    folder,
    join(import.meta.dirname, "use_script.py"),
    script,
    him,
    her,
  ) as Record<"first" | "moved" | "step" | "spread" | "left", number>;
}

/** The model computes in float32, the rows are kept in float64. */
function expectNear(found: readonly number[], wanted: Float64Array, tolerance: number): void {
  expect(found.length).toBe(wanted.length);
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  found.forEach((value, i) =>
    expect(Math.abs(value - wanted[i]) / largest).toBeLessThan(tolerance),
  );
}
