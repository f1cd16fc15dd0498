import { drawNullHistogram } from "../../charts/nullHistogram.ts";
import { ThemedChart } from "../../charts/themedChart.ts";
import type { DisposableView } from "../../components/dom.ts";
import { logarithmicHistogram } from "../../models/histogram.ts";
import {
  formatCount,
  formatProbability,
  formatRatio,
} from "../../../src/protocol/words/numbers.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { rolesOf } from "../../models/roles.ts";
import { text } from "../../text.ts";
import { modelFigure } from "../modelFigure.ts";
import type { PanelActions } from "../store.ts";

/** The null distribution of component 1's ratio for the direction in front; it fills while it is computed. */
export function nullFigure(
  actions: PanelActions,
  statistic: "heldOut" | "inSample",
): DisposableView<PanelModel> {
  return modelFigure(actions, {
    part: `null-${statistic}`,
    chart: new ThemedChart(),
    shape: "flat",
    inputs({ run, ui: { front }, validation: { report } }) {
      const distribution = report && report.directions[front].permutation?.[statistic];
      if (!run || !distribution) return undefined;
      const { permutations } = report;
      return { distribution, permutations, front, ...rolesOf(run.summary, front) };
    },
    show({ distribution, permutations, front, carried, silent }) {
      const histogram = logarithmicHistogram(distribution.permuted, [distribution.observed]);
      const numbers = {
        observed: formatRatio(distribution.observed),
        median: formatRatio(distribution.median),
        maximum: formatRatio(distribution.maximum),
        p: formatProbability(distribution.p),
        count: formatCount(distribution.permuted.length),
      };
      const requested = permutations?.requested ?? distribution.permuted.length;
      const caption = text("validation.null.caption", {
        ...numbers,
        requested: formatCount(requested),
      });
      const repeats = permutations?.repeats ?? 1;
      return {
        title: text(`validation.null.${statistic}.title`),
        finding: text("validation.null.finding", numbers),
        caption:
          statistic === "heldOut" && repeats > 1
            ? text("validation.null.repeats", { caption, count: formatCount(repeats) })
            : caption,
        table: () => ({
          columns: [
            text("validation.null.column.from"),
            text("validation.null.column.to"),
            text("validation.null.column.count"),
          ],
          rows: histogram.counts.map((count, i) => [
            histogram.edges[i] ?? NaN,
            histogram.edges[i + 1] ?? NaN,
            count,
          ]),
        }),
        draw: (theme) =>
          drawNullHistogram(
            {
              histogram,
              observed: distribution.observed,
              axisTitle: text("validation.null.axis", { carried, silent }),
              color: front === "forward" ? "target" : "reference",
            },
            theme,
          ),
      };
    },
  });
}
