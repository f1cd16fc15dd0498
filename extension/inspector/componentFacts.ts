import type { DirectionReport, SeparationScore } from "../../src/ged/validation/report.ts";
import type { InspectorView } from "../../src/protocol/inspector.ts";
import type { ComponentView, RunView } from "../../src/protocol/runView.ts";
import { formatRatio, formatShort } from "../../src/protocol/numbers.ts";
import type { Translate } from "../translate.ts";
import { largestByMagnitude } from "./ranking.ts";

const barCount = 8;

/** What one component separates, how much of it survives held out, and which neurons make it. */
export function componentFacts(
  view: RunView,
  component: ComponentView,
  translate: Translate,
): InspectorView {
  const { summary } = view;
  const separation = component.direction === "forward" ? summary.separation : summary.swapped;
  const target = summary.target.name;
  const reference = summary.reference.name;
  const carriedVariance = separation.targetVariance[component.index];
  const silentVariance = separation.referenceVariance[component.index];
  const carried = component.direction === "forward" ? target : reference;
  const silent = component.direction === "forward" ? reference : target;
  const ratio = carriedVariance / silentVariance;
  return {
    title: translate("Component {0}", component.index + 1),
    subtitle: translate("carries {0}, silent for {1}", carried, silent),
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
        value: component.filter[neuron],
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
          "{0} in sample, {1} held out",
          formatRatio(inSample),
          formatRatio(heldOut.ratio),
        ),
      }
    : {
        value: translate("{0} in sample", formatRatio(inSample)),
        hint: translate(
          "Not validated: run the validation to see what survives on rows that the fit has not seen.",
        ),
      };
}

/** The held-out score of a component, where the run was validated with the options that are in force. */
function heldOutScore(view: RunView, component: ComponentView): SeparationScore | undefined {
  const report = view.summary.validation;
  if (!report) return undefined;
  const direction: DirectionReport = component.direction === "forward" ? report : report.swapped;
  return direction.components[component.index]?.heldOut ?? undefined;
}
