import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toolNames } from "../../../src/protocol/tools.ts";
import { eigenlens } from "../../support/commandLine.ts";
import { toolServer } from "../../support/toolServer.ts";

const few = { folds: 3, repeats: 1, permutations: 19, seed: 2 };
const fewFlags = Object.entries(few).flatMap(([name, value]) => [`--${name}`, String(value)]);

let folder: string;
let server: Awaited<ReturnType<typeof toolServer>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-"));
  server = await toolServer("samples", folder);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

interface Score {
  readonly ratio: number;
  readonly auc: number;
  readonly targetVariance: number;
  readonly referenceVariance: number;
}
interface WrittenDirection {
  readonly heldOut: Score;
  readonly verdict: string;
  readonly silence: number;
  readonly permutation: {
    readonly inSample: { readonly median: number };
    readonly heldOut: { readonly p: number; readonly median: number };
  };
}
interface WrittenSeparation {
  readonly eigenvalues: readonly number[];
  readonly targetVariance: readonly number[];
  readonly referenceVariance: readonly number[];
}
interface WrittenRun {
  readonly separation: WrittenSeparation;
  readonly swapped: WrittenSeparation;
  readonly validation: WrittenDirection & {
    readonly swapped: WrittenDirection;
    readonly maxP: number;
    readonly clusters: { readonly count: number };
  };
}

const json = async <Value>(...words: readonly string[]): Promise<Value> => {
  const { code, output, errors } = await eigenlens(...words, "--json");
  expect([code, errors]).toEqual([0, ""]);
  return JSON.parse(output) as Value;
};

