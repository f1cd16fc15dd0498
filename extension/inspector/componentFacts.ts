import type { DirectionReport, SeparationScore } from "../../src/ged/validation/report.ts";
import type { InspectorView } from "../../src/protocol/inspector.ts";
import type { ComponentView, RunView } from "../../src/protocol/views/runView.ts";
import { rolesOfDirection } from "../../src/protocol/direction.ts";
import { formatRatio, formatShort } from "../../src/protocol/words/numbers.ts";
import { englishStrings } from "../../src/protocol/strings.ts";
import type { Translate } from "../translate.ts";
import { largestByMagnitude } from "./ranking.ts";
import { entryAt } from "../../src/lookup.ts";

const barCount = 8;

/** What one component separates, how much of it survives held out, and which neurons make it. */
export function componentFacts(
  view: RunView,
  component: ComponentView,
  translate: Translate,
): InspectorView {
  const { summary } = view;
  const separation = summary.directions[component.direction];
  const roles = rolesOfDirection[component.direction];
  const target = summary.target.name;
  const reference = summary.reference.name;
  const carriedVariance = entryAt(separation.carriedVariance, component.index);
  const silentVariance = entryAt(separation.silencedVariance, component.index);
  const carried = summary[roles.carried].name;
  const silent = summary[roles.silenced].name;
  const ratio = carriedVariance / silentVariance;
  return {
    title: translate("Component {0}", component.index + 1),
    subtitle: subtitleOf(view, component, translate("{0} over {1}", carried, silent), translate),
    facts: [
      {
        label: translate("Eigenvalue"),
        value: formatShort(component.eigenvalue, 6),
        hint: translate("Generalized eigenvalue on the shrunk reference, in sample."),
      },
      {
        label: translate("Variance of {0}", carried),
        value: translate("{0} in sample", formatShort(carriedVariance)),
        hint: translate("On the unit direction, about the condition's own mean."),
      },
      {
        label: translate("Variance of {0}", silent),
        value: translate("{0} in sample", formatShort(silentVariance)),
        hint: translate("On the unit direction, about the condition's own mean."),
      },
      {
        label: translate("{0} over {1}", carried, silent),
        ...ratioFact(view, component, ratio, translate),
      },
      {
        label: translate("Mean difference"),
        value: formatShort(component.meanDifference),
        hint: translate(
          "Mean of {0} minus mean of {1} on the unit direction. The method looks for variance, not for means.",
          target,
          reference,
        ),
      },
    ],
    chart: {
      kind: "bars",
      title: translate("Largest loadings"),
      bars: largestByMagnitude(component.filter, barCount).map((neuron) => ({
        label: `${neuron}`,
        value: entryAt(component.filter, neuron),
      })),
    },
  };
}

function ratioFact(
  view: RunView,
  component: ComponentView,
  inSample: number,
  translate: Translate,
) {
  const heldOut = heldOutScore(view, component);
  return heldOut
    ? {
        value: translate(
          "{0} held out, {1} in sample",
          formatRatio(heldOut.ratio),
          formatRatio(inSample),
        ),
      }
    : {
        value: translate("{0} in sample", formatRatio(inSample)),
        hint: translate(
          "Not validated: run the validation to see what survives on rows that the fit has not seen.",
        ),
      };
}

/** "him over her: holds" of the first component, on which the verdict is. */
function subtitleOf(
  { summary }: RunView,
  component: ComponentView,
  roles: string,
  translate: Translate,
): string {
  const report = reportOf(summary, component);
  if (component.index > 0) return roles;
  const verdict = translate(
    report ? englishStrings[`verdict.${report.verdict}`] : englishStrings["verdict.untested"],
  );
  return `${roles}: ${verdict}`;
}

/** The held-out score of a component, if the run was validated with the options that are in force. */
function heldOutScore({ summary }: RunView, component: ComponentView): SeparationScore | undefined {
  return reportOf(summary, component)?.components[component.index]?.heldOut ?? undefined;
}

function reportOf(
  { validation }: RunView["summary"],
  { direction }: ComponentView,
): DirectionReport | undefined {
  return validation?.directions[direction];
}
