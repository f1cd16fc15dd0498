import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { Cancellation } from "../../../../src/cancellation.ts";
import { Engine } from "../../../../src/engine/engine.ts";
import type { EngineCall } from "../../../../src/engine/engineCall.ts";
import { defaultGedOptions } from "../../../../src/ged/method/options.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { countingFiles } from "../../../support/countingFiles.ts";
import { npyBytes } from "../../../support/fileBytes.ts";
import { randomRows } from "../../../support/random.ts";

/** Two blocks of rows. */
const [rows, columns] = [290, 3700];
const drawn = [1, 2].map((seed) =>
  Float32Array.from(randomRows(rows, columns, seed, (j) => 0.98 ** j).flat()),
);
const folder = mkdtempSync(join(tmpdir(), "eigenlens-neuron-"));
const target = { path: join(folder, "him.npy") };
const reference = { path: join(folder, "her.npy"), rows: { start: 10, stop: 280, step: 3 } };
const files = countingFiles();
const call = (): EngineCall => ({ cancellation: new Cancellation(), report: () => undefined });

function write(path: string, values: Float32Array): void {
  writeFileSync(path, npyBytes([rows, columns], new Uint8Array(values.buffer), "<f4"));
}

const column = (values: Float32Array, neuron: number, kept: readonly number[]) =>
  kept.map((row) => values[row * columns + neuron]);
const all = Array.from({ length: rows }, (_, row) => row);
const everyThird = Array.from({ length: 90 }, (_, i) => 10 + 3 * i);

afterAll(() => rmSync(folder, { recursive: true }));

describe("a neuron's activations", () => {
  let engine: Engine;
  let document: RunDocument;
  beforeEach(async () => {
    write(target.path, drawn[0]);
    write(reference.path, drawn[1]);
    const options = { ...defaultGedOptions, keep: { share: 0.5 } };
    const maker = new Engine(files.fileSystem);
    document = await maker.run({ target, reference, options }, call());
    await maker.dispose();
    engine = new Engine(files.fileSystem);
    files.forget();
  });
  afterEach(() => engine.dispose());

  function neuronValues(neuron: number, from = call()) {
    const { sources } = document;
    const hashes = { target: sources.target.hash, reference: sources.reference.hash };
    return engine.neuronValues(
      {
        target: sources.target.condition,
        reference: sources.reference.condition,
        hashes,
        neuron,
      },
      from,
    );
  }

  it.each([0, 1234, columns - 1])(
    "%i are the file's own, for the selected rows",
    async (neuron) => {
      const values = await neuronValues(neuron);
      expect([...values.target]).toEqual(column(drawn[0], neuron, all));
      expect([...values.reference]).toEqual(column(drawn[1], neuron, everyThird));
    },
  );

  it("of the next neuron are read from memory", async () => {
    await neuronValues(5);
    const after = files.readTimes(target.path, 1);
    expect(after).toBe(statSync(target.path).size);
    expect([...(await neuronValues(6)).target]).toEqual(column(drawn[0], 6, all));
    expect(files.readTimes(target.path, 1)).toBe(after);
  });

  it.each([-1, columns, 0.5, NaN])("of neuron %d are refused in one line", async (neuron) => {
    await expect(neuronValues(neuron)).rejects.toThrow(
      `There is no neuron ${neuron}: choose one from 0 to ${columns - 1}.`,
    );
  });

  it("are not those of a file that came in place of the run's", async () => {
    const { atime, mtime } = statSync(reference.path);
    write(reference.path, drawn[0]);
    utimesSync(reference.path, atime, mtime);
    await expect(neuronValues(1)).rejects.toThrow(
      "her.npy has changed since the run was made: run it again to see activations of its rows.",
    );
  });

  it("are not there if the file is gone", async () => {
    rmSync(target.path);
    await expect(neuronValues(1)).rejects.toThrow(/^[^\n]*him\.npy[^\n]*$/);
  });

  it("are not read on once nobody wants them", async () => {
    const cancellation = new Cancellation();
    cancellation.request();
    await expect(neuronValues(1, { cancellation, report: () => undefined })).rejects.toMatchObject({
      code: "cancelled",
    });
  });
});
