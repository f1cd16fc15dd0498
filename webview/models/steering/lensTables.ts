import { lensDirections, type Lens, type LensToken } from "../../../src/protocol/steering.ts";
import type { TableContent } from "../../components/dataTable.ts";
import { text } from "../../text.ts";

/** A token with the space that it may begin with. */
export function quoted(token: LensToken | undefined): string {
  return `“${token?.token ?? ""}”`;
}

/** How each direction tells two sets of tokens apart. */
export function scoreTable(lens: Lens, sets: { first: string; second: string }): TableContent {
  return {
    columns: [
      text("lens.score.direction"),
      text("lens.score.difference"),
      text("lens.score.sd"),
      text("lens.score.raises"),
    ],
    rows: lensDirections.flatMap((name) => {
      const { score } = lens[name];
      if (!score) return [];
      const { difference, inSd, sign } = score;
      const raised = sign > 0 ? sets.first : sign < 0 ? sets.second : text("lens.score.neither");
      return [[text(`steering.direction.${name}`), difference, inSd, raised]];
    }),
  };
}

/** The tokens that one direction raises and lowers most, the strongest first. */
export function tokenTable({ up, down }: Lens[keyof Lens]): TableContent {
  const logit = text("lens.table.logit");
  return {
    columns: [text("lens.table.up"), logit, text("lens.table.down"), logit],
    rows: up.map((raised, i) => {
      const lowered = down[i];
      return [quoted(raised), raised.logit, quoted(lowered), lowered?.logit ?? NaN];
    }),
  };
}
