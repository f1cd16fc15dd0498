import type { DirectionReport, ValidationReport } from "../../../src/protocol/results.ts";
import { formatCount, formatLabel, formatRatio } from "../../../src/protocol/words/numbers.ts";
import type { RunView } from "../../../src/protocol/views/runView.ts";
import { drawHeldOutSpectrum, drawNoSpectrum } from "../../charts/heldOutSpectrum.ts";
import { ThemedChart } from "../../charts/themedChart.ts";
import type { Cell, TableContent } from "../../components/dataTable.ts";
import type { DisposableView } from "../../components/dom.ts";
import { walkable } from "../../components/walkable.ts";
import { whyNothing } from "../../models/validation/evidence.ts";
import { currentReport, type PanelModel } from "../../models/panelModel.ts";
import { rolesOf } from "../../models/roles.ts";
import { text } from "../../text.ts";
import { modelFigure } from "../modelFigure.ts";
import type { PanelActions } from "../store.ts";

/** Which components are above what permuted labels give, of the direction in front; its place is kept until then. */
export function heldOutSpectrumFigure(
  actions: PanelActions,
  model: () => PanelModel,
): DisposableView<PanelModel> {
  const choose = (place: number): void => {
    const { run, ui } = model();
    if (run && place < run.mappedComponents[ui.front]) actions.chooseComponent(ui.front, place);
  };
  const chart = new ThemedChart({
    onClick: ({ place }) => {
      choose(place);
    },
  });
  const walk = walkable(chart.element, { label: text("controls.component"), onMove: choose });
  return modelFigure(actions, {
    part: "held-out-spectrum",
    chart,
    plot: walk.element,
    shape: "wide",
    inputs(current) {
      const { run, ui } = current;
      if (!run) return undefined;
      const why = whyNothing(current);
      const report = why === undefined ? currentReport(current) : null;
      return { run, report, why, front: ui.front, chosen: ui.component[ui.front] };
    },
    show({ run, report, why, front, chosen }) {
      const roles = rolesOf(run.summary, front);
      const own = report?.directions[front];
      walk.relabel(text("spectrum.ged.walk", { ...roles }));
      walk.update({
        count: own?.components.length ?? 0,
        place: own && chosen < own.components.length ? chosen : undefined,
        text: own ? walkText(own, chosen) : "",
      });
      const title = text("evidence.spectrum.title", { ...roles });
      if (!report || !own) {
        return {
          title,
          finding: text("evidence.spectrum.emptyFinding", { why: why ?? "" }),
          caption: why ?? "",
          table: () => tableOf(run, front, []),
          draw: drawNoSpectrum,
        };
      }
      const edge = edgeText(run, own, report);
      return {
        title,
        finding: findingOf(own, edge),
        caption: text("evidence.spectrum.caption", {
          edge,
          analytic: analyticText(run, own, front),
        }),
        table: () => tableOf(run, front, own.components),
        draw: (theme) =>
          drawHeldOutSpectrum(
            {
              direction: front,
              components: own.components,
              chosen,
              ...(own.noiseEdge ? { edge: own.noiseEdge.components } : {}),
            },
            theme,
          ),
      };
    },
  });
}

function walkText({ components }: DirectionReport, chosen: number): string {
  const scored = components[chosen];
  if (!scored) return "";
  return text("evidence.spectrum.walk", {
    component: chosen + 1,
    ratio: formatLabel(scored.heldOut?.ratio ?? NaN),
    eigenvalue: formatLabel(scored.eigenvalue ?? NaN),
  });
}

/** "2 of the first 5 components (74 in all) are above what permuted labels give (1 to 3 within the error of ...)." */
function edgeText(run: RunView, own: DirectionReport, { permutations }: ValidationReport): string {
  const { noiseEdge } = own;
  if (noiseEdge === undefined || permutations === undefined) return "";
  const { components, low, high } = noiseEdge;
  const numbers = {
    components,
    tested: own.components.length,
    total: formatCount(run.summary.compression.components),
  };
  const edge =
    components > 0 && components < numbers.tested
      ? text("evidence.spectrum.edge", numbers)
      : text(components === 0 ? "evidence.spectrum.edge.none" : "evidence.spectrum.edge.all", {
          tested: numbers.tested,
          total: numbers.total,
        });
  const count = formatCount(permutations.count);
  return low === high
    ? text("evidence.spectrum.edge.plain", { edge, count })
    : text("evidence.spectrum.edge.error", { edge, low, high, count });
}

function findingOf({ heldOut, permutedHeldOut: band }: DirectionReport, edge: string): string {
  const ratio = formatRatio(heldOut?.ratio ?? NaN);
  return band === undefined
    ? text("evidence.spectrum.finding.noNull", { ratio })
    : text("evidence.spectrum.finding", { edge, ratio, high: formatRatio(band.high) });
}

/** What theory says of the eigenvalues, or why it does not. */
function analyticText(
  { summary }: RunView,
  { analyticEdge: edge }: DirectionReport,
  direction: PanelModel["ui"]["front"],
): string {
  if (edge === undefined) return "";
  switch (edge.kind) {
    case "known":
      return text("evidence.spectrum.analytic.known", {
        bulk: formatLabel(edge.bulk),
        largest: formatLabel(edge.largest),
        components: summary.directions[direction].eigenvalues.filter(
          (eigenvalue) => eigenvalue > edge.largest,
        ).length,
      });
    case "none":
      return edge.because === "fewRows"
        ? text("evidence.spectrum.analytic.fewRows", {
            silent: rolesOf(summary, direction).silent,
          })
        : text(`evidence.spectrum.analytic.${edge.because}`);
    default:
      return edge satisfies never;
  }
}

function tableOf(
  run: RunView,
  direction: PanelModel["ui"]["front"],
  components: DirectionReport["components"],
): TableContent {
  const eigenvalues = run.summary.directions[direction].eigenvalues;
  const none = text("validation.none");
  return {
    columns: [
      text("spectrum.column.component"),
      text("evidence.spectrum.column.heldOut"),
      text("evidence.spectrum.column.low"),
      text("evidence.spectrum.column.high"),
      text("evidence.spectrum.column.nullLow"),
      text("evidence.spectrum.column.nullMedian"),
      text("evidence.spectrum.column.nullHigh"),
      text("evidence.spectrum.column.eigenvalue"),
      text("evidence.spectrum.column.inSample"),
    ],
    rows: components.map(
      ({ heldOut, heldOutRatioInterval: interval, permutedHeldOut: band, inSample }, i): Cell[] => [
        i + 1,
        heldOut?.ratio ?? none,
        interval?.low ?? none,
        interval?.high ?? none,
        band?.low ?? none,
        band?.median ?? none,
        band?.high ?? none,
        eigenvalues[i] ?? none,
        inSample.ratio,
      ],
    ),
  };
}
