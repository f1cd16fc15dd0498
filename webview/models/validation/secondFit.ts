import { directionNames, rolesOfDirection } from "../../../src/protocol/direction.ts";
import type { SecondFit, ValidationReport } from "../../../src/protocol/results.ts";
import type { RunView } from "../../../src/protocol/views/runView.ts";
import { formatProbability, formatRatio } from "../../../src/protocol/words/numbers.ts";
import { text } from "../../text.ts";
import { formatInterval, type TextTable } from "./validationTables.ts";

/** Both fits of both directions side by side, and the p that pays for having looked at both. */
export function secondFitTable(
  second: SecondFit,
  { directions }: Pick<ValidationReport, "directions">,
  summary: Pick<RunView["summary"], "target" | "reference">,
): TextTable {
  const none = text("validation.none");
  const pOf = (p: number | undefined) => (p === undefined ? none : formatProbability(p));
  return {
    columns: [
      text("second.column.direction"),
      text("second.column.first"),
      text("second.column.second"),
      text("second.column.interval"),
      text("second.column.firstP"),
      text("second.column.secondP"),
      text("second.column.bestP"),
    ],
    rows: directionNames.map((direction) => {
      const { carried, silenced } = rolesOfDirection[direction];
      const { heldOut, permutation } = directions[direction];
      const own = second[direction];
      return [
        text("pairs.of", { carried: summary[carried].name, silenced: summary[silenced].name }),
        heldOut ? formatRatio(heldOut.ratio) : none,
        formatRatio(own.heldOutRatio),
        formatInterval(own.heldOutRatioInterval, formatRatio),
        pOf(permutation?.heldOut?.p),
        pOf(own.p),
        pOf(own.bestP),
      ];
    }),
  };
}
