import type { DirectionReport, SeparationScore } from "../../src/ged/validationReport.ts";
import type { InspectorView } from "../../src/protocol/inspector.ts";
import type { ComponentView, RunView } from "../../src/protocol/runView.ts";
import { describeRatio, toSignificant } from "../naming.ts";
import { largestByMagnitude } from "./ranking.ts";

const barCount = 8;

/** What one component separates, how much of it survives held out, and which neurons make it. */
export function componentFacts(view: RunView, component: ComponentView): InspectorView {
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
    title: `Component ${component.index + 1}`,
    subtitle: `carries ${carried}, silent for ${silent}`,
    facts: [
      {
        label: "Eigenvalue",
        value: toSignificant(component.eigenvalue, 6),
        hint: "Generalized eigenvalue on the shrunk reference, in sample.",
      },
      {
        label: `Variance of ${carried}`,
        value: `${toSignificant(carriedVariance)} in sample`,
        hint: "On the unit direction, about the condition's own mean.",
      },
      {
        label: `Variance of ${silent}`,
        value: `${toSignificant(silentVariance)} in sample`,
        hint: "On the unit direction, about the condition's own mean.",
      },
      { label: `${carried} over ${silent}`, ...ratioFact(view, component, ratio) },
      {
        label: "Mean difference",
        value: toSignificant(component.meanDifference),
        hint: `Mean of ${target} minus mean of ${reference} on the unit direction. The method looks for variance, not for means.`,
      },
    ],
    chart: {
      kind: "bars",
      title: "Largest loadings",
      bars: largestByMagnitude(component.filter, barCount).map((neuron) => ({
        label: `${neuron}`,
        value: component.filter[neuron],
      })),
    },
  };
}

function ratioFact(view: RunView, component: ComponentView, inSample: number) {
  const heldOut = heldOutScore(view, component);
  return heldOut
    ? { value: `${describeRatio(inSample)} in sample, ${describeRatio(heldOut.ratio)} held out` }
    : {
        value: `${describeRatio(inSample)} in sample`,
        hint: "Not validated: run the validation to see what survives on rows that the fit has not seen.",
      };
}

/** The held-out score of a component, where the run was validated with the options that are in force. */
function heldOutScore(view: RunView, component: ComponentView): SeparationScore | undefined {
  const report = view.summary.validation;
  if (!report) return undefined;
  const direction: DirectionReport = component.direction === "forward" ? report : report.swapped;
  return direction.components[component.index]?.heldOut ?? undefined;
}
