import { beforeAll, describe, expect, it } from "vitest";
import { encodeDocument } from "../../../../src/runs/documentFile.ts";
import type { RunDocument } from "../../../../src/runs/runDocument.ts";
import {
  putTogether,
  sealed,
  takeApart,
  type DocumentBytes,
} from "../../../support/documentBytes.ts";
import { makeRun } from "../../../support/makeRun.ts";
import { seededUniform } from "../../../support/random.ts";
import { readOrRefuse, refusalOf } from "../../../support/readOrRefuse.ts";
import { formatOne, richDocument } from "../../../support/richDocument.ts";

const whatToDo = /copy it again, or run the separation again|update Eigenlens/;

describe("a damaged run document", () => {
  let document: RunDocument;
  let bytes: Uint8Array;
  const parts = () => takeApart(bytes);
  /** A document that a forger made: one thing is changed, every checksum is right. */
  const forged = (change: (parts: DocumentBytes) => void): Uint8Array => {
    const taken = parts();
    change(taken);
    return putTogether(sealed(taken));
  };

  beforeAll(async () => {
    document = await richDocument();
    bytes = await encodeDocument(document);
  });

  it("is refused when cut at each 1/32 of its length, and one byte before its end", async () => {
    for (const original of [bytes, formatOne.validated, formatOne.plain]) {
      const cuts = Array.from({ length: 32 }, (_, i) => Math.floor((i * original.length) / 32));
      for (const length of [...cuts, 7, 8, 9, original.length - 1]) {
        expect(await refusalOf(original.subarray(0, length)), `${length}`).toMatch(whatToDo);
      }
    }
  });

  it("is refused with something behind its end", async () => {
    const longer = new Uint8Array(bytes.length + 8);
    longer.set(bytes);
    expect(await refusalOf(longer)).toMatch(/something was added.*copy it again/);
  });

  it("shows every flipped bit, 1,000 drawn with seed 1 and each of the first 8 bytes", async () => {
    const uniform = seededUniform(1);
    const drawn = Array.from({ length: 1000 }, () => Math.floor(uniform() * 8 * bytes.length));
    let detected = 0;
    for (const bit of [...Array.from({ length: 64 }, (_, i) => i), ...drawn]) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const outcome = await readOrRefuse(flipped);
      if ("refusal" in outcome) {
        expect(outcome.refusal, `bit ${bit}`).toMatch(whatToDo);
        detected++;
      } else {
        // Only the case of a hexadecimal digit in an escape could say the same.
        expect(outcome.document, `bit ${bit}`).toEqual(document);
      }
    }
    expect(detected).toBeGreaterThan(1050);
  });

  it("shows each flipped bit of the values of a document of a run just made", async () => {
    const made = await encodeDocument(await makeRun({}, 3, 4));
    const dataStart = made.length - takeApart(made).data.length;
    for (let at = dataStart; at < made.length; at++) {
      const flipped = made.slice();
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at & 7));
      expect(await refusalOf(flipped)).toMatch(/values of its tensor [\w.]+ are not those/);
    }
  });

  it("is refused when it is of a newer format, by a line that says so", async () => {
    const newer = ["3", "999", '"999"', '"999.0.0"', '"0.2.0"'];
    for (const version of newer) {
      for (const original of [bytes, formatOne.plain]) {
        const taken = takeApart(original);
        taken.metadata["version"] = version;
        expect(await refusalOf(putTogether(taken))).toMatch(
          /was written by a newer Eigenlens \(format [\d.]+, this one reads up to 2\): update Eigenlens\.$/,
        );
      }
    }
  });

  it("is refused when its version means nothing", async () => {
    const garbled = [
      "0",
      "1",
      "-1",
      "2.5",
      "1e400",
      "null",
      "{}",
      "[2]",
      '"2"',
      '"two"',
      '""',
      "",
      "2 2",
    ];
    for (const version of garbled) {
      const line = await refusalOf(forged(({ metadata }) => (metadata["version"] = version)));
      expect(line, version).toMatch(/version.*copy it again/);
    }
    const lacking = forged(({ metadata }) => delete metadata["version"]);
    expect(await refusalOf(lacking)).toMatch(/lack its version/);
  });

  it("is refused when a checksum is missing or of another kind", async () => {
    for (const key of ["sha256.tensors", "sha256.metadata"]) {
      for (const value of [undefined, "null", '"0"', "[]", "{}", "7"]) {
        const taken = parts();
        if (value === undefined) Reflect.deleteProperty(taken.metadata, key);
        else taken.metadata[key] = value;
        expect(await refusalOf(putTogether(taken))).toMatch(whatToDo);
      }
    }
  });

  it("is refused when its tensors overlap, before memory is asked for", async () => {
    const overlapping = parts();
    const first = Object.values(overlapping.tensors)[0];
    for (const entry of Object.values(overlapping.tensors)) {
      const [start = 0, stop = 0] = entry.data_offsets;
      entry.data_offsets = [0, stop - start];
    }
    expect(first?.data_offsets).toEqual([0, 48]);
    expect(await refusalOf(putTogether(overlapping))).toMatch(/overlaps another one/);
    const shared = forged(({ tensors }) => {
      for (let i = 0; i < 900; i++) {
        tensors[`more${i}`] = { dtype: "F64", shape: [6], data_offsets: [0, 48] };
      }
    });
    expect(await refusalOf(shared)).toMatch(/overlaps another one/);
  });

  it("is refused when a tensor has another shape, type, place or name", async () => {
    const changes: Readonly<Record<string, (parts: DocumentBytes) => void>> = {
      "leaves a gap": ({ tensors }) => delete tensors["covariance.target"],
      "its tensor swapped.filter is unknown": (taken) => append(taken, "swapped.filter", [6, 6]),
      "its tensor swapped.filters is missing": ({ tensors }) =>
        rename(tensors, "swapped.filters", "swapped.filter"),
      "toString is unknown": ({ tensors }) => rename(tensors, "compression.components", "toString"),
      "has the shape": ({ tensors }) => reshape(tensors, "covariance.target", [36]),
      "instead of \\[8, 6\\]": ({ tensors }) => reshape(tensors, "scores.target", [6, 8]),
      "is said to take": ({ tensors }) => reshape(tensors, "scores.target", [2 ** 52, 2 ** 52]),
      "is not float64": ({ tensors }) => reshape(tensors, "scores.target", [-8, -6]),
      "scores.reference is missing": (taken) => takeOut(taken, "scores.reference"),
      "covariance.target is missing": (taken) => takeOut(taken, "covariance.target"),
      "compression.components is missing": (taken) => {
        takeOut(taken, "compression.components");
        append(taken, "compression.furtherComponents", [2, 6]);
      },
    };
    for (const [said, change] of Object.entries(changes)) {
      expect(await refusalOf(forged(change))).toMatch(new RegExp(`${said}.*copy it again`));
    }
    const single = forged(({ tensors }) => {
      for (const entry of Object.values(tensors)) entry.dtype = "F32";
    });
    expect(await refusalOf(single)).toMatch(/is not float64/);
  });

  it("is refused when a value is not finite, though its checksum is right", async () => {
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      for (const name of Object.keys(parts().tensors)) {
        const poisoned = forged(({ tensors, data }) => {
          const [start = 0] = tensors[name]?.data_offsets ?? [];
          new DataView(data.buffer).setFloat64(start, value, true);
        });
        expect(await refusalOf(poisoned)).toContain(`its tensor ${name} has a value that is not`);
      }
    }
  });

  it("is refused when its header is not what it seems", async () => {
    const { metadata, tensors, data } = parts();
    const metadataText = JSON.stringify(metadata);
    const tensorText = JSON.stringify(tensors).slice(1, -1);
    const twice = tensorText.replace('"covariance.target"', '"covariance.reference"');
    const escaped = tensorText.replace('"covariance.target"', '"covarianc\\u0065.reference"');
    const headers: Readonly<Record<string, string>> = {
      "stands there twice": `{"__metadata__":${metadataText},${twice}}`,
      "there twice": `{"__metadata__":${metadataText},${escaped}}`,
      twice: `{"__metadata__":${metadataText},"__metadata__":${metadataText},${tensorText}}`,
      __proto__: `{"__metadata__":${metadataText},"__proto__":{"a":1},${tensorText}}`,
      "named __proto__": `{"__metadata__":{"__pr\\u006fto__":"{}",${metadataText.slice(1)},${tensorText}}`,
      "nested too deeply": `{"__metadata__":${metadataText},"a":${"[".repeat(1e6)}${"]".repeat(1e6)},${tensorText}}`,
      "not texts": `{"__metadata__":{"a":1,${metadataText.slice(1)},${tensorText}}`,
      "not JSON": "[]",
      "no run": `{"__metadata__":null,${tensorText}}`,
      "but no run": `{${tensorText}}`,
      "more entries": `{"__metadata__":{${Array.from({ length: 2000 }, (_, i) => `"k${i}":"1",`).join("")}${metadataText.slice(1)},${tensorText}}`,
    };
    for (const [said, header] of Object.entries(headers)) {
      expect(await refusalOf(putTogether({ metadata, tensors, data }, header))).toContain(said);
    }
    const invalid = putTogether({ metadata, tensors, data });
    invalid[20] = 0xff;
    expect(await refusalOf(invalid)).toMatch(/header is not JSON/);
  });

  it("is refused when an entry of its metadata is no honest JSON", async () => {
    const values: Readonly<Record<string, string>> = {
      "nested too deeply": `${'{"a":'.repeat(1e5)}1${"}".repeat(1e5)}`,
      "stands there twice": `{"target":{},${JSON.stringify(document.summary).slice(1)}`,
      "named __proto__": `{"__proto__":{"polluted":1},${JSON.stringify(document.summary).slice(1)}`,
      "holds more than a run has": `[${"[],".repeat(300_000)}[]]`,
      "more than a run has": `[${"0,".repeat(5_000_000)}0]`,
      "cannot be read": "{",
    };
    for (const [said, value] of Object.entries(values)) {
      for (const key of ["summary", "further"]) {
        const line = await refusalOf(forged(({ metadata }) => (metadata[key] = value)));
        expect(line).toMatch(new RegExp(`its ${key} cannot be read.*${said}|${said}`));
      }
    }
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it("is refused when its length of header is huge", async () => {
    for (const length of [2n ** 64n - 1n, 2n ** 63n, 2n ** 53n, 100_000_001n, 10_000_000n]) {
      const huge = bytes.slice();
      new DataView(huge.buffer).setBigUint64(0, length, true);
      expect(await refusalOf(huge)).toMatch(whatToDo);
    }
  });

  it("keeps what a later Eigenlens adds to the same format", async () => {
    const extended = forged(({ metadata }) => {
      metadata["verdict"] = '{"holds":true}';
      const summary = JSON.parse(metadata["summary"] ?? "") as Record<string, unknown>;
      metadata["summary"] = JSON.stringify({ ...summary, constructor: "harmless" });
    });
    const read = await readOrRefuse(extended);
    expect(read).toMatchObject({ document: { verdict: { holds: true } } });
    if ("refusal" in read) throw new Error(read.refusal);
    expect(await readOrRefuse(await encodeDocument(read.document))).toEqual(read);
  });
});

