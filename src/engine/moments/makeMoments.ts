import type { FileSystem } from "../../activations/byteSource.ts";
import type { CaptureProvenance } from "../../activations/captureProvenance.ts";
import { TrackedFiles } from "../../activations/trackedFiles.ts";
import { EigenlensError } from "../../errors.ts";
import type { RunContext } from "../../ged/method/context.ts";
import { thisMemory } from "../../machine/memory.ts";
import { mergeCondition, mergedLayout } from "../../moments/mergeMoments.ts";
import { mergedDesign, mergedSamples } from "../../moments/reservoir/mergeSamples.ts";
import type { FoldAssignment, MomentsMetadata } from "../../moments/metadata.ts";
import { rangeOf, type MomentsRange } from "../../moments/momentsRange.ts";
import { openMoments, type MomentsFile } from "../../moments/openMoments.ts";
import { commonProvenance } from "../../moments/provenance.ts";
import { sumRows } from "../../moments/sumRows.ts";
import { writeMoments } from "../../moments/writeMoments.ts";
import type { MomentsRequest } from "../../protocol/moments.ts";
import { version } from "../../version.ts";
import { entryAt } from "../../lookup.ts";
import { openRows } from "../reading/openRows.ts";
import { assignFolds, type NamedCondition } from "./assignFolds.ts";
import { chooseReservoir } from "./chooseReservoir.ts";
import { resolveGroups } from "./resolveGroups.ts";

/** What was written, for the lines that tell of it. */
export interface WrittenMoments {
  readonly columns: number;
  readonly conditions: readonly { readonly name: string; readonly rows: number }[];
  readonly assignment?: FoldAssignment;
  /** Present if moments are of projections. */
  readonly range?: MomentsRange;
  readonly notes: readonly string[];
}

/**
 * Streams conditions and writes their moments. Folds are those of a validation where two conditions are few enough rows
 * for what depends on each other to be looked for; else rows are assigned by the names of their clusters.
 * @throws EigenlensError as reading does; "condition" if widths or origins differ or the folds ask for too much;
 *   "memory"; "usage" if an input would be written over; "file-access" if an input changes: nothing is left behind
 */
export async function makeMoments(
  request: MomentsRequest,
  fileSystem: FileSystem,
  context: RunContext,
): Promise<WrittenMoments> {
  const files = new TrackedFiles(fileSystem);
  const opened: NamedCondition[] = [];
  try {
    let provenance: CaptureProvenance = {};
    for (const { name, source } of request.conditions) {
      await files.add(source.path);
      const condition = await openRows(source, files.fileSystem);
      opened.push({ name, condition: { ...condition, name } });
      const places = [request.conditions[0]?.source.path ?? source.path, source.path] as const;
      provenance = commonProvenance(provenance, condition.capture ?? {}, places);
    }
    const columns = commonWidth(opened);
    checkMemory(columns, Math.max(request.folds, resolveGroups(request, columns) ?? 0));
    const assigned = await assignFolds(opened, request, context);
    const counts = { folds: request.folds, groups: assigned?.assignment.groups?.count ?? 0 };
    const reservoir = chooseReservoir(opened, assigned, request);
    const metadata: MomentsMetadata = {
      provenance,
      notes: assigned?.notes ?? [],
      ...(assigned === undefined ? {} : { assignment: assigned.assignment }),
    };
    await writeMoments(
      request.out,
      {
        ...{ conditions: opened.map(({ name }) => name), columns, metadata },
        ...(reservoir === undefined ? {} : { reservoir }),
      },
      async (wanted) => {
        const place = opened.findIndex(({ name }) => name === wanted);
        const { condition } = entryAt(opened, place);
        const chosen = reservoir?.chosen.get(wanted)?.index;
        const sums = await sumRows(condition, assigned?.foldsOf(place), counts, context, chosen);
        await files.checkUnchanged();
        return sums;
      },
      version,
      () => files.paths,
    );
    const notes = [
      ...opened.flatMap(({ condition }) => condition.notes ?? []),
      ...(assigned?.notes ?? []),
    ];
    return {
      columns,
      conditions: opened.map(({ name, condition }) => ({ name, rows: condition.rows })),
      ...(assigned === undefined ? {} : { assignment: assigned.assignment }),
      notes: [...new Set(notes)],
    };
  } finally {
    for (const { condition } of opened) await condition.close();
  }
}

