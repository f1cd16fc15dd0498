import type { CaptureProvenance } from "../../../../src/activations/captureProvenance.ts";
import { describe, expect, it } from "vitest";
import { addedDirection } from "../../../../src/exports/addedDirection.ts";
import { directionVectors } from "../../../../src/exports/bundle/directionVectors.ts";
import { controlVector } from "../../../../src/exports/gguf/controlVector.ts";
import {
  exportedComponent,
  residualStream,
  withProvenance,
} from "../../../support/exportedComponent.ts";
import { makeRun } from "../../../support/makeRun.ts";

describe("a GGUF control vector", () => {
  it("adds the mean difference after the block, as llama.cpp and repeng read it", async () => {
    const exported = await exportedComponent(withProvenance(await makeRun(), residualStream));
    const { metadata, tensors } = readGguf(controlVector(exported, "mean-difference"));
    expect(metadata).toEqual({
      "general.architecture": "controlvector",
      "controlvector.model_hint": "example/tiny-llama",
      "controlvector.layer_count": 1,
    });
    expect(Object.keys(tensors)).toEqual(["direction.5"]);
    const wanted = Float32Array.from(directionVectors(exported).meanDifference);
    expect(tensors["direction.5"]).toEqual(wanted);
  });

  it("makes a step of any direction as long as the mean difference and towards the carried condition", async () => {
    const document = withProvenance(await makeRun(), residualStream);
    for (const direction of ["forward", "swapped"] as const) {
      const exported = await exportedComponent(document, direction);
      const vectors = directionVectors(exported);
      const { meanDifference } = vectors;
      for (const use of ["mean-difference", "discriminant", "pattern", "filter"] as const) {
        const added = addedDirection(vectors, use);
        expect(dot(added, added) / dot(meanDifference, meanDifference)).toBeCloseTo(1, 12);
        expect(dot(added, meanDifference)).toBeGreaterThan(0);
      }
    }
  });

  it("keeps a hostile name of a model as the text that it is", async () => {
    const model = 'a"\n\u0000b\u202e𝄞';
    const document = withProvenance(await makeRun(), { ...residualStream, model });
    const { metadata } = readGguf(controlVector(await exportedComponent(document), "filter"));
    expect(metadata["controlvector.model_hint"]).toBe(model);
  });

  it.each<[CaptureProvenance, RegExp]>([
    [{ ...residualStream, component: "mlp" }, /residual stream, and these activations are of mlp/],
    [{ ...residualStream, layer: "0" }, /refuses a control vector for layer 0/],
    [{ ...residualStream, layer: "-1" }, /"-1" is no block number/],
    [{ ...residualStream, layer: "five" }, /"five" is no block number/],
    [{ component: "residual", layer: "3" }, /which model the activations came from/],
    [{}, /which model, which component of the model and which layer/],
  ])("refuses %j in one line", async (provenance, line) => {
    const exported = await exportedComponent(withProvenance(await makeRun(), provenance));
    expect(() => controlVector(exported, "mean-difference")).toThrow(line);
  });

  it("refuses conditions of two layers, naming both", async () => {
    const other = { ...residualStream, layer: "7" };
    const document = withProvenance(await makeRun(), residualStream, other);
    const exported = await exportedComponent(document);
    expect(() => controlVector(exported, "mean-difference")).toThrow(
      /different ones \(layer: 5 and 7\)/,
    );
  });
});

/** A reader of its own, after the specification: what an importer does. */
function readGguf(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const number = (length: 4 | 8): number => {
    const value = length === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
    at += length;
    return value;
  };
  const text = (): string => {
    const length = number(8);
    at += length;
    return new TextDecoder().decode(bytes.subarray(at - length, at));
  };
  expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe("GGUF");
  at = 4;
  expect(number(4)).toBe(3);
  const [count, keys] = [number(8), number(8)];
  const metadata: Record<string, string | number> = {};
  for (let i = 0; i < keys; i += 1) {
    const key = text();
    const type = number(4);
    expect([4, 8]).toContain(type);
    metadata[key] = type === 8 ? text() : number(4);
  }
  const places = Array.from({ length: count }, () => {
    const name = text();
    expect(number(4)).toBe(1);
    const length = number(8);
    expect(number(4)).toBe(0);
    return { name, length, offset: number(8) };
  });
  const start = Math.ceil(at / 32) * 32;
  const tensors = places.map(({ name, length, offset }) => {
    expect(offset % 32).toBe(0);
    return [
      name,
      Float32Array.from({ length }, (_, i) => view.getFloat32(start + offset + 4 * i, true)),
    ];
  });
  return { metadata, tensors: Object.fromEntries(tensors) as Record<string, Float32Array> };
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, j) => sum + value * b[j], 0);
}
