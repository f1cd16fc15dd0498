import { EigenlensError } from "../../../errors.ts";
import { isRecord, lookup } from "../../../lookup.ts";
import { printable } from "../../../text/printable.ts";
import type { CaptureComponent, CaptureProvenance } from "../../captureProvenance.ts";
import { isNumericType, type NumericType } from "../../elements/elementType.ts";

/** One prompt of a capture. */
export interface CaptureRequest {
  readonly id: string;
  readonly prompt?: string;
}

/** One layer of a capture, as the manifest describes it. */
export interface CaptureLayer {
  readonly layer: number;
  readonly elementType: NumericType;
  /** [tokens]: the request that each row of the array belongs to. */
  readonly requestIds: readonly string[];
  /** Set for attention heads side by side. */
  readonly heads?: number;
}

/** The manifest of an EasySteer capture. */
export interface CaptureManifest {
  readonly layers: readonly CaptureLayer[];
  /** In the order of the prompts. */
  readonly requests: readonly CaptureRequest[];
  readonly provenance: CaptureProvenance;
}

/**
 * What `CaptureResult.save` writes as `manifest.json`.
 * @param path for messages
 * @param value as parsed
 * @returns undefined if it is some other manifest
 * @throws EigenlensError "file-format" if it is one and of another version, or incomplete
 */
export function captureManifest(path: string, value: unknown): CaptureManifest | undefined {
  if (!isRecord(value) || !isRecord(value["layers"]) || !("sample_indices" in value)) {
    return undefined;
  }
  const { version, layers, outputs, layouts, model, component } = value;
  if (version !== 1) {
    throw new EigenlensError(
      "file-format",
      `${path} is the manifest of an EasySteer capture of version ${printable(JSON.stringify(version) ?? "none", 40)}: only version 1 is read; capture again, or save float32 arrays.`,
    );
  }
  const described = Object.entries(layers).map(([key, entry]) => {
    const layout = isRecord(layouts) ? lookup(layouts, key) : undefined;
    return layerOf(path, key, entry, layout);
  });
  return {
    layers: described.sort((a, b) => a.layer - b.layer),
    requests: Array.isArray(outputs) ? outputs.flatMap(requestOf) : [],
    provenance: {
      captured_with: "EasySteer",
      ...(typeof model === "string" && model !== "" ? { model } : {}),
      ...(typeof component === "string" ? { component: componentOf(component) } : {}),
    },
  };
}

function layerOf(path: string, key: string, entry: unknown, layout: unknown): CaptureLayer {
  const { dtype, req_ids: ids } = isRecord(entry) ? entry : {};
  const isComplete =
    /^\d{1,6}$/.test(key) && typeof dtype === "string" && isNumericType(dtype) && isTexts(ids);
  if (!isComplete) {
    throw new EigenlensError(
      "file-format",
      `${path} describes layer ${printable(key, 40)} without a known dtype and its req_ids: capture again.`,
    );
  }
  const heads = isRecord(layout) ? layout["num_heads"] : undefined;
  return {
    layer: Number(key),
    elementType: dtype,
    requestIds: ids,
    ...(typeof heads === "number" && Number.isInteger(heads) && heads > 1 ? { heads } : {}),
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

function requestOf(output: unknown): CaptureRequest[] {
  const { request_id: id, prompt } = isRecord(output) ? output : {};
  if (typeof id !== "string") return [];
  return [{ id, ...(typeof prompt === "string" ? { prompt } : {}) }];
}

/** `hidden_states` is the stream after the layer. */
function componentOf(component: string): CaptureComponent {
  if (component === "hidden_states") return "residual";
  return component === "attention_heads" ? "attention_head" : "other";
}

/**
 * Whether rows with this label belong to a request: vLLM's engine adds eight hexadecimal digits to the client's id.
 */
export function isLabelOf(label: string, id: string): boolean {
  return (
    label === id || (label.startsWith(`${id}-`) && /^[0-9a-f]{8}$/.test(label.slice(id.length + 1)))
  );
}
