import type { DirectionName } from "../../src/protocol/direction.ts";
import { dataFigure, type DataFigureOptions, type ShownData } from "../components/dataFigure.ts";
import { changeDetector, setShown, type DisposableView } from "../components/dom.ts";
import { isSettled } from "../models/choices.ts";
import type { PanelModel } from "../models/panelModel.ts";
import { figureActions } from "./figureOptions.ts";
import type { PanelActions } from "./store.ts";

interface ModelFigure<Inputs> extends Omit<DataFigureOptions, "onTable" | "onCopy"> {
  /**
   * All that the figure depends on, by name: it is drawn again if one of these differs, and sees nothing
   * else. Undefined if there is nothing to show (yet).
   */
  readonly inputs: (model: PanelModel) => Inputs | undefined;
  readonly show: (inputs: Inputs) => ShownData;
}

/** A figure of the panel; it is hidden while there is nothing to show. */
export function modelFigure<Inputs extends object>(
  actions: PanelActions,
  options: ModelFigure<Inputs>,
): DisposableView<PanelModel> {
  const shown = redrawn(actions, options);
  return {
    element: shown.element,
    update(model) {
      const inputs = options.inputs(model);
      setShown(shown.element, inputs !== undefined);
      if (inputs) shown.update(inputs, model);
    },
    dispose: shown.dispose,
  };
}

/**
 * A figure of the component that is chosen in one direction. Who places it shows and hides it; it rests while
 * its direction is not shown, and is busy while the component is on its way.
 */
export function componentFigure<Inputs extends object>(
  actions: PanelActions,
  direction: DirectionName,
  options: ModelFigure<Inputs>,
): DisposableView<PanelModel> {
  const shown = redrawn(actions, options);
  return {
    element: shown.element,
    update(model) {
      const { run, ui } = model;
      if (!run || (!ui.sideBySide && ui.front !== direction)) return;
      // Of what nobody sees only the solution that stays is worth the time.
      if (!options.chart.seen && !isSettled(model)) return;
      const inputs = options.inputs(model);
      shown.element.setAttribute("aria-busy", String(inputs === undefined));
      if (inputs) shown.update(inputs, model);
    },
    dispose: shown.dispose,
  };
}

function redrawn<Inputs extends object>(
  actions: PanelActions,
  { inputs: _inputs, show, ...options }: ModelFigure<Inputs>,
): {
  readonly element: HTMLElement;
  update(inputs: Inputs, model: PanelModel): void;
  dispose(): void;
} {
  const box = dataFigure({ ...options, ...figureActions(actions) });
  const changed = changeDetector();
  return {
    element: box.element,
    update(inputs, { ui }) {
      const asTable = ui.tables.includes(options.part);
      if (changed(asTable, ...Object.values(inputs))) box.update(show(inputs), asTable);
    },
    dispose: box.dispose,
  };
}
