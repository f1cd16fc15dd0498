import type { ValidationReport } from "../../src/protocol/results.ts";
import { directionNames, type DirectionName } from "../../src/protocol/direction.ts";
import type { RunView } from "../../src/protocol/views/runView.ts";
import { changeDetector, element, type View } from "../components/dom.ts";
import {
  formatExact,
  formatLabel,
  formatProse,
  formatRatio,
} from "../../src/protocol/words/numbers.ts";
import { currentReport, type PanelModel } from "../models/panelModel.ts";
import { rolesOf, variancesOf } from "../models/roles.ts";
import { text } from "../text.ts";
import type { PanelActions } from "./store.ts";

/** Both directions in parallel columns, component 1 of each; a click puts one in front. */
export function directions(actions: PanelActions, model: () => PanelModel): View<PanelModel> {
  const columns = directionNames.map((direction) => {
    const column = element("button", {
      type: "button",
      class: `direction ${direction}`,
      "data-part": `direction-${direction}`,
    });
    column.addEventListener("click", () => {
      actions.chooseComponent(direction, model().ui.component[direction]);
    });
    return { direction, column, changed: changeDetector() };
  });
  const root = element(
    "div",
    {
      class: "columns directions",
      role: "group",
      "aria-label": text("directions.label"),
      "data-part": "directions",
    },
    ...columns.map(({ column }) => column),
  );
  return {
    element: root,
    update(current) {
      for (const { direction, column, changed } of columns) {
        const inFront = current.ui.front === direction;
        const report = currentReport(current);
        if (!changed(current.run, report, inFront)) continue;
        column.setAttribute("aria-pressed", String(inFront));
        column.replaceChildren(...content(current.run, report, direction, inFront));
      }
    },
  };
}

interface DirectionFact {
  readonly name: string;
  readonly label: string;
  /** Undefined if nothing was measured. */
  readonly value: number | undefined;
  readonly format: (value: number) => string;
  /** In sample, beside what is held out. */
  readonly pale?: boolean;
}

/** A label above its number; the number's full precision is its tooltip. */
function factSpan({ name, label, value, format, pale = false }: DirectionFact): HTMLElement {
  const shown = value === undefined ? text("directions.notTested") : format(value);
  const title = value === undefined ? undefined : formatExact(value);
  return element(
    "span",
    { "data-fact": name, class: pale ? "pale" : undefined },
    element("span", { class: "label" }, `${label} `),
    element("span", { class: "value", title }, shown),
  );
}

function content(
  run: RunView | undefined,
  report: ValidationReport | null,
  direction: DirectionName,
  inFront: boolean,
): HTMLElement[] {
  if (!run) return [];
  const { summary } = run;
  const roles = rolesOf(summary, direction);
  const variances = variancesOf(summary, direction, 0);
  const eigenvalue = summary.directions[direction].eigenvalues[0];
  const heldOut = report?.directions[direction].heldOut;
  const pale = heldOut !== undefined && heldOut !== null;
  const facts: readonly DirectionFact[] = [
    {
      name: "held-out",
      label: text("directions.heldOut"),
      value: heldOut?.ratio,
      format: formatRatio,
    },
    {
      name: "in-sample",
      label: text("directions.inSample"),
      value: variances?.ratio,
      format: formatRatio,
      pale,
    },
    {
      name: "eigenvalue",
      label: text("directions.eigenvalue"),
      value: eigenvalue,
      format: formatLabel,
      pale,
    },
    {
      name: "carried",
      label: text("directions.variance", { name: roles.carried }),
      value: variances?.carried,
      format: formatProse,
      pale,
    },
    {
      name: "silent",
      label: text("directions.variance", { name: roles.silent }),
      value: variances?.silent,
      format: formatProse,
      pale,
    },
  ];
  const title = element(
    "span",
    { class: "direction-title" },
    element("span", { class: "sign", "aria-hidden": "true" }, direction === "forward" ? "●" : "▲"),
    element("span", {}, text("directions.title", { ...roles })),
    ...(inFront ? [element("span", { class: "in-front" }, text("directions.inFront"))] : []),
  );
  return [title, element("span", { class: "direction-facts" }, ...facts.map(factSpan))];
}
