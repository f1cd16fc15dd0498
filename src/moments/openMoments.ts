import type { FileSystem } from "../activations/byteSource.ts";
import { readSafetensors } from "../activations/formats/safetensors/openSafetensors.ts";
import { shapeText } from "../activations/shape.ts";
import { listNames, place, type StoredTensor } from "../activations/storedTensor.ts";
import { EigenlensError } from "../errors.ts";
import type { Scatter } from "../linalg/crossProductAccumulator.ts";
import { matrix } from "../linalg/matrix.ts";
import { printable } from "../text/printable.ts";
import { partFault } from "./checkParts.ts";
import {
  parseTensorName,
  partNames,
  subsetsOf,
  tensorName,
  type PartName,
  type Subset,
} from "./documentFormat.ts";
import { damagedMoments, parseMetadata, type MomentsMetadata } from "./metadata.ts";
import { openReservoir, splitReservoir, type Reservoir } from "./reservoir/openReservoir.ts";
import { findBasis, withoutBasis, type StoredBasis } from "./storedBasis.ts";

/** A moments document whose header and numbers of rows are checked; moments are read when they are asked for. */
export interface MomentsFile {
  readonly path: string;
  readonly byteLength: number;
  readonly metadata: MomentsMetadata;
  /** In the order in which they lie in the file. */
  readonly conditions: readonly string[];
  /** D, how many neurons there are */
  readonly columns: number;
  /** k, the width of the moments: D, or fewer if they are of projections. */
  readonly dimensions: number;
  /** Present if moments are of projections. */
  readonly basis?: StoredBasis;
  /**
   * @param fold all rows if absent
   * @throws EigenlensError "condition" if there is no such condition
   */
  rows(condition: string, fold?: number): number;
  /**
   * @param fold all rows if absent
   * @throws EigenlensError "condition" if there is no such condition; "file-format" if a value is not finite, or the
   *   scatter is not symmetric or no sum of squares
   */
  read(condition: string, fold?: number): Promise<Scatter>;
  /**
   * @param group of clusters, from 0
   * @throws EigenlensError as {@link read}
   */
  readGroup(condition: string, group: number): Promise<Scatter>;
  /** The samples of rows that it keeps; absent if it keeps none. */
  readonly reservoir?: Reservoir;
  /** Releases the file handle; idempotent. */
  close(): Promise<void>;
}

/**
 * Opens a moments document as if a stranger had written it.
 * @throws EigenlensError "file-format" for a file that is none, one of a newer format, or one that lacks or doubles
 *   a part, has wrong shapes, a condition without rows, folds whose rows do not add up, or samples of rows that
 *   contradict it; "file-access"
 */
