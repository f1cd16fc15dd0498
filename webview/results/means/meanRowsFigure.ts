import { formatProse } from "../../../src/protocol/words/numbers.ts";
import { drawStrips } from "../../charts/strips/strips.ts";
import { ThemedChart } from "../../charts/themedChart.ts";
import { changeDetector, type DisposableView } from "../../components/dom.ts";
import type { MeanDirectionName } from "../../models/means/directions.ts";
import { knownProjections } from "../../models/means/projectionState.ts";
import { meanRows, type MeanRows } from "../../models/means/meanRows.ts";
import { currentReport, type PanelModel } from "../../models/panelModel.ts";
import { rolesOf } from "../../models/roles.ts";
import { text } from "../../text.ts";
import { modelFigure } from "../modelFigure.ts";
import { knownCell, rowTable } from "../projections/rowTable.ts";
import type { PanelActions } from "../store.ts";

/** Both conditions on a direction of the means; hidden if neither held-out nor in-sample rows are known. */
export function meanRowsFigure(
  actions: PanelActions,
  name: MeanDirectionName,
): DisposableView<PanelModel> {
  const rowsOf = remembered(name);
  return modelFigure(actions, {
    part: `rows-${name}`,
    chart: new ThemedChart(),
    shape: "wide",
    inputs(current) {
      const { run, ui } = current;
      const shown = rowsOf(current);
      return run && shown ? { run, shown, ...rolesOf(run.summary, ui.front) } : undefined;
    },
    show({ run, shown: { evidence, values }, carried, silent }) {
      const { target, reference } = run.summary;
      return {
        title: text(`means.rows.title.${evidence}`, {
          direction: text(`means.${name}`),
          ...{ carried, silent },
        }),
        finding: text(`means.rows.finding.${evidence}`, {
          target: target.name,
          reference: reference.name,
          targetMean: formatProse(meanOf(values.target)),
          referenceMean: formatProse(meanOf(values.reference)),
          direction: text(`means.${name}`),
        }),
        caption: text(`means.rows.caption.${evidence}`),
        table: () =>
          rowTable(run, [text(`means.rows.column.${evidence}`)], undefined, (condition, row) => [
            knownCell(values[condition][row]),
          ]),
        draw: (theme) =>
          drawStrips(
            {
              target: { name: target.name, values: values.target },
              reference: { name: reference.name, values: values.reference },
              axisTitle: text("means.rows.axis"),
            },
            theme,
          ),
      };
    },
  });
}

function meanOf(values: Float64Array): number {
  const tested = values.filter((value) => !Number.isNaN(value));
  return tested.reduce((sum, value) => sum + value, 0) / tested.length;
}

/** The same rows for the same report and choice, so that nothing is drawn twice. */
function remembered(name: MeanDirectionName): (model: PanelModel) => MeanRows | undefined {
  const changed = changeDetector();
  let rows: MeanRows | undefined;
  return (model) => {
    const { run, ui } = model;
    const known = knownProjections(model.meanProjections);
    const scores = currentReport(model)?.baselines;
    if (changed(run?.neurons, scores, known, ui.front, ui.evidence)) rows = meanRows(model, name);
    return rows;
  };
}
