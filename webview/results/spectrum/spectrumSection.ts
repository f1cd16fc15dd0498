import { directionNames } from "../../../src/protocol/direction.ts";
import { drawEigenvalues, type DirectionSpectrum } from "../../charts/eigenvalues.ts";
import { drawScree, screeOf } from "../../charts/scree.ts";
import { ThemedChart } from "../../charts/themedChart.ts";
import type { TableContent } from "../../components/dataTable.ts";
import { disposeAll, element, setShown, type DisposableView } from "../../components/dom.ts";
import { legend } from "../../components/legend.ts";
import { segmented } from "../../components/segmented.ts";
import { walkable } from "../../components/walkable.ts";
import { formatLabel, formatProse, formatShare } from "../../../src/protocol/words/numbers.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { rolesOf } from "../../models/roles.ts";
import { splitSpectrum } from "../../models/spectrum.ts";
import type { UiState } from "../../models/uiState.ts";
import { text } from "../../text.ts";
import { modelFigure } from "../modelFigure.ts";
import { heldOutSpectrumFigure } from "./heldOutSpectrumFigure.ts";
import { learningFigure } from "./learningFigure.ts";
import { section } from "../section.ts";
import type { PanelActions } from "../store.ts";

/** Scree plot and generalized eigenvalues, side by side. */
export function spectrumSection(
  actions: PanelActions,
  model: () => PanelModel,
): DisposableView<PanelModel> {
  const scale = segmented<UiState["scale"]>(
    {
      label: text("spectrum.scale"),
      part: "spectrum-scale",
      onChange: (chosen) => {
        actions.changeUi({ scale: chosen });
      },
    },
    [
      { value: "log", label: text("spectrum.log") },
      { value: "linear", label: text("spectrum.linear") },
    ],
  );
  const key = legend();
  const learning = learningFigure(actions);
  const views = [
    heldOutSpectrumFigure(actions, model),
    eigenvalueFigure(actions, model),
    screeFigure(actions),
    learning,
  ];
  return {
    element: section(
      "spectrum",
      text("spectrum.heading"),
      [scale.element, key.element],
      [element("div", { class: "columns" }, ...views.map((view) => view.element))],
    ),
    update(current) {
      scale.update(current.ui.scale);
      const summary = current.run?.summary;
      if (summary) {
        key.update({
          target: `S = ${summary.target.name}`,
          reference: `S = ${summary.reference.name}`,
        });
      }
      for (const view of views) view.update(current);
      // Sums cannot be taken of fewer rows.
      setShown(learning.element, summary?.atHand === undefined);
    },
    dispose() {
      disposeAll(views);
    },
  };
}

function screeFigure(actions: PanelActions): DisposableView<PanelModel> {
  return modelFigure(actions, {
    part: "scree",
    chart: new ThemedChart(),
    shape: "wide",
    inputs: ({ run, ui }) => run && { run, scale: ui.scale },
    show({ run, scale }) {
      const { compression } = run.summary;
      const scree = screeOf(run.summary);
      const share = formatShare(compression.varianceKept);
      return {
        title: text("spectrum.scree.title"),
        finding: text("spectrum.scree.finding", {
          components: scree.kept,
          shown: scree.values.length,
          share,
          first: formatLabel(scree.values[0] ?? NaN),
          second: formatLabel(scree.values[1] ?? NaN),
        }),
        caption: text("spectrum.scree.caption", {
          scale: text(`spectrum.scale.${scale}`),
          total: formatProse(compression.totalVariance),
        }),
        table: () => ({
          columns: [
            text("spectrum.column.component"),
            text("spectrum.column.eigenvalue"),
            text("spectrum.column.share"),
            text("spectrum.column.kept"),
          ],
          rows: scree.values.map((value, i) => [
            i + 1,
            value,
            scree.share[i] ?? NaN,
            text(i < scree.kept ? "yes" : "no"),
          ]),
        }),
        draw: (theme) => drawScree(scree, compression.varianceKept, scale, theme),
      };
    },
  });
}

function eigenvalueFigure(
  actions: PanelActions,
  model: () => PanelModel,
): DisposableView<PanelModel> {
  const chart = new ThemedChart({
    onClick: ({ dataset, place }) => {
      const direction = directionNames[dataset];
      const run = model().run;
      if (direction && run && place < run.mappedComponents[direction]) {
        actions.chooseComponent(direction, place);
      }
    },
  });
  const walk = walkable(chart.element, {
    label: text("controls.component"),
    onMove: (place) => {
      actions.chooseComponent(model().ui.front, place);
    },
  });
  return modelFigure(actions, {
    part: "eigenvalues",
    chart,
    plot: walk.element,
    shape: "wide",
    inputs: ({ run, ui: { scale, front, component } }) => run && { run, scale, front, component },
    show({ run, scale, front, component }) {
      const { summary } = run;
      const shown: DirectionSpectrum[] = directionNames.map((direction) => ({
        direction,
        roles: rolesOf(summary, direction),
        spectrum: splitSpectrum(summary.directions[direction].eigenvalues),
        chosen: component[direction],
      }));
      const names = { target: summary.target.name, reference: summary.reference.name };
      const roles = rolesOf(summary, front);
      const place = component[front];
      walk.relabel(text("spectrum.ged.walk", { ...roles }));
      walk.update({
        count: run.mappedComponents[front],
        place,
        text: text("spectrum.ged.current", {
          component: place + 1,
          eigenvalue: formatLabel(summary.directions[front].eigenvalues[place] ?? NaN),
        }),
      });
      const first = (direction: number, i: number): string =>
        formatLabel(shown[direction]?.spectrum.positive[i] ?? 0);
      return {
        title: text("spectrum.ged.title"),
        finding: text("spectrum.ged.finding", {
          ...names,
          forwardFirst: first(0, 0),
          forwardSecond: first(0, 1),
          swappedFirst: first(1, 0),
          swappedSecond: first(1, 1),
        }),
        caption: text("spectrum.ged.caption", { scale: text(`spectrum.scale.${scale}`) }),
        table: () => eigenvalueTable(shown),
        draw: (theme) => drawEigenvalues(shown, front, scale, theme),
      };
    },
  });
}

/** One row a component; the zeros of a direction are one cell at the end. */
function eigenvalueTable(shown: readonly DirectionSpectrum[]): TableContent {
  const count = Math.max(0, ...shown.map(({ spectrum }) => spectrum.positive.length));
  const total = Math.max(...shown.map(({ spectrum }) => spectrum.positive.length + spectrum.zeros));
  const rows = Array.from({ length: count }, (_, i) => [
    i + 1,
    ...shown.map(({ spectrum }) => spectrum.positive[i] ?? ""),
  ]);
  return {
    columns: [
      text("spectrum.column.component"),
      ...shown.map(({ roles }) => text("spectrum.column.direction", { ...roles })),
    ],
    rows: shown.some(({ spectrum }) => spectrum.zeros > 0)
      ? [
          ...rows,
          [
            `${count + 1}–${total}`,
            ...shown.map(({ spectrum }) => text("spectrum.zeros", { count: spectrum.zeros })),
          ],
        ]
      : rows,
  };
}