export async function openMoments(path: string, fileSystem: FileSystem): Promise<MomentsFile> {
  const source = await fileSystem.open(path);
  try {
    const { tensors, metadata } = await readSafetensors(source);
    const parsed = parseMetadata(metadata, path);
    const folds = parsed.assignment?.folds ?? 0;
    const subsets = subsetsOf(folds, parsed.assignment?.groups?.count ?? 0);
    const split = splitReservoir(tensors);
    const others = withoutBasis(split.others);
    const { parts, conditions, columns } = sortTensors(path, others, subsets);
    const basis = findBasis(path, split.others, conditions, columns);
    const counts = new Map<string, number>();
    for (const [name, tensor] of parts) {
      if (parseTensorName(name)?.part !== "count") continue;
      counts.set(name, await readCount(path, name, tensor));
    }
    checkCounts(path, conditions, subsets, counts);
    const find = (condition: string, subset: Subset | undefined, part: PartName) => {
      const name = tensorName(condition, subset, part);
      const tensor = parts.get(name);
      if (tensor !== undefined) return { name, tensor };
      throw new EigenlensError(
        "condition",
        `${path} has no condition "${printable(condition)}": choose one of ${listNames(conditions)}.`,
      );
    };
    const values = async (condition: string, subset: Subset | undefined, part: PartName) => {
      const { name, tensor } = find(condition, subset, part);
      const [first] = tensor.info.shape;
      const found = new Float64Array(part === "scatter" ? columns * columns : first);
      await tensor.readRows?.(0, first, found);
      return { name, found };
    };
    const countOf = (condition: string, subset: Subset | undefined): number =>
      counts.get(find(condition, subset, "count").name) ?? 0;
    const foldOf = (number: number | undefined): Subset | undefined =>
      number === undefined ? undefined : { kind: "fold", number };
    const read = async (condition: string, subset: Subset | undefined): Promise<Scatter> => {
      const mean = await values(condition, subset, "mean");
      const scatter = await values(condition, subset, "scatter");
      const count = countOf(condition, subset);
      for (const { name, found } of [mean, scatter]) {
        const fault = partFault(found, columns, count, found === scatter.found);
        if (fault !== undefined) {
          throw damagedMoments(place(path, name), fault);
        }
      }
      return {
        rows: count,
        mean: mean.found,
        scatter: matrix(columns, columns, scatter.found),
      };
    };
    const rows = (condition: string, fold?: number) => countOf(condition, foldOf(fold));
    const neurons = basis?.columns ?? columns;
    const frame = { path, conditions, columns: neurons, folds, rows };
    const reservoir = openReservoir(split.reservoir, metadata, frame);
    return {
      path,
      byteLength: source.byteLength,
      metadata: parsed,
      conditions,
      columns: neurons,
      dimensions: columns,
      ...(basis === undefined ? {} : { basis }),
      rows,
      ...(reservoir === undefined ? {} : { reservoir }),
      read: (condition, fold) => read(condition, foldOf(fold)),
      readGroup: (condition, number) => read(condition, { kind: "cluster", number }),
      close: () => source.close(),
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

interface SortedTensors {
  /** By their names in the file. */
  readonly parts: ReadonlyMap<string, StoredTensor>;
  readonly conditions: readonly string[];
  /** Of the moments. */
  readonly columns: number;
}

/** Every tensor is a part of some condition, none is missing, and all have the shapes that one width gives. */
function sortTensors(
  path: string,
  tensors: readonly StoredTensor[],
  subsets: readonly (Subset | undefined)[],
): SortedTensors {
  const known = new Set(subsets.map((subset) => tensorName("", subset, "count")));
  const parts = new Map<string, StoredTensor>();
  const conditions: string[] = [];
  for (const tensor of tensors) {
    const { name } = tensor.info;
    const read = parseTensorName(name);
    const isKnown = read !== undefined && known.has(tensorName("", read.subset, "count"));
    if (!isKnown || parts.has(name)) {
      const folds = subsets.filter((subset) => subset?.kind === "fold").length;
      throw damagedMoments(
        path,
        `its tensor ${printable(name, 80)} has no place in it (${folds} folds)`,
      );
    }
    parts.set(name, tensor);
    if (read.subset === undefined && read.part === "count") conditions.push(read.condition);
  }
  if (conditions.length === 0) throw damagedMoments(path, "it holds no condition");
  const columns = parts.get(tensorName(conditions[0], undefined, "mean"))?.info.shape[0] ?? 0;
  const shapes: Readonly<Record<PartName, readonly number[]>> = {
    count: [1],
    mean: [columns],
    scatter: [columns, columns],
  };
  let expected = 0;
  for (const condition of conditions) {
    for (const subset of subsets) {
      for (const part of partNames) {
        const name = tensorName(condition, subset, part);
        checkTensor(path, name, parts.get(name), shapes[part]);
        expected += 1;
      }
    }
  }
  if (expected < parts.size) {
    throw damagedMoments(path, "it has folds of conditions that it does not hold");
  }
  return { parts, conditions, columns };
}

function checkTensor(
  path: string,
  name: string,
  tensor: StoredTensor | undefined,
  shape: readonly number[],
): void {
  if (tensor === undefined) throw damagedMoments(path, `it lacks ${printable(name, 80)}`);
  const { info } = tensor;
  if (info.elementType !== "float64" || info.unreadable !== undefined) {
    throw damagedMoments(path, `its tensor ${printable(name, 80)} is not float64`);
  }
  if (info.shape.length === shape.length && info.shape.every((extent, i) => extent === shape[i])) {
    if (!shape.includes(0)) return;
  }
  throw damagedMoments(
    path,
    `its tensor ${printable(name, 80)} has shape ${shapeText(info.shape)}, not ${shapeText(shape)} of at least one column`,
  );
}

async function readCount(path: string, name: string, tensor: StoredTensor): Promise<number> {
  const value = new Float64Array(1);
  await tensor.readRows?.(0, 1, value);
  if (Number.isSafeInteger(value[0]) && value[0] >= 0) return value[0];
  throw damagedMoments(path, `its tensor ${printable(name, 80)} is ${value[0]}, no number of rows`);
}

function checkCounts(
  path: string,
  conditions: readonly string[],
  subsets: readonly (Subset | undefined)[],
  counts: ReadonlyMap<string, number>,
): void {
  for (const condition of conditions) {
    const of = (subset?: Subset) => counts.get(tensorName(condition, subset, "count")) ?? 0;
    const total = of();
    if (total === 0) {
      throw new EigenlensError(
        "condition",
        `${path} has no rows of ${printable(condition)}: a condition needs at least two; sum its activations again.`,
      );
    }
    for (const [kind, called] of [
      ["fold", "folds"],
      ["cluster", "groups of clusters"],
    ] as const) {
      const own = subsets.filter((subset) => subset?.kind === kind);
      const sum = own.reduce((all, subset) => all + of(subset), 0);
      if (own.length === 0 || sum === total) continue;
      throw damagedMoments(
        path,
        `the ${called} of ${printable(condition)} have ${sum} rows together, not its ${total}`,
      );
    }
  }
}
