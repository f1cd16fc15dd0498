import type { LayerPair } from "../../src/conditions/naming/pairLayers.ts";
import type { GedOptions } from "../../src/ged/method/options.ts";
import type { ValidationReport } from "../../src/ged/validation/report.ts";
import type { SweptLayer } from "../../src/protocol/sweep.ts";
import { statSource } from "../runs/statSource.ts";

/** What a sweep validated, to be kept with the runs of its layers as long as their files stay as they were. */
export interface KeptReports {
  readonly options: GedOptions;
  /** One per layer; null if it was not validated. */
  readonly reports: readonly (ValidationReport | null)[];
  /** Of each file before the sweep: {@link stampOf}. */
  readonly stamps: ReadonlyMap<string, string>;
}

/** Size and time of the last change of every file that the layers are read from. */
export async function stampsOf(pairs: readonly LayerPair[]): Promise<Map<string, string>> {
  const paths = pairs.flatMap(({ target, reference }) => [
    target.source.path,
    reference.source.path,
  ]);
  const stamps = new Map<string, string>();
  for (const path of new Set(paths)) stamps.set(path, await stampOf(path));
  return stamps;
}

/** The report of one layer; undefined if there is none, or one of its files changed since. */
export async function reportOf(
  kept: KeptReports | undefined,
  place: number,
  { target, reference }: Pick<SweptLayer, "target" | "reference">,
): Promise<ValidationReport | undefined> {
  const report = kept?.reports[place];
  if (!kept || !report) return undefined;
  for (const { path } of [target, reference]) {
    if (kept.stamps.get(path) !== (await stampOf(path))) return undefined;
  }
  return report;
}

async function stampOf(path: string): Promise<string> {
  const found = await statSource(path);
  return found === undefined ? "none" : `${found.byteLength} ${found.modified}`;
}
