import { EigenlensError } from "../../errors.ts";
import { entryAt } from "../../lookup.ts";
import { innerProduct } from "../../linalg/innerProduct.ts";
import type { ProjectionRequest, RowProjections } from "../../protocol/meanProjections.ts";
import type { EngineCall } from "../engineCall.ts";
import { checkSameFiles } from "./checkSameFiles.ts";
import type { ConditionPair } from "./conditionPair.ts";
import { streamProjections } from "./streamProjections.ts";

/**
 * The rows of a run on some directions of unit length, in the units of the files: `v . x` less the middle between the
 * means of both conditions. The rows stream by in blocks, or come from memory.
 * @returns one entry a direction; NaN for a direction of no length
 * @throws EigenlensError "file-access" if a file is not the one that the run was made from; "condition" for a direction
 *   of another width; as {@link streamProjections} does; CancelledError
 */
export async function projectRows(
  pair: ConditionPair,
  { directions, hashes }: Pick<ProjectionRequest, "directions" | "hashes">,
  { cancellation, report }: EngineCall,
): Promise<RowProjections[]> {
  const { target, reference } = pair;
  const units = directions.map((direction) => unitOf(direction, target.columns));
  const found = await streamProjections([target, reference], units, { cancellation, report });
  await checkSameFiles(pair, hashes);
  return found.target.map((values, d) =>
    aboutMiddle({ target: values, reference: entryAt(found.reference, d) }),
  );
}

function unitOf(direction: Float64Array, columns: number): Float64Array {
  if (direction.length !== columns) {
    throw new EigenlensError(
      "condition",
      `The rows have ${columns} columns and the direction ${direction.length} values: it is of another run.`,
    );
  }
  const largest = direction.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scaled = direction.map((value) => value / largest);
  const length = Math.sqrt(innerProduct(scaled, scaled));
  return scaled.map((value) => value / length);
}

function aboutMiddle({ target, reference }: RowProjections): RowProjections {
  const middle = (meanOf(target) + meanOf(reference)) / 2;
  const about = (values: Float64Array) => values.map((value) => value - middle);
  return { target: about(target), reference: about(reference) };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