/**
 * Adds moments documents up, one condition and one fold at a time.
 * @throws EigenlensError as {@link openMoments}, {@link mergedLayout} and writing do: nothing is left behind
 */
export async function mergeMoments(
  paths: readonly string[],
  out: string,
  fileSystem: FileSystem,
): Promise<WrittenMoments> {
  const files = new TrackedFiles(fileSystem);
  const parts: MomentsFile[] = [];
  try {
    for (const path of paths) parts.push(await openMoments(path, files.fileSystem));
    await refuseTwins(paths, fileSystem);
    const merged = mergedLayout(parts);
    const { conditions, columns, metadata } = merged;
    const design = mergedDesign(parts);
    const samples = design && (await mergedSamples(parts, conditions, columns, design));
    const layout =
      design && samples ? { ...merged, reservoir: { design, chosen: samples } } : merged;
    const rows = new Map<string, number>();
    await writeMoments(
      out,
      layout,
      async (condition) => {
        const { folds = 0, groups } = metadata.assignment ?? {};
        const sums = await mergeCondition(parts, condition, folds, groups?.count);
        rows.set(condition, sums.total.rows);
        await files.checkUnchanged();
        const kept = samples?.get(condition);
        return kept === undefined ? sums : { ...sums, kept: kept.values };
      },
      version,
      () => files.paths,
    );
    return {
      columns,
      conditions: conditions.map((name) => ({ name, rows: rows.get(name) ?? 0 })),
      ...(metadata.assignment === undefined ? {} : { assignment: metadata.assignment }),
      notes: metadata.notes,
    };
  } finally {
    for (const part of parts) await part.close();
  }
}

/**
 * What a document that another program wrote holds.
 * @throws EigenlensError as {@link openMoments} does
 */
export async function describeMoments(
  path: string,
  fileSystem: FileSystem,
): Promise<WrittenMoments> {
  const file = await openMoments(path, fileSystem);
  const { columns, conditions, metadata, rows } = file;
  const range = await rangeOf(file, conditions).finally(() => file.close());
  return {
    columns,
    conditions: conditions.map((name) => ({ name, rows: rows(name) })),
    ...(metadata.assignment === undefined ? {} : { assignment: metadata.assignment }),
    ...(range === undefined ? {} : { range }),
    notes: metadata.notes,
  };
}

/** One file given twice would count its rows twice. */
async function refuseTwins(paths: readonly string[], fileSystem: FileSystem): Promise<void> {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const identity = (await fileSystem.stat(path))?.identity ?? path;
    const other = seen.get(identity);
    if (other !== undefined) {
      throw new EigenlensError(
        "usage",
        `${path} is added up twice${other === path ? "" : ` (as ${other})`}: name each part once.`,
      );
    }
    seen.set(identity, path);
  }
}

function commonWidth(opened: readonly NamedCondition[]): number {
  const [first, ...others] = [entryAt(opened, 0), ...opened.slice(1)];
  for (const { condition } of others) {
    if (condition.columns === first.condition.columns) continue;
    throw new EigenlensError(
      "condition",
      `${first.condition.provenance.path} has ${first.condition.columns} columns, ${condition.provenance.path} has ${condition.columns}: both conditions must be recorded at the same layer of the same model.`,
    );
  }
  return first.condition.columns;
}

/** The kernels reach 4 GiB, in which every fold of a condition is summed at once. */
const mostKernelBytes = 3.5 * 2 ** 30;
const mostOfMemory = 0.9;

function checkMemory(columns: number, folds: number): void {
  const sums = Math.max(1, folds);
  const one = 8 * columns ** 2;
  const bytes = (2 * sums + 1) * one;
  const limit = mostOfMemory * thisMemory().limit;
  if (bytes <= limit && sums * (one + 2 * 8 * 256 * columns) <= mostKernelBytes) return;
  throw new EigenlensError(
    "memory",
    `Moments of ${columns} neurons in ${folds} parts need ${(bytes / 2 ** 30).toPrecision(2)} GB at once, more than there is: choose fewer folds or groups (--folds 0 for none).`,
  );
}
