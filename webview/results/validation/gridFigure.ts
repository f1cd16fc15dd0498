import type { ValidationReport } from "../../../src/protocol/results.ts";
import type { RunView } from "../../../src/protocol/views/runView.ts";
import {
  changeDetector,
  element,
  setAttributes,
  setShown,
  setText,
  type View,
} from "../../components/dom.ts";
import {
  formatChosen,
  formatCount,
  formatProse,
  formatRatio,
  formatShare,
} from "../../../src/protocol/words/numbers.ts";
import type { PanelModel } from "../../models/panelModel.ts";
import { heatOf, nearestPlace } from "../../models/validation/validationTables.ts";
import { text } from "../../text.ts";
import type { PanelActions } from "../store.ts";

/** Percent of the text's colour in the darkest cell: with more, its number would be too faint in dark themes. */
const darkest = 32;

type Grid = NonNullable<ValidationReport["grid"]>;

/** A heat map that is a table: held-out ratio over shrinkage and share; a click re-solves with a cell's choice. */
export function gridFigure(actions: PanelActions): View<PanelModel> {
  const title = element("h3", {}, text("validation.grid.title"));
  const body = element("div", { class: "scroll-x" });
  const caption = element("figcaption");
  const root = element(
    "figure",
    { "data-part": "grid" },
    element("div", { class: "figure-head" }, title),
    body,
    caption,
  );
  const changed = changeDetector();
  return {
    element: root,
    update({ run, validation }) {
      const grid = validation.report?.grid;
      setShown(root, grid !== undefined);
      if (!run || !grid || !changed(grid, run.controls)) return;
      const best = Math.max(...grid.heldOutRatio);
      const place = grid.heldOutRatio.indexOf(best);
      setAttributes(root, {
        "aria-label": text("validation.grid.finding", {
          best: formatRatio(best),
          shrinkage: formatChosen(grid.shrinkages[Math.floor(place / grid.shares.length)] ?? NaN),
          share: formatShare(grid.shares[place % grid.shares.length] ?? NaN),
        }),
      });
      setText(
        caption,
        text("validation.grid.caption", {
          shrinkage: formatChosen(grid.suggestion.shrinkage),
          share: formatShare(grid.suggestion.share),
          ledoitWolf: formatProse(grid.ledoitWolf),
          oracle: formatProse(grid.oracleApproximating),
        }),
      );
      body.replaceChildren(heatMap(grid, run.controls, actions));
    },
  };
}

function heatMap(
  grid: Grid,
  current: RunView["controls"],
  actions: PanelActions,
): HTMLTableElement {
  const chosen = {
    row: nearestPlace(grid.shrinkages, current.shrinkage),
    column: nearestPlace(grid.shares, current.variance),
  };
  const suggested = {
    row: nearestPlace(grid.shrinkages, grid.suggestion.shrinkage),
    column: nearestPlace(grid.shares, grid.suggestion.share),
  };
  const head = element(
    "tr",
    {},
    element("th", { scope: "col" }, text("validation.grid.corner")),
    ...grid.shares.map((share, column) => {
      const count = formatCount(grid.components[column] ?? NaN);
      const title = text("validation.grid.components", { count });
      return element("th", { scope: "col", title }, formatShare(share));
    }),
  );
  const rows = grid.shrinkages.map((shrinkage, row) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, formatChosen(shrinkage)),
      ...grid.shares.map((share, column) => {
        const ratio = grid.heldOutRatio[row * grid.shares.length + column] ?? NaN;
        const marks = [
          ...(row === chosen.row && column === chosen.column
            ? [mark("●", text("validation.grid.current"))]
            : []),
          ...(row === suggested.row && column === suggested.column
            ? [mark("◇", text("validation.grid.suggested"))]
            : []),
        ];
        const button = element(
          "button",
          {
            type: "button",
            title: text("validation.grid.apply", {
              shrinkage: formatChosen(shrinkage),
              share: formatShare(share),
            }),
            disabled: share > current.maximalVariance + 1e-6,
          },
          formatRatio(ratio),
          ...marks,
        );
        button.addEventListener("click", () => {
          actions.resolve(shrinkage, share);
        });
        const cell = element("td", {}, button);
        // The CSS object model may set styles where the policy forbids style attributes.
        cell.style.setProperty(
          "--heat",
          `${String(Math.round(darkest * heatOf(ratio, grid.heldOutRatio)))}%`,
        );
        return cell;
      }),
    ),
  );
  return element(
    "table",
    { class: "data heat", "aria-label": text("validation.grid.title") },
    element("thead", {}, head),
    element("tbody", {}, ...rows),
  );
}

function mark(sign: string, name: string): HTMLElement {
  return element("span", { role: "img", "aria-label": name, class: "mark" }, sign);
}
