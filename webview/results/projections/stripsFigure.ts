import type { DirectionName } from "../../../src/protocol/direction.ts";
import type { ComponentView, RunView } from "../../../src/protocol/views/runView.ts";
import { drawStrips, type StripsOptions } from "../../charts/strips/strips.ts";
import type { TableContent } from "../../components/dataTable.ts";
import type { ShownData } from "../../components/dataFigure.ts";
import type { DisposableView } from "../../components/dom.ts";
import { formatCount, formatProse, formatRatio } from "../../../src/protocol/words/numbers.ts";
import {
  mayJoinByNumber,
  rowEvidence,
  shownClusters,
  type HeldOutRows,
} from "../../models/validation/evidence.ts";
import { shownColours, type NeuronColours } from "../../models/neurons/neuronColours.ts";
import { currentReport, shownComponent, type PanelModel } from "../../models/panelModel.ts";
import { rolesOf, variancesOf } from "../../models/roles.ts";
import { conditionNames, projectionsOf, rowsInOrder, variance } from "../../models/rows.ts";
import { text } from "../../text.ts";
import { colourCaption } from "./colourControls.ts";
import { componentFigure } from "../modelFigure.ts";
import { rowChart } from "./rowReadout.ts";
import { knownCell, rowTable } from "./rowTable.ts";
import type { PanelActions } from "../store.ts";

/** Both conditions on the chosen component of one direction: strips, densities, the means' difference. */
export function stripsFigure(
  actions: PanelActions,
  model: () => PanelModel,
  direction: DirectionName,
): DisposableView<PanelModel> {
  const rows = rowChart((places) => {
    actions.chooseRows(direction, model().ui.component[direction], places);
  });
  return componentFigure(actions, direction, {
    part: `projections-${direction}`,
    chart: rows.chart,
    plot: rows.plot,
    readout: rows.readout,
    shape: "wide",
    inputs(current) {
      const { run, rows: chosen, ui } = current;
      const component = shownComponent(current, direction);
      if (!run || !component) return undefined;
      const evidence = rowEvidence(current, direction, component.index);
      return {
        ...{ run, component, chosen },
        heldOut: evidence.kind === "heldOut" ? evidence.known : undefined,
        ratio: scoredRatio(current, direction, component.index),
        why: evidence.kind === "heldOut" ? "" : evidence.why,
        colours: shownColours(current.colour),
        pairLines: ui.pairLines && mayJoinByNumber(current),
        clusters: ui.clusterLines ? shownClusters(current) : undefined,
      };
    },
    show({ run, component, chosen, heldOut, ratio, why, colours, pairLines, clusters }) {
      const { target, reference } = run.summary;
      const values = heldOut ?? {
        target: component.targetProjections,
        reference: component.referenceProjections,
      };
      rows.update({
        run,
        order: rowsInOrder(values),
        chosen,
        colours,
        valuesOf: (place) => [values[place.condition][place.row] ?? NaN],
      });
      const common = {
        target: { name: target.name, values: values.target },
        reference: { name: reference.name, values: values.reference },
        pairLines,
        marked: chosen,
        colours,
        ...(clusters ? { clusters } : {}),
      };
      const shown = heldOut
        ? showHeldOut(run, component, heldOut, ratio, colours)
        : showInSample(run, component, why, colours);
      return {
        title: text("projections.title", {
          component: component.index + 1,
          ...rolesOf(run.summary, direction),
        }),
        finding: shown.finding,
        caption: `${shown.caption} ${colourCaption(colours)}`.trim(),
        table: () => shown.table,
        draw: (theme) => drawStrips({ ...common, ...shown.strips }, theme),
      };
    },
  });
}

type Shown = Pick<ShownData, "finding" | "caption"> & {
  readonly table: TableContent;
  readonly strips: Omit<StripsOptions, "target" | "reference">;
};

function showHeldOut(
  run: RunView,
  component: ComponentView,
  rows: HeldOutRows,
  ratio: number,
  colours: NeuronColours | undefined,
): Shown {
  const { target, reference } = run.summary;
  const inSample = variancesOf(run.summary, component.direction, component.index);
  const missing = conditionNames.reduce(
    (sum, condition) => sum + rows[condition].filter(Number.isNaN).length,
    0,
  );
  return {
    finding: text("evidence.strips.finding", {
      component: component.index + 1,
      target: target.name,
      reference: reference.name,
      targetVariance: formatProse(variance(tested(rows.target))),
      referenceVariance: formatProse(variance(tested(rows.reference))),
      ratio: formatRatio(ratio),
      inSample: formatRatio(inSample?.ratio ?? NaN),
    }),
    caption: [
      text(rows.ranges ? "evidence.rows.repeats" : "evidence.rows"),
      ...(missing > 0 ? [text("evidence.rows.missing", { count: formatCount(missing) })] : []),
      text("evidence.rows.pale"),
    ].join(" "),
    table: heldOutTable(run, component, rows, colours),
    strips: {
      axisTitle: text("evidence.strips.axis"),
      ...(rows.ranges ? { ranges: rows.ranges } : {}),
      pale: { target: component.targetProjections, reference: component.referenceProjections },
    },
  };
}

function showInSample(
  run: RunView,
  component: ComponentView,
  why: string,
  colours: NeuronColours | undefined,
): Shown {
  const { target, reference } = run.summary;
  const difference = formatProse(component.meanDifference);
  return {
    finding: text("projections.finding", {
      component: component.index + 1,
      target: target.name,
      reference: reference.name,
      targetVariance: formatProse(variance(component.targetProjections)),
      referenceVariance: formatProse(variance(component.referenceProjections)),
      difference,
    }),
    caption: text("projections.caption", { difference, why }),
    table: rowTable(run, [text("projections.column.projection")], colours, (condition, row) => [
      projectionsOf(component, condition)[row] ?? NaN,
    ]),
    strips: {
      axisTitle: text("projections.axis"),
      difference: { value: component.meanDifference, label: text("projections.lane.difference") },
    },
  };
}

function heldOutTable(
  run: RunView,
  component: ComponentView,
  rows: HeldOutRows,
  colours: NeuronColours | undefined,
): TableContent {
  const { ranges } = rows;
  return rowTable(
    run,
    [
      text("evidence.column.heldOut"),
      ...(ranges ? [text("evidence.column.low"), text("evidence.column.high")] : []),
      text("evidence.column.inSample"),
    ],
    colours,
    (condition, row) => [
      knownCell(rows[condition][row]),
      ...(ranges
        ? [knownCell(ranges[condition].low[row]), knownCell(ranges[condition].high[row])]
        : []),
      projectionsOf(component, condition)[row] ?? NaN,
    ],
  );
}

function tested(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

/** The held-out ratio of one component; NaN if there is none. */
function scoredRatio(model: PanelModel, direction: DirectionName, index: number): number {
  return (
    currentReport(model)?.directions[direction].components[index]?.heldOut?.ratio ?? Number.NaN
  );
}
