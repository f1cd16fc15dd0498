import { EigenlensError } from "../../errors.ts";
import { entryAt } from "../../lookup.ts";
import type { AssignedFolds } from "../../moments/assignFolds.ts";
import { chooseRows } from "../../moments/reservoir/chooseRows.ts";
import type { ChosenRows } from "../../moments/reservoir/keptRows.ts";
import type { ReservoirLayout } from "../../moments/reservoir/writtenReservoir.ts";
import type { MomentsRequest } from "../../protocol/moments.ts";
import type { NamedCondition } from "./assignFolds.ts";

/** More are no sample to look at, and their texts would fill the header. */
const mostRows = 10_000;

/**
 * Which rows a document keeps as they are, with their folds and sentences: known before any is read.
 * @returns undefined if none are asked for
 * @throws EigenlensError "usage" if too many are
 */
export function chooseReservoir(
  opened: readonly NamedCondition[],
  assigned: AssignedFolds | undefined,
  { reservoir, seed, folds }: MomentsRequest,
): ReservoirLayout | undefined {
  if (reservoir === undefined) return undefined;
  const { size, part = "" } = reservoir;
  if (size > mostRows) {
    throw new EigenlensError(
      "usage",
      `A reservoir of ${size} rows is no sample to look at: choose at most ${mostRows}, such as --reservoir 200.`,
    );
  }
  const design = { seed, size };
  const chosen = new Map<string, ChosenRows>();
  for (const [place, { name, condition }] of opened.entries()) {
    const index = chooseRows(condition.rows, design, name, part);
    // A group lies in the fold that its number gives.
    const partOf = assigned?.foldsOf(place);
    const { sentences } = condition;
    chosen.set(name, {
      index,
      ...(partOf === undefined ? {} : { folds: index.map((row) => entryAt(partOf, row) % folds) }),
      ...(sentences === undefined ? {} : { texts: index.map((row) => entryAt(sentences, row)) }),
      ...(part === "" ? {} : { parts: index.map(() => part) }),
    });
  }
  return { design, chosen };
}
