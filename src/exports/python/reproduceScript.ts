import { describeToken } from "../../conditions/naming/describeSource.ts";
import { EigenlensError } from "../../errors.ts";
import type { Directions } from "../../ged/method/directions.ts";
import type { Keep } from "../../ged/method/keep.ts";
import { notebookOrigin } from "../../runs/notebookOrigin.ts";
import type { RunDocument } from "../../runs/runDocument.ts";
import type { SourceRecord } from "../../runs/summary.ts";
import { printable } from "../../text/printable.ts";
import type { FileRows } from "./fileRows.ts";
import { pythonAssignment, type PythonValue } from "./pythonValue.ts";
import common from "./templates/reproduce/common.py";
import fromMoments from "./templates/reproduce/moments.py";
import fromRows from "./templates/reproduce/rows.py";
import { entryAt } from "../../lookup.ts";

const readable = ["npy", "npz", "safetensors", "hdf5", "zarr", "parquet", "arrow"];
/** Folders of such files whose rows follow one another, or of which each is a row. */
const containers = ["shards", "datasets", "files", "vllm"];

/** What a reproduction consists of, for whatever puts it together. */
export interface Reproduction {
  readonly introduction: string;
  /** `RUN = {`...: all that is this run's own. */
  readonly run: string;
  /** The same for every run. */
  readonly body: string;
}

/**
 * A script of NumPy and SciPy (NumPy alone for moments) that makes the run again from its source files and prints its
 * numbers as one JSON object on its last line. It checks by hash and moments that it has the rows that the run had.
 * @param rows what the selections of each source came down to
 * @throws EigenlensError "condition" for a source that Python's usual libraries do not read in a line
 */
export function reproduceScript(document: RunDocument, rows: FileRows): string {
  const { introduction, run, body } = reproduction(document, rows);
  return `"""${introduction}"""\n\n${run}\n${body}`;
}

/**
 * The parts of {@link reproduceScript}.
 * @throws EigenlensError as it does
 */
export function reproduction(document: RunDocument, rows: FileRows): Reproduction {
  const { options, summary, sources } = document;
  checkReproducible(sources);
  if (summary.atHand !== undefined) return momentsReproduction(document);
  const { numerics, shrinkage } = summary;
  const factor = numerics?.scaled ?? 1;
  const remains = numerics?.scaledUnits === true;
  const run = pythonAssignment("RUN", {
    options: runOptions(options.keep, shrinkage.gamma),
    // What rows are multiplied by, what means and variances below are in, and what brings variances into these units.
    factor,
    scale: remains ? factor : 1,
    units: remains ? 1 : 1 / factor,
    target: conditionOf(document, "target", sources.target, rows.target),
    reference: conditionOf(document, "reference", sources.reference, rows.reference),
  });
  return {
    introduction:
      "Makes one separation of Eigenlens again from its source files: compress, then separate.",
    run,
    body: `# NumPy and SciPy do everything; h5py, zarr or pyarrow are needed only if a source is in such a file.\nimport glob\nimport re\n${common}\n\n${fromRows}`,
  };
}

/** From the sums: neither a row nor anything but NumPy is needed. */
function momentsReproduction({ options, summary, sources }: RunDocument): Reproduction {
  const conditionOf = ({ path, tensor, hash }: SourceRecord, rows: number): PythonValue => ({
    ...{ path, tensor, hash, rows },
  });
  const run = pythonAssignment("RUN", {
    options: runOptions(options.keep, summary.shrinkage.gamma),
    // Moments in directions hold less than the neurons do, of which shares are meant.
    totalVariance: summary.compression.totalVariance,
    target: conditionOf(sources.target, summary.target.rows),
    reference: conditionOf(sources.reference, summary.reference.rows),
  });
  return {
    introduction:
      "Makes one separation of Eigenlens again from its moments document: compress, then separate.",
    run,
    body: `# NumPy does everything.\n${common}\n\n${fromMoments}`,
  };
}

function runOptions(keep: Keep, gamma: Directions<number>): Record<string, PythonValue> {
  return { ...keptOptions(keep), shrinkage: gamma.forward, shrinkageSwapped: gamma.swapped };
}

