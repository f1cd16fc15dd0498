import type {
  ComparisonToHost,
  HostToComparison,
} from "../../src/protocol/views/comparisonView.ts";
import { directionNames } from "../../src/protocol/direction.ts";
import { dataTable, type TableContent } from "../components/dataTable.ts";
import { element, setShown, setText, type View } from "../components/dom.ts";
import { button } from "../components/toolkit.ts";
import {
  changeRemarks,
  factsTable,
  pairsTable,
  runName,
  scoresTable,
} from "../models/comparison.ts";
import { engineText, text } from "../text.ts";

/** Runs side by side: what they are of, and for each direction what component 1 of each is worth and how they agree. */
export function comparison(send: (message: ComparisonToHost) => void): View<HostToComparison> {
  const title = element("h1", { "data-part": "comparison-title" }, text("comparison.loading"));
  const problem = element("p", { class: "failure", role: "alert", "data-part": "problem" });
  const openers = element("div", { class: "actions" });
  const body = element("div", { "data-part": "comparison-body" });
  setShown(problem, false);
  return {
    element: element(
      "main",
      { "data-part": "comparison" },
      element("header", {}, title, openers),
      problem,
      body,
    ),
    update(message) {
      setShown(problem, message.kind === "problem");
      if (message.kind === "problem") {
        setText(problem, engineText(message.message));
        return;
      }
      const { runs } = message.comparison;
      setText(title, text("comparison.title", { count: runs.length }));
      openers.replaceChildren(
        ...runs.map((run, place) =>
          button({
            label: text("comparison.open", { run: runName(run, place) }),
            appearance: "secondary",
            part: "open-run",
            onClick: () => {
              send({ kind: "open", place });
            },
          }),
        ),
      );
      body.replaceChildren(
        section(text("comparison.runs"), [
          tableBox("facts", text("comparison.runs"), factsTable(runs)),
        ]),
        ...directionNames.map((direction) => {
          const name = text(`comparison.${direction}`);
          const of = (part: "scores" | "pairs") => `${text(`comparison.${part}`)}: ${name}`;
          return section(name, [
            tableBox(`scores-${direction}`, of("scores"), scoresTable(runs, direction)),
            tableBox(`pairs-${direction}`, of("pairs"), pairsTable(message.comparison, direction)),
            ...changeRemarks(message.comparison, direction).map((remark) =>
              element("p", { class: "caption muted" }, remark),
            ),
            element("p", { class: "caption muted" }, text("comparison.caption")),
          ]);
        }),
      );
    },
  };
}

function section(name: string, parts: readonly HTMLElement[]): HTMLElement {
  return element("section", {}, element("h2", {}, name), ...parts);
}

/** A wide table scrolls by itself, by keyboard too; the page never does. */
function tableBox(part: string, name: string, content: TableContent): HTMLElement {
  return element(
    "div",
    {
      class: "scroll-x compared",
      tabindex: 0,
      role: "region",
      "aria-label": name,
      "data-part": `comparison-${part}`,
    },
    dataTable(name, content),
  );
}
