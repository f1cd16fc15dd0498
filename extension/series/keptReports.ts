import type { ConditionSource } from "../../src/conditions/condition.ts";
import type { GedOptions } from "../../src/ged/method/options.ts";
import type { ValidationReport } from "../../src/ged/validation/report.ts";
import { statSource } from "../runs/statSource.ts";

/** What a series of runs validated, to be kept with each of them as long as its files stay as they were. */
export interface KeptReports {
  readonly options: GedOptions;
  /** One per run; null if it was not validated. */
  readonly reports: readonly (ValidationReport | null)[];
  /** Of each file before the first run: {@link stampOf}. */
  readonly stamps: ReadonlyMap<string, string>;
}

/** Size and time of the last change of every file. */
export async function stampsOf(paths: readonly string[]): Promise<Map<string, string>> {
  const stamps = new Map<string, string>();
  for (const path of new Set(paths)) stamps.set(path, await stampOf(path));
  return stamps;
}

/** The first file that is not as it was; undefined if all are. */
export async function changedSince(
  stamps: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  for (const [path, stamp] of stamps) {
    if ((await stampOf(path)) !== stamp) return path;
  }
  return undefined;
}

/** The report of one run; undefined if there is none, or one of its files changed since. */
export async function reportOf(
  kept: KeptReports | undefined,
  place: number,
  { target, reference }: { readonly target: ConditionSource; readonly reference: ConditionSource },
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
