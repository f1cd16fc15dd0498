import { readFileSync } from "node:fs";
import { describe, it } from "vitest";
import { readSidecar } from "../../src/conditions/sidecars/readSidecar.ts";
import { refusal } from "./exercise.ts";
import { fuzz, seconds, type Outcome } from "./fuzz.ts";
import { memoryFileSystem } from "./memoryFileSystem.ts";
import { mutate } from "./mutate.ts";
import { mutateJson, type Json } from "./mutateJson.ts";

const timeout = 20_000 * seconds + 120_000;
const encode = (text: string) => new TextEncoder().encode(text);
const data = (name: string) => new Uint8Array(readFileSync(`test/formats/data/${name}`));

const records = [
  { id: 1, label: "him", sentence: "Nobody told him.", kept: true },
  { id: 2, label: "her", sentence: "Nobody told her, “twice”.", kept: false },
];
const objects: readonly Json[] = [
  ["him", "her", "him"],
  [0, 1, 1, 0],
  records,
  { labels: ["him", "her"], ids: [1, 2], kept: [true, false] },
  { rows: records, labels: [0, 1] },
  {
    pairs: [
      { him: "I saw him.", her: "I saw her." },
      { him: "Him?", her: "Her?" },
    ],
    layer: 6,
  },
];

async function attempt(path: string, bytes: Uint8Array): Promise<Outcome> {
  try {
    await readSidecar(path, memoryFileSystem(new Map([[path, bytes]])));
    return "read";
  } catch (error) {
    return refusal(error);
  }
}

describe("mutated sidecars are read or refused in one line, never more", () => {
  it("of every kind, damaged", { timeout }, () => {
    const originals: [string, Uint8Array][] = [
      ...objects.map((value, i): [string, Uint8Array] => [
        `sidecar${i}.json`,
        encode(JSON.stringify(value, undefined, i % 3)),
      ]),
      ["sentences.txt", encode("I saw him.\nI saw her.\r\nNobody did.\n")],
      ["labels.csv", encode('id,label,sentence\n1,him,I saw him.\n2,her,"I, too, saw her."\n')],
      ["metadata.tsv", encode("label\tsentence\nhim\tI saw him.\nher\tI saw her.\n")],
      ["labelled.tsv", data("labelled.tsv")],
      ["bom.csv", data("bom_crlf_quoted.csv")],
      ["one.npy", data("int16.npy")],
      ["stored.npz", data("stored.npz")],
      ["deflated.npz", data("deflated.npz")],
    ];
    return fuzz("sidecars", originals, mutate, attempt);
  });

  it("in JSON, valid with another meaning", { timeout }, () =>
    fuzz(
      "sidecar meanings",
      objects.map((value, i) => [`sidecar${i}.json`, encode(JSON.stringify(value))]),
      (bytes, random) => {
        const value = JSON.parse(new TextDecoder().decode(bytes)) as Json;
        const text = JSON.stringify(mutateJson(value, random));
        return random() < 0.1 ? mutate(encode(text), random) : encode(text);
      },
      attempt,
    ),
  );
});