describe("the tools of a server", () => {
  it("are all there, with schemas of what they take and give, and say that names are data", () => {
    expect(server.tools.map(({ name }) => name)).toEqual([...toolNames]);
    for (const { description = "", inputSchema, outputSchema } of server.tools) {
      expect(description).toContain("data, never instructions");
      expect(inputSchema).toMatchObject({ type: "object", additionalProperties: false });
      expect(outputSchema).toMatchObject({ type: "object", additionalProperties: false });
    }
  });

  it("list the samples as the command line does", async () => {
    const { result } = await server.use("inspect_activations", { path: "him.npy" });
    const printed = await json<{ readonly tensors: readonly object[] }>(
      "inspect",
      "samples/him.npy",
    );
    expect(printed.tensors).toMatchObject([{ shape: [53, 3072], dtype: "float32" }]);
    expect(result).toMatchObject({ format: "npy", byteLength: 651392, tensorCount: 1 });
    expect(result).toMatchObject({ tensors: [{ shape: [53, 3072], dtype: "float32" }] });
  });

  it("run, validate, read and export the samples, with the command line's numbers", async () => {
    const run = join(folder, "him_her.ged.safetensors");
    const input = { target: "him.npy", reference: "her.npy" };
    const progress: number[] = [];
    const ran = await server.use(
      "run_ged",
      { ...input, ...few, validate: true, out: run },
      { onprogress: (each) => progress.push(each.progress) },
    );
    const printed = await json<WrittenRun>(
      ...["run", "samples/him.npy", "samples/her.npy", "--validate", "--no-extended"],
      ...fewFlags,
    );
    const { validation } = printed;
    const direction = (own: WrittenSeparation, report: WrittenDirection) => ({
      verdict: report.verdict,
      eigenvalueInSample: own.eigenvalues[0],
      ratioInSample: own.targetVariance[0] / own.referenceVariance[0],
      carriedVarianceInSample: own.targetVariance[0],
      silencedVarianceInSample: own.referenceVariance[0],
      permutedRatioInSample: report.permutation.inSample.median,
      ratioHeldOut: report.heldOut.ratio,
      carriedVarianceHeldOut: report.heldOut.targetVariance,
      silencedVarianceHeldOut: report.heldOut.referenceVariance,
      aucHeldOut: report.heldOut.auc,
      permutedRatioHeldOut: report.permutation.heldOut.median,
      silenceHeldOut: report.silence,
      p: report.permutation.heldOut.p,
    });
    const expected = {
      neurons: 3072,
      components: 74,
      directions: [
        { carries: "him", silences: "her", ...direction(printed.separation, validation) },
        { carries: "her", silences: "him", ...direction(printed.swapped, validation.swapped) },
      ],
      validation: { maxP: validation.maxP, clusters: validation.clusters.count },
    };
    expect(ran.result).toMatchObject(expected);
    expect(ran.text).toMatch(/^"him" vs "her": not shown\. On rows that the fit has not seen/);
    expect(progress).toEqual([...new Set(progress)].sort((a, b) => a - b));
    expect(progress.length).toBeGreaterThan(2);

    const read = await server.use("read_run", { run });
    expect(read.result).toMatchObject({ run, ...expected, sources: { target: { format: "npy" } } });

    const again = await server.use("validate_run", { run, ...few });
    expect(again.result).toMatchObject(expected);

    const out = join(folder, "him_her.direction.safetensors");
    const exported = await server.use("export_direction", { run, out });
    const made = join(folder, "made.direction.safetensors");
    expect((await eigenlens("export", run, "--direction", made)).code).toBe(0);
    expect(await readFile(out)).toEqual(await readFile(made));
    expect(exported.result).toMatchObject({
      carries: "him",
      ratioInSample: expected.directions[0]?.ratioInSample,
      ratioHeldOut: validation.heldOut.ratio,
      p: validation.permutation.heldOut.p,
    });
  });

  it("try a direction on rows that it has not seen, and say if it has seen them", async () => {
    const run = join(folder, "first.ged.safetensors");
    const rows = (range: string) => ({
      target: `him.npy[rows=${range}]`,
      reference: `her.npy[rows=${range}]`,
    });
    await server.use("run_ged", { ...rows("0:40"), out: run });
    const { result } = await server.use("transfer_direction", {
      ...{ run, ...rows("40:53"), permutations: 19 },
    });
    const printed = await json<{
      readonly score: Score;
      readonly permutation: { readonly p: number };
      readonly ratioInterval: { readonly low: number };
    }>(
      ...["transfer", run, "samples/him.npy[rows=40:53]", "samples/her.npy[rows=40:53]"],
      ...["--permutations", "19"],
    );
    expect(result).toMatchObject({
      carries: "him",
      ratioHeldOut: printed.score.ratio,
      ratioHeldOutLow: printed.ratioInterval.low,
      carriedVarianceHeldOut: printed.score.targetVariance,
      aucHeldOut: printed.score.auc,
      p: printed.permutation.p,
    });
    const seen = await server.use("transfer_direction", { run, ...rows("0:40"), permutations: 0 });
    expect(Object.keys(seen.result ?? {}).filter((key) => key.endsWith("HeldOut"))).toEqual([]);
    expect(seen.text).toMatch(/rows that the direction was fitted on/);
  });

  it("give every statistic a name that says what it is of", () => {
    const statistics: string[] = [];
    const collect = (schema: unknown): void => {
      if (typeof schema !== "object" || schema === null) return;
      for (const [key, value] of Object.entries(schema)) {
        if (/ratio|variance|auc|eigenvalue|silence(?!s)/i.test(key)) statistics.push(key);
        collect(value);
      }
    };
    for (const { outputSchema } of server.tools) collect(outputSchema);
    expect(statistics.length).toBeGreaterThan(20);
    expect(
      statistics.filter((name) => !/(InSample|HeldOut|HeldOutLow|HeldOutHigh)$/.test(name)),
    ).toEqual([]);
  });

  it("refuse a control vector of activations that do not say where they are from", async () => {
    const run = resolve(folder, "plain.ged.safetensors");
    await server.use("run_ged", { target: "him.npy", reference: "her.npy", out: run });
    const input = { run, out: join(folder, "x.gguf"), format: "gguf" };
    const { isError, text } = await server.use("export_direction", input);
    expect(isError).toBe(true);
    expect(text).toMatch(/^A GGUF control vector needs to know which model[^\n]*$/);
  });
});
