import { describeFinding, type Finding } from "../../src/protocol/findings/finding.ts";
import { proseFormats } from "../../src/protocol/subject.ts";
import type { ValidationReport } from "../../src/protocol/results.ts";
import type { DirectionName } from "../../src/protocol/direction.ts";
import type { RunView } from "../../src/protocol/views/runView.ts";
import { text } from "../text.ts";
import { rolesOf, rowNoun, variancesOf } from "./roles.ts";
import { splitSpectrum } from "./spectrum.ts";

/**
 * What one component does, in plain words: the verdict, then held out, then in sample.
 * @param index of the component, from 0
 * @param validation null while none has run
 * @param running whether the validation goes on
 */
export function headline(
  view: RunView,
  direction: DirectionName,
  index: number,
  validation: ValidationReport | null,
  running: boolean,
): Finding {
  const { summary } = view;
  const roles = rolesOf(summary, direction);
  const variances = variancesOf(summary, direction, index);
  const { positive } = splitSpectrum(summary.directions[direction].eigenvalues);
  if (variances === undefined || index >= positive.length) {
    return {
      pair: text("headline.pair", { ...roles }),
      sentence: text("headline.null", { ...roles, component: index + 1 }),
    };
  }
  const subject = {
    ...roles,
    rows: rowNoun(view.sentences !== undefined),
    index,
    carriedVariance: variances.carried,
    silentVariance: variances.silent,
  };
  return describeFinding(subject, validation, direction, running, text, proseFormats);
}
