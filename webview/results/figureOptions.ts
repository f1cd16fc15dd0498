import type { FigureOptions } from "../components/figure.ts";
import type { PanelActions } from "./store.ts";

/** What every figure of the panel does with its buttons. */
export function figureActions(actions: PanelActions): Pick<FigureOptions, "onTable" | "onCopy"> {
  return {
    onTable: (part, shown) => {
      actions.showFigureAsTable(part, shown);
    },
    onCopy: (table) => {
      actions.copy(table);
    },
  };
}
