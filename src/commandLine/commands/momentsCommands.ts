import type { Command } from "commander";
import type { TrackedFiles } from "../../activations/trackedFiles.ts";
import type { ConditionSource } from "../../conditions/condition.ts";
import { parseSource } from "../../conditions/parseSource.ts";
import type { Engine } from "../../engine/engine.ts";
import type { WrittenMoments } from "../../engine/moments/makeMoments.ts";
import { EigenlensError } from "../../errors.ts";
import { checkWritable } from "../../files/writeWholeFile.ts";
import { defaultValidationOptions } from "../../ged/validation/options.ts";
import type { ClusterChoice } from "../../protocol/moments.ts";
import { printable } from "../../text/printable.ts";
import { sharePercent } from "../../text/sharePercent.ts";
import { parseChoice, parseCount } from "../arguments.ts";
import { defaultPython } from "../../engine/moments/runScript.ts";
import { sumOnCluster } from "../sumOnCluster.ts";
import { formatCount } from "../format.ts";
import { printError, printLinesBeside } from "../output.ts";
import { quietCall } from "./runCommand.ts";

/** `eigenlens moments him=SOURCE her=SOURCE --out X.moments.safetensors`: sums in place of rows. */
export function addMomentsCommand(program: Command, engine: Engine, inputs: TrackedFiles): void {
  const { folds, seed } = defaultValidationOptions;
  program
    .command("moments")
    .description("sum the moments of conditions, so that runs and validations need no rows")
    .argument("<conditions...>", "NAME=SOURCE of each condition")
    .requiredOption("--out <file>", "the document to write (NAME.moments.safetensors)")
    .option("--folds <count>", "folds of the later validation, 0 for none", parseCount(0), folds)
    .option("--seed <number>", "seed of the folds", parseCount(0), seed)
    .option(
      "--fold-rule <rule>",
      "design (by what depends on each other in the rows) or hash (by names, the same everywhere); design if the rows fit into memory",
      parseChoice("design", "hash"),
    )
    .option(
      "--groups <count>",
      "groups of clusters by which labels can be permuted, a multiple of the folds; each takes as much room as a fold",
      parseCount(1),
    )
    .option(
      "--reservoir <rows>",
      "rows of each condition, drawn at random, that are kept as they are, to be shown",
      parseCount(1),
    )
    .option("--part <name>", "what this part of a job array is called, if it keeps rows")
    .option(
      "--range <dimensions>",
      "sum in so many directions that hold most variance, on a Dask cluster, in two passes; 500 for more than 14336 neurons",
      parseCount(2),
    )
    .option("--dask", "sum on a Dask cluster of processes on this machine, with Python")
    .option("--scheduler <address>", "sum on this Dask cluster, such as tcp://host:8786")
    .option("--workers <count>", "processes of a Dask cluster on this machine", parseCount(1))
    .option("--worker-memory <size>", "of each such process, such as 4GB")
    .option("--python <program>", "the Python that has dask[distributed]", defaultPython)
    .action(async (words: string[], flags: MomentsFlags): Promise<void> => {
      if (flags.folds === 1) {
        throw new EigenlensError(
          "usage",
          "One fold leaves nothing to fit on: choose --folds 2 or more, or 0 for none.",
        );
      }
      const conditions = words.map(parseNamedSource);
      for (const { source } of conditions) await inputs.add(source.path);
      await checkWritable(flags.out, () => inputs.paths);
      const {
        out,
        folds: count,
        seed: chosen,
        foldRule: rule,
        groups,
        reservoir: size,
        part,
        range,
      } = flags;
      if (part !== undefined && size === undefined) {
        throw new EigenlensError(
          "usage",
          "--part tells rows that are kept from those of other parts: say how many with --reservoir, or leave it out.",
        );
      }
      const request = {
        conditions,
        folds: count,
        seed: chosen,
        out,
        ...(rule && { rule }),
        ...(groups && { groups }),
        ...(size && { reservoir: { size, ...(part !== undefined && { part }) } }),
        ...(range && { range }),
      };
      const cluster = clusterFrom(flags);
      if (range !== undefined && cluster === undefined) {
        throw new EigenlensError(
          "usage",
          "Directions are found on a Dask cluster: add --dask for processes of this machine, or leave --range out.",
        );
      }
      await tell(
        out,
        cluster === undefined
          ? await engine.moments.make(request, quietCall())
          : await sumOnCluster(engine, request, cluster, flags.python),
      );
    });
}

interface MomentsFlags {
  readonly out: string;
  readonly folds: number;
  readonly seed: number;
  readonly foldRule?: "design" | "hash";
  readonly groups?: number;
  readonly reservoir?: number;
  readonly part?: string;
  readonly range?: number;
  readonly dask?: true;
  readonly scheduler?: string;
  readonly workers?: number;
  readonly workerMemory?: string;
  readonly python: string;
}

/** @returns undefined if nothing asks for a cluster */
function clusterFrom(flags: MomentsFlags): ClusterChoice | undefined {
  const { dask, scheduler, workers, workerMemory: memory } = flags;
  if (scheduler !== undefined && (workers !== undefined || memory !== undefined)) {
    throw new EigenlensError(
      "usage",
      "Workers of a running cluster are its own: leave --workers and --worker-memory out, or --scheduler.",
    );
  }
  if (scheduler !== undefined) return { scheduler };
  if (dask === undefined && workers === undefined && memory === undefined) return undefined;
  return { ...(workers && { workers }), ...(memory !== undefined && { memory }) };
}

/** `eigenlens merge A B --out X.moments.safetensors`: what the jobs of an array summed, together. */
export function addMergeCommand(program: Command, engine: Engine, inputs: TrackedFiles): void {
  program
    .command("merge")
    .description("add up moments documents, such as those of a job array")
    .argument("<files...>", "the moments documents")
    .requiredOption("--out <file>", "the document to write (NAME.moments.safetensors)")
    .action(async (files: string[], { out }: { out: string }) => {
      for (const file of files) await inputs.add(file);
      await checkWritable(out, () => inputs.paths);
      await tell(out, await engine.moments.merge(files, out));
    });
}

/** The first `=` ends the name, unless it stands in a selection. */
function parseNamedSource(word: string): { name: string; source: ConditionSource } {
  const [, name, source] = /^([^=[\]#]+)=(.+)$/s.exec(word) ?? [];
  if (name === undefined || source === undefined) {
    throw new EigenlensError(
      "usage",
      `"${printable(word, 100)}" does not say what its condition is called: write NAME=SOURCE, such as him=him.npy.`,
    );
  }
  return { name, source: parseSource(source) };
}

async function tell(out: string, written: WrittenMoments): Promise<void> {
  const { columns, conditions, assignment, range, notes } = written;
  for (const note of notes) printError(`Note: ${note}`);
  const rows = conditions.map(({ name, rows }) => `${printable(name, 100)} ${formatCount(rows)}`);
  const folds =
    assignment === undefined
      ? "no folds"
      : `${assignment.folds} folds (by ${assignment.rule} of ${assignment.unit}, seed ${assignment.seed})`;
  const neurons =
    range === undefined
      ? `${columns} neurons`
      : `${columns} neurons in ${range.dimensions} random-projection dimensions that hold ${sharePercent(range.share)} % of the variance`;
  await printLinesBeside(out, `${out}: rows of ${rows.join(", ")}; ${neurons}, ${folds}`);
}
