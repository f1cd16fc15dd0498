import { beforeAll, describe, expect, it } from "vitest";
import { encodeDocument } from "../../../../src/runs/documentFile.ts";
import {
  putTogether,
  sealed,
  takeApart,
  type DocumentBytes,
} from "../../../support/documentBytes.ts";
import { readOrRefuse } from "../../../support/readOrRefuse.ts";
import { richDocument } from "../../../support/richDocument.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Entries without which a document is one as well. */
const optional = [
  /^(sentences|transfers)$/,
  /^options\.(components|componentsAreCap)$/,
  /\.(condition|source)\.(tensor|label|sentences|rows|rows\.step|elementType|axes|layer|head|token|name)$/,
  /^sources\.\w+\.provenance(\.\w+)?$/,
  /\.(heldOutRatioInterval|heldOutAucInterval|correctedP|eigenvalue|permutation)$/,
  /\.(relativeRatio|relativeRatioInterval|silence|heldOutScores|noiseEdge|learningCurve)$/,
  /^summary\.numerics$/,
  // Moments rank no rows. A transfer does.
  /^summary\.validation\..*\.(auc|magnitudeAuc)$/,
  /\.(permutedHeldOut|heldOutScoreRanges|analyticEdge|stability)$/,
  /\.stability\.(discoveries|neurons\.0\.(permuted|q))$/,
  /^summary\.validation\.(permutations|permutations\.labelling|grid|tuning|baselines|maxP|clusters\.members)$/,
  /^transfers\.0\.\w+\.\d+\.(ratioInterval|aucInterval|p)$/,
];

/** Entries that may be null: unknown, or what JSON makes of NaN and infinities. */
const nullable = [
  /^summary\.validation$/,
  /^summary\.numerics\.scaled$/,
  /^summary\.conditionNumber\.\w+$/,
  /^summary\.plan\.errorEstimate$/,
  /^summary\.validation\..*((?<!correctedP\.)heldOut|eigenvalue|auc|magnitudeAuc|ratio|Variance|relativeRatio|silence)$/,
  /^summary\.validation\..*(?<!noiseEdge|Ranges\.\w+)\.(low|high|median|maximum|observed|permuted\.0|heldOutRatio\.0)$/,
  /^summary\.validation\..*heldOutScores\.\w+\.0$/,
  /^summary\.validation\..*heldOutScoreRanges\.\w+\.\w+\.0$/,
  /^summary\.validation\..*analyticEdge\.(bulk|largest)$/,
  /^summary\.validation\.(traceRatio|permutations\.labellings)$/,
  /^summary\.direct\.possible$/,
  /^summary\.validation\.grid\.(ledoitWolf|oracleApproximating)$/,
  /^summary\.validation\.tuning\.(given\.heldOutRatio|largestRatio)$/,
  /^transfers\.0\.\w+\.\d+\.(transferred|ratioInterval|aucInterval)\.\w+$/,
];

const known = (patterns: readonly RegExp[], place: string) =>
  patterns.some((pattern) => pattern.test(place));

/** Every place in a value, of lists the first entry: they all are of one kind. */
function places(value: Json, above: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  const keys = Array.isArray(value) ? Object.keys(value).slice(0, 1) : Object.keys(value);
  return keys.flatMap((key) => {
    const place = [...above, key];
    return [place, ...places(Reflect.get(value, key) as Json, place)];
  });
}

