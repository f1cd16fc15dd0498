import { rolesOfDirection } from "../../../src/protocol/direction.ts";
import type { RowProjections } from "../../../src/protocol/meanProjections.ts";
import { perRow } from "../../../src/protocol/words/perRow.ts";
import { currentReport, type PanelModel } from "../panelModel.ts";
import type { MeanDirectionName } from "./directions.ts";
import { knownProjections } from "./projectionState.ts";

/** Rows on one direction of the means, about the middle between both; NaN for rows that were never tested. */
export interface MeanRows {
  readonly evidence: "heldOut" | "inSample";
  readonly values: RowProjections;
}

/**
 * The rows on one direction of the means, held out if that is known and wanted; the direction points to the condition
 * that is carried in front. @returns undefined if nothing is known
 */
export function meanRows(model: PanelModel, name: MeanDirectionName): MeanRows | undefined {
  const { run, ui } = model;
  if (!run) return undefined;
  const sign = rolesOfDirection[ui.front].carried === "target" ? 1 : -1;
  const heldOut = ui.evidence === "inSample" ? undefined : heldOutRows(model, name);
  if (heldOut) return { evidence: "heldOut", values: turned(heldOut, sign) };
  const inSample = knownProjections(model.meanProjections)?.[name];
  return inSample && { evidence: "inSample", values: turned(inSample, sign) };
}

function heldOutRows(model: PanelModel, name: MeanDirectionName): RowProjections | undefined {
  const { run } = model;
  const { baselines } = currentReport(model) ?? {};
  const scored =
    name === "discriminant" ? baselines?.linearDiscriminant : baselines?.meanDifference;
  const scores = run && perRow(run.summary, scored?.heldOutScores);
  const numbers = (values: readonly (number | null)[]) =>
    Float64Array.from(values, (value) => value ?? NaN);
  return scores && { target: numbers(scores.target), reference: numbers(scores.reference) };
}

function turned({ target, reference }: RowProjections, sign: number): RowProjections {
  const by = (values: Float64Array) => values.map((value) => sign * value);
  return { target: by(target), reference: by(reference) };
}
