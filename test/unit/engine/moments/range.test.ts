import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { defaultValidationOptions } from "../../../../src/ged/validation/options.ts";
import { openMoments } from "../../../../src/moments/openMoments.ts";
import { putTogether, takeApart, type DocumentBytes } from "../../../support/documentBytes.ts";
import { randomRows } from "../../../support/random.ts";
import { call, MomentsFolder } from "./momentsFolder.ts";

const columns = 12;
const dimensions = 7;
const groups = 20;
/** A reflection, whose rows are orthonormal: the first of them are the basis. */
const axis = Array.from({ length: columns }, (_, j) => 1 + (j % 4));
const square = axis.reduce((sum, value) => sum + value * value, 0);
const reflection = axis.map((a, i) => axis.map((b, j) => (i === j ? 1 : 0) - (2 * a * b) / square));
const basis = reflection.slice(0, dimensions);
const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0);

let folder: MomentsFolder;

/** Rows that vary outside of the basis as much as told, and far from zero. */
function rowsOf(name: string, outside: number): number[][] {
  const scale = (j: number) =>
    j < dimensions ? 0.8 ** j * (j === 3 && name === "him" ? 4 : 1) : outside;
  const seed = name === "him" ? 11 : 12;
  return randomRows(name === "him" ? 240 : 260, columns, seed, scale).map((row) =>
    reflection.map((direction, j) => dot(direction, row) + 100 - j),
  );
}

/** Two documents of the same rows: `CASE` of neurons, and `CASE_range` in the basis, as a cluster writes it. */
async function writeBoth(name: string, outside: number): Promise<void> {
  const extra: Record<string, readonly number[]> = { basis: basis.flat() };
  const [whole, projected]: Record<string, string>[] = [{}, {}];
  for (const condition of ["him", "her"]) {
    const rows = rowsOf(condition, outside);
    await folder.writeRows(`${name}_${condition}.npy`, rows);
    await folder.writeRows(
      `${name}_${condition}_projected.npy`,
      rows.map((row) => basis.map((direction) => dot(direction, row))),
    );
    if (whole !== undefined) whole[condition] = `${name}_${condition}.npy`;
    if (projected !== undefined) projected[condition] = `${name}_${condition}_projected.npy`;
    const means = axis.map(
      (_, j) => rows.reduce((sum, row) => sum + (row[j] ?? NaN), 0) / rows.length,
    );
    extra[`${condition}.neuron_mean`] = means;
    extra[`${condition}.neuron_squares`] = means.map((mean, j) =>
      rows.reduce((sum, row) => sum + ((row[j] ?? NaN) - mean) ** 2, 0),
    );
  }
  const more = { groups, reservoir: { size: 30 } };
  await folder.moments(whole ?? {}, `${name}.moments.safetensors`, 5, 1, more);
  await folder.moments(projected ?? {}, `${name}_range.moments.safetensors`, 5, 1, more);
  const document = takeApart(await folder.read(`${name}_range.moments.safetensors`));
  // Rows are kept as they are.
  const { tensors, data } = takeApart(await folder.read(`${name}.moments.safetensors`));
  for (const tensor of ["him.reservoir.rows", "her.reservoir.rows"]) {
    const bytes = data.slice(...(tensors[tensor]?.data_offsets ?? []));
    extra[tensor] = [...new Float64Array(Uint8Array.from(bytes).buffer)];
    document.tensors = Object.fromEntries(
      Object.entries(document.tensors).filter(([own]) => own !== tensor),
    );
  }
  const written = Object.entries(extra).reduce(
    (parts, [tensor, values]) => withTensor(parts, tensor, values),
    document,
  );
  await folder.write(`${name}_range.moments.safetensors`, putTogether(written));
}

function withTensor(parts: DocumentBytes, name: string, values: readonly number[]): DocumentBytes {
  const isMatrix = name === "basis" || name.endsWith(".rows");
  const shape = isMatrix ? [values.length / columns, columns] : [values.length];
  const start = parts.data.length;
  const data = new Uint8Array(start + 8 * values.length);
  data.set(parts.data);
  data.set(new Uint8Array(Float64Array.from(values).buffer), start);
  const entry = { dtype: "F64", shape, data_offsets: [start, data.length] };
  return { ...parts, tensors: { ...parts.tensors, [name]: entry }, data };
}