describe("an entry of a run document", () => {
  let whole: DocumentBytes;
  let value: Json;
  const entries = ["created", "options", "sources", "summary", "sentences", "transfers"];

  beforeAll(async () => {
    whole = takeApart(await encodeDocument(await richDocument()));
    value = Object.fromEntries(
      entries.map((key) => [key, JSON.parse(whole.metadata[key] ?? "") as Json]),
    );
  });

  /** The document with one place changed, every checksum being right. */
  const changed = async (
    place: readonly string[],
    change: (holder: object, key: string) => void,
  ) => {
    const copy = structuredClone(value) as Record<string, Json>;
    const key = place.at(-1) ?? "";
    const holder = place
      .slice(0, -1)
      .reduce<unknown>((inner, step) => Reflect.get(inner as object, step), copy);
    change(holder as object, key);
    const metadata = Object.fromEntries(
      Object.entries(whole.metadata).filter(([name]) => !entries.includes(name)),
    );
    for (const [name, entry] of Object.entries(copy)) {
      if (entry !== undefined) metadata[name] = JSON.stringify(entry);
    }
    const outcome = await readOrRefuse(putTogether(sealed({ ...whole, metadata })));
    return "refusal" in outcome ? outcome.refusal : undefined;
  };

  it("is refused when it is missing, unless it may be", { timeout: 60_000 }, async () => {
    const all = places(value);
    expect(all.length).toBeGreaterThan(300);
    for (const place of all) {
      const dotted = place.join(".");
      if (/^\d+$/.test(place.at(-1) ?? "")) continue;
      const refusal = await changed(place, (holder, key) => Reflect.deleteProperty(holder, key));
      if (known(optional, dotted)) expect(refusal, dotted).toBeUndefined();
      else
        expect(refusal ?? `accepted without ${dotted}`).toMatch(
          /(is missing|is not what).*copy it again/,
        );
    }
  });

  it("is refused when it is of another type", { timeout: 120_000 }, async () => {
    const others: readonly Json[] = [null, "x", -1.5, true, [], {}, [[1]]];
    for (const place of places(value)) {
      const dotted = place.join(".");
      const own = place.reduce<unknown>((inner, step) => Reflect.get(inner as object, step), value);
      for (const other of others) {
        if (kindOf(other) === kindOf(own)) continue;
        const refusal = await changed(place, (holder, key) => Reflect.set(holder, key, other));
        const label = `${dotted} = ${JSON.stringify(other)}`;
        if (other === null && known(nullable, dotted)) expect(refusal, label).toBeUndefined();
        else
          expect(refusal ?? `accepted ${label}`).toMatch(
            /(is missing|is not what|contradict).*copy it again/,
          );
      }
    }
  });

  it("is refused when it lies outside its range or contradicts another", async () => {
    const wrong: readonly (readonly [string, Json])[] = [
      ["created", "yesterday"],
      ["created", "2026-13-45T00:00:00.000Z"],
      ["options.variance", 0],
      ["options.variance", 1.5],
      ["options.shrinkage", -0.1],
      ["options.components", 2.5],
      ["options.route", "constructor"],
      ["sources.target.byteLength", -1],
      ["sources.target.hash", "none"],
      ["sources.target.condition.rows", { start: 5, stop: 2 }],
      ["sources.target.condition.token", { kind: "toString" }],
      ["summary.target.rows", 7],
      ["summary.target.columns", 5],
      ["summary.reference.columns", 7],
      ["summary.plan.threads", 0],
      ["summary.compression.components", 5],
      ["summary.compression.components", 2 ** 60],
      ["summary.compression.eigenvalues", [1, 2]],
      ["summary.compression.varianceKept", 1.1],
      ["summary.separation.eigenvalues", [1]],
      ["summary.swapped.targetVariance", []],
      ["summary.neurons.constant", 7],
      ["summary.validation.components", []],
      ["summary.validation.heldOut.auc", 1.5],
      ["summary.validation.correctedP.heldOut", -1],
      ["summary.validation.grid.heldOutRatio", [1, 2]],
      ["summary.validation.tuning.chosen.share", 1.5],
      ["summary.validation.tuning.folds.0.count", 0],
      ["summary.validation.stability.neurons.0.neuron", 6],
      ["summary.validation.scheme.kind", "none"],
      ["summary.seconds.total", -1],
      ["transfers.0.forward.0.index", 6],
      ["transfers.0.created", ""],
      ["sentences.target", ["only one"]],
    ];
    for (const [dotted, other] of wrong) {
      const refusal = await changed(dotted.split("."), (holder, key) => {
        if (!Reflect.has(holder, key)) throw new Error(`the sample lacks ${dotted}`);
        Reflect.set(holder, key, other);
      });
      expect(refusal, dotted).toMatch(/copy it again, or run the separation again/);
    }
  });
});

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
}
