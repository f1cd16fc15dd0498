import { beforeAll, describe, expect, it } from "vitest";
import { contentKey } from "../../../../src/engine/solving/contentKey.ts";
import { OpenRuns } from "../../../../src/engine/solving/openRuns.ts";
import { createScriptProducts } from "../../../../src/linalg/engines/scriptProducts.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import { makeRun } from "../../../support/makeRun.ts";

const products = createScriptProducts();
const moved = { shrinkage: 0.4, variance: 0.99 };

describe("the runs that panels ask about", () => {
  let document: RunDocument;
  beforeAll(async () => {
    document = await makeRun();
  });

  it("are answered for by what a request says alone", async () => {
    const runs = new OpenRuns();
    const { header, solution } = await runs.load(document, products);
    const ask = (choice: typeof moved) =>
      runs.component({ run: header.run, solution: choice, direction: "forward", index: 2 });
    const before = await ask(header.made);
    // A second panel of the same run: opened, moved, and opened once more.
    expect((await runs.load(document, products)).header.run).toBe(header.run);
    runs.resolve({ run: header.run, solution: moved });
    await runs.load(document, products);
    expect(await ask(header.made)).toEqual(before);
    expect(await ask(moved)).not.toEqual(before);
    expect(runs.resolve({ run: header.run, solution: header.made })).toEqual({
      kind: "answer",
      answer: solution,
    });
  });

  it("say that they were let go, and answer the same when loaded again", async () => {
    const runs = new OpenRuns({ runs: 1, solutions: 1 });
    const { header } = await runs.load(document, products);
    const request = { run: header.run, solution: moved };
    const before = runs.resolve(request);
    const other = { ...document, created: "2026-01-01T00:00:00.000Z" };
    const crowding = await runs.load(other, products);
    expect(runs.resolve(request)).toEqual({ kind: "notLoaded" });
    expect(await runs.component({ ...request, direction: "forward", index: 0 })).toEqual({
      kind: "notLoaded",
    });
    // However little room there is, the last one has it.
    expect(runs.resolve({ ...request, run: crowding.header.run }).kind).toBe("answer");
    await runs.load(document, products);
    expect(runs.resolve(request)).toEqual(before);
    runs.unload(header.run);
    expect(runs.resolve(request)).toEqual({ kind: "notLoaded" });
  });

  it("let go of a run's solutions with it, so that no document stays unseen", async () => {
    const runs = new OpenRuns({ runs: 1, solutions: 2 ** 30 });
    const { header } = await runs.load(document, products);
    const request = { run: header.run, solution: moved };
    const answerOf = (found: ReturnType<OpenRuns["resolve"]>) =>
      found.kind === "answer" ? found.answer : undefined;
    const before = answerOf(runs.resolve(request));
    expect(answerOf(runs.resolve(request))).toBe(before);
    await runs.load({ ...document, created: "2026-01-01T00:00:00.000Z" }, products);
    await runs.load(document, products);
    const after = answerOf(runs.resolve(request));
    expect(after).toEqual(before);
    expect(after).not.toBe(before);
  });

  it("are not let go by a question that has no meaning", async () => {
    const runs = new OpenRuns();
    const { run } = (await runs.load(document, products)).header;
    const wrong = { run, solution: { shrinkage: -1, variance: 0.99 } };
    expect(() => runs.resolve(wrong)).toThrow(/shrinkage is -1/);
    expect(runs.resolve({ run, solution: moved }).kind).toBe("answer");
  });

  it("bring the report of the document that was opened, which their content does not name", async () => {
    const runs = new OpenRuns();
    const { header, validation } = await runs.load(document, products);
    expect(validation).toBeNull();
    const report = { seconds: 1 } as unknown as RunDocument["summary"]["validation"];
    const validated = { ...document, summary: { ...document.summary, validation: report } };
    const again = await runs.load(validated, products);
    expect(again.header.run).toBe(header.run);
    expect(again.validation).toBe(report);
  });
});

describe("the name of a document's content", () => {
  it("changes with every number, name and sentence, and not with what is added later", async () => {
    const document = await makeRun();
    const key = await contentKey(document);
    const name = "separation.filters";
    const { shape, values } = document.tensors[name];
    const nudged = values.slice();
    nudged[nudged.length - 1] += 1e-9;
    const { target } = document.summary;
    const others: RunDocument[] = [
      { ...document, tensors: { ...document.tensors, [name]: { shape, values: nudged } } },
      {
        ...document,
        tensors: { ...document.tensors, [name]: { shape: [...shape].reverse(), values } },
      },
      { ...document, summary: { ...document.summary, target: { ...target, name: "other" } } },
      { ...document, sentences: { target: ["a"], reference: ["b"] } },
    ];
    const keys = await Promise.all(others.map(contentKey));
    expect(new Set([key, ...keys]).size).toBe(5);
    expect(await contentKey({ ...document, transfers: [] })).toBe(key);
  });
});
