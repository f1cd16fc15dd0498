import { formatCount, formatRatio } from "../../../src/protocol/numbers.ts";
import { drawLearningCurve } from "../../charts/learningCurve.ts";
import { ThemedChart } from "../../charts/themedChart.ts";
import type { DisposableView } from "../../components/dom.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { text } from "../../text.ts";
import { modelFigure } from "../modelFigure.ts";
import type { PanelActions } from "../store.ts";

/** Held-out ratio of the direction in front against the number of rows, and what the interval is one of. */
export function learningFigure(actions: PanelActions): DisposableView<PanelModel> {
  return modelFigure(actions, {
    part: "learning-curve",
    chart: new ThemedChart(),
    shape: "flat",
    inputs({ ui: { front }, validation: { report } }) {
      const { learningCurve: points = [], estimand = "" } = report?.directions[front] ?? {};
      return points.length === 0 ? undefined : { points, estimand, front };
    },
    show({ points, estimand, front }) {
      const [first, last] = [points[0], points.at(-1)];
      return {
        title: text("evidence.learning.title"),
        finding: text("evidence.learning.finding", {
          fewest: formatCount(first?.rows ?? NaN),
          first: formatRatio(first?.ratio ?? NaN),
          most: formatCount(last?.rows ?? NaN),
          last: formatRatio(last?.ratio ?? NaN),
        }),
        caption: text("evidence.learning.caption", { estimand }),
        table: () => ({
          columns: [
            text("evidence.learning.rows"),
            text("evidence.learning.ratio"),
            text("evidence.spectrum.column.low"),
            text("evidence.spectrum.column.high"),
          ],
          rows: points.map(({ rows, ratio, low, high }) => [rows, ratio, low, high]),
        }),
        draw: (theme) => drawLearningCurve(points, front, theme),
      };
    },
  });
}
