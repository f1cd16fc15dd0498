import type { ActivationFile, RowBuffer, TensorInfo } from "../../activationFile.ts";
import { omit } from "../../../lookup.ts";
import { shapeText } from "../../shape.ts";
import { bfloat16View } from "../../elements/sixteenBits.ts";
import {
  textVector,
  unreadableTensor,
  type StoredFile,
  type StoredTensor,
} from "../../storedTensor.ts";
import { readPadded } from "../../rows/raggedRows.ts";
import type { CaptureLayer, CaptureManifest } from "./manifest.ts";
import { requestRows, type RequestRows } from "./requestRows.ts";

/** A layer's array with what belongs to it. */
export interface CapturedLayer {
  readonly described: CaptureLayer;
  /** What its tensor is called: `layer-6`, or nothing if it is opened alone. */
  readonly name: string;
  /** As numpy sees it. */
  readonly array: ActivationFile;
  /** [tokens] */
  readonly positions: ActivationFile;
  readonly tokens: ActivationFile;
}

/** The tensors of a capture: one per layer, and a column for what is known of each token. */
export function captureTensors(
  layers: readonly CapturedLayer[],
  manifest: CaptureManifest,
  file: Omit<StoredFile, "tensors">,
): StoredTensor[] {
  const [first] = layers;
  const matrices = layers.map((layer) => layerTensor(layer, first, manifest, file));
  const readable = layers.find((_, at) => matrices[at]?.info.unreadable === undefined);
  return readable === undefined ? matrices : [...matrices, ...tokenColumns(readable, manifest)];
}

function layerTensor(
  layer: CapturedLayer,
  first: CapturedLayer | undefined,
  manifest: CaptureManifest,
  file: Omit<StoredFile, "tensors">,
): StoredTensor {
  const { described, name } = layer;
  const array = described.elementType === "bfloat16" ? bfloat16View(layer.array) : layer.array;
  const stored = array.tensors[0];
  const fault = contradiction(layer, stored, first);
  if (stored === undefined || fault !== undefined) {
    return unreadableTensor(name, stored?.shape ?? [], fault ?? "its array is missing.");
  }
  const [tokens = 0, width = 0] = stored.shape;
  const { heads } = described;
  const shape = heads === undefined ? [tokens, width] : [tokens, heads, width / heads];
  const rows = requestRows(described.requestIds, manifest.requests);
  const reason = "the capture's manifest gives each row's request";
  const info: TensorInfo = {
    name,
    shape,
    elementType: described.elementType,
    byteOrder: stored.byteOrder,
    order: stored.order,
    axes: {
      names: heads === undefined ? ["token", "neuron"] : ["token", "head", "neuron"],
      reason,
    },
    sequences: { count: rows.requests.length, word: "request" },
    provenance: { ...manifest.provenance, layer: String(described.layer) },
  };
  const readRows = (start: number, stop: number, destination: RowBuffer) =>
    array.readRows(stored.name, start, stop, destination);
  return {
    info,
    readRows,
    bySequence: async () => ({
      ...file,
      tensors: await sequenceTensors(info, rows, layer, readRows, manifest),
    }),
  };
}

/** Why the manifest and the arrays do not fit together. */
function contradiction(
  { described, array, positions, tokens }: CapturedLayer,
  stored: TensorInfo | undefined,
  first: CapturedLayer | undefined,
): string | undefined {
  const { elementType, requestIds, heads } = described;
  if (stored === undefined) return "its array is missing: copy the whole capture.";
  const [rows = 0, width = 0] = stored.shape;
  const written = `${array.path} holds ${shapeText(stored.shape)} ${stored.elementType}`;
  if (stored.elementType !== elementType) {
    return `the manifest says ${elementType}, but ${written}: they are of different captures; copy the whole capture.`;
  }
  if (stored.shape.length !== 2 || requestIds.length !== rows) {
    return `the manifest labels ${requestIds.length} tokens, but ${written}: they are of different captures; copy the whole capture.`;
  }
  if (heads !== undefined && width % heads !== 0) {
    return `the manifest says ${heads} heads, but ${written}: copy the whole capture.`;
  }
  for (const { path, tensors } of [positions, tokens]) {
    const [vector] = tensors;
    if (vector?.shape.length === 1 && vector.shape[0] === rows) continue;
    return `${path} holds ${shapeText(vector?.shape ?? [])}, but ${written}: copy the whole capture.`;
  }
  const other = first?.described.requestIds ?? [];
  const differs = other.length !== rows || other.some((id, row) => id !== requestIds[row]);
  if (!differs) return undefined;
  return `the manifest labels its tokens otherwise than those of layer ${first?.described.layer ?? 0}: capture again.`;
}

