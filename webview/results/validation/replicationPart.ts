import type { RunSummary, RunTransfer } from "../../../src/protocol/results.ts";
import { dataTable } from "../../components/dataTable.ts";
import { changeDetector, element, setShown, type View } from "../../components/dom.ts";
import { replicationView } from "../../models/validation/replication.ts";
import { text } from "../../text.ts";

interface Replicated {
  readonly summary: RunSummary;
  readonly transfers: readonly RunTransfer[];
}

/** What all transfers say together; hidden before there are two. */
export function replicationPart(): View<Replicated> {
  const name = text("replication.table");
  const findings = element("div", { "data-part": "replication-findings" });
  const table = element("div", {
    class: "scroll-x",
    tabindex: 0,
    role: "region",
    "aria-label": name,
    "data-part": "replication-table",
  });
  const root = element(
    "div",
    { class: "replication", "data-part": "replication" },
    element("h4", {}, text("replication.heading")),
    findings,
    table,
    element("p", { class: "caption muted" }, text("replication.caption")),
  );
  const changed = changeDetector();
  setShown(root, false);
  return {
    element: root,
    update({ summary, transfers }) {
      if (!changed(summary, transfers)) return;
      const view = replicationView(summary, transfers);
      setShown(root, view !== undefined);
      findings.replaceChildren(
        ...(view?.sentences ?? []).map((sentence) => element("p", {}, sentence)),
      );
      table.replaceChildren(...(view === undefined ? [] : [dataTable(name, view.table)]));
    },
  };
}