beforeAll(async () => {
  folder = await MomentsFolder.make();
  await writeBoth("exact", 0);
  await writeBoth("partial", 0.1);
});
afterAll(() => folder.close());

const sides = (name: string) =>
  [`${name}.moments.safetensors#him`, `${name}.moments.safetensors#her`] as const;

function validate(name: string) {
  const validation = { ...defaultValidationOptions, permutations: 20, extended: false };
  return folder.engine.validate({ ...folder.request(...sides(name)), validation }, call());
}

describe("moments in directions of neuron space", () => {
  it("give the run of the neurons' moments if nothing varies outside of them", async () => {
    const [found, expected] = [
      await folder.run(...sides("exact_range")),
      await folder.run(...sides("exact")),
    ];
    for (const direction of ["forward", "swapped"] as const) {
      const [own, other] = [found, expected].map(({ summary }) => summary.directions[direction]);
      expect(own?.eigenvalues.length).toBe(other?.eigenvalues.length);
      own?.eigenvalues.forEach((value, c) => {
        expect(value / (other?.eigenvalues[c] ?? NaN)).toBeCloseTo(1, 9);
      });
    }
    for (const tensor of [
      ...["separation.filters", "separation.patterns", "swapped.filters", "swapped.patterns"],
      ...["projections.target", "swapped.projections.reference"],
      ...["neurons.target.mean", "neurons.reference.variance", "difference.discriminant"],
    ]) {
      const [own, other] = [found.tensors[tensor], expected.tensors[tensor]];
      expect(own?.shape, tensor).toEqual(other?.shape);
      own?.values.forEach((value, i) => {
        expect(value, tensor).toBeCloseTo(other?.values[i] ?? NaN, 7);
      });
    }
    expect(found.summary.compression.varianceKept).toBeCloseTo(
      expected.summary.compression.varianceKept,
      9,
    );
    expect(found.summary.warnings.join("\n")).toContain(
      "Moments are in 7 random-projection dimensions that hold 100 % of the variance of both conditions",
    );
    expect(found.summary.plan.reason).toContain("7 x 7 covariance");
  });

  it("give the same validation, p included", async () => {
    const [found, expected] = [await validate("exact_range"), await validate("exact")];
    for (const direction of ["forward", "swapped"] as const) {
      const [own, other] = [found.directions[direction], expected.directions[direction]];
      expect((own.heldOut?.ratio ?? NaN) / (other.heldOut?.ratio ?? NaN)).toBeCloseTo(1, 7);
      expect(own.permutation?.heldOut?.p).toBe(other.permutation?.heldOut?.p);
      expect(own.verdict).toBe(other.verdict);
      // Signs included, which are settled by the largest neuron.
      other.components.forEach(({ heldOutScores: scores }, c) => {
        const found = own.components[c]?.heldOutScores?.target;
        expect(found).toHaveLength(30);
        scores?.target.forEach((score, row) => {
          expect(found?.[row]).toBeCloseTo(score ?? NaN, 6);
        });
      });
    }
    expect(found.traceRatio).toBeCloseTo(expected.traceRatio ?? NaN, 9);
    expect(found.omitted.join("\n")).toContain("that hold 100 % of the variance");
  });

  it("say exactly what they leave out", async () => {
    const whole = await openMoments(folder.at("partial.moments.safetensors"), nodeFileSystem);
    let [inside, total] = [0, 0];
    for (const condition of ["him", "her"]) {
      const { rows, scatter } = await whole.read(condition);
      const row = (i: number) => [...scatter.values.subarray(i * columns, (i + 1) * columns)];
      for (const direction of basis) {
        inside +=
          dot(
            direction,
            direction.map((_, i) => dot(row(i), direction)),
          ) /
          (rows - 1);
      }
      for (let j = 0; j < columns; j += 1) total += (row(j)[j] ?? NaN) / (rows - 1);
    }
    await whole.close();
    const { summary } = await folder.run(...sides("partial_range"), { keep: { share: 1 } });
    expect(inside / total).toBeLessThan(0.99);
    expect(summary.compression.varianceKept).toBeCloseTo(inside / total, 9);
    expect(summary.compression.totalVariance).toBeCloseTo(total / 2, 9);
    expect(summary.warnings.join("\n")).toContain(
      `7 random-projection dimensions that hold ${(Math.floor((1e4 * inside) / total) / 100).toString()} % of`,
    );
    expect(summary.rank).toMatchObject({ averageKind: "upperBound" });
    expect(summary.direct.possible).toBeNull();
    // What is asked for beyond the basis takes all of it, and no more is said to be kept.
    const greedy = await folder.run(...sides("partial_range"), { keep: { share: 0.9999 } });
    expect(greedy.summary.compression.components).toBe(dimensions);
    // As many components as of all neurons: a share counts what is outside, too.
    const keep = { share: 0.9 };
    const [own, other] = [
      await folder.run(...sides("partial_range"), { keep }),
      await folder.run(...sides("partial"), { keep }),
    ];
    expect(own.summary.compression.components).toBe(other.summary.compression.components);
    expect((await validate("partial_range")).omitted.join("\n")).not.toContain("100 %");
  });

  it("are described, and not added up", async () => {
    const described = await folder.engine.moments.describe(
      folder.at("partial_range.moments.safetensors"),
    );
    expect(described).toMatchObject({ columns, range: { dimensions } });
    const parts = ["partial_range", "exact_range"].map((name) => `${name}.moments.safetensors`);
    await expect(folder.merge(parts, "out.moments.safetensors")).rejects.toThrow(
      /partial_range.* has moments in 7 directions that were found in its own rows.*: sum all rows in one job/,
    );
  });
});

