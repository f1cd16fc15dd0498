import type { RunTransfer, ValidationReport } from "../../../src/protocol/results.ts";
import type { RunView } from "../../../src/protocol/views/runView.ts";
import { ThemedChart } from "../../charts/themedChart.ts";
import { drawTransfer } from "../../charts/transfer.ts";
import type { TableContent } from "../../components/dataTable.ts";
import { dataFigure } from "../../components/dataFigure.ts";
import { formatLabel, formatRatio } from "../../../src/protocol/words/numbers.ts";
import {
  includesOne,
  transferRows,
  transferSentences,
  transferTitle,
  type TransferRow,
} from "../../models/validation/transfers.ts";
import { text } from "../../text.ts";
import { figureActions } from "../figureOptions.ts";
import type { PanelActions } from "../store.ts";

interface TransferFigure {
  readonly element: HTMLElement;
  update(run: RunView, validation: ValidationReport | null, asTable: boolean): void;
  dispose(): void;
}

/** The name of a transfer's figure among those that are shown as tables. */
export function figurePart({ created }: RunTransfer): string {
  return `transfer ${created}`;
}

/** The ratios of one transfer as a drawing, the same numbers as a table behind it. */
export function transferFigure(transfer: RunTransfer, actions: PanelActions): TransferFigure {
  const box = dataFigure({
    part: figurePart(transfer),
    chart: new ThemedChart(),
    shape: "tall",
    heading: "h5",
    ...figureActions(actions),
  });
  return {
    element: box.element,
    update(run, validation, asTable) {
      const rows = transferRows(run, transfer, validation);
      const { target, reference } = run.summary;
      const marks = rows.map((row) => ({
        ...row,
        pale: includesOne(row),
        description: describe(row),
      }));
      box.update(
        {
          title: text("transfer.chart", { title: transferTitle(transfer) }),
          finding: `${transferTitle(transfer)}: ${transferSentences(run, transfer, validation).join(" ")}`,
          caption: text("transfer.caption", { target: target.name, reference: reference.name }),
          table: () => tableOf(rows),
          draw: (theme) => drawTransfer(marks, text("transfer.axis"), theme),
        },
        asTable,
      );
    },
    dispose: box.dispose,
  };
}

function describe({ name, transferred, interval, inSample, heldOut }: TransferRow): string[] {
  const ends = interval ? ` (${formatLabel(interval.low)} … ${formatLabel(interval.high)})` : "";
  return [
    name,
    text("transfer.tooltip.transferred", { ratio: formatRatio(transferred) }) + ends,
    text("transfer.tooltip.inSample", { ratio: formatRatio(inSample) }),
    ...(heldOut === undefined
      ? []
      : [text("transfer.tooltip.heldOut", { ratio: formatRatio(heldOut) })]),
  ];
}

function tableOf(rows: readonly TransferRow[]): TableContent {
  const none = text("validation.none");
  return {
    columns: [
      text("transfer.column.component"),
      text("transfer.column.inSample"),
      text("transfer.column.heldOut"),
      text("transfer.column.transferred"),
      text("transfer.column.low"),
      text("transfer.column.high"),
    ],
    rows: rows.map(({ name, inSample, heldOut, transferred, interval }) => [
      name,
      inSample,
      heldOut ?? none,
      transferred,
      interval?.low ?? none,
      interval?.high ?? none,
    ]),
  };
}
