import type { Command } from "commander";
import type { Engine } from "../../engine/engine.ts";
import type { DirectionName, Directions } from "../../ged/method/directions.ts";
import { sayInEnglish } from "../../protocol/strings.ts";
import type {
  ComparedDirections,
  ComparedPair,
  ComparedRun,
  RatioChange,
  RunComparison,
  SharedRows,
  VectorComparison,
} from "../../runs/compare/comparison.ts";
import { printable } from "../../text/printable.ts";
import { formatNumber, formatProbability, times } from "../format.ts";
import { printJson, printLines } from "../output.ts";
import { quietCall } from "./runCommand.ts";

interface CompareFlags {
  readonly swapped?: boolean;
  readonly json?: boolean;
}

/** `eigenlens compare RUN RUN [...]`: finished runs side by side, and each with each in neuron space. */
export function addCompareCommand(program: Command, engine: Engine): void {
  program
    .command("compare")
    .description("set finished runs side by side: held-out ratios, angles between directions")
    .argument("<runs...>", "two or more run documents (NAME.ged.safetensors)")
    .option("--swapped", "of the direction that carries the runs' reference")
    .option("--json", "print one JSON object, of both directions")
    .action(async (paths: string[], flags: CompareFlags) => {
      const comparison = await engine.compare({ paths }, quietCall());
      if (flags.json === true) printJson(written(comparison));
      else printLines(...describe(comparison, paths, flags.swapped ? "swapped" : "forward"));
    });
}

/** Keys as in a run's `--json`: `separation` is the direction that carries the target. */
function written({ runs, pairs }: RunComparison) {
  const own = <Value, Rest extends object>({
    directions,
    ...rest
  }: Rest & { readonly directions: Directions<Value> }) => ({
    ...rest,
    separation: directions.forward,
    swapped: directions.swapped,
  });
  return { runs: runs.map((run) => own(run)), pairs: pairs.map((pair) => own(pair)) };
}

function describe(
  { runs, pairs }: RunComparison,
  paths: readonly string[],
  direction: DirectionName,
): string[] {
  return [
    ...runs.flatMap((run, i) => describeRun(run, i + 1, paths[i] ?? "", direction)),
    ...pairs.flatMap((pair) => describePair(pair, direction)),
  ];
}

function describeRun(
  run: ComparedRun,
  number: number,
  path: string,
  direction: DirectionName,
): string[] {
  const { target, reference, provenance, components, rank, shrinkage, name } = run;
  const { eigenvalues, inSampleRatio, heldOut, verdict } = run.directions[direction];
  const place = Object.entries(provenance).map(([key, value]) => `${key} ${value}`);
  const title = name === undefined ? "" : `${printable(name)}: `;
  const roles = direction === "forward" ? [target, reference] : [reference, target];
  const interval = heldOut?.interval;
  const evidence = [
    ...(interval === undefined ? [] : [`95 %: ${ends(interval)}`]),
    ...(heldOut?.p === undefined ? [] : [`p = ${formatProbability(heldOut.p)}`]),
  ].join("; ");
  const ratio =
    heldOut === undefined
      ? `not validated; ${times(inSampleRatio)} in sample`
      : `${verdict === undefined ? "validated" : sayInEnglish(`verdict.${verdict}`)}: ${times(heldOut.ratio)} held out${evidence === "" ? "" : ` (${evidence})`}, ${times(inSampleRatio)} in sample`;
  return [
    `${number}  ${title}${roles.map((role) => printable(role.name, 60)).join(" over ")} (${printable(path)})`,
    `   ${target.rows} + ${reference.rows} rows of ${target.columns} neurons, k ${components}, rank ${rank.target}/${rank.reference}, shrinkage ${formatNumber(shrinkage[direction])}${place.length === 0 ? "" : `; ${printable(place.join(", "))}`}`,
    `   ${ratio}`,
    `   eigenvalues in sample: ${eigenvalues.map(formatNumber).join(", ")}`,
  ];
}

function describePair(
  { first, second, ...pair }: ComparedPair,
  direction: DirectionName,
): string[] {
  const { neurons, heldOut } = pair.directions[direction];
  return [
    `${first + 1} and ${second + 1}`,
    ...describeNeurons(neurons).map((line) => `   ${line}`),
    ...(heldOut === undefined
      ? []
      : [`   ${describeChange(heldOut, pair.sharedRows, first + 1, second + 1)}`]),
  ];
}

function describeNeurons(neurons: ComparedDirections["neurons"]): string[] {
  if (neurons === "widths") {
    return ["of different widths: their directions lie in different spaces and have no angle"];
  }
  if (neurons === "noLoadings")
    return ["no loadings are stored: nothing to compare in neuron space"];
  const { filters, patterns, sharedNeurons } = neurons;
  const { count, among, expected } = sharedNeurons;
  return [
    `filters: ${describeVectors(filters)}`,
    `patterns: ${describeVectors(patterns)}`,
    `neurons shared among the ${among} largest loadings of component 1: ${count} (by chance ${formatNumber(expected)})`,
  ];
}

function describeVectors({ cosine, angles, components }: VectorComparison): string {
  return `|cos| of component 1 ${cosine.toFixed(4)}; principal angles of the first ${components}: ${angles.map((angle) => angle.toFixed(2)).join(", ")} degrees`;
}

function describeChange(
  { factor, interval }: RatioChange,
  sharedRows: SharedRows,
  first: number,
  second: number,
): string {
  const range = interval === undefined ? "" : ` (95 %: ${ends(interval)})`;
  return `held out: ${second} is ${times(factor)} ${first}${range}; ${remark(sharedRows, interval !== undefined)}`;
}

function remark(sharedRows: SharedRows, hasInterval: boolean): string {
  switch (sharedRows) {
    case "noneKnown":
      return hasInterval
        ? "no shared rows are known, so the runs are taken as independent"
        : "no interval, for a run has none";
    case "sameRoles":
      return hasInterval
        ? "they share rows, or may: the interval is conservative if their errors go the same way"
        : "no interval, for a run has none";
    case "crossedRoles":
      return "no interval: a condition of one has the other role in the other, so their errors go opposite ways";
    default:
      return sharedRows satisfies never;
  }
}

function ends({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${formatNumber(low)} to ${formatNumber(high)}`;
}
