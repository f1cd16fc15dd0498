import type { Command } from "commander";
import { Cancellation } from "../../cancellation.ts";
import { parseSource } from "../../conditions/parseSource.ts";
import type { Engine } from "../../engine/engine.ts";
import { EigenlensError } from "../../errors.ts";
import { pairPermutations, type ComparedPair } from "../../protocol/pairs.ts";
import { printable } from "../../text/printable.ts";
import { addGedFlags, gedOptionsFrom, type GedFlags } from "../gedFlags.ts";
import { printJson, printLines } from "../output.ts";
import { describeDirection, directionJson } from "../describe/describeSweptDirection.ts";
import { addValidationFlags } from "../validationFlags.ts";
import { sweepValidationFrom, type ValidationFlags } from "../validationOptions.ts";

type PairsFlags = GedFlags & ValidationFlags & { readonly labels: string; readonly json?: boolean };

/**
 * `eigenlens pairs SOURCE --labels COLUMN`: compress-then-separate between every two labels. A pair is printed as soon
 * as it is done; p corrected over all pairs follow the last.
 */
export function addPairsCommand(program: Command, engine: Engine): void {
  const command = program
    .command("pairs")
    .description("compare every two labels of a column, each validated held out")
    .argument("<source>", "the rows of all conditions: file.npz#X")
    .requiredOption("--labels <column>", "the column whose labels are the conditions");
  addValidationFlags(addGedFlags(command), "sweep")
    .option("--json", "print one JSON object")
    .action(async (source: string, flags: PairsFlags) => {
      const found = await engine.labelPairs({ source: parseSource(source), column: flags.labels });
      const tests = 2 * found.pairs.length;
      const permutations = flags.permutations ?? pairPermutations(found.pairs.length);
      const validation = sweepValidationFrom({ ...flags, permutations });
      let printed = 0;
      const print = (done: readonly ComparedPair[]): void => {
        if (flags.json === true) return;
        const come = done.slice(printed);
        if (come.length > 0) printLines(...come.flatMap(describePair));
        printed = Math.max(printed, done.length);
      };
      const { labels, pairs } = await engine.comparePairs(
        {
          ...found,
          options: gedOptionsFrom(flags),
          ...(validation === undefined ? {} : { validation }),
        },
        { cancellation: new Cancellation(), report: ({ pairs: done = [] }) => print(done) },
      );
      if (flags.json === true) {
        printJson({
          labels,
          pairs: pairs.map(pairJson),
          ...(validation === undefined ? {} : { tests, correction: "holm" }),
        });
      } else printLines(...describeStrongest(pairs, tests));
      const [first] = pairs;
      if (first !== undefined && pairs.every(({ error }) => error !== undefined)) {
        throw new EigenlensError("condition", `No pair could be run: ${first.error}`);
      }
    });
}

function namesOf({ target, reference }: ComparedPair): { target: string; reference: string } {
  return { target: target.name ?? "", reference: reference.name ?? "" };
}

function describePair(pair: ComparedPair): string[] {
  const { found, error } = pair;
  const names = namesOf(pair);
  const [target, reference] = [printable(names.target), printable(names.reference)];
  if (found === undefined) return [`${target} / ${reference}  failed: ${error}`];
  return [
    `${target} over ${reference}  ${describeDirection(found.forward)}`,
    `${reference} over ${target}  ${describeDirection(found.swapped)}`,
  ];
}

/** Those that are left once all are counted; or that none is. */
function describeStrongest(pairs: readonly ComparedPair[], tests: number): string[] {
  const all = pairs.flatMap((pair) => {
    const { target, reference } = namesOf(pair);
    const { forward, swapped } = pair.found ?? {};
    return [
      { carried: target, silenced: reference, p: forward?.correctedP },
      { carried: reference, silenced: target, p: swapped?.correctedP },
    ];
  });
  const known = all.flatMap(({ p, ...own }) => (p === undefined ? [] : [{ ...own, p }]));
  if (known.length === 0) return [];
  const left = known.filter(({ p }) => p <= 0.05).sort((a, b) => a.p - b.p);
  const shown = left.map(
    ({ carried, silenced, p }) =>
      `${printable(carried)} over ${printable(silenced)} (p = ${p.toPrecision(2)})`,
  );
  return [
    `Corrected over all ${tests} (Holm), p is at most 0.05 for ${shown.length === 0 ? "none" : shown.join(", ")}.`,
  ];
}

function pairJson(pair: ComparedPair): unknown {
  const { found, error } = pair;
  const names = namesOf(pair);
  if (found === undefined) return { ...names, error };
  const { forward, swapped, ...facts } = found;
  return { ...names, ...directionJson(forward), swapped: directionJson(swapped), ...facts };
}
