import { place, type StoredTensor } from "../../activations/storedTensor.ts";
import { shapeText } from "../../activations/shape.ts";
import { lookup } from "../../lookup.ts";
import { jsonRecord } from "../../text/jsonRecord.ts";
import { labelText } from "../../text/labelText.ts";
import { printable } from "../../text/printable.ts";
import { damagedMoments } from "../metadata.ts";
import type { KeptRows, ReservoirDesign } from "./keptRows.ts";

const kinds = ["rows", "index", "fold"] as const;
type Kind = (typeof kinds)[number];

/** What a reservoir must agree with. */
export interface ReservoirFrame {
  readonly path: string;
  readonly conditions: readonly string[];
  /** D */
  readonly columns: number;
  /** K, 0 for none. */
  readonly folds: number;
  rows(condition: string, fold?: number): number;
}

/** The samples of rows in a moments document; values are read when they are asked for. */
export interface Reservoir {
  readonly design: ReservoirDesign;
  /** @throws EigenlensError "file-format" if numbers contradict each other or the document; undefined if there is none */
  read(condition: string): Promise<KeptRows | undefined>;
}

/** The tensors of reservoirs, and all others. */
export function splitReservoir(tensors: readonly StoredTensor[]): {
  readonly reservoir: readonly StoredTensor[];
  readonly others: readonly StoredTensor[];
} {
  const isKept = ({ info }: StoredTensor) => parseName(info.name) !== undefined;
  return {
    reservoir: tensors.filter(isKept),
    others: tensors.filter((tensor) => !isKept(tensor)),
  };
}

/**
 * Checks what the headers say of a document's reservoirs.
 * @param metadata `__metadata__` as it stands in the file
 * @returns undefined if there are none
 * @throws EigenlensError "file-format" if a tensor is missing, of no condition, or of a wrong shape or type
 */
export function openReservoir(
  tensors: readonly StoredTensor[],
  metadata: Readonly<Record<string, unknown>>,
  frame: ReservoirFrame,
): Reservoir | undefined {
  const { path, conditions } = frame;
  const said = lookup(metadata, "reservoir");
  if (said === undefined && tensors.length === 0) return undefined;
  const design = parseDesign(said, path);
  const byName = new Map(tensors.map((tensor) => [tensor.info.name, tensor]));
  for (const name of byName.keys()) {
    const { condition, kind } = parseName(name) ?? { condition: "", kind: "rows" };
    if (!conditions.includes(condition)) {
      throw damagedMoments(path, `its tensor ${printable(name, 80)} is of no condition`);
    }
    if (kind === "fold" && frame.folds === 0) {
      throw damagedMoments(path, `its tensor ${printable(name, 80)} names folds, and it has none`);
    }
  }
  const samples = new Map<string, Sample>();
  for (const condition of conditions) {
    const sample = sampleOf(condition, byName, design, frame);
    if (sample !== undefined) samples.set(condition, sample);
  }
  return {
    design,
    async read(condition) {
      const sample = samples.get(condition);
      return sample === undefined ? undefined : readSample(condition, sample, metadata, frame);
    },
  };
}

interface Sample {
  /** m */
  readonly count: number;
  readonly tensors: Readonly<Partial<Record<Kind, StoredTensor>>>;
}

function parseName(name: string): { readonly condition: string; readonly kind: Kind } | undefined {
  const [, condition, found] = /^(.+)\.reservoir\.(rows|index|fold)$/s.exec(name) ?? [];
  const kind = kinds.find((each) => each === found);
  return condition === undefined || kind === undefined ? undefined : { condition, kind };
}

function parseDesign(said: unknown, path: string): ReservoirDesign {
  const read = typeof said === "string" ? jsonRecord(said) : undefined;
  const whole = (key: string, least: number): number => {
    const value = read?.[key];
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return value;
    throw damagedMoments(path, `its reservoir does not say its ${key}`);
  };
  return { seed: whole("seed", 0), size: whole("size", 1) };
}

