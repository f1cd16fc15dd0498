import { EigenlensError } from "../../../errors.ts";
import type { ActivationFile, TensorInfo } from "../../activationFile.ts";
import type { RaggedAxis } from "../../axes/axes.ts";
import { shapeText } from "../../shape.ts";
import type { OpenPart } from "./openParts.ts";

/** One tensor in all parts of a container. */
export interface SurveyedTensor {
  /** As the first part describes it. */
  readonly info: TensorInfo;
  readonly extents: PartExtents;
  /** Whether rows differ within a part. */
  readonly ragged?: RaggedAxis;
  /** Why the parts' tensors do not make one: the first part that differs, in one line. */
  readonly fault?: string;
}

/** What the headers of all parts say. */
export interface Survey {
  readonly paths: readonly string[];
  readonly byteLength: number;
  readonly tensors: readonly SurveyedTensor[];
  /** The first part, without its tensors. */
  readonly first: Pick<ActivationFile, "format" | "provenance">;
}

/** Shapes of one tensor in every part. */
export class PartExtents {
  readonly rank: number;
  readonly parts: number;
  readonly #extents: Float64Array;

  constructor(parts: number, rank: number) {
    this.rank = rank;
    this.parts = parts;
    this.#extents = new Float64Array(parts * rank);
  }

  set(part: number, shape: readonly number[]): void {
    this.#extents.set(shape, part * this.rank);
  }

  get(part: number, axis: number): number {
    return this.#extents[part * this.rank + axis] ?? 0;
  }

  shape(part: number): number[] {
    return Array.from(this.#extents.subarray(part * this.rank, (part + 1) * this.rank));
  }

  /** The least and the largest extent of an axis. */
  range(axis: number): { readonly fewest: number; readonly most: number } {
    let [fewest, most] = [Infinity, 0];
    for (let part = 0; part < this.parts; part++) {
      const extent = this.get(part, axis);
      fewest = Math.min(fewest, extent);
      most = Math.max(most, extent);
    }
    return { fewest: Number.isFinite(fewest) ? fewest : 0, most };
  }

  /** Whether an axis is as long in every part. */
  isEven(axis: number): boolean {
    const { fewest, most } = this.range(axis);
    return fewest === most;
  }
}

/** Headers compared at a time, and read at a time. */
const chunk = 512;
const atATime = 16;
/** Extents kept for all tensors of all parts. */
const mostExtents = 2 ** 24;

/**
 * Reads the headers of all parts, a few at a time, and compares them with the first's. No part stays open.
 * @param paths at least one
 * @throws EigenlensError as the parts do; "file-format" if they hold too many tensors
 */
export async function surveyParts(paths: readonly string[], open: OpenPart): Promise<Survey> {
  const [firstPath = ""] = paths;
  const { first, found, byteLength: firstBytes } = await template(firstPath, open, paths.length);
  let byteLength = firstBytes;
  for (let start = 1; start < paths.length; start += chunk) {
    const headers = await headersOf(paths.slice(start, start + chunk), open);
    for (const [offset, header] of headers.entries()) {
      byteLength += header.byteLength;
      for (const tensor of found.values()) tensor.compare(start + offset, header, firstPath);
      for (const [name, info] of header.tensors) {
        if (found.has(name)) continue;
        const only = new Comparison(info, paths.length);
        only.fault ??= lacks(firstPath, header.path);
        found.set(name, only);
      }
    }
  }
  return {
    paths,
    byteLength,
    first,
    tensors: [...found.values()].map(({ info, extents, ragged, fault }) => ({
      info,
      extents,
      ...(ragged === undefined ? {} : { ragged }),
      ...(fault === undefined ? {} : { fault }),
    })),
  };
}

interface Header {
  readonly path: string;
  readonly byteLength: number;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
}

async function headersOf(paths: readonly string[], open: OpenPart): Promise<Header[]> {
  const headers: Header[] = [];
  let next = 0;
  const reader = async (): Promise<void> => {
    for (let at = next++; at < paths.length; at = next++) {
      headers[at] = await headerOf(paths[at] ?? "", open);
    }
  };
  await Promise.all(Array.from({ length: atATime }, reader));
  return headers;
}

async function headerOf(path: string, open: OpenPart): Promise<Header> {
  const file = await open(path);
  await file.close();
  return { path, byteLength: file.byteLength, tensors: byName(file.tensors) };
}

function byName(tensors: readonly TensorInfo[]): ReadonlyMap<string, TensorInfo> {
  return new Map(tensors.map((tensor) => [tensor.name, tensor]));
}

async function template(path: string, open: OpenPart, parts: number) {
  const file = await open(path);
  await file.close();
  const { format, provenance, byteLength, tensors } = file;
  const rank = tensors.reduce((sum, { shape }) => sum + shape.length, 0);
  if (rank * parts > mostExtents) {
    throw new EigenlensError(
      "file-format",
      `${path} and ${parts - 1} files like it hold ${tensors.length} tensors each, too many to be taken together: choose fewer files with a pattern such as folder/0*.npz.`,
    );
  }
  const found = new Map<string, Comparison>();
  for (const info of tensors) found.set(info.name, new Comparison(info, parts));
  const first = { format, ...(provenance === undefined ? {} : { provenance }) };
  return { first, found, byteLength };
}

/** One tensor of the first part, held against the others'. */
class Comparison {
  readonly info: TensorInfo;
  readonly extents: PartExtents;
  fault: string | undefined;
  #raggedAxis: number | undefined;
  /** Undefined once a part does not know. */
  #fewest: number | undefined = Number.POSITIVE_INFINITY;