/** What is known of each token, under names that select rows. */
function tokenColumns(layer: CapturedLayer, { requests }: CaptureManifest): StoredTensor[] {
  const { requestIds } = layer.described;
  const { requestOf } = requestRows(requestIds, requests);
  const prompts = requestIds.map((_, row) => requestOf(row)?.prompt ?? "");
  const ids = requestIds.map((label, row) => requestOf(row)?.id ?? label);
  return [
    textVector("request", ids),
    ...(prompts.some((prompt) => prompt !== "") ? [textVector("prompt", prompts)] : []),
    numbers("position", layer.positions),
    numbers("token_id", layer.tokens),
  ];
}

function numbers(name: string, file: ActivationFile): StoredTensor {
  const [stored] = file.tensors;
  const info: TensorInfo = {
    name,
    shape: stored?.shape ?? [0],
    elementType: stored?.elementType ?? "int64",
    byteOrder: stored?.byteOrder ?? "little",
    order: "row-major",
  };
  return {
    info,
    readRows: (start, stop, destination) => file.readRows("", start, stop, destination),
    readLabels: () => file.readLabels(""),
  };
}

/** The same layer with the tokens of each request together, in the order of their positions. */
async function sequenceTensors(
  info: TensorInfo,
  rows: RequestRows,
  layer: CapturedLayer,
  readRows: (start: number, stop: number, destination: RowBuffer) => Promise<void>,
  { requests }: CaptureManifest,
): Promise<StoredTensor[]> {
  const positions = new Float64Array(info.shape[0] ?? 0);
  if (positions.length > 0) await layer.positions.readRows("", 0, positions.length, positions);
  const order = rows.requests.map(({ tokens }) =>
    Uint32Array.from(tokens).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0)),
  );
  const counts = order.map(({ length }) => length);
  const inner = info.shape.slice(1);
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const shape = [most, ...inner];
  const readRagged = (row: number) => {
    const tokens = order[row] ?? new Uint32Array(0);
    return Promise.resolve({
      shape: [tokens.length, ...inner],
      read: (start: number, stop: number, destination: RowBuffer) =>
        readRuns(tokens.subarray(start, stop), destination, readRows),
    });
  };
  const fewest = counts.reduce((a, b) => Math.min(a, b), most);
  const empty = requests.length - rows.requests.length;
  const notes =
    empty > 0 ? [`${empty} of its prompts have no captured token and are left out.`] : undefined;
  const { axes, ...about } = omit(info, "sequences");
  const names = ["row", ...(axes?.names ?? ["token", "neuron"])] as const;
  const grouped: StoredTensor = {
    info: {
      ...about,
      shape: [order.length, ...shape],
      ragged: { axis: 1, fewest },
      axes: { names, reason: axes?.reason ?? "" },
      ...(notes === undefined ? {} : { notes }),
    },
    readRagged,
    readRows: (start, stop, destination) => readPadded(shape, start, stop, destination, readRagged),
  };
  const prompts = rows.requests.map(({ prompt = "" }) => prompt);
  return [
    grouped,
    textVector(
      "request",
      rows.requests.map(({ id }) => id),
    ),
    ...(prompts.some((prompt) => prompt !== "") ? [textVector("prompt", prompts)] : []),
  ];
}

/** Rows that need not follow one another: those that do are read together. */
async function readRuns(
  rows: Uint32Array,
  destination: RowBuffer,
  readRows: (start: number, stop: number, destination: RowBuffer) => Promise<void>,
): Promise<void> {
  const length = rows.length === 0 ? 0 : destination.length / rows.length;
  for (let from = 0; from < rows.length;) {
    const first = rows[from] ?? 0;
    let to = from + 1;
    while (to < rows.length && rows[to] === first + to - from) to++;
    await readRows(first, first + to - from, destination.subarray(from * length, to * length));
    from = to;
  }
}
