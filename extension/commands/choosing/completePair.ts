import * as vscode from "vscode";
import type { ConditionCandidate } from "../../../src/conditions/naming/proposeConditions.ts";
import { readingSelections } from "../../../src/conditions/naming/tensorReading.ts";
import type { WordReading } from "../../../src/activations/elements/sixteenBits.ts";
import { shortSource } from "../../../src/conditions/naming/describeSource.ts";
import type { Pick } from "../../messages/pick.ts";
import { chooseToken } from "./chooseToken.ts";
import { pairOfCandidates, withToken, type ConditionPair } from "../conditionPair.ts";
import { ask, type PairOutcome, type PairStep } from "./ask.ts";
import type { ChoiceServices } from "./services.ts";

/**
 * Asks for what a pair leaves open: whether 16-bit integers are bfloat16 (once for a tensor), and the token position
 * if rows have tokens.
 */
export function completePair(
  services: ChoiceServices,
  target: ConditionCandidate,
  reference: ConditionCandidate,
): PairOutcome {
  const pair = pairOfCandidates(target, reference);
  const tokens = target.tokens ?? reference.tokens;
  const doubtful = [target, reference].filter(({ doubtfulType }) => doubtfulType);
  if (doubtful.length > 0) {
    return { kind: "next", step: wordsStep(services, pair, doubtful, tokens) };
  }
  return withTokens(services, pair, tokens);
}

function withTokens(
  { texts }: ChoiceServices,
  pair: ConditionPair,
  tokens: number | undefined,
): PairOutcome {
  if (tokens === undefined) return { kind: "done", result: pair };
  const step: PairStep = async (place) => {
    const token = await chooseToken(texts.title, place, tokens);
    if (!token) return undefined;
    if (token === "back") return { kind: "back" };
    return { kind: "done", result: withToken(pair, token) };
  };
  return { kind: "next", step };
}

/** @param doubtful those of the pair that are in doubt: one answer goes for both */
function wordsStep(
  services: ChoiceServices,
  pair: ConditionPair,
  doubtful: readonly ConditionCandidate[],
  tokens: number | undefined,
): PairStep {
  const items: Pick<WordReading>[] = [
    {
      label: vscode.l10n.t("Read as bfloat16"),
      description: vscode.l10n.t("the bits of bfloat16, which NumPy cannot name"),
      value: "bfloat16",
    },
    {
      label: vscode.l10n.t("Read as integers"),
      description: vscode.l10n.t("whole numbers, as stored"),
      value: "integers",
    },
  ];
  const names = doubtful.map(({ source }) => shortSource(source)).join(", ");
  const placeholder = vscode.l10n.t("{0} holds 16-bit integers: what are they?", names);
  return (place) =>
    ask(services.texts, place, placeholder, items, (words) => {
      for (const { source } of doubtful) {
        services.readings.remember({ path: source.path, tensor: source.tensor ?? "", words });
      }
      const isDoubtful = (source: ConditionPair["target"]) =>
        doubtful.some(
          (each) => each.source.path === source.path && each.source.tensor === source.tensor,
        );
      const read = (source: ConditionPair["target"]) =>
        isDoubtful(source)
          ? { ...source, ...readingSelections({ path: source.path, tensor: "", words }) }
          : source;
      const settled = { target: read(pair.target), reference: read(pair.reference) };
      return withTokens(services, settled, tokens);
    });
}