  constructor(info: TensorInfo, parts: number) {
    this.info = info;
    this.extents = new PartExtents(parts, info.shape.length);
    this.extents.set(0, info.shape);
    this.fault = info.unreadable;
    this.#note(info.ragged);
  }

  get ragged(): RaggedAxis | undefined {
    const axis = this.#raggedAxis;
    if (axis === undefined) return undefined;
    if (this.#fewest === undefined) return { axis };
    return { axis, fewest: Math.min(this.#fewest, this.extents.range(axis).fewest) };
  }

  #note(ragged: RaggedAxis | undefined): void {
    if (ragged === undefined) return;
    this.#raggedAxis ??= ragged.axis;
    const { fewest } = ragged;
    const known = this.#fewest;
    this.#fewest =
      known === undefined || fewest === undefined ? undefined : Math.min(known, fewest);
  }

  compare(part: number, { path, tensors }: Header, firstPath: string): void {
    const { name, shape, elementType } = this.info;
    const other = tensors.get(name);
    if (other === undefined) {
      this.fault ??= lacks(path, firstPath);
      return;
    }
    if (other.unreadable !== undefined) this.fault ??= `in ${path}: ${other.unreadable}`;
    const isLike = other.elementType === elementType && other.shape.length === shape.length;
    this.#note(other.ragged);
    if (isLike) this.extents.set(part, other.shape);
    else this.fault ??= `${differs(path, other, firstPath, this.info)}: save all parts alike.`;
  }
}

function lacks(path: string, holder: string): string {
  return `${path} lacks it, ${holder} holds it: all files must hold the same tensors.`;
}

/**
 * Why arrays of different shapes make none: more than one axis differs, or the last, which is the width.
 * @param uneven the axes that differ
 * @returns undefined if they make one
 */
export function shapeFault(
  { info, extents }: SurveyedTensor,
  { paths }: Survey,
  uneven: readonly number[],
): string | undefined {
  const last = extents.rank - 1;
  const isWidth = last > 0 && uneven.includes(last);
  if (!isWidth && uneven.length < 2) return undefined;
  const telling = isWidth ? [last] : uneven;
  const part = paths.findIndex((_, at) =>
    telling.some((axis) => extents.get(at, axis) !== extents.get(0, axis)),
  );
  const other = { shape: extents.shape(part), elementType: info.elementType };
  const rule = isWidth ? "have the same width" : "differ in one axis at most";
  return `${differs(paths[part] ?? "", other, paths[0] ?? "", info)}: all files must ${rule}; save them alike.`;
}

/** `b.npy holds [3, 5] float16, a.npy [3, 4] float32`. */
function differs(
  path: string,
  other: Pick<TensorInfo, "shape" | "elementType">,
  firstPath: string,
  first: Pick<TensorInfo, "shape" | "elementType">,
): string {
  const text = ({ shape, elementType }: Pick<TensorInfo, "shape" | "elementType">) =>
    `${shapeText(shape)} ${elementType}`;
  return `${path} holds ${text(other)}, ${firstPath} ${text(first)}`;
}
