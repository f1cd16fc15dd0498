import { beforeAll, describe, it } from "vitest";
import { encodeDocument } from "../../src/runs/documentFile.ts";
import { putTogether, sealed, takeApart, type DocumentBytes } from "../support/documentBytes.ts";
import { makeRun } from "../support/makeRun.ts";
import { formatOne, richDocument } from "../support/richDocument.ts";
import { exerciseDocument } from "./exerciseDocument.ts";
import { fuzz, seconds } from "./fuzz.ts";
import { mutate } from "./mutate.ts";
import { mutateJson, type Json } from "./mutateJson.ts";

const timeout = 20_000 * seconds + 120_000;

describe("mutated run documents are read or refused in one line, never more", () => {
  let originals: [string, Uint8Array][];

  beforeAll(async () => {
    originals = [
      ["rich", await encodeDocument(await richDocument())],
      ["wide", await encodeDocument(await makeRun({ keep: { share: 0.8 } }, 6, 20))],
      ["capped", await encodeDocument(await makeRun({ keep: { count: 2 } }, 12, 5))],
      ["format1", formatOne.validated],
      ["plain1", formatOne.plain],
    ];
  });

  it("damaged", { timeout }, () => fuzz("documents", originals, mutate, exerciseDocument));

  it("forged, with checksums that are right", { timeout }, () =>
    fuzz(
      "forgeries",
      originals,
      (bytes, random) => {
        const parts = takeApart(bytes);
        forge(parts, random);
        return putTogether("sha256.tensors" in parts.metadata ? sealed(parts) : parts);
      },
      exerciseDocument,
    ),
  );
});

function forge(parts: DocumentBytes, random: () => number): void {
  const { metadata } = parts;
  const where = random();
  if (where < 0.2) {
    parts.data = mutate(parts.data, random);
  } else if (where < 0.4) {
    parts.tensors = mutateJson(parts.tensors, random) as DocumentBytes["tensors"];
  } else {
    const keys = Object.keys(metadata).filter((key) => metadata[key]?.startsWith("{"));
    const key = keys[Math.floor(random() * keys.length)] ?? "";
    const text = metadata[key] ?? "";
    metadata[key] =
      random() < 0.1
        ? new TextDecoder().decode(mutate(new TextEncoder().encode(text), random))
        : JSON.stringify(mutateJson(JSON.parse(text) as Json, random));
  }
}
