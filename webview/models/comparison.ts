import type {
  ComparedDirections,
  ComparedPair,
  ComparedRun,
  RunComparison,
  VectorComparison,
} from "../../src/protocol/views/comparisonView.ts";
import { rolesOfDirection, type DirectionName } from "../../src/protocol/direction.ts";
import {
  formatChosen,
  formatCount,
  formatMoment,
  formatProbability,
  formatProse,
  formatRatio,
  formatShare,
  formatShort,
} from "../../src/protocol/words/numbers.ts";
import { text } from "../text.ts";
import { formatInterval, type TextTable } from "./validation/validationTables.ts";

/** "2 · him vs her", or what the user calls the run. @param place from 0 */
export function runName(run: ComparedRun, place: number): string {
  const { target, reference } = run;
  const title = text("transfer.title", { target: target.name, reference: reference.name });
  return text("comparison.run", { number: place + 1, name: run.name ?? title });
}

/** What the runs are of: a column for each. A row that says nothing of any run is left out. */
export function factsTable(runs: readonly ComparedRun[]): TextTable {
  const row = (label: string, value: (run: ComparedRun) => string | undefined) =>
    filledRow(label, runs.map(value));
  return {
    columns: [text("comparison.row.what"), ...runs.map(runName)],
    rows: [
      row(text("comparison.row.made"), ({ created }) => formatMoment(created)),
      row(text("comparison.row.conditions"), ({ target, reference }) =>
        text("comparison.pair", { first: target.name, second: reference.name }),
      ),
      row(text("comparison.row.rows"), ({ target, reference }) =>
        text("comparison.pair", {
          first: formatCount(target.rows),
          second: formatCount(reference.rows),
        }),
      ),
      row(text("comparison.row.neurons"), ({ target }) => formatCount(target.columns)),
      row(text("comparison.row.model"), ({ provenance }) => provenance.model),
      row(text("comparison.row.site"), ({ provenance }) => provenance.site ?? provenance.component),
      row(text("comparison.row.layer"), ({ provenance }) => provenance.layer),
      row(text("comparison.row.token"), ({ provenance }) => provenance.token_rule),
      row(text("comparison.row.components"), ({ components }) => formatCount(components)),
      row(text("comparison.row.varianceKept"), ({ varianceKept }) => formatShare(varianceKept)),
      row(text("comparison.row.ranks"), ({ rank }) =>
        text("comparison.pair", {
          first: formatCount(rank.target),
          second: formatCount(rank.reference),
        }),
      ),
      row(text("comparison.row.shrinkage"), ({ shrinkage: { forward, swapped } }) =>
        forward === swapped
          ? formatChosen(forward)
          : text("comparison.pair", {
              first: formatChosen(forward),
              second: formatChosen(swapped),
            }),
      ),
    ].flat(),
  };
}

/** What component 1 of each run is worth, held out first. */
export function scoresTable(runs: readonly ComparedRun[], direction: DirectionName): TextTable {
  const { carried, silenced } = rolesOfDirection[direction];
  const row = (
    label: string,
    value: (found: ComparedRun["directions"][DirectionName]) => string | undefined,
  ) =>
    filledRow(
      label,
      runs.map((run) => value(run.directions[direction])),
    );
  return {
    columns: [text("comparison.row.what"), ...runs.map(runName)],
    rows: [
      filledRow(
        text("comparison.row.direction"),
        runs.map((run) =>
          text("replication.column.ratio", {
            carried: run[carried].name,
            silent: run[silenced].name,
          }),
        ),
      ),
      row(text("validation.row.verdict"), ({ verdict }) =>
        text(verdict === undefined ? "verdict.untested" : `verdict.${verdict}`),
      ),
      row(text("validation.row.heldOut"), ({ heldOut }) => heldOut && formatRatio(heldOut.ratio)),
      row(text("validation.row.interval"), ({ heldOut }) =>
        heldOut?.interval === undefined ? undefined : formatInterval(heldOut.interval, formatRatio),
      ),
      row(text("validation.row.p"), ({ heldOut }) =>
        heldOut?.p === undefined ? undefined : formatProbability(heldOut.p),
      ),
      row(text("validation.row.inSample"), ({ inSampleRatio }) => formatRatio(inSampleRatio)),
      row(text("comparison.row.eigenvalues"), ({ eigenvalues }) =>
        eigenvalues.map(formatProse).join(" · "),
      ),
    ].flat(),
  };
}

/** Each run with each: a column for each pair, so that few runs make a narrow table. */
export function pairsTable({ pairs }: RunComparison, direction: DirectionName): TextTable {
  const row = (label: string, value: (found: ComparedDirections) => string | undefined) =>
    filledRow(
      label,
      pairs.map((pair) => value(pair.directions[direction])),
    );
  const ofVectors = (
    which: "filters" | "patterns",
    value: (vectors: VectorComparison) => string,
  ) => {
    return ({ neurons }: ComparedDirections) =>
      typeof neurons === "string" ? text(`comparison.${neurons}`) : value(neurons[which]);
  };
  const cosine = ({ cosine: value }: VectorComparison) => formatProse(value);
  return {
    columns: [text("comparison.row.pair"), ...pairs.map((pair) => pairName(pair))],
    rows: [
      row(text("comparison.row.change"), ({ heldOut }) =>
        heldOut === undefined
          ? undefined
          : heldOut.interval === undefined
            ? formatRatio(heldOut.factor)
            : `${formatRatio(heldOut.factor)} (${formatInterval(heldOut.interval, formatRatio)})`,
      ),
      row(text("comparison.row.filterCosine"), ofVectors("filters", cosine)),
      row(text("comparison.row.filterAngles"), ofVectors("filters", angles)),
      row(text("comparison.row.patternCosine"), ofVectors("patterns", cosine)),
      row(text("comparison.row.patternAngles"), ofVectors("patterns", angles)),
      row(text("comparison.row.neurons20"), ({ neurons }) =>
        typeof neurons === "string"
          ? undefined
          : text("comparison.shared", {
              count: neurons.sharedNeurons.count,
              among: neurons.sharedNeurons.among,
              expected: formatProse(neurons.sharedNeurons.expected),
            }),
      ),
    ].flat(),
  };
}

/** What the intervals of the changes are worth, a sentence for each pair that has a change. */
export function changeRemarks({ pairs }: RunComparison, direction: DirectionName): string[] {
  return pairs.flatMap((pair) => {
    const { heldOut } = pair.directions[direction];
    if (heldOut === undefined) return [];
    const missing = heldOut.interval === undefined && pair.sharedRows !== "crossedRoles";
    return text(`comparison.change.${missing ? "noInterval" : pair.sharedRows}`, {
      pair: pairName(pair),
    });
  });
}

/** By the runs' numbers: "1, 2". */
function pairName({ first, second }: ComparedPair): string {
  return text("comparison.pair", { first: first + 1, second: second + 1 });
}

function angles({ angles: found, components }: VectorComparison): string {
  const [low = 0] = found;
  const high = found.at(-1) ?? low;
  if (found.length < 2) return text("comparison.angle", { low: degrees(low) });
  return text("comparison.angles", { low: degrees(low), high: degrees(high), components });
}

/** To a hundredth: what is smaller is the rounding of the decompositions. */
function degrees(angle: number): string {
  return formatShort(Math.round(100 * angle) / 100, 4);
}

/** None if no cell says anything. */
function filledRow(label: string, cells: readonly (string | undefined)[]): string[][] {
  if (cells.every((cell) => cell === undefined)) return [];
  return [[label, ...cells.map((cell) => cell ?? text("validation.none"))]];
}
