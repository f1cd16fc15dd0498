import type { Command } from "commander";
import type { TrackedFiles } from "../../activations/trackedFiles.ts";
import { parseSource } from "../../conditions/parseSource.ts";
import type { LensLogits, LensToken } from "../../directions/lens/lensLogits.ts";
import { parseTokenSets } from "../../directions/lens/lensLogits.ts";
import { lensOfFiles, type LensFiles } from "../../directions/lens/lensOfFiles.ts";
import { normKinds, type NormKind } from "../../directions/lens/normKinds.ts";
import type { WeightSource } from "../../directions/lens/weights.ts";
import type { Engine } from "../../engine/engine.ts";
import { EigenlensError } from "../../errors.ts";
import { directionVectors } from "../../exports/bundle/directionVectors.ts";
import { printable } from "../../text/printable.ts";
import { parseChoice, parseCount } from "../arguments.ts";
import { addComponentFlags } from "./exportCommand.ts";
import { readComponent, type ComponentFlags } from "../readComponent.ts";
import { formatNumber } from "../format.ts";
import { printJson, printLines } from "../output.ts";

interface LensFlags extends ComponentFlags {
  readonly unembedding: string;
  readonly vocabulary: string;
  readonly norm?: string;
  readonly normKind: NormKind;
  readonly down?: string;
  readonly tokens?: string;
  readonly top: number;
  readonly json?: boolean;
}

/** `eigenlens lens RUN`: what a run's directions do to the logits, as far as the unembedding tells. */
export function addLensCommand(program: Command, engine: Engine, inputs: TrackedFiles): void {
  const command = program
    .command("lens")
    .description("the logit lens of a run's directions: the tokens that each raises and lowers")
    .argument("<run>", "a run document (NAME.ged.safetensors)")
    .requiredOption("--unembedding <source>", "the unembedding, as a file or file#tensor")
    .requiredOption("--vocabulary <file>", "tokenizer.json, vocab.json, or a token a line")
    .option("--norm <source>", "weights of the final norm")
    .option(
      "--norm-kind <kind>",
      `how the norm uses them: ${normKinds.join(", ")}`,
      parseChoice(...normKinds),
      "rms",
    )
    .option("--down <source>", "of an MLP site: its projection to the residual stream")
    .option("--tokens <sets>", "two sets of tokens to compare, as he,him/she,her")
    .option("--top <count>", "tokens at each end", parseCount(1), 15)
    .option("--json", "print one JSON object");
  addComponentFlags(command).action(async (path: string, flags: LensFlags) => {
    const sets = flags.tokens === undefined ? undefined : parseTokenSets(flags.tokens);
    const { filter, pattern, meanDifference } = directionVectors(
      await readComponent(engine, inputs, path, flags),
    );
    const found = await lensOfFiles(
      { meanDifference, filter, pattern },
      lensFiles(flags),
      { most: flags.top, ...(sets === undefined ? {} : { sets }) },
      inputs.fileSystem,
    );
    if (flags.json === true) printJson(found);
    else printLines(...describe(found, flags.tokens));
  });
}

function lensFiles({ unembedding, vocabulary, norm, normKind, down }: LensFlags): LensFiles {
  return {
    unembedding: weightSource(unembedding),
    vocabulary,
    ...(norm === undefined ? {} : { norm: { weight: weightSource(norm), kind: normKind } }),
    ...(down === undefined ? {} : { down: weightSource(down) }),
  };
}

function weightSource(text: string): WeightSource {
  const { path, tensor, longerNames, ...selections } = parseSource(text);
  if (longerNames === undefined && Object.keys(selections).length > 0) {
    throw new EigenlensError(
      "usage",
      `A weight is used whole: leave the selection out of ${printable(text)}.`,
    );
  }
  return { path, ...(tensor === undefined ? {} : { tensor }) };
}

const titles: Readonly<Record<string, string>> = {
  meanDifference: "Mean difference (what to add)",
  filter: "Filter (what reads)",
  pattern: "Pattern",
};

function describe(found: Readonly<Record<string, LensLogits>>, sets: string | undefined): string[] {
  return Object.entries(found).flatMap(([name, { up, down, score }]) => [
    `${titles[name] ?? name}:`,
    `  raises ${listTokens(up)}`,
    `  lowers ${listTokens(down)}`,
    ...(score === undefined
      ? []
      : [
          `  ${printable(sets ?? "", 100)}: ${formatNumber(score.difference)}, ${score.inSd.toFixed(1)} standard deviations of all tokens`,
        ]),
  ]);
}

function listTokens(tokens: readonly LensToken[]): string {
  return tokens.map(({ token }) => `"${printable(token, 40)}"`).join(" ");
}
