import { formatCount, formatRatio } from "../../../src/protocol/words/numbers.ts";
import type { LearningPoint } from "../../../src/protocol/results.ts";
import { drawLearningCurve, drawNoLearningCurve } from "../../charts/learningCurve.ts";
import { ThemedChart } from "../../charts/themedChart.ts";
import type { TableContent } from "../../components/dataTable.ts";
import type { DisposableView } from "../../components/dom.ts";
import { whyNothing } from "../../models/validation/evidence.ts";
import { currentReport, type PanelModel } from "../../models/panelModel.ts";
import { text } from "../../text.ts";
import { modelFigure } from "../modelFigure.ts";
import type { PanelActions } from "../store.ts";

/** Held-out ratio of the direction in front against the number of rows; its place is kept until it is known. */
export function learningFigure(actions: PanelActions): DisposableView<PanelModel> {
  return modelFigure(actions, {
    part: "learning-curve",
    chart: new ThemedChart(),
    shape: "wide",
    inputs(current) {
      const { run, ui, validation } = current;
      if (!run) return undefined;
      const own = currentReport(current)?.directions[ui.front];
      const running = validation.starting || validation.progress !== undefined;
      const why =
        whyNothing(current) ?? text(running ? "evidence.running" : "evidence.learning.absent");
      const scheme = currentReport(current)?.scheme;
      const folds = scheme?.kind === "crossValidation" ? scheme.folds : undefined;
      return { points: own?.learningCurve, folds, front: ui.front, why };
    },
    show({ points, folds, front, why }) {
      const title = text("evidence.learning.title");
      const table = () => tableOf(points ?? []);
      if (points === undefined || points.length === 0) {
        return {
          title,
          finding: text("evidence.learning.emptyFinding", { why }),
          caption: why,
          table,
          draw: drawNoLearningCurve,
        };
      }
      const [first, last] = [points[0], points.at(-1)];
      return {
        title,
        finding: text("evidence.learning.finding", {
          fewest: formatCount(first?.rows ?? NaN),
          first: formatRatio(first?.ratio ?? NaN),
          most: formatCount(last?.rows ?? NaN),
          last: formatRatio(last?.ratio ?? NaN),
        }),
        caption: text("evidence.learning.caption", { estimand: estimandOf(folds) }),
        table,
        draw: (theme) => drawLearningCurve(points, front, theme),
      };
    },
  });
}

function tableOf(points: readonly LearningPoint[]): TableContent {
  return {
    columns: [
      text("evidence.learning.rows"),
      text("evidence.learning.ratio"),
      text("evidence.spectrum.column.low"),
      text("evidence.spectrum.column.high"),
    ],
    rows: points.map(({ rows, ratio, low, high }) => [rows, ratio, low, high]),
  };
}

/** What the interval of the headline is one of: nothing is said of a train/test split, which has one fit. */
function estimandOf(folds: number | undefined): string {
  return folds === undefined
    ? ""
    : text("evidence.learning.estimand", { training: folds - 1, folds });
}
