import { rolesOfDirection, type DirectionName } from "../direction.ts";
import { describeFinding } from "./finding.ts";
import type { RunSummary } from "../results.ts";
import { sayInEnglish } from "../strings.ts";
import type { NumberFormats } from "../subject.ts";

/**
 * The finding on component 1 of one direction as one English line, as the terminal and a language model read it.
 * @param summary its names as they are to be shown
 */
export function findingText(
  summary: RunSummary,
  direction: DirectionName,
  formats: NumberFormats,
): string {
  const { validation, directions } = summary;
  const { carriedVariance, silencedVariance } = directions[direction];
  const { carried, silenced } = rolesOfDirection[direction];
  const subject = {
    carried: summary[carried].name,
    silent: summary[silenced].name,
    rows: "rows",
    index: 0,
    carriedVariance: carriedVariance[0] ?? NaN,
    silentVariance: silencedVariance[0] ?? NaN,
  };
  const found = describeFinding(subject, validation, direction, false, sayInEnglish, formats);
  const { pair, verdict = "", sentence, reason } = found;
  const opening = sayInEnglish("headline.opening", { pair, verdict });
  return [opening, sentence, ...(reason === undefined ? [] : [reason])].join(" ");
}