type Tensors = DocumentBytes["tensors"];

function rename(tensors: Tensors, from: string, to: string): void {
  const entry = tensors[from];
  if (entry === undefined) throw new Error(`no ${from}`);
  Reflect.deleteProperty(tensors, from);
  tensors[to] = entry;
}

function reshape(tensors: Tensors, name: string, shape: number[]): void {
  const entry = tensors[name];
  if (entry === undefined) throw new Error(`no ${name}`);
  entry.shape = shape;
}

/** Takes a tensor out and closes the gap. */
function takeOut(parts: DocumentBytes, name: string): void {
  const [start = 0, stop = 0] = parts.tensors[name]?.data_offsets ?? [];
  Reflect.deleteProperty(parts.tensors, name);
  for (const entry of Object.values(parts.tensors)) {
    if ((entry.data_offsets[0] ?? 0) < stop) continue;
    entry.data_offsets = entry.data_offsets.map((offset) => offset - (stop - start));
  }
  parts.data = Uint8Array.from([...parts.data.subarray(0, start), ...parts.data.subarray(stop)]);
}

function append(parts: DocumentBytes, name: string, shape: number[]): void {
  const start = parts.data.length;
  const stop = start + 8 * shape.reduce((product, size) => product * size, 1);
  parts.tensors[name] = { dtype: "F64", shape, data_offsets: [start, stop] };
  const data = new Uint8Array(stop);
  data.set(parts.data);
  parts.data = data;
}
