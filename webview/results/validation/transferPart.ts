import {
  changeDetector,
  disposeAll,
  element,
  setShown,
  setText,
  type DisposableView,
} from "../../components/dom.ts";
import { progressBar } from "../../components/progressBar.ts";
import { button } from "../../components/toolkit.ts";
import { formatChosen, formatShare } from "../../../src/protocol/words/numbers.ts";
import { isResolved, savedReport, type PanelModel } from "../../models/panelModel.ts";
import { text } from "../../text.ts";
import type { PanelActions } from "../store.ts";
import { replicationPart } from "./replicationPart.ts";
import { transferEntry, type TransferEntry } from "./transferEntry.ts";
import { figurePart } from "./transferFigure.ts";

/** The directions on other files: a button that asks for them, and every transfer made so far. */
export function transferPart(actions: PanelActions): DisposableView<PanelModel> {
  const start = button({
    label: text("transfer.run"),
    part: "start-transfer",
    onClick: () => {
      actions.send({ kind: "transfer" });
    },
  });
  const progress = progressBar("transfer-progress");
  const running = element(
    "div",
    { class: "progress-row" },
    progress.element,
    button({
      label: text("transfer.cancel"),
      part: "cancel-transfer",
      onClick: () => {
        actions.send({ kind: "cancelTransfer" });
      },
    }),
  );
  const ofSaved = element("p", { "data-part": "transfer-of-saved" });
  const notKept = element("p", { class: "muted" }, text("transfer.notKept"));
  const replication = replicationPart();
  const list = element("div", { class: "transfers" });
  const root = element(
    "div",
    { class: "transfer-part", "data-part": "transfers" },
    element("h3", {}, text("transfer.heading")),
    element("p", { class: "muted" }, text("transfer.intro")),
    start,
    running,
    ofSaved,
    notKept,
    replication.element,
    list,
  );
  const entries = new Map<string, TransferEntry>();
  const listChanged = changeDetector();
  let reveals = 0;
  return {
    element: root,
    update(current) {
      const { run, header, transfers, ui } = current;
      const made = header?.made;
      if (!run) return;
      const { progress: step } = transfers;
      setShown(running, step !== undefined);
      if (step) progress.update(step);
      const any = transfers.list.length > 0;
      setShown(ofSaved, any && isResolved(current));
      if (made) {
        const saved = {
          shrinkage: formatChosen(made.shrinkage),
          share: formatShare(made.variance),
        };
        setText(ofSaved, text("transfer.ofSaved", saved));
      }
      setShown(notKept, any && !transfers.kept);
      replication.update({ summary: run.summary, transfers: transfers.list });
      if (listChanged(transfers.list)) showList(transfers.list);
      const validation = savedReport(current);
      for (const transfer of transfers.list) {
        const asTable = ui.tables.includes(figurePart(transfer));
        entries.get(transfer.created)?.update(run, validation, asTable);
      }
      if (transfers.reveals !== reveals) root.scrollIntoView({ block: "start" });
      reveals = transfers.reveals;
    },
    dispose() {
      disposeAll(entries.values());
    },
  };

  function showList(transfers: PanelModel["transfers"]["list"]): void {
    for (const [created, entry] of entries) {
      if (transfers.some((each) => each.created === created)) continue;
      entry.element.remove();
      entry.dispose();
      entries.delete(created);
    }
    // Newest first; those that stand already are not moved, so that nothing in them loses the focus.
    transfers.forEach((transfer, place) => {
      if (entries.has(transfer.created)) return;
      const entry = transferEntry(transfer, actions, () => {
        start.focus();
      });
      entries.set(transfer.created, entry);
      list.insertBefore(entry.element, list.children[place] ?? null);
    });
  }
}