function sampleOf(
  condition: string,
  byName: ReadonlyMap<string, StoredTensor>,
  { size }: ReservoirDesign,
  frame: ReservoirFrame,
): Sample | undefined {
  const { path, columns, folds } = frame;
  const find = (kind: Kind) => byName.get(`${condition}.reservoir.${kind}`);
  const tensors = { rows: find("rows"), index: find("index"), fold: find("fold") };
  if (kinds.every((kind) => tensors[kind] === undefined)) return undefined;
  const count = tensors.rows?.info.shape[0] ?? 0;
  const needed = folds === 0 ? (["rows", "index"] as const) : kinds;
  for (const kind of needed) {
    const name = `${condition}.reservoir.${kind}`;
    const info = tensors[kind]?.info;
    if (info === undefined) throw damagedMoments(path, `it lacks ${printable(name, 80)}`);
    const wanted = kind === "rows" ? [count, columns] : [count];
    const types = kind === "rows" ? ["float64", "float32"] : ["int64", "int32"];
    if (!types.includes(info.elementType) || info.shape.join() !== wanted.join()) {
      throw damagedMoments(
        path,
        `its tensor ${printable(name, 80)} is ${info.elementType} of shape ${shapeText(info.shape)}, not ${types.join(" or ")} of ${shapeText(wanted)}`,
      );
    }
  }
  const most = Math.min(size, frame.rows(condition));
  if (count === 0 || count > most) {
    throw damagedMoments(
      path,
      `its reservoir of ${printable(condition)} has ${count} rows, not 1 to ${most}`,
    );
  }
  return { count, tensors: definedOf(tensors) };
}

function definedOf(tensors: Readonly<Record<Kind, StoredTensor | undefined>>): Sample["tensors"] {
  const { rows, index, fold } = tensors;
  return {
    ...(rows === undefined ? {} : { rows }),
    ...(index === undefined ? {} : { index }),
    ...(fold === undefined ? {} : { fold }),
  };
}

async function readSample(
  condition: string,
  { count, tensors }: Sample,
  metadata: Readonly<Record<string, unknown>>,
  frame: ReservoirFrame,
): Promise<KeptRows> {
  const { path, columns } = frame;
  const fault = (kind: string, clause: string) =>
    damagedMoments(place(path, `${condition}.reservoir.${kind}`), clause);
  const read = async (kind: Kind): Promise<Float64Array> => {
    const values = new Float64Array(kind === "rows" ? count * columns : count);
    await tensors[kind]?.readRows?.(0, count, values);
    return values;
  };
  const values = await read("rows");
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) {
    const at = `[${Math.floor(odd / columns)}, ${odd % columns}]`;
    throw fault("rows", `its value at ${at} is ${values[odd]}`);
  }
  const texts = listOf(metadata, condition, "texts", count, path);
  const parts = listOf(metadata, condition, "parts", count, path);
  const index = Array.from(await read("index"));
  checkIndex(index, parts, frame.rows(condition), (clause) => fault("index", clause));
  const folds = tensors.fold === undefined ? undefined : Array.from(await read("fold"));
  if (folds !== undefined) checkFolds(folds, condition, frame, (clause) => fault("fold", clause));
  return {
    values,
    index,
    ...(folds === undefined ? {} : { folds }),
    ...(texts === undefined ? {} : { texts }),
    ...(parts === undefined ? {} : { parts }),
  };
}

type Fault = (clause: string) => Error;

/** Each row once; a part has no more rows than all parts together. */
function checkIndex(
  index: readonly number[],
  parts: readonly string[] | undefined,
  rows: number,
  fault: Fault,
): void {
  const wrong = index.find((row) => !Number.isSafeInteger(row) || row < 0);
  if (wrong !== undefined) throw fault(`${wrong} is no row's number`);
  const beyond = parts === undefined ? index.find((row) => row >= rows) : undefined;
  if (beyond !== undefined) throw fault(`it names row ${beyond} of ${rows}`);
  const names = index.map((row, i) => `${row}:${parts?.[i] ?? ""}`);
  if (new Set(names).size < names.length) throw fault("it names a row twice");
}

function checkFolds(
  folds: readonly number[],
  condition: string,
  frame: ReservoirFrame,
  fault: Fault,
): void {
  const counts = new Array<number>(frame.folds).fill(0);
  for (const fold of folds) {
    if (!Number.isSafeInteger(fold) || fold < 0 || fold >= frame.folds) {
      throw fault(`${fold} is none of its ${frame.folds} folds`);
    }
    counts[fold] += 1;
  }
  counts.forEach((count, fold) => {
    const most = frame.rows(condition, fold);
    if (count > most) throw fault(`it has ${count} rows of fold ${fold}, which holds ${most}`);
  });
}

/** A list of texts in the metadata. */
function listOf(
  metadata: Readonly<Record<string, unknown>>,
  condition: string,
  kind: "texts" | "parts",
  count: number,
  path: string,
): readonly string[] | undefined {
  const key = `${condition}.reservoir.${kind}`;
  const said = lookup(metadata, key);
  if (said === undefined) return undefined;
  try {
    const list: unknown = JSON.parse(labelText(said));
    const isList = Array.isArray(list) && list.length === count;
    if (isList && list.every((each) => typeof each === "string")) return list;
  } catch {
    // Said below: it is no list of texts either way.
  }
  throw damagedMoments(path, `its ${printable(key, 80)} is no list of ${count} texts`);
}
