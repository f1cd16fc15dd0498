import { drawNullHistogram } from "../../charts/nullHistogram.ts";
import { ThemedChart } from "../../charts/themedChart.ts";
import { changeDetector, setShown, type View } from "../../components/dom.ts";
import { figure } from "../../components/figure.ts";
import { logarithmicHistogram } from "../../models/histogram.ts";
import { formatCount, formatProbability, formatRatio } from "../../../src/protocol/numbers.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { rolesOf } from "../../models/roles.ts";
import { text } from "../../text.ts";
import { figureActions } from "../figureOptions.ts";
import type { PanelActions } from "../store.ts";

/** The null distribution of component 1's ratio for the direction in front; it fills while it is computed. */
export function nullFigure(
  actions: PanelActions,
  statistic: "heldOut" | "inSample",
): View<PanelModel> {
  const part = `null-${statistic}`;
  const chart = new ThemedChart();
  const box = figure({ part, plot: chart.element, shape: "flat", ...figureActions(actions) });
  const changed = changeDetector();
  return {
    element: box.element,
    update({ run, ui, validation }) {
      const { report } = validation;
      const distribution =
        report === null ? null : (report.directions[ui.front].permutation?.[statistic] ?? null);
      setShown(box.element, distribution !== null);
      const asTable = ui.tables.includes(part);
      if (!run || !distribution || !changed(distribution, asTable)) return;
      const histogram = logarithmicHistogram(distribution.permuted, [distribution.observed]);
      const numbers = {
        observed: formatRatio(distribution.observed),
        median: formatRatio(distribution.median),
        maximum: formatRatio(distribution.maximum),
        p: formatProbability(distribution.p),
        count: formatCount(distribution.permuted.length),
      };
      const requested = report?.permutations?.requested ?? distribution.permuted.length;
      const caption = text("validation.null.caption", {
        ...numbers,
        requested: formatCount(requested),
      });
      const repeats = report?.permutations?.repeats ?? 1;
      box.update({
        title: text(`validation.null.${statistic}.title`),
        finding: text("validation.null.finding", numbers),
        caption:
          statistic === "heldOut" && repeats > 1
            ? text("validation.null.repeats", { caption, count: formatCount(repeats) })
            : caption,
        asTable,
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
      });
      if (asTable) return;
      chart.show((theme) =>
        drawNullHistogram(
          {
            histogram,
            observed: distribution.observed,
            axisTitle: text("validation.null.axis", { ...rolesOf(run.summary, ui.front) }),
            color: ui.front === "forward" ? "target" : "reference",
          },
          theme,
        ),
      );
    },
  };
}
