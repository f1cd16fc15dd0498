import type { PairsView } from "../../src/protocol/views/pairsView.ts";
import type { HostToSeries, SeriesToHost } from "../../src/protocol/views/seriesView.ts";
import { dataTable, tabSeparated } from "../components/dataTable.ts";
import { changeDetector, element, setText, type View } from "../components/dom.ts";
import { scrollingTable } from "../components/titledTable.ts";
import { button } from "../components/toolkit.ts";
import { directionNames } from "../../src/protocol/direction.ts";
import { pairCount, pairsFinding, pairsTable, paleColumns } from "../models/pairs.ts";
import { seriesPage } from "../series/seriesPage.ts";
import { text } from "../text.ts";
import { pairsMatrix } from "./matrix.ts";

export type HostToPairs = HostToSeries<PairsView>;

/** All pairs of labels: a matrix that fills while they are compared, and its numbers as a table. */
export function pairs(send: (message: SeriesToHost) => void): View<HostToPairs> {
  const open = (place: number): void => {
    send({ kind: "open", place });
  };
  const matrix = pairsMatrix(open);
  const caption = element("figcaption");
  const figure = element(
    "figure",
    { "data-part": "pairs-figure", "aria-label": text("pairs.matrix") },
    element("h2", {}, text("pairs.matrix")),
    matrix.element,
    caption,
  );
  let latest: PairsView | undefined;
  const copy = button({
    label: text("figure.copyTable"),
    appearance: "icon",
    part: "copy-table",
    onClick: () => {
      if (latest) send({ kind: "copy", text: tabSeparated(pairsTable(latest)) });
    },
  });
  const table = element("div", {});
  const section = element(
    "section",
    {},
    element(
      "div",
      { class: "figure-head" },
      element("h2", {}, text("pairs.table")),
      element("div", { class: "figure-tools" }, copy),
    ),
    table,
  );
  const isOther = changeDetector();
  return seriesPage<PairsView>({
    part: "pairs",
    title: ({ column }) => text("pairs.title", { column }),
    origin: (view) =>
      text("pairs.origin", {
        source: view.from,
        labels: view.labels.length,
        pairs: pairCount(view),
      }),
    body: [figure, section],
    send,
    show(view, ended) {
      latest = view;
      const finding = pairsFinding(view, ended);
      if (isOther(JSON.stringify(view.pairs), view.labels.join("\n"))) {
        matrix.update(view);
        const tests = directionNames.length * pairCount(view);
        setText(caption, text("pairs.caption", { tests }));
        table.replaceChildren(directionsTable(view, open));
      }
      return finding;
    },
  });
}

function directionsTable(view: PairsView, open: (place: number) => void): HTMLElement {
  const { places, ...content } = pairsTable(view);
  const table = dataTable(text("pairs.table"), content);
  table.tBodies[0]?.querySelectorAll("tr").forEach((row, line) => {
    for (const column of paleColumns) row.cells[column]?.classList.add("muted");
    const place = places[line];
    const name = row.cells[0]?.textContent ?? "";
    if (place === undefined) {
      // Why a pair failed needs more room than one cell.
      row.cells[1]?.setAttribute("colspan", String(content.columns.length - 1));
      return;
    }
    const link = element(
      "button",
      { type: "button", class: "link", "data-part": "open-pair" },
      name,
    );
    link.addEventListener("click", () => {
      open(place);
    });
    row.cells[0]?.replaceChildren(link);
  });
  return scrollingTable("pairs-table", text("pairs.table"), table);
}
