import type { RunTransfer, ValidationReport } from "../../../src/protocol/results.ts";
import type { RunView } from "../../../src/protocol/views/runView.ts";
import { dataTable } from "../../components/dataTable.ts";
import { changeDetector, element } from "../../components/dom.ts";
import { button } from "../../components/toolkit.ts";
import {
  transferFacts,
  transferSentences,
  transferTable,
  transferTitle,
  transferWarnings,
} from "../../models/validation/transfers.ts";
import { text } from "../../text.ts";
import type { PanelActions } from "../store.ts";
import { remarkList } from "./remarks.ts";
import { transferFigure } from "./transferFigure.ts";

export interface TransferEntry {
  readonly element: HTMLElement;
  update(run: RunView, validation: ValidationReport | null, asTable: boolean): void;
  dispose(): void;
}

/**
 * One transfer: what it says in words, what speaks against it, a drawing and a table.
 * @param onRemove called before the host is asked to remove it
 */
export function transferEntry(
  transfer: RunTransfer,
  actions: PanelActions,
  onRemove: () => void,
): TransferEntry {
  const title = transferTitle(transfer);
  const body = element("div", { "data-part": "transfer-findings" });
  const drawing = transferFigure(transfer, actions);
  const table = element("div", {
    class: "scroll-x",
    tabindex: 0,
    role: "region",
    "aria-label": text("transfer.table", { title }),
    "data-part": "validation-transfer-table",
  });
  const remove = button({
    label: text("transfer.remove"),
    name: text("transfer.remove.name", { title }),
    appearance: "icon",
    part: "remove-transfer",
    onClick: () => {
      onRemove();
      actions.send({ kind: "removeTransfer", created: transfer.created });
    },
  });
  const changed = changeDetector();
  return {
    element: element(
      "article",
      { "data-part": "transfer", "aria-label": title },
      element("div", { class: "figure-head" }, element("h4", {}, title), remove),
      element("p", { class: "muted" }, transferFacts(transfer)),
      body,
      table,
      drawing.element,
    ),
    update(run, validation, asTable) {
      if (!changed(run, validation, asTable)) return;
      body.replaceChildren(
        ...transferSentences(run, transfer, validation).map((each) => element("p", {}, each)),
        ...remarkList(
          "transfer-warnings",
          text("validation.warnings"),
          transferWarnings(run, transfer),
        ),
      );
      table.replaceChildren(
        dataTable(text("transfer.table", { title }), transferTable(run, transfer, validation)),
      );
      drawing.update(run, validation, asTable);
    },
    dispose: drawing.dispose,
  };
}