describe("a document of moments in directions is refused in one line", () => {
  const change = async (name: string, make: (parts: DocumentBytes) => DocumentBytes) => {
    const parts = takeApart(await folder.read("exact_range.moments.safetensors"));
    await folder.write(`${name}.moments.safetensors`, putTogether(make(parts)));
  };
  const setValue = (parts: DocumentBytes, tensor: string, value: number) => {
    const [start = 0] = parts.tensors[tensor]?.data_offsets ?? [];
    new DataView(parts.data.buffer, parts.data.byteOffset).setFloat64(start, value, true);
    return parts;
  };
  const without = (parts: DocumentBytes, tensor: string): DocumentBytes => {
    const left = Object.entries(parts.tensors).filter(([name]) => name !== tensor);
    return { ...parts, tensors: Object.fromEntries(left) };
  };

  it.each([
    ["its rows are not orthonormal", (p: DocumentBytes) => setValue(p, "basis", 3)],
    ["not finite", (p: DocumentBytes) => setValue(p, "basis", NaN)],
    [
      "a sum of squares of him is negative",
      (p: DocumentBytes) => setValue(p, "him.neuron_squares", -1),
    ],
    ["one mean and one spread", (p: DocumentBytes) => without(p, "her.neuron_mean")],
    ["has no place in it", (p: DocumentBytes) => without(p, "basis")],
    [
      "her.neuron_mean is missing",
      (p: DocumentBytes) => withTensor(without(p, "her.neuron_mean"), "it.neuron_mean", [1]),
    ],
    [
      "basis has shape [6, 12], and should be float64 of [7, 12]",
      (p: DocumentBytes) => withTensor(without(p, "basis"), "basis", basis.slice(1).flat()),
    ],
  ])("%s", async (line, make) => {
    await change("damaged", make);
    const run = folder.run(...sides("damaged"));
    await expect(run).rejects.toThrow(line);
    await expect(run).rejects.toThrow(/^[^\n]*damaged\.moments\.safetensors[^\n]*$/);
  });

  it("if the other condition is in other directions, or in none", async () => {
    const [him] = sides("exact_range");
    const [, other] = sides("exact");
    await expect(folder.run(him, other)).rejects.toThrow(/in different directions: sum both/);
    await change("turned", (parts) =>
      withTensor(
        without(parts, "basis"),
        "basis",
        [...basis.slice(1), ...basis.slice(0, 1)].flat(),
      ),
    );
    const [, turned] = sides("turned");
    await expect(folder.run(him, turned)).rejects.toThrow(/in different directions: sum both/);
  });
});
