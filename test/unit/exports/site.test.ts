import { describe, expect, it } from "vitest";
import { EigenlensError, type Remedy } from "../../../src/errors.ts";
import { requireProvenance } from "../../../src/exports/site.ts";
import { describedSources } from "../../../src/runs/describedSources.ts";
import type { RunDocument } from "../../../src/runs/runDocument.ts";
import { makeRun } from "../../support/makeRun.ts";

const needs = ["model", "component", "layer"] as const;

describe("the place in a model that a use needs", () => {
  it("is what both conditions say", async () => {
    const place = { model: "m", component: "mlp", layer: "6" } as const;
    const document = describedSources(await makeRun(), { target: place, reference: place });
    expect(requireProvenance(document, needs, "A use")).toMatchObject(place);
  });

  it("is not guessed: what is missing can be described", async () => {
    const document = describedSources(await makeRun(), {
      target: { model: "m", component: "mlp" },
      reference: { model: "m" },
    });
    const { message, remedy } = refusal(document);
    expect(message).toMatch(/^A use needs to know which component of the model and which layer/);
    expect(remedy).toEqual({ kind: "describeCapture", missing: ["component", "layer"] });
  });

  it("is one: two places are told, and no description helps", async () => {
    const same = { component: "mlp", layer: "6" } as const;
    const document = describedSources(await makeRun(), {
      target: { model: "a", ...same },
      reference: { model: "b", ...same },
    });
    const { message, remedy } = refusal(document);
    expect(message).toBe(
      "A use needs one place in the model, but the two conditions name different ones (model: a and b).",
    );
    expect(remedy).toBeUndefined();
  });
});

function refusal(document: RunDocument): { message: string; remedy: Remedy | undefined } {
  try {
    requireProvenance(document, needs, "A use");
  } catch (thrown) {
    if (!(thrown instanceof EigenlensError)) throw thrown;
    return { message: thrown.message, remedy: thrown.detail?.remedy };
  }
  throw new Error("nothing was refused");
}