/**
 * To be asked before the rows of a run are looked up again.
 * @throws EigenlensError "condition" if they were variables of a notebook: the script would read a file that goes
 */
export function checkReproducible({ target, reference }: RunDocument["sources"]): void {
  const origin = notebookOrigin(target) ?? notebookOrigin(reference);
  if (origin === undefined) return;
  throw new EigenlensError(
    "condition",
    `The script reads files, and the rows were variables of ${printable(origin.notebook)}: save them there with numpy.save, run on the files, then try again.`,
  );
}

/** A share, up to a number where there is one, or exactly a number. */
function keptOptions(keep: Keep): Record<string, PythonValue> {
  return "count" in keep
    ? { variance: 1, components: keep.count, componentsAreCap: false }
    : {
        variance: keep.share,
        components: keep.atMost ?? null,
        componentsAreCap: keep.atMost !== undefined,
      };
}

function conditionOf(
  { tensors, summary }: RunDocument,
  condition: "target" | "reference",
  { condition: source, path, format, tensor, hash }: SourceRecord,
  rows: Uint32Array,
): PythonValue {
  const name = printable(path);
  const isContainer = containers.includes(format);
  if (!readable.includes(format) && !isContainer) {
    throw new EigenlensError(
      "condition",
      `The script reads ${readable.join(", ")} and folders of them, and ${name} is ${printable(format)}: write it as npy with eigenlens convert, run on that, then try again.`,
    );
  }
  if (source.token?.kind === "indexFile") {
    throw new EigenlensError(
      "condition",
      `The script takes one token position for all rows, and those of ${name} stand in a file (${printable(describeToken(source.token))}): write the rows as npy with eigenlens convert, run on that, then try again.`,
    );
  }
  const { axes, layer, head } = source;
  const isNamed = axes?.includes("row") === true && !isContainer;
  // vLLM writes [tokens, layers, columns].
  const unnamed = [axes, format === "vllm" ? undefined : layer, head];
  if (!isNamed && unnamed.some((choice) => choice !== undefined)) {
    throw new EigenlensError(
      "condition",
      `The script takes a layer or a head only along axes that the source names, of one file, and ${name} has others: write the rows as npy with eigenlens convert, run on that, then try again.`,
    );
  }
  if (rows.length !== summary[condition].rows) {
    throw new EigenlensError(
      "file-access",
      `${name} now gives ${rows.length} rows, the run had ${summary[condition].rows}: it has changed since, so restore it or run again.`,
    );
  }
  const mean = tensors[`neurons.${condition}.mean`]?.values ?? new Float64Array(0);
  const variance = tensors[`neurons.${condition}.variance`]?.values ?? new Float64Array(0);
  return {
    path,
    format,
    tensor,
    hash,
    axes: axes === undefined ? null : [...axes],
    layer: layer ?? null,
    head: head ?? null,
    rows: progressions(rows),
    token:
      source.token === undefined
        ? null
        : source.token.kind === "index"
          ? { kind: "index", index: source.token.index }
          : { kind: source.token.kind },
    meanLength: Math.sqrt(mean.reduce((sum, value) => sum + value * value, 0)),
    totalVariance: variance.reduce((sum, value) => sum + value, 0),
  };
}

/** Ascending numbers as `[start, stop, step]`, each of them as long as its step goes on. */
export function progressions(rows: Uint32Array): [number, number, number][] {
  const parts: [number, number, number][] = [];
  const at = (index: number): number => entryAt(rows, index);
  for (let from = 0; from < rows.length;) {
    const step = from + 1 < rows.length ? at(from + 1) - at(from) : 1;
    let to = from + 1;
    while (to < rows.length && at(to) - at(to - 1) === step) to += 1;
    // Two rows at a distance are no progression yet: the second may begin a better one.
    if (to - from === 2 && step !== 1) to = from + 1;
    parts.push([at(from), at(to - 1) + 1, to - from === 1 ? 1 : step]);
    from = to;
  }
  return parts;
}
